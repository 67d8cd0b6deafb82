/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

/**
 * KomekNoticeKind:
 * @KOMEK_NOTICE_ERROR: something has to be mended before it goes on
 * @KOMEK_NOTICE_CAUTION: it goes on, but be aware
 * @KOMEK_NOTICE_SUCCESS: it worked
 * @KOMEK_NOTICE_KNOWN: worth knowing
 */
typedef enum
{
  KOMEK_NOTICE_ERROR,
  KOMEK_NOTICE_CAUTION,
  KOMEK_NOTICE_SUCCESS,
  KOMEK_NOTICE_KNOWN,
} KomekNoticeKind;

#define KOMEK_TYPE_NOTICE (komek_notice_get_type ())
G_DECLARE_FINAL_TYPE (KomekNotice, komek_notice, KOMEK, NOTICE, GtkWidget)

GtkWidget *komek_notice_new (void);
void komek_notice_show (KomekNotice *self, KomekNoticeKind kind, const char *title,
                        const char *text);
void komek_notice_show_error (KomekNotice *self, const GError *error);
void komek_notice_set_button (KomekNotice *self, const char *label, const char *action);
void komek_notice_hide (KomekNotice *self);

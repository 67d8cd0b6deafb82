/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "komek-attribute.h"
#include "komek-context.h"

#define KOMEK_TYPE_DETAIL (komek_detail_get_type ())
G_DECLARE_DERIVABLE_TYPE (KomekDetail, komek_detail, KOMEK, DETAIL, GtkBox)

/**
 * KomekDetailClass:
 * @build: makes what takes the answer, showing @answer, and hands over the widget that gets the
 * focus
 * @dup_answer: (transfer full) (nullable): the keys that are chosen or the text that is typed
 *
 * What each kind of answer does in its own way.
 */
struct _KomekDetailClass
{
  GtkBoxClass parent_class;

  GtkWidget *(*build) (KomekDetail *self, const char *const *answer);
  GStrv (*dup_answer) (KomekDetail *self);
};

GtkWidget *komek_detail_new (KomekContext *context, KomekAttribute *attribute);
KomekContext *komek_detail_get_context (KomekDetail *self);
KomekAttribute *komek_detail_get_attribute (KomekDetail *self);
void komek_detail_name (KomekDetail *self, GtkWidget *field);
gboolean komek_detail_check (KomekDetail *self);
void komek_detail_changed (KomekDetail *self);

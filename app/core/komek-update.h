/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

#include "komek-status.h"

#define KOMEK_TYPE_UPDATE (komek_update_get_type ())
G_DECLARE_FINAL_TYPE (KomekUpdate, komek_update, KOMEK, UPDATE, GObject)

KomekUpdate *komek_update_new (const char *id, const char *number, KomekStatus status, gint64 time,
                               const char *text, const char *agency, gboolean answer);
const char *komek_update_get_id (KomekUpdate *self);
const char *komek_update_get_number (KomekUpdate *self);
KomekStatus komek_update_get_status (KomekUpdate *self);
gint64 komek_update_get_time (KomekUpdate *self);
const char *komek_update_get_text (KomekUpdate *self);
const char *komek_update_get_agency (KomekUpdate *self);
gboolean komek_update_is_answer (KomekUpdate *self);

/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "komek-context.h"
#include "komek-notice.h"

#define KOMEK_TYPE_PHOTOS (komek_photos_get_type ())
G_DECLARE_FINAL_TYPE (KomekPhotos, komek_photos, KOMEK, PHOTOS, GtkBox)

GtkWidget *komek_photos_new (KomekContext *context, KomekNotice *notice);
void komek_photos_add_file (KomekPhotos *self, GFile *file);
gboolean komek_photos_are_taken (KomekContext *context);

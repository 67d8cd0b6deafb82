/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "komek-atlas.h"
#include "komek-place-finder.h"
#include "komek-place.h"
#include "komek-plan.h"
#include "komek-theme.h"

#define KOMEK_TYPE_PLACE_PICKER (komek_place_picker_get_type ())
G_DECLARE_FINAL_TYPE (KomekPlacePicker, komek_place_picker, KOMEK, PLACE_PICKER, GtkWidget)

GtkWidget *komek_place_picker_new (KomekTheme *theme, KomekPlan *plan, KomekLanguage language,
                                   GListModel *tiles);
void komek_place_picker_set_finder (KomekPlacePicker *self, KomekPlaceFinder *finder);
void komek_place_picker_set_bounds (KomekPlacePicker *self, KomekBounds *bounds);
KomekPlace *komek_place_picker_get_place (KomekPlacePicker *self);
const KomekPlaceFind *komek_place_picker_get_find (KomekPlacePicker *self);
void komek_place_picker_centre_on (KomekPlacePicker *self, double latitude, double longitude);
gboolean komek_place_picker_is_close (KomekPlacePicker *self);
void komek_place_picker_look_at (KomekPlacePicker *self, double latitude, double longitude);
void komek_place_picker_nudge (KomekPlacePicker *self, double metres_east, double metres_north);
void komek_place_picker_set_atlas (KomekPlacePicker *self, KomekAtlas *atlas);
void komek_place_picker_show_all (KomekPlacePicker *self, KomekAtlas *atlas, gint64 now);

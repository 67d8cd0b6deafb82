/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "komek-feed.h"

#define KOMEK_TYPE_SEEKER (komek_seeker_get_type ())
G_DECLARE_FINAL_TYPE (KomekSeeker, komek_seeker, KOMEK, SEEKER, GObject)

KomekSeeker *komek_seeker_new (KomekFeed *feed);
const char *komek_seeker_get_text (KomekSeeker *self);
gboolean komek_seeker_set_text (KomekSeeker *self, const char *text);
gboolean komek_seeker_is_seeking (KomekSeeker *self);
GArray *komek_seeker_get_matches (KomekSeeker *self);
const GError *komek_seeker_get_problem (KomekSeeker *self);

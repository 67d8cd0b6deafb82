/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "komek-bounds.h"
#include "komek-gazetteer-places.h"
#include "komek-pack-lines.h"

/**
 * KomekPackNamesLimits:
 * @tiles: how many squares of the map are looked at
 * @names: how many names are kept, parts of streets counted
 * @houses: how many house numbers are kept
 * @milliseconds: for how long it is read
 *
 * How much of a pack is read; 0 stands for the usual.
 */
typedef struct
{
  guint tiles;
  guint names;
  guint houses;
  guint milliseconds;
} KomekPackNamesLimits;

/**
 * KomekPackHouse:
 * @number: as the pack writes it
 * @street: the position of a street near it in the places
 * @latitude: where the house is
 * @longitude: likewise
 * @metres: how far it is from that street
 * @likely: whether that is near and no other street is nearer
 *
 * A house on a street. Maps do not say which is its own; most often it is the nearest.
 */
typedef struct
{
  char    *number;
  guint    street;
  double   latitude, longitude;
  double   metres;
  gboolean likely;
} KomekPackHouse;

#define KOMEK_TYPE_PACK_NAMES (komek_pack_names_get_type ())
typedef struct _KomekPackNames KomekPackNames;
GType komek_pack_names_get_type (void) G_GNUC_CONST;

KomekPackNames *komek_pack_names_read (const char *path, const KomekBounds *bounds,
                                       const KomekPackNamesLimits *limits);
KomekPackNames *komek_pack_names_ref (KomekPackNames *self);
void komek_pack_names_unref (KomekPackNames *self);
const KomekGazetteerPlaces *komek_pack_names_get_places (const KomekPackNames *self);
const KomekPackHouse *komek_pack_names_peek_houses (const KomekPackNames *self, guint *n_houses);
const KomekPackLines *komek_pack_names_get_lines (const KomekPackNames *self);
guint komek_pack_names_get_n_damaged (const KomekPackNames *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (KomekPackNames, komek_pack_names_unref)

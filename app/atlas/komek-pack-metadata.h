/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "komek-bounds.h"

/**
 * KomekPackMetadata:
 * @attribution: (nullable): who made it, as plain text
 * @bounds: (nullable): where it has tiles
 * @from_north: whether its rows are counted from the north, against the rule
 * @mercator: whether it may be of the only projection that the rule knows
 *
 * What the table `metadata` of a map pack says of it, as far as it makes sense.
 */
typedef struct
{
  char        *attribution;
  KomekBounds *bounds;
  gboolean     from_north;
  gboolean     mercator;
} KomekPackMetadata;

void komek_pack_metadata_init (KomekPackMetadata *self);
void komek_pack_metadata_clear (KomekPackMetadata *self);
void komek_pack_metadata_take (KomekPackMetadata *self, const char *name, const char *value);
char *komek_pack_metadata_to_text (const char *html);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (KomekPackMetadata, komek_pack_metadata_clear)

/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "komek-pack-metadata.h"
#include "komek-tiles.h"

typedef struct _KomekPackFile KomekPackFile;

KomekPackFile *komek_pack_file_open (const char *path, KomekMapTrouble *trouble, char **why);
void komek_pack_file_close (KomekPackFile *self);
const KomekPackMetadata *komek_pack_file_get_metadata (const KomekPackFile *self);
guint komek_pack_file_get_last_zoom (const KomekPackFile *self);
gboolean komek_pack_file_is_vector (const KomekPackFile *self);
GBytes *komek_pack_file_read_exactly (KomekPackFile *self, guint zoom, guint column, guint row,
                                      KomekMapTrouble *trouble);
GBytes *komek_pack_file_read (KomekPackFile *self, guint zoom, guint column, guint row,
                              guint *found, KomekMapTrouble *trouble);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (KomekPackFile, komek_pack_file_close)

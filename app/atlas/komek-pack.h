/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "komek-pack-names.h"
#include "komek-tiles.h"

#define KOMEK_TYPE_PACK (komek_pack_get_type ())
G_DECLARE_FINAL_TYPE (KomekPack, komek_pack, KOMEK, PACK, GObject)

KomekPack *komek_pack_new (const char *path);
void komek_pack_ask_names (KomekPack *self, KomekBounds *bounds);
KomekPackNames *komek_pack_get_names (KomekPack *self);

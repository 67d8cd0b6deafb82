/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <shumate/shumate.h>

#include "komek-easel.h"
#include "komek-tiles.h"

void komek_tile_fill_async (KomekEasel *easel, GListModel *tiles, ShumateTile *tile,
                            GCancellable *cancellable, GAsyncReadyCallback callback, gpointer data);
gboolean komek_tile_fill_finish (GAsyncResult *result, GError **error);

/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "komek-feed.h"
#include "komek-morton.h"

/**
 * KomekStockTimes:
 * @settle: how long nothing may have changed before it is kept, in milliseconds
 * @apart: how long after one it may be kept again, likewise
 *
 * 0 means the usual.
 */
typedef struct
{
  guint settle, apart;
} KomekStockTimes;

#define KOMEK_TYPE_STOCK (komek_stock_get_type ())
G_DECLARE_FINAL_TYPE (KomekStock, komek_stock, KOMEK, STOCK, GObject)

KomekStock *komek_stock_new (KomekFeed *feed, const char *snapshot, const KomekStockTimes *times);
KomekMorton *komek_stock_get_order (KomekStock *self);
KomekPoints *komek_stock_get_points (KomekStock *self);
const GError *komek_stock_get_problem (KomekStock *self);

/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

/**
 * KomekListOrder:
 * @KOMEK_LIST_NEWEST: by the time of registration, the newest first
 * @KOMEK_LIST_NEAREST: by the distance, from where this device stands or else from the middle of
 *   the map; what has no place comes last
 * @KOMEK_LIST_STREET: by the name of the street, then by the house
 * @KOMEK_LIST_DEADLINE: what waits for an answer by its deadline, so the longest overdue first;
 *   then what waits without one, then what waits no more
 *
 * In what order requests are listed. Where two are equal in it, the newer one is first.
 */
typedef enum
{
  KOMEK_LIST_NEWEST,
  KOMEK_LIST_NEAREST,
  KOMEK_LIST_STREET,
  KOMEK_LIST_DEADLINE,
} KomekListOrder;

#define KOMEK_N_LIST_ORDERS 4

#define KOMEK_TYPE_LIST_ORDER (komek_list_order_get_type ())
GType komek_list_order_get_type (void) G_GNUC_CONST;

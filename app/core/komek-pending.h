/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

/**
 * KomekPendingState:
 * @KOMEK_PENDING_WAITING: it goes as soon as the city takes it
 * @KOMEK_PENDING_PARKED: the city would not take it as it is; staff have to look at it
 * @KOMEK_PENDING_PHOTOS: the city has the request, but takes no photos now
 * @KOMEK_PENDING_FORMER: it waits for an address at which this device looks no more
 */
typedef enum
{
  KOMEK_PENDING_WAITING,
  KOMEK_PENDING_PARKED,
  KOMEK_PENDING_PHOTOS,
  KOMEK_PENDING_FORMER,
} KomekPendingState;

/**
 * KomekPendingFields:
 * @key: under which it travels
 * @number: as it stands on the slip, or the city's where there is one
 * @service: the code of its service; "" where what was kept cannot be opened
 * @filed: when it was handed in, seconds since 1970
 * @photos: how many photos are still to be sent
 * @status: what the city answered, as HTTP has it; 0 where it is not the city that stands in the
 * way
 * @reason: (nullable): the city's words
 * @address: (nullable): the former address for which it waits
 *
 * Copied.
 */
typedef struct
{
  const char       *key;
  const char       *number;
  const char       *service;
  gint64            filed;
  KomekPendingState state;
  guint             photos;
  guint             status;
  const char       *reason;
  const char       *address;
} KomekPendingFields;

#define KOMEK_TYPE_PENDING (komek_pending_get_type ())
G_DECLARE_FINAL_TYPE (KomekPending, komek_pending, KOMEK, PENDING, GObject)

KomekPending *komek_pending_new (const KomekPendingFields *fields);
const KomekPendingFields *komek_pending_peek (KomekPending *self);

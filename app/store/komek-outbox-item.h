/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

/**
 * KomekOutboxState:
 * @KOMEK_OUTBOX_WAITING: the city has not taken it yet, as far as we know
 * @KOMEK_OUTBOX_TOKEN: the city has it and gives the number later
 * @KOMEK_OUTBOX_NUMBERED: the city gave a number; photos are still to be sent
 * @KOMEK_OUTBOX_DELIVERED: nothing is left to do
 * @KOMEK_OUTBOX_PARKED: the city would not take it as it is
 * @KOMEK_OUTBOX_HELD: the city gave a number; photos are still to be sent, but it takes none now
 *
 * How far a request has come. Stored as numbers: they never change.
 */
typedef enum
{
  KOMEK_OUTBOX_WAITING = 0,
  KOMEK_OUTBOX_TOKEN = 1,
  KOMEK_OUTBOX_NUMBERED = 2,
  KOMEK_OUTBOX_DELIVERED = 3,
  KOMEK_OUTBOX_PARKED = 4,
  KOMEK_OUTBOX_HELD = 5,
} KomekOutboxState;

/**
 * KomekOutboxItem:
 * @sequence: its place in the queue; grows, and is never used twice
 * @key: the UUID under which it travels
 * @local: the number that this device gave it
 * @state: how far it has come
 * @attempted: it may have been sent without our hearing what became of it
 * @number: (nullable): the city's
 * @token: (nullable): what to ask for the number
 * @photos: how many photos are still to be sent
 * @filed: when it was handed in, seconds since 1970; for people, never for the order
 *
 * What the queue knows of a request without opening it: nothing personal.
 */
typedef struct
{
  gint64           sequence;
  char            *key;
  char            *local;
  KomekOutboxState state;
  gboolean         attempted;
  char            *number;
  char            *token;
  guint            photos;
  gint64           filed;
} KomekOutboxItem;

KomekOutboxItem *komek_outbox_item_copy (const KomekOutboxItem *self);
void komek_outbox_item_free (KomekOutboxItem *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (KomekOutboxItem, komek_outbox_item_free)

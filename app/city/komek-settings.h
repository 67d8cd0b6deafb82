/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "komek-caller.h"

/**
 * KomekRate:
 * @count: how many calls, 0 for as many as one likes
 * @seconds: in how long
 * @burst: how many at once after a rest
 *
 * How often somebody may do something.
 */
typedef struct
{
  guint count;
  guint seconds;
  guint burst;
} KomekRate;

/**
 * KomekSettings:
 * @request_ms: how long a call may take to arrive, and a connection to say nothing
 * @photo_ms: the same of a photo
 * @answer_ms: how long somebody may take to fetch an answer
 * @health_ms: how long the storage may take to say that it is well
 * @farewell_ms: how long running calls are waited for at the end
 * @keys_ms: how long it is remembered whose an api key is
 * @connections: how many there may be
 * @connections_per_address: how many from one address; not from a trusted proxy
 * @uri_bytes: the longest address of a call
 * @header_bytes: the most bytes of headers
 * @held_bytes: the most bytes of bodies and answers held at a time, of all connections
 * @watch_anybody: whether /health and /metrics are for everybody
 * @reads: how often a role may read
 * @filings: how often a role may file, comment, vote or send a photo
 * @at_once: how many calls of one key of a role run at a time, 0 for any number
 * @block: how often phones of one network (/24, /48) may file before it is noted
 * @block_refuses: whether that is refused
 *
 * What the server bears, and of whom.
 */
typedef struct
{
  guint     request_ms, photo_ms, answer_ms, health_ms, farewell_ms, keys_ms;
  guint     connections, connections_per_address;
  guint     uri_bytes, header_bytes, held_bytes;
  guint     watch_anybody;
  KomekRate reads[KOMEK_N_ROLES];
  KomekRate filings[KOMEK_N_ROLES];
  guint     at_once[KOMEK_N_ROLES];
  KomekRate block;
  gboolean  block_refuses;
} KomekSettings;

KomekSettings *komek_settings_new (void);
KomekSettings *komek_settings_new_from_file (const char *path, GError **error);
void komek_settings_free (KomekSettings *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (KomekSettings, komek_settings_free)

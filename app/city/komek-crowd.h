/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "komek-settings.h"

/**
 * KomekCrowdReason:
 * @KOMEK_CROWD_SILENT: nothing came for too long, or the headers came too slowly
 * @KOMEK_CROWD_SLOW: the body came too slowly
 * @KOMEK_CROWD_UNTAKEN: the answer was not fetched in time
 * @KOMEK_CROWD_FULL: there are too many connections
 * @KOMEK_CROWD_ADDRESS: there are too many from one address
 * @KOMEK_CROWD_BODY: the body is too long for the call
 * @KOMEK_CROWD_HELD: too much is held in memory already
 * @KOMEK_CROWD_HOST: it has no host, or two
 * @KOMEK_CROWD_LENGTH: the length of the body is said twice
 * @KOMEK_CROWD_CHUNKED: the length of the body is not said at all
 * @KOMEK_CROWD_METHOD: HTTP has no such method
 * @KOMEK_CROWD_URI: the address is too long
 * @KOMEK_CROWD_HEADERS: the headers are too long
 *
 * Why somebody was turned away.
 */
typedef enum
{
  KOMEK_CROWD_SILENT,
  KOMEK_CROWD_SLOW,
  KOMEK_CROWD_UNTAKEN,
  KOMEK_CROWD_FULL,
  KOMEK_CROWD_ADDRESS,
  KOMEK_CROWD_BODY,
  KOMEK_CROWD_HELD,
  KOMEK_CROWD_HOST,
  KOMEK_CROWD_LENGTH,
  KOMEK_CROWD_CHUNKED,
  KOMEK_CROWD_METHOD,
  KOMEK_CROWD_URI,
  KOMEK_CROWD_HEADERS,
} KomekCrowdReason;

#define KOMEK_N_CROWD_REASONS 13

typedef struct _KomekCrowd KomekCrowd;

KomekCrowd *komek_crowd_new (const KomekSettings *settings);
void komek_crowd_free (KomekCrowd *self);
gboolean komek_crowd_enter (KomekCrowd *self, const char *address, KomekCrowdReason *reason);
void komek_crowd_leave (KomekCrowd *self, const char *address);
gboolean komek_crowd_hold (KomekCrowd *self, gsize size);
void komek_crowd_release (KomekCrowd *self, gsize size);
void komek_crowd_count (KomekCrowd *self, KomekCrowdReason reason);
void komek_crowd_turn_away (KomekCrowd *self, GSocket *socket, KomekCrowdReason reason);
void komek_crowd_write (KomekCrowd *self, GString *text);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (KomekCrowd, komek_crowd_free)

/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "komek-context.h"

/**
 * KomekWatchState:
 * @KOMEK_WATCH_LOOKING: not found yet, and not all were asked
 * @KOMEK_WATCH_KNOWN: here is what is known of it
 * @KOMEK_WATCH_MISSING: neither this device nor the city knows it
 * @KOMEK_WATCH_UNREACHABLE: this device does not know it and the city could not be asked
 *
 * How far the search for one request has come.
 */
typedef enum
{
  KOMEK_WATCH_LOOKING,
  KOMEK_WATCH_KNOWN,
  KOMEK_WATCH_MISSING,
  KOMEK_WATCH_UNREACHABLE,
} KomekWatchState;

#define KOMEK_TYPE_REQUEST_WATCH (komek_request_watch_get_type ())
G_DECLARE_FINAL_TYPE (KomekRequestWatch, komek_request_watch, KOMEK, REQUEST_WATCH, GObject)

KomekRequestWatch *komek_request_watch_new (KomekContext *context, const char *number);
KomekWatchState komek_request_watch_get_state (KomekRequestWatch *self);
const char *komek_request_watch_get_number (KomekRequestWatch *self);
KomekRequest *komek_request_watch_get_request (KomekRequestWatch *self);
GPtrArray *komek_request_watch_get_history (KomekRequestWatch *self);
const GError *komek_request_watch_get_problem (KomekRequestWatch *self);
gboolean komek_request_watch_is_stale (KomekRequestWatch *self);
void komek_request_watch_ask (KomekRequestWatch *self);

/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

#include "komek-time-brush.h"

/**
 * KomekPlayFields:
 * @duration: how long the whole way takes, milliseconds, 0 for twenty seconds
 * @interval: the time between two steps at least, milliseconds, 0 for fifty
 *
 * How fast a year passes.
 */
typedef struct
{
  guint duration, interval;
} KomekPlayFields;

#define KOMEK_TYPE_PLAY (komek_play_get_type ())
G_DECLARE_FINAL_TYPE (KomekPlay, komek_play, KOMEK, PLAY, GObject)

KomekPlay *komek_play_new (const KomekPlayFields *fields);
gboolean komek_play_is_running (KomekPlay *self);
void komek_play_start (KomekPlay *self, KomekTimeBrush brush);
void komek_play_stop (KomekPlay *self);
void komek_play_hold (KomekPlay *self, gboolean hold);

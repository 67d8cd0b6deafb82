/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "komek-crowd.h"
#include "komek-gate.h"
#include "komek-metrics.h"
#include "komek-server.h"

/**
 * KomekHallOptions:
 * @server: of the server that the hall belongs to
 *
 * What a hall shares with the others. Everything must live as long as the hall.
 */
typedef struct
{
  KomekServerOptions server;
  KomekCrowd        *crowd;
  KomekGate         *gate;
  KomekMetrics      *metrics;
} KomekHallOptions;

typedef struct _KomekHall KomekHall;

KomekHall *komek_hall_new (const KomekHallOptions *options);
void komek_hall_free (KomekHall *self);
void komek_hall_take (KomekHall *self, GSocketConnection *connection, const char *address);
void komek_hall_end (KomekHall *self);
guint komek_hall_get_running (KomekHall *self);

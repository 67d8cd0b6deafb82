/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

#define KOMEK_TYPE_CLOCK (komek_clock_get_type ())
G_DECLARE_FINAL_TYPE (KomekClock, komek_clock, KOMEK, CLOCK, GObject)

KomekClock *komek_clock_new (void);
KomekClock *komek_clock_new_fixed (gint64 now);
gint64 komek_clock_now (KomekClock *self);
gint64 komek_clock_get_uptime (KomekClock *self);
void komek_clock_advance (KomekClock *self, gint64 seconds);
void komek_clock_step (KomekClock *self, gint64 seconds);

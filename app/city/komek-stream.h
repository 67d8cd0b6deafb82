/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#define KOMEK_TYPE_STREAM (komek_stream_get_type ())
G_DECLARE_FINAL_TYPE (KomekStream, komek_stream, KOMEK, STREAM, GIOStream)

KomekStream *komek_stream_new (GSocketConnection *connection);
void komek_stream_rest (KomekStream *self);
void komek_stream_hold (KomekStream *self);

/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

/* Bytes. */
#define KOMEK_OUTBOX_RESERVE (1024 * 1024)

void komek_outbox_reserve_keep (const char *path);
gboolean komek_outbox_reserve_spend (const char *path);

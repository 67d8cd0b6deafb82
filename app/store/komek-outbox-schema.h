/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "komek-database.h"

/* "KMOB": tells an outbox from a mirror and from everybody else's files. */
#define KOMEK_OUTBOX_SCHEMA_ID 0x4b4d4f42

gboolean komek_outbox_schema_prepare (KomekDatabase *database, GError **error);

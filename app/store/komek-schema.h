/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* "KMEK": tells our files from everybody else's. */
#define KOMEK_SCHEMA_ID 0x4b4d454b

/* Another number makes every mirror begin anew. */
#define KOMEK_SCHEMA_VERSION 1

extern const char *const komek_schema;

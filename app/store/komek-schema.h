/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* "KMEK": tells our files from everybody else's. */
#define KOMEK_SCHEMA_ID 0x4b4d454b

/* A higher number makes every mirror of a lower one begin anew. It grows with
 * the tables, and with any change of what komek_fold() makes of a text. */
#define KOMEK_SCHEMA_VERSION 5

extern const char *const komek_schema;

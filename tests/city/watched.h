/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "harness.h"

/* A server with deadlines that are a fraction of the usual ones, and what it
 * tells of itself. Each test has one of its own. */

#define REQUEST_MS 400
#define PHOTO_MS 1200
#define PATIENCE_MS 5000
#define MEGABYTE (1024 * 1024)

#define GENEROUS                                                                 \
  "[guard]\nrequest-ms = 400\nphoto-ms = 1200\nanswer-ms = 400\nconnections = 2000\n" \
  "connections-per-address = 2000\n"

extern Harness *city;
extern char *folder;

void begin (const char *settings);
void finish (void);
gint64 measure (const char *name);
void await_leaving (void);

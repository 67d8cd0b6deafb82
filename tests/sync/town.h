/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "fake-city.h"
#include "komek-error.h"
#include "komek-line.h"
#include "komek-sync.h"

#define NOW 1790000000
#define DAY 86400

/* Looks again at once, and after a failure only when told. */
extern const KomekSyncTimes hasty;

/* A line to a fake city, with a clock that stands. */
typedef struct
{
  FakeCity    *city;
  char        *folder;
  KomekMirror *mirror;
  KomekClock  *clock;
  KomekSync   *sync;
  KomekLine   *line;   /* the same */
  GString     *states; /* that it went through: "connecting filling current" */
} Town;

gboolean is_spared (guint row, guint column);
void set_up (Town *town, gconstpointer unused);
void tear_down (Town *town, gconstpointer unused);
void open_line (Town *town, const KomekSyncTimes *times);
void close_line (Town *town);
void connect_city (Town *town);
void wait_for (Town *town, KomekLineState state);
void wait_for_sweep (Town *town);
void wait_for_look (Town *town);
void assert_problem (Town *town, KomekError code);
KomekPoints *get_points (Town *town);
guint count (Town *town);
KomekRequest *find (Town *town, const char *number);
KomekStatus find_status (Town *town, const char *number);
GPtrArray *get_history (Town *town, const char *number);
gboolean refresh (Town *town, const char *number, GError **error);
void assert_log (Town *town, const char *expected);

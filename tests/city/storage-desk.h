/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "storage-place.h"

/* A storage for a test of what any engine must do. Which one, says
 * KOMEK_TEST_DATABASE; without it, SQLite. */

#define NOON 1795334400 /* 22 November 2026, 12:00 in Astana is 07:00 in Greenwich */

/* A city to work in. */
typedef struct
{
  Place        *place;
  KomekStorage *storage;
  GTimeZone    *zone;
} Desk;

/* A record with texts of its own. */
typedef struct
{
  gint64      id;
  char       *text, *address, *service, *district, *agency;
  KomekStatus status;
  double      latitude, longitude;
  gint64      requested, updated, due;
  guint       supporters, photos;
  GStrv       attributes;
} Kept;

/* How far somebody has come through a list or a history, and what they met. */
typedef struct
{
  KomekPosition position;
  gboolean      changes;
  guint         n;
  GHashTable   *seen;
} Walk;

void desk_set_up (Desk *self, gconstpointer data);
void desk_tear_down (Desk *self, gconstpointer data);
KomekRecord desk_write_form (const char *text, gint64 seconds);
char *desk_file (Desk *self, const KomekRecord *record);
char *desk_file_text (Desk *self, const char *text, gint64 seconds);
GPtrArray *desk_list (Desk *self, const KomekQuery *query);
void desk_assert_lists (Desk *self, const KomekQuery *query, const char *const *expected);
void desk_get (Desk *self, const char *number, Kept *kept);
guint desk_walk (Desk *self, KomekQuery query);
GPtrArray *desk_get_history (Desk *self, const KomekStepQuery *query);
gint64 desk_update (Desk *self, const KomekStep *step, gboolean keeps_status);
guint desk_vote (Desk *self, const char *number, const char *voter);
gboolean desk_add_photo (Desk *self, const char *number, const char *digest, guint *place,
                         GError **error);
void kept_clear (Kept *self);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Kept, kept_clear)

/* The list that a query gives must be exactly of these. */
#define LISTS(self, query, ...) \
  desk_assert_lists (self, &(query), (const char *const[]) { __VA_ARGS__, NULL })
#define Q(...) (KomekQuery) { __VA_ARGS__, .limit = 100 }

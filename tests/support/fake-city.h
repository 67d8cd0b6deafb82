/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <libsoup/soup.h>

#include "komek-city.h"
#include "komek-request.h"
#include "komek-status.h"

/**
 * FakeManner:
 * @FAKE_CITY_ANSWERS: as a good city does
 * @FAKE_CITY_CUTS: half the answer, then the end of the connection
 * @FAKE_CITY_CUTS_CHUNK: the same in chunks, of which the last never comes
 * @FAKE_CITY_CUTS_OPEN: the same without saying how long it will be
 * @FAKE_CITY_DAWDLES: half the answer, then nothing
 *
 * How a fake city gives an answer that was put into its mouth.
 */
typedef enum
{
  FAKE_CITY_ANSWERS,
  FAKE_CITY_CUTS,
  FAKE_CITY_CUTS_CHUNK,
  FAKE_CITY_CUTS_OPEN,
  FAKE_CITY_DAWDLES,
} FakeManner;

/**
 * FakeCity:
 * @url: where its GeoReport service is
 * @log: (element-type utf8): what it was asked: "GET requests.json?page=1"
 * @filed: (element-type utf8 utf8): keys of filings and the numbers they were given
 * @now: what it takes for the present
 * @plain: it knows nothing of our profile
 * @left: how many questions it answers before it says 503 to all others; negative for no end
 * @deaf: it takes filings, but the answer to them gets lost
 * @bodies: (element-type utf8): what was sent with each question
 * @keys: (element-type utf8): the Idempotency-Key of each question, as it was written
 * @marks: (element-type utf8): the If-None-Match of each question
 * @abilities: what it can do; an argument that it does not know it ignores
 * @announced: what its discovery says that it can do
 * @strict: it refuses an argument that it does not know
 * @forgetful: it takes the same key for another one each time
 * @bad_dates: the status with which it answers a date; 0 where it knows dates
 * @confused: it takes no date for a date, and then finds nothing
 * @repeats: behind its last page comes its last page
 * @length: how long its pages are, whatever is asked for, and its answer without pages; 0 for the
 *   usual
 * @breaks_at: a list of more requests than this breaks off on its way; 0 for none
 * @ignores_dates: start_date and end_date count for nothing
 * @open_only: who names no status gets what is open
 * @single_status: it refuses a list of statuses
 * @names_next: it says where the next page is
 * @batch: a filing gets a token
 * @slowness: how often a token is asked for in vain
 * @key: (nullable): without which in the address it lets nobody in
 * @xml_only: it speaks no JSON
 * @json_only: it speaks no XML; so it is from the start
 *
 * A city in the test itself, in its main loop, which does as it is told.
 */
typedef struct
{
  char       *url;
  GPtrArray  *log;
  GHashTable *filed;
  gint64      now;
  gboolean    plain;
  int         left;
  gboolean    deaf;
  GPtrArray  *bodies;
  GPtrArray  *keys;
  GPtrArray  *marks;
  KomekAbility abilities;
  KomekAbility announced;
  gboolean    strict;
  gboolean    forgetful;
  guint       bad_dates;
  gboolean    confused;
  gboolean    repeats;
  guint       length;
  guint       breaks_at;
  gboolean    ignores_dates;
  gboolean    open_only;
  gboolean    single_status;
  gboolean    names_next;
  gboolean    batch;
  int         slowness;
  const char *key;
  gboolean    xml_only;
  gboolean    json_only;

  SoupServer *server;
  guint       port;
  KomekCity  *city;
  GPtrArray  *services;
  GPtrArray  *requests;
  GHashTable *histories;     /* number → updates */
  GHashTable *answers;       /* "GET path" → what was put into its mouth */
  GPtrArray  *held;          /* connections over which the rest never comes */
} FakeCity;

FakeCity *fake_city_new (const char *id, const char *changeset);
void fake_city_free (FakeCity *self);
void fake_city_close (FakeCity *self);
void fake_city_open (FakeCity *self);
void fake_city_rename (FakeCity *self, const char *id, const char *changeset);
void fake_city_add (FakeCity *self, const char *number, const char *text, gint64 requested,
                    gint64 updated, KomekStatus status);
void fake_city_withdraw (FakeCity *self, const char *number, gint64 time);
void fake_city_add_many (FakeCity *self, guint n_requests, gint64 first);
void fake_city_add_update (FakeCity *self, const char *number, const char *text, gint64 time,
                           KomekStatus status);
void fake_city_say (FakeCity *self, const char *question, guint status, const char *type,
                    const char *body, FakeManner manner);
void fake_city_say_bytes (FakeCity *self, const char *question, guint status, const char *type,
                          GBytes *body);
void fake_city_say_header (FakeCity *self, const char *question, const char *name,
                           const char *value);
void fake_city_announce (FakeCity *self, KomekAbility abilities);
guint fake_city_count (FakeCity *self, const char *beginning);
char *fake_city_dup_log (FakeCity *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (FakeCity, fake_city_free)

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-storage-filing.h"

#include <string.h>

#include "komek-number.h"
#include "komek-refusal.h"
#include "komek-storage-parcel.h"
#include "komek-storage-private.h"

/* Filing: a key, a number or a token, and the request, all at once. The engines
 * write what is decided here. */

/* What is to be filed, and what became of it. */
typedef struct
{
  const KomekFilingBook *book;
  gpointer               engine;
  const KomekRecord     *record;
  const char            *client, *key;
  GTimeZone             *zone; /* NULL where only a token is asked for */
  KomekRegistration     *found;
} Filing;

void
komek_filed_clear (KomekFiled *self)
{
  g_free (self->fingerprint);
  g_free (self->number);
  g_free (self->token);
}

KomekPending *
komek_pending_new (gint64 id, const char *token, GBytes *parcel)
{
  KomekPending *self = g_new (KomekPending, 1);

  *self = (KomekPending) { id, g_strdup (token), g_bytes_ref (parcel) };
  return self;
}

static void
pending_free (gpointer data)
{
  KomekPending *self = data;

  g_free (self->token);
  g_bytes_unref (self->parcel);
  g_free (self);
}

/* Counts the day up; the first request of a day has the count 0. No number is
 * lost: one that is not committed was never counted. */
static gboolean
count_day (const KomekFilingBook *book, gpointer engine, GDateTime *day, gint64 *count,
           GError **error)
{
  g_autofree char *name = g_date_time_format (day, "%Y-%m-%d");

  if (!book->count_day (engine, name, count, error))
    return FALSE;
  *count -= 1;
  return komek_storage_check_day (name, *count, error);
}

/* Gives a number to a request and adds it. */
static char *
add_numbered (const KomekFilingBook *book, gpointer engine, const KomekRecord *record,
              GTimeZone *zone, GError **error)
{
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (record->requested);
  g_autoptr (GDateTime) day = g_date_time_to_timezone (utc, zone);
  g_autofree char *number = NULL;
  gint64 count;

  if (!count_day (book, engine, day, &count, error))
    return NULL;
  number = komek_number_format (day, count);
  return book->add (engine, record, number, error) ? g_steal_pointer (&number) : NULL;
}

/* What was filed without a fingerprint is compared word by word. */
static gboolean
is_another (const Filing *self, const KomekFiled *filed)
{
  if (*filed->fingerprint != '\0' && self->record->fingerprint)
    return strcmp (filed->fingerprint, self->record->fingerprint) != 0;
  return !filed->number || !self->book->says_the_same (self->engine, filed->number, self->record);
}

/* Leaves @found NULL where the key is new. */
static gboolean
find_known (Filing *self, GError **error)
{
  g_auto (KomekFiled) filed = { NULL };

  if (!self->book->find (self->engine, self->client, self->key, &filed, error))
    return FALSE;
  if (!filed.fingerprint)
    return TRUE;
  if (is_another (self, &filed))
    {
      g_set_error (error, KOMEK_REFUSAL, KOMEK_REFUSAL_KEY_REUSED, "The key %s was used before",
                   self->key);
      return FALSE;
    }
  self->found = komek_registration_new (filed.number, filed.number ? NULL : filed.token, TRUE);
  return TRUE;
}

static gboolean
add_pending (Filing *self, const char *token, GError **error)
{
  g_autoptr (GBytes) parcel = komek_storage_parcel_pack (self->record);

  return self->book->add_pending (self->engine, token, parcel, error);
}

static gboolean
register_new (Filing *self, GError **error)
{
  g_autofree char *token = self->zone ? NULL : g_uuid_string_random ();
  g_autofree char *number =
    self->zone ? add_numbered (self->book, self->engine, self->record, self->zone, error) : NULL;

  if (self->zone ? !number : !add_pending (self, token, error))
    return FALSE;
  self->found = komek_registration_new (number, token, FALSE);
  return self->book->add_filing (self->engine, self->client, self->key, self->record, self->found,
                                 error);
}

static gboolean
do_file (gpointer data, GError **error)
{
  Filing *self = data;

  g_clear_pointer (&self->found, komek_registration_free);
  if (find_known (self, error) && (self->found || register_new (self, error)))
    return TRUE;
  g_clear_pointer (&self->found, komek_registration_free);
  return FALSE;
}

/**
 * komek_storage_filing_file:
 * @keys: of filings that run
 * @zone: (nullable): whose days are counted; %NULL to give a token now and a number later
 *
 * Returns: (transfer full) (nullable): what the request goes by
 */
KomekRegistration *
komek_storage_filing_file (const KomekFilingBook *book, gpointer engine, KomekStorageKeys *keys,
                           const KomekRecord *record, GTimeZone *zone, GError **error)
{
  g_autofree char *own_key = record->key ? NULL : komek_storage_make_key ();
  Filing filing = { .book = book,
                    .engine = engine,
                    .record = record,
                    .client = record->client ? record->client : "",
                    .key = record->key ? record->key : own_key,
                    .zone = zone };
  char *claim = komek_storage_keys_claim (keys, filing.client, filing.key, error);

  if (!claim)
    return NULL;
  if (!book->write (engine, do_file, &filing, error))
    g_clear_pointer (&filing.found, komek_registration_free);
  komek_storage_keys_release (keys, claim);
  return filing.found;
}

/* Requests that wait for their numbers. */
typedef struct
{
  const KomekFilingBook *book;
  gpointer               engine;
  GTimeZone             *zone;
  guint                  limit;
  guint                  n_settled;
  char                  *number; /* of the one that is being settled */
  GError                *problem;
} Settling;

static void
number_pending (const KomekRecord *record, gpointer data)
{
  Settling *self = data;

  self->number = add_numbered (self->book, self->engine, record, self->zone, &self->problem);
}

static gboolean
settle_one (Settling *self, const KomekPending *pending, GError **error)
{
  g_clear_pointer (&self->number, g_free);
  if (!komek_storage_parcel_unpack (pending->parcel, number_pending, self))
    return komek_storage_fail_parcel (pending->token, error);
  if (self->problem)
    {
      g_propagate_error (error, g_steal_pointer (&self->problem));
      return FALSE;
    }
  self->n_settled++;
  return self->book->settle (self->engine, pending, self->number, error);
}

static gboolean
do_settle (gpointer data, GError **error)
{
  Settling *self = data;
  g_autoptr (GPtrArray) pending = g_ptr_array_new_with_free_func (pending_free);

  self->n_settled = 0;
  if (!self->book->list_pending (self->engine, self->limit, pending, error))
    return FALSE;
  for (guint i = 0; i < pending->len; i++)
    if (!settle_one (self, pending->pdata[i], error))
      return FALSE;
  return TRUE;
}

/**
 * komek_storage_filing_settle:
 * @limit: how many to give numbers to at most
 * @n_settled: (out): how many got one
 */
gboolean
komek_storage_filing_settle (const KomekFilingBook *book, gpointer engine, GTimeZone *zone,
                             guint limit, guint *n_settled, GError **error)
{
  Settling settling = { .book = book, .engine = engine, .zone = zone, .limit = limit };
  gboolean done = book->write (engine, do_settle, &settling, error);

  *n_settled = done ? settling.n_settled : 0;
  g_free (settling.number);
  return done;
}

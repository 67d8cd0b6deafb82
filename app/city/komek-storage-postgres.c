/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-storage-postgres-private.h"

#include <string.h>

#include "komek-error.h"
#include "komek-fault.h"

/* The one argument of the address that is ours and not libpq's. */
#define CITY_ARGUMENT "komek_city="
#define USUAL_CITY "city"

/**
 * KomekStoragePostgres:
 *
 * The storage of a city in PostgreSQL, for any number of servers.
 *
 * One connection writes and a few read. Whoever writes first takes the row of
 * the city's stamp, and so its turn: transactions of all servers follow one
 * another, filings of many threads share one. Nothing about the city is kept
 * in memory, so a server may be killed at any time.
 */
static void storage_init (KomekStorageInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (KomekStoragePostgres, komek_storage_postgres, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (KOMEK_TYPE_STORAGE, storage_init))

/* A server that hangs in the middle of a transaction must not hold up the
 * others for ever. The time of a statement is limited for readers alone: a
 * commit whose time runs out while it waits for the standby would be taken for
 * one that is there. */
#define ON_CONNECT \
  "SET search_path = komek; SET lock_timeout = '15s'; SET jit = off;" \
  "SET idle_in_transaction_session_timeout = '10s';"

static const char writer_on_connect[] = ON_CONNECT "SET statement_timeout = 0";
static const char reader_on_connect[] = ON_CONNECT "SET statement_timeout = '30s'";

/* With the row comes the certainty that every transaction before is over, also
 * one whose end nobody was told: what it kept is found by its key. */
static gboolean
begin (gpointer book, gboolean again, GError **error)
{
  KomekStoragePostgres *self = book;
  g_autoptr (PGresult) turn = NULL;

  if (!komek_postgres_run (self->writer, "BEGIN", error))
    return FALSE;
  turn = komek_postgres_ask (self->writer, error,
                             "INSERT INTO stamp VALUES ($1, 1)"
                             " ON CONFLICT (city) DO UPDATE SET value = stamp.value + 1",
                             "s", self->city);
  return turn != NULL;
}

static gboolean
commit (gpointer book, GError **error)
{
  KomekStoragePostgres *self = book;

  komek_fault_point ("city.before-commit");
  if (!komek_postgres_commit (self->writer, error))
    return FALSE;
  komek_fault_point ("city.after-commit");
  return TRUE;
}

/* What the connection was doing nobody knows any more where that fails. */
static void
roll_back (gpointer book)
{
  KomekStoragePostgres *self = book;

  if (komek_postgres_is_lost (self->writer)
      || !komek_postgres_run (self->writer, "ROLLBACK", NULL))
    komek_postgres_hang_up (self->writer);
}

static const KomekScribeBook methods = { begin, commit, roll_back };

KomekPostgres *
komek_storage_postgres_borrow (KomekStoragePostgres *self)
{
  KomekPostgres *line = g_async_queue_pop (self->readers);

  komek_storage_watch_begin (&self->watch, line);
  return line;
}

void
komek_storage_postgres_give_back (KomekStoragePostgres *self, KomekPostgres *line)
{
  komek_storage_watch_end (&self->watch, line);
  g_async_queue_push (self->readers, line);
}

gboolean
komek_storage_postgres_write (KomekStoragePostgres *self, KomekScribeWork work, gpointer data,
                              GError **error)
{
  /* While a city is loaded there is one transaction and one thread. */
  return self->load.requests ? work (data, error)
                             : komek_scribe_write (self->scribe, work, data, error);
}

gboolean
komek_storage_postgres_is_address (const char *address)
{
  return g_str_has_prefix (address, "postgresql://") || g_str_has_prefix (address, "postgres://");
}

/* Takes our argument out of the address; libpq refuses what it does not know. */
static char *
split_address (const char *address, char **city)
{
  const char *question = strchr (address, '?');
  g_auto (GStrv) arguments = g_strsplit (question ? question + 1 : "", "&", -1);
  GString *rest = g_string_new (NULL);

  g_string_append_len (rest, address, question ? question - address : (gssize) strlen (address));
  for (guint i = 0, n = 0; arguments[i]; i++)
    if (g_str_has_prefix (arguments[i], CITY_ARGUMENT))
      *city = g_uri_unescape_string (arguments[i] + strlen (CITY_ARGUMENT), NULL);
    else if (*arguments[i] != '\0')
      g_string_append_printf (rest, "%c%s", n++ == 0 ? '?' : '&', arguments[i]);
  if (!*city)
    *city = g_strdup (USUAL_CITY);
  return g_string_free (rest, FALSE);
}

/**
 * komek_storage_postgres_open:
 * @address: postgresql://…, with komek_city=NAME where several cities share a database
 *
 * Opens a storage; makes or migrates its tables where they need it.
 *
 * Returns: (transfer full): the storage
 */
KomekStorage *
komek_storage_postgres_open (const char *address, GError **error)
{
  g_autoptr (KomekStoragePostgres) self = g_object_new (KOMEK_TYPE_STORAGE_POSTGRES, NULL);
  g_autofree char *rest = split_address (address, &self->city);

  self->writer = komek_postgres_new (rest, writer_on_connect);
  for (guint i = 0; i < KOMEK_STORAGE_READERS; i++)
    {
      self->watch.readers[i] = komek_postgres_new (rest, reader_on_connect);
      g_async_queue_push (self->readers, self->watch.readers[i]);
    }
  if (!komek_storage_postgres_migrate (self->writer, error))
    return NULL;
  self->scribe = komek_scribe_new (&methods, self);
  return KOMEK_STORAGE (g_steal_pointer (&self));
}

static gint64
get_delay (KomekStorage *storage, gboolean reads_too)
{
  KomekStoragePostgres *self = KOMEK_STORAGE_POSTGRES (storage);
  gint64 writing = self->scribe ? komek_scribe_get_delay (self->scribe) : 0;

  return reads_too ? MAX (writing, komek_storage_watch_get_delay (&self->watch)) : writing;
}

static void
storage_init (KomekStorageInterface *iface)
{
  iface->get_delay = get_delay;
  iface->list = komek_storage_postgres_list;
  iface->history = komek_storage_postgres_history;
  iface->file = komek_storage_postgres_file;
  iface->file_later = komek_storage_postgres_file_later;
  iface->settle = komek_storage_postgres_settle;
  iface->look_up = komek_storage_postgres_look_up;
  iface->add_update = komek_storage_postgres_add_update;
  iface->pass_update = komek_storage_postgres_pass_update;
  iface->vote = komek_storage_postgres_vote;
  iface->add_photo = komek_storage_postgres_add_photo;
  iface->list_photos = komek_storage_postgres_list_photos;
  iface->get_photo = komek_storage_postgres_get_photo;
  iface->withdraw = komek_storage_postgres_withdraw;
  iface->list_withdrawn = komek_storage_postgres_list_withdrawn;
  iface->is_withdrawn = komek_storage_postgres_is_withdrawn;
  iface->is_sender = komek_storage_postgres_is_sender;
  iface->find_contact = komek_storage_postgres_find_contact;
  iface->add_client = komek_storage_postgres_add_client;
  iface->remove_client = komek_storage_postgres_remove_client;
  iface->list_clients = komek_storage_postgres_list_clients;
  iface->get_stamp = komek_storage_postgres_get_stamp;
  iface->count_pending = komek_storage_postgres_count_pending;
  iface->dup_note = komek_storage_postgres_dup_note;
  iface->set_note = komek_storage_postgres_set_note;
  iface->add_note = komek_storage_postgres_add_note;
  iface->is_empty = komek_storage_postgres_is_empty;
  iface->begin_load = komek_storage_postgres_begin_load;
  iface->load = komek_storage_postgres_load;
  iface->end_load = komek_storage_postgres_end_load;
}

static void
komek_storage_postgres_finalize (GObject *object)
{
  KomekStoragePostgres *self = KOMEK_STORAGE_POSTGRES (object);
  KomekPostgres *reader;

  g_clear_pointer (&self->scribe, komek_scribe_free);
  while ((reader = g_async_queue_try_pop (self->readers)))
    komek_postgres_free (reader);
  g_async_queue_unref (self->readers);
  g_clear_pointer (&self->writer, komek_postgres_free);
  komek_storage_keys_free (self->keys);
  g_free (self->city);
  G_OBJECT_CLASS (komek_storage_postgres_parent_class)->finalize (object);
}

static void
komek_storage_postgres_class_init (KomekStoragePostgresClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = komek_storage_postgres_finalize;
}

static void
komek_storage_postgres_init (KomekStoragePostgres *self)
{
  self->readers = g_async_queue_new ();
  self->keys = komek_storage_keys_new ();
}

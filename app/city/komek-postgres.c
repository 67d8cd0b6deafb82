/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-postgres.h"

#include <math.h>
#include <string.h>

#include "komek-error.h"

#define MOST_VALUES 24

/**
 * KomekPostgres:
 *
 * A connection to PostgreSQL with our errors, made when it is first used and
 * again after it was lost. It keeps the statements that it has run. Only one
 * thread at a time may use it.
 */
struct _KomekPostgres
{
  char       *address;
  char       *on_connect;
  PGconn     *line; /* NULL while there is none */
  GHashTable *statements; /* text → name */
  gboolean    warned;
};

/* What the server says where the same may go well later, perhaps with another
 * server: classes 08 (the connection) and 57P (it is going down), all
 * connections taken, the lock or the time ran out, one of two that waited for
 * each other, and the standby that wants to be written to. */
static const char *const passing[] = {
  "08", "57P", "53300", "55P03", "57014", "40001", "40P01", "25006", "25P03",
};

static gboolean
is_passing (const char *state)
{
  for (guint i = 0; i < G_N_ELEMENTS (passing); i++)
    if (g_str_has_prefix (state, passing[i]))
      return TRUE;
  return FALSE;
}

/* The server's words end in a line end and may have several lines. */
static gboolean
fail (KomekPostgres *self, const PGresult *result, GError **error)
{
  const char *state = result ? PQresultErrorField (result, PG_DIAG_SQLSTATE) : NULL;
  const char *primary = result ? PQresultErrorField (result, PG_DIAG_MESSAGE_PRIMARY) : NULL;
  gboolean lost = !self->line || PQstatus (self->line) != CONNECTION_OK;
  g_autofree char *words = g_strdup (primary ? primary : PQerrorMessage (self->line));

  g_strdelimit (g_strchomp (words), "\n", ' ');
  g_set_error (error, KOMEK_ERROR,
               lost || (state && is_passing (state)) ? KOMEK_ERROR_UNREACHABLE
                                                     : KOMEK_ERROR_UNSAVED,
               "PostgreSQL: %s", words);
  /* A standby takes nothing: look for the one that does. */
  if (state && strcmp (state, "25006") == 0)
    komek_postgres_hang_up (self);
  return FALSE;
}

/**
 * komek_postgres_new:
 * @address: as libpq takes it
 * @on_connect: statements that every new connection begins with
 *
 * Returns: (transfer full): a connection that is not made yet
 */
KomekPostgres *
komek_postgres_new (const char *address, const char *on_connect)
{
  KomekPostgres *self = g_new0 (KomekPostgres, 1);

  self->address = g_strdup (address);
  self->on_connect = g_strdup (on_connect);
  self->statements = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  return self;
}

void
komek_postgres_free (KomekPostgres *self)
{
  komek_postgres_hang_up (self);
  g_hash_table_unref (self->statements);
  g_free (self->address);
  g_free (self->on_connect);
  g_free (self);
}

void
komek_postgres_hang_up (KomekPostgres *self)
{
  g_clear_pointer (&self->line, PQfinish);
  g_hash_table_remove_all (self->statements);
}

gboolean
komek_postgres_is_lost (const KomekPostgres *self)
{
  return !self->line || PQstatus (self->line) != CONNECTION_OK;
}

/* Notices are for whoever sits at a terminal; a warning may be about what we rely on. */
static void
hear_notice (void *data, const PGresult *notice)
{
  KomekPostgres *self = data;

  if (g_strcmp0 (PQresultErrorField (notice, PG_DIAG_SEVERITY_NONLOCALIZED), "WARNING") == 0)
    self->warned = TRUE;
}

/**
 * komek_postgres_connect:
 *
 * Makes the connection where there is none. The address may name several
 * servers; the one that can be written to is taken.
 */
gboolean
komek_postgres_connect (KomekPostgres *self, GError **error)
{
  /* What comes later goes before what came earlier; the address is expanded where it stands. */
  static const char *const names[] = { "connect_timeout", "tcp_user_timeout", "keepalives_idle",
                                       "target_session_attrs", "application_name", "dbname",
                                       "client_encoding", NULL };
  const char *values[] = { "5", "10000", "10", "read-write", "komek-city", self->address, "UTF8",
                           NULL };

  if (!komek_postgres_is_lost (self))
    return TRUE;
  komek_postgres_hang_up (self);
  self->line = PQconnectdbParams (names, values, 1);
  if (PQstatus (self->line) != CONNECTION_OK)
    return fail (self, NULL, error);
  PQsetNoticeReceiver (self->line, hear_notice, self);
  if (komek_postgres_run (self, self->on_connect, error))
    return TRUE;
  komek_postgres_hang_up (self);
  return FALSE;
}

static PGresult *
check (KomekPostgres *self, PGresult *result, GError **error)
{
  ExecStatusType status = PQresultStatus (result);

  if (status == PGRES_TUPLES_OK || status == PGRES_COMMAND_OK || status == PGRES_COPY_IN)
    return result;
  fail (self, result, error);
  PQclear (result);
  return NULL;
}

/* Runs statements without values. */
gboolean
komek_postgres_run (KomekPostgres *self, const char *sql, GError **error)
{
  g_autoptr (PGresult) result = NULL;

  if (!komek_postgres_connect (self, error))
    return FALSE;
  result = check (self, PQexec (self->line, sql), error);
  return result != NULL;
}

/**
 * komek_postgres_commit:
 *
 * Ends a transaction.
 *
 * Fails also where the server says that it is committed and warns that it may
 * not be where it shall be: somebody has cancelled the wait for the standby.
 */
gboolean
komek_postgres_commit (KomekPostgres *self, GError **error)
{
  g_autoptr (PGresult) result = NULL;

  self->warned = FALSE;
  result = check (self, PQexec (self->line, "COMMIT"), error);
  if (!result)
    return FALSE;
  if (strcmp (PQcmdStatus (result), "COMMIT") == 0 && !self->warned)
    return TRUE;
  g_set_error (error, KOMEK_ERROR, KOMEK_ERROR_UNREACHABLE,
               "PostgreSQL: the transaction was not committed everywhere");
  return FALSE;
}

/* The values of one statement. */
typedef struct
{
  const char *values[MOST_VALUES];
  int         lengths[MOST_VALUES];
  int         formats[MOST_VALUES];
  char        digits[MOST_VALUES][G_ASCII_DTOSTR_BUF_SIZE];
  guint       n;
} Values;

static void
add_value (Values *self, char type, va_list *arguments)
{
  guint i = self->n++;
  GBytes *bytes;
  double degrees;
  gsize length;

  switch (type)
    {
    case 's':
      self->values[i] = va_arg (*arguments, const char *);
      return;
    case 'n':
      g_snprintf (self->digits[i], sizeof self->digits[i], "%" G_GINT64_FORMAT,
                  va_arg (*arguments, gint64));
      self->values[i] = self->digits[i];
      return;
    case 'd':
      degrees = va_arg (*arguments, double);
      if (!isnan (degrees))
        self->values[i] = g_ascii_dtostr (self->digits[i], sizeof self->digits[i], degrees);
      return;
    case 'b':
      bytes = va_arg (*arguments, GBytes *);
      self->values[i] = g_bytes_get_data (bytes, &length);
      self->lengths[i] = length;
      self->formats[i] = 1;
      return;
    default:
      g_assert_not_reached ();
    }
}

/* The name under which the connection keeps a statement; it is prepared on first use. */
static const char *
prepare (KomekPostgres *self, const char *sql, GError **error)
{
  char *name = g_hash_table_lookup (self->statements, sql);
  g_autoptr (PGresult) result = NULL;

  if (name)
    return name;
  name = g_strdup_printf ("s%u", g_hash_table_size (self->statements));
  result = check (self, PQprepare (self->line, name, sql, 0, NULL), error);
  if (!result)
    {
      g_free (name);
      return NULL;
    }
  g_hash_table_insert (self->statements, g_strdup (sql), name);
  return name;
}

/**
 * komek_postgres_ask:
 * @sql: a statement that the connection keeps
 * @types: of the values that follow: s a text or %NULL, n a #gint64, d degrees (NaN is no value),
 *   b a #GBytes
 *
 * Returns: (transfer full): what came back
 */
PGresult *
komek_postgres_ask (KomekPostgres *self, GError **error, const char *sql, const char *types, ...)
{
  Values values = { .n = 0 };
  const char *name;
  va_list arguments;

  if (!komek_postgres_connect (self, error))
    return NULL;
  name = prepare (self, sql, error);
  if (!name)
    return NULL;
  va_start (arguments, types);
  for (const char *type = types; *type != '\0'; type++)
    add_value (&values, *type, &arguments);
  va_end (arguments);
  return check (self,
                PQexecPrepared (self->line, name, values.n, values.values, values.lengths,
                                values.formats, 0),
                error);
}

/**
 * komek_postgres_ask_texts:
 * @texts: (element-type utf8): the values
 * @keeps: whether the connection keeps the statement, which is planned for any
 *   values then; otherwise it is planned for these
 *
 * Returns: (transfer full): what came back
 */
PGresult *
komek_postgres_ask_texts (KomekPostgres *self, const char *sql, GPtrArray *texts, gboolean keeps,
                          GError **error)
{
  const char *const *values = (const char *const *) texts->pdata;
  const char *name = NULL;

  if (!komek_postgres_connect (self, error))
    return NULL;
  if (keeps)
    name = prepare (self, sql, error);
  if (name)
    return check (self, PQexecPrepared (self->line, name, texts->len, values, NULL, NULL, 0),
                  error);
  if (keeps)
    return NULL;
  return check (self, PQexecParams (self->line, sql, texts->len, NULL, values, NULL, NULL, 0),
                error);
}

/**
 * komek_postgres_copy:
 * @sql: COPY … FROM STDIN
 * @rows: in COPY's text form
 */
gboolean
komek_postgres_copy (KomekPostgres *self, const char *sql, const GString *rows, GError **error)
{
  g_autoptr (PGresult) result = NULL;

  if (!komek_postgres_run (self, sql, error))
    return FALSE;
  if (PQputCopyData (self->line, rows->str, rows->len) != 1
      || PQputCopyEnd (self->line, NULL) != 1)
    return fail (self, NULL, error);
  result = check (self, PQgetResult (self->line), error);
  PQclear (PQgetResult (self->line));
  return result != NULL;
}

/* Never NULL. */
const char *
komek_postgres_get_text (const PGresult *result, int row, int column)
{
  return PQgetvalue (result, row, column);
}

const char *
komek_postgres_get_text_or_null (const PGresult *result, int row, int column)
{
  return PQgetisnull (result, row, column) ? NULL : PQgetvalue (result, row, column);
}

gint64
komek_postgres_get_number (const PGresult *result, int row, int column)
{
  return g_ascii_strtoll (PQgetvalue (result, row, column), NULL, 10);
}

/* Returns: (transfer full): the bytes of a bytea */
GBytes *
komek_postgres_get_bytes (const PGresult *result, int row, int column)
{
  size_t length;
  unsigned char *bytes =
    PQunescapeBytea ((const unsigned char *) PQgetvalue (result, row, column), &length);

  return g_bytes_new_with_free_func (bytes, length, (GDestroyNotify) PQfreemem, bytes);
}

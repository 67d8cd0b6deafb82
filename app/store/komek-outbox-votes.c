/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-outbox-votes.h"

#include "komek-fault.h"
#include "komek-outbox-marks.h"
#include "komek-outbox-vote-copy.h"

/* Votes that the city has not heard of: the numbers of the requests, once each, and a copy of each
 * in a file of its own, from which it comes back where the database is lost.
 *
 * The copy is written after the row and removed after it, so one without a row
 * is of a vote that was lost, or told to the city already. To tell it twice
 * does no harm, for the city knows a voter by the name of the device, and that
 * is in the copy too: a device that has lost its name takes it from there. */

static gboolean
run (KomekDatabase *database, const char *sql, const char *number, GError **error)
{
  g_autoptr (KomekStatement) statement = komek_database_prepare (database, sql, error);

  if (!statement)
    return FALSE;
  komek_statement_bind_text (statement, 1, number);
  return komek_database_run (database, statement, error);
}

static gboolean
change (KomekDatabase *database, const char *sql, const char *number, GError **error)
{
  gboolean changed = komek_database_begin (database, error)
                     && komek_database_end (database, run (database, sql, number, error), error);

  komek_fault_point ("outbox.vote.after_commit");
  return changed;
}

static gboolean
find (KomekDatabase *database, const char *number, gint64 *sequence, GError **error)
{
  g_autoptr (KomekStatement) statement =
    komek_database_prepare (database, "SELECT sequence FROM vote WHERE number = ?", error);
  gboolean found;

  *sequence = 0;
  if (!statement)
    return FALSE;
  komek_statement_bind_text (statement, 1, number);
  if (!komek_database_find (database, statement, &found, error))
    return FALSE;
  if (found)
    *sequence = komek_statement_get_number (statement, 0);
  return TRUE;
}

static gboolean
write_copy (KomekDatabase *database, const char *copies, const char *number, GError **error)
{
  g_autofree char *device = komek_outbox_marks_dup_device (database, error);
  g_autofree char *machine = NULL;
  KomekOutboxVote vote = { .number = (char *) number, .device = device };

  if (!device || !komek_outbox_marks_get (database, "machine", &machine, error)
      || !find (database, number, &vote.sequence, error))
    return FALSE;
  vote.machine = machine ? machine : (char *) "";
  return komek_outbox_vote_copy_write (copies, &vote, error);
}

/**
 * komek_outbox_votes_add:
 * @copies: a folder
 * @number: of the request, as the city has it
 *
 * Keeps a vote, durably.
 */
gboolean
komek_outbox_votes_add (KomekDatabase *database, const char *copies, const char *number,
                        GError **error)
{
  g_autoptr (GError) problem = NULL;

  if (!change (database, "INSERT OR IGNORE INTO vote (number) VALUES (?)", number, error))
    return FALSE;
  /* It is durable already; a copy that cannot be written now is no reason to say otherwise. */
  if (!write_copy (database, copies, number, &problem))
    g_message ("A vote has no copy: %s", problem->message);
  komek_fault_point ("outbox.vote.copied");
  return TRUE;
}

/* Forgets a vote of which the city has heard. */
gboolean
komek_outbox_votes_end (KomekDatabase *database, const char *copies, const char *number,
                        GError **error)
{
  if (!change (database, "DELETE FROM vote WHERE number = ?", number, error))
    return FALSE;
  komek_outbox_vote_copy_remove (copies, number);
  return TRUE;
}

/**
 * komek_outbox_votes_list:
 *
 * Returns: (transfer full) (element-type utf8) (nullable): numbers of requests, the first first
 */
GPtrArray *
komek_outbox_votes_list (KomekDatabase *database, guint most, GError **error)
{
  g_autoptr (GPtrArray) numbers = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GError) problem = NULL;
  g_autoptr (KomekStatement) statement =
    komek_database_prepare (database, "SELECT number FROM vote ORDER BY sequence LIMIT ?", error);

  if (!statement)
    return NULL;
  komek_statement_bind_number (statement, 1, most);
  while (komek_database_step (database, statement, &problem))
    g_ptr_array_add (numbers, g_strdup (komek_statement_get_text (statement, 0)));
  if (!problem)
    return g_steal_pointer (&numbers);
  g_propagate_error (error, g_steal_pointer (&problem));
  return NULL;
}

static gint
compare (gconstpointer a, gconstpointer b)
{
  const KomekOutboxVote *first = *(const KomekOutboxVote *const *) a;
  const KomekOutboxVote *second = *(const KomekOutboxVote *const *) b;

  return first->sequence < second->sequence ? -1 : first->sequence > second->sequence;
}

/* Of all copies those without a row. */
static gboolean
keep_lost (KomekDatabase *database, GPtrArray *votes, GError **error)
{
  for (guint i = votes->len; i > 0; i--)
    {
      const KomekOutboxVote *vote = votes->pdata[i - 1];
      gint64 sequence;

      if (!find (database, vote->number, &sequence, error))
        return FALSE;
      if (sequence > 0)
        g_ptr_array_remove_index (votes, i - 1);
    }
  g_ptr_array_sort (votes, compare);
  return TRUE;
}

/**
 * komek_outbox_votes_reconcile:
 *
 * Brings back votes that were lost from their copies.
 */
gboolean
komek_outbox_votes_reconcile (KomekDatabase *database, const char *copies, GError **error)
{
  g_autoptr (GPtrArray) votes = komek_outbox_vote_copy_list (copies);
  gboolean done = TRUE;

  if (!keep_lost (database, votes, error))
    return FALSE;
  if (votes->len == 0)
    return TRUE;
  if (!komek_database_begin (database, error))
    return FALSE;
  for (guint i = 0; done && i < votes->len; i++)
    {
      const KomekOutboxVote *vote = votes->pdata[i];

      done = run (database, "INSERT OR IGNORE INTO vote (number) VALUES (?)", vote->number, error)
             && komek_outbox_marks_take_name (database, vote->machine, vote->device, error);
    }
  done = komek_database_end (database, done, error);
  if (done)
    g_message ("%u votes of the outbox were brought back from their copies", votes->len);
  return done;
}

/**
 * komek_outbox_votes_move:
 * @database: where the rows are now
 *
 * Moves copies after their rows. One that stays behind is of a vote that is told twice, which does
 * no harm.
 */
void
komek_outbox_votes_move (KomekDatabase *database, const char *from, const char *to)
{
  g_autoptr (GPtrArray) votes = komek_outbox_vote_copy_list (from);

  for (guint i = 0; i < votes->len; i++)
    {
      KomekOutboxVote *vote = votes->pdata[i];
      g_autoptr (GError) error = NULL;

      if (!find (database, vote->number, &vote->sequence, &error)
          || !komek_outbox_vote_copy_write (to, vote, &error))
        g_message ("The copy of a vote stays where it is: %s", error->message);
      else
        komek_outbox_vote_copy_remove (from, vote->number);
    }
}

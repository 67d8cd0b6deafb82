/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-wire-votes.h"

#include "komek-error.h"
#include "komek-wire-list.h"
#include "komek-wire-writer.h"

typedef struct
{
  gboolean given;
  guint    votes;
} Count;

static gboolean
keep_count (const KomekWireNode *object, gpointer data)
{
  Count *self = data;

  self->given = self->given || komek_wire_get_id (object, "votes");
  self->votes = MAX (self->votes, komek_wire_get_count (object, "votes"));
  return TRUE;
}

/**
 * komek_wire_read_votes:
 * @body: the answer to POST requests/ID/votes
 * @votes: (out): how many say "me too" now
 *
 * Fails with %KOMEK_ERROR_UNREADABLE where no count comes back.
 */
gboolean
komek_wire_read_votes (GBytes *body, guint *votes, GError **error)
{
  static const KomekWireShape shape = {
    { "service_requests", "requests" },
    { "request", "service_request" },
    { "votes" },
  };
  Count count = { 0 };

  if (!komek_wire_visit (body, &shape, keep_count, &count, error))
    return FALSE;
  *votes = count.votes;
  if (!count.given)
    g_set_error (error, KOMEK_ERROR, KOMEK_ERROR_UNREADABLE,
                 "The city answered without a count of votes");
  return count.given;
}

/**
 * komek_wire_write_votes:
 * @number: the request that the votes are for
 *
 * Returns: (transfer full): the answer to POST requests/ID/votes
 */
GBytes *
komek_wire_write_votes (const char *number, guint votes, KomekWireFormat format)
{
  g_autoptr (KomekWireWriter) writer = komek_wire_writer_new (format, 256);

  komek_wire_writer_begin_list (writer, "service_requests");
  komek_wire_writer_begin_object (writer, "request");
  komek_wire_writer_text (writer, "service_request_id", number);
  komek_wire_writer_count (writer, "votes", votes);
  komek_wire_writer_end (writer);
  komek_wire_writer_end (writer);
  return komek_wire_writer_finish (writer);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-wire-update.h"

#include "komek-wire-list.h"
#include "komek-wire-pictures.h"
#include "komek-wire-status.h"
#include "komek-wire-writer.h"

/* What the organisation's own system says stands beside or inside of FixMyStreet's extras. */
static const char *
get_extra (const KomekWireNode *object, const char *name)
{
  const char *text = komek_wire_get_id (object, name);

  return text ? text : komek_wire_get_id (komek_wire_get_object (object, "extras"), name);
}

static KomekUpdate *
read_update (const KomekWireNode *object, GTimeZone *zone)
{
  const KomekWireNode *extended = komek_wire_get_object (object, "extended_attributes");
  const char *id = komek_wire_get_id (object, "update_id");
  const char *number = komek_wire_get_id (object, "service_request_id");
  const char *word = komek_wire_get_id (object, "status");
  const char *detail = komek_wire_get_id (extended, "detailed_status");
  KomekStatus status = komek_wire_read_status (word, detail);
  g_auto (GStrv) media = komek_wire_dup_media (object);

  return !id || !number ? NULL : komek_update_new_of (&(KomekUpdateFields) {
    .id = id,
    .number = number,
    .status = status,
    .status_name = komek_wire_get_status_name (status, word, detail),
    .time = komek_wire_get_time (object, "updated_datetime", zone),
    .text = komek_wire_get_text (object, "description"),
    .agency = komek_wire_get_id (extended, "agency"),
    .answer = komek_wire_get_flag (extended, "answer", FALSE),
    .media = (const char *const *) media,
    .external_status = get_extra (object, "external_status_code"),
    .reference = get_extra (object, "customer_reference"),
  });
}

typedef struct
{
  GPtrArray  *updates;
  GHashTable *seen;
  GTimeZone  *zone;
} Collection;

/* The id alone is no key: some count the updates of each request anew, some use an id again. */
static char *
dup_key (KomekUpdate *update)
{
  return g_strdup_printf ("%s\n%s\n%" G_GINT64_FORMAT, komek_update_get_number (update),
                          komek_update_get_id (update), komek_update_get_time (update));
}

static gboolean
keep_update (const KomekWireNode *object, gpointer data)
{
  Collection *self = data;
  g_autoptr (KomekUpdate) update = read_update (object, self->zone);

  if (update && g_hash_table_add (self->seen, dup_key (update)))
    g_ptr_array_add (self->updates, g_steal_pointer (&update));
  return TRUE;
}

/**
 * komek_wire_read_updates:
 * @body: the answer to GET servicerequestupdates
 * @zone: (nullable): the city's zone, for dates without one; %NULL for UTC
 *
 * Returns: (transfer full) (element-type KomekUpdate): the updates in the city's
 *   order; an update that comes twice is there once
 */
GPtrArray *
komek_wire_read_updates (GBytes *body, GTimeZone *zone, GError **error)
{
  static const KomekWireShape shape = {
    { "service_request_updates", "request_updates", "updates" },
    { "request_update", "service_request_update", "update" },
    { "update_id", "service_request_id" },
  };
  g_autoptr (GPtrArray) updates = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  Collection collection = { updates, seen, zone };

  return komek_wire_visit (body, &shape, keep_update, &collection, error)
           ? g_steal_pointer (&updates)
           : NULL;
}

static void
write_update (KomekWireWriter *writer, KomekUpdate *update, GTimeZone *zone, gboolean extensions)
{
  KomekStatus status = komek_update_get_status (update);

  komek_wire_writer_begin_object (writer, "request_update");
  komek_wire_writer_text (writer, "update_id", komek_update_get_id (update));
  komek_wire_writer_text (writer, "service_request_id", komek_update_get_number (update));
  komek_wire_writer_text (writer, "status", komek_status_is_open (status) ? "open" : "closed");
  komek_wire_writer_time (writer, "updated_datetime", komek_update_get_time (update), zone);
  komek_wire_writer_text (writer, "description", komek_update_get_text (update));
  komek_wire_writer_media (writer, komek_update_peek (update)->media);
  if (extensions)
    {
      komek_wire_writer_begin_object (writer, "extended_attributes");
      komek_wire_writer_text (writer, "detailed_status", komek_status_get_code (status));
      komek_wire_writer_text (writer, "agency", komek_update_get_agency (update));
      komek_wire_writer_flag (writer, "answer", komek_update_is_answer (update));
      komek_wire_writer_end (writer);
    }
  komek_wire_writer_end (writer);
}

/**
 * komek_wire_write_updates:
 * @updates: (element-type KomekUpdate): what to write
 * @zone: the city's zone, in which all times are written
 * @extensions: whether fields that nobody else knows may follow
 *
 * Returns: (transfer full): a list of updates as FixMyStreet has it
 */
GBytes *
komek_wire_write_updates (GPtrArray *updates, GTimeZone *zone, gboolean extensions,
                          KomekWireFormat format)
{
  g_autoptr (KomekWireWriter) writer =
    komek_wire_writer_new (format, 64 + (gsize) updates->len * 800);

  komek_wire_writer_begin_list (writer, "service_request_updates");
  for (guint i = 0; i < updates->len; i++)
    write_update (writer, updates->pdata[i], zone, extensions);
  komek_wire_writer_end (writer);
  return komek_wire_writer_finish (writer);
}

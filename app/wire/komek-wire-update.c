/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-wire-update.h"

#include "komek-wire-json.h"
#include "komek-wire-status.h"
#include "komek-wire-writer.h"

static KomekUpdate *
read_update (JsonObject *object, GTimeZone *zone)
{
  JsonObject *extended = komek_wire_get_object (object, "extended_attributes");
  g_autofree char *id = komek_wire_dup_id (object, "update_id");
  g_autofree char *number = komek_wire_dup_id (object, "service_request_id");
  g_autofree char *word = komek_wire_dup_id (object, "status");
  g_autofree char *detail = komek_wire_dup_id (extended, "detailed_status");
  g_autofree char *text = komek_wire_dup_text (object, "description");
  g_autofree char *agency = komek_wire_dup_id (extended, "agency");

  if (!id || !number)
    return NULL;
  return komek_update_new (id, number, komek_wire_read_status (word, detail),
                           komek_wire_get_time (object, "updated_datetime", zone), text, agency,
                           komek_wire_get_flag (extended, "answer", FALSE));
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
  static const char *const names[] = { "service_request_updates", "request_updates",
                                       "request_update", "updates", NULL };
  g_autoptr (JsonArray) list = komek_wire_parse_list (body, names, "update_id", error);
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);
  GPtrArray *updates;

  if (!list)
    return NULL;

  updates = g_ptr_array_new_with_free_func (g_object_unref);
  for (guint i = 0; i < json_array_get_length (list); i++)
    {
      JsonObject *object = komek_wire_get_element (list, i);
      g_autoptr (KomekUpdate) update = object ? read_update (object, zone) : NULL;

      if (!update || g_hash_table_contains (seen, komek_update_get_id (update)))
        continue;
      g_hash_table_add (seen, (char *) komek_update_get_id (update));
      g_ptr_array_add (updates, g_steal_pointer (&update));
    }
  return updates;
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

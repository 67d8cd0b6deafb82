/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-wire-error.h"

#include "komek-error.h"
#include "komek-wire-json.h"
#include "komek-wire-writer.h"

static char *
dup_description (JsonObject *object)
{
  char *words = komek_wire_dup_text (object, "description");

  return words ? words : komek_wire_dup_text (object, "message");
}

/**
 * komek_wire_read_errors:
 * @body: an answer whose HTTP status was no success
 *
 * Reads what the city has to say about a refusal: [{code, description}], one
 * such object alone, or {type, code, message}.
 *
 * Returns: (transfer full): the city's own words, one line an error; never empty
 */
char *
komek_wire_read_errors (GBytes *body, GError **error)
{
  static const char *const names[] = { "errors", "error", NULL };
  g_autoptr (JsonArray) list = NULL;
  g_autoptr (GString) words = g_string_new (NULL);
  g_autoptr (GError) refusal = NULL;

  /* The names keep every element: an error has no identifier that all cities send. */
  list = komek_wire_parse_list (body, names, "code", &refusal);
  if (!list)
    {
      g_propagate_error (error, g_steal_pointer (&refusal));
      return NULL;
    }
  for (guint i = 0; i < json_array_get_length (list); i++)
    {
      g_autofree char *description = dup_description (komek_wire_get_element (list, i));

      if (description)
        g_string_append_printf (words, "%s%s", words->len ? "\n" : "", description);
    }
  if (words->len == 0)
    {
      g_set_error (error, KOMEK_ERROR, KOMEK_ERROR_UNREADABLE,
                   "The answer is JSON, but no GeoReport error");
      return NULL;
    }
  return g_string_free (g_steal_pointer (&words), FALSE);
}

/**
 * komek_wire_write_error:
 * @code: the HTTP status that goes with it
 * @description: a sentence for whoever reads it
 *
 * Returns: (transfer full): a GeoReport v2 list of one error
 */
GBytes *
komek_wire_write_error (guint code, const char *description, KomekWireFormat format)
{
  g_autoptr (KomekWireWriter) writer = komek_wire_writer_new (format, 256);

  komek_wire_writer_begin_list (writer, "errors");
  komek_wire_writer_begin_object (writer, "error");
  komek_wire_writer_count (writer, "code", code);
  komek_wire_writer_text (writer, "description", description);
  komek_wire_writer_end (writer);
  komek_wire_writer_end (writer);
  return komek_wire_writer_finish (writer);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-wire-error.h"

#include "komek-error.h"
#include "komek-wire-list.h"
#include "komek-wire-refusal.h"
#include "komek-wire-writer.h"

static gboolean
add_words (const KomekWireNode *object, gpointer data)
{
  const char *refusal =
    object->kind == KOMEK_WIRE_TEXT ? object->text : komek_wire_get_refusal (object);
  GString *words = data;

  if (refusal)
    g_string_append_printf (words, "%s%s", words->len ? "\n" : "", refusal);
  return TRUE;
}

/**
 * komek_wire_read_errors:
 * @body: an answer whose HTTP status was no success
 *
 * Reads what the city has to say about a refusal: [{code, description}], one
 * such object alone, {type, code, message}, a problem as RFC 9457 has it, or a
 * bare sentence under the name of an error.
 *
 * Returns: (transfer full): the city's own words, one line an error; never empty
 */
char *
komek_wire_read_errors (GBytes *body, GError **error)
{
  static const KomekWireShape shape = {
    { "errors" },
    { "error", "problem" },
    { "code", "description", "message", "detail", "title" },
    TRUE,
  };
  g_autoptr (GString) words = g_string_new (NULL);

  if (!komek_wire_visit (body, &shape, add_words, words, error))
    return NULL;
  if (words->len > 0)
    return g_string_free (g_steal_pointer (&words), FALSE);
  g_set_error (error, KOMEK_ERROR, KOMEK_ERROR_UNREADABLE,
               "The answer is well formed, but no GeoReport error");
  return NULL;
}

/**
 * komek_wire_write_errors:
 * @code: the HTTP status that goes with them
 * @descriptions: (array zero-terminated=1): a sentence each for whoever reads them
 *
 * Returns: (transfer full): a GeoReport v2 list of errors
 */
GBytes *
komek_wire_write_errors (guint code, const char *const *descriptions, KomekWireFormat format)
{
  g_autoptr (KomekWireWriter) writer = komek_wire_writer_new (format, 256);

  komek_wire_writer_begin_list (writer, "errors");
  for (; *descriptions; descriptions++)
    {
      komek_wire_writer_begin_object (writer, "error");
      komek_wire_writer_count (writer, "code", code);
      komek_wire_writer_text (writer, "description", *descriptions);
      komek_wire_writer_end (writer);
    }
  komek_wire_writer_end (writer);
  return komek_wire_writer_finish (writer);
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
  const char *const descriptions[] = { description, NULL };

  return komek_wire_write_errors (code, descriptions, format);
}

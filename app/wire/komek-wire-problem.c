/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-wire-problem.h"

#include "komek-wire-writer.h"

/**
 * komek_wire_problem_get_type_name:
 *
 * Returns: the type of such an answer
 */
const char *
komek_wire_problem_get_type_name (KomekWireFormat format)
{
  return format == KOMEK_WIRE_XML ? "application/problem+xml" : "application/problem+json";
}

static void
write_fields (KomekWireWriter *writer, const char *const *fields)
{
  komek_wire_writer_begin_list (writer, "field_errors");
  for (guint i = 0; fields && fields[i]; i++)
    komek_wire_writer_text (writer, "i", fields[i]);
  komek_wire_writer_end (writer);
}

/**
 * komek_wire_write_problem:
 *
 * In XML the names are those of RFC 9457, appendix B, without its name space:
 * no reader in the field looks at one.
 *
 * Returns: (transfer full): the problem
 */
GBytes *
komek_wire_write_problem (const KomekWireProblem *problem, KomekWireFormat format)
{
  g_autoptr (KomekWireWriter) writer = komek_wire_writer_new (format, 512);

  komek_wire_writer_begin_object (writer, "problem");
  komek_wire_writer_text (writer, "type", problem->type ? problem->type : "about:blank");
  komek_wire_writer_text (writer, "title", problem->title);
  komek_wire_writer_count (writer, "status", problem->status);
  if (problem->detail)
    komek_wire_writer_text (writer, "detail", problem->detail);
  if (problem->instance)
    komek_wire_writer_text (writer, "instance", problem->instance);
  if (problem->code)
    komek_wire_writer_text (writer, "code", problem->code);
  komek_wire_writer_flag (writer, "retryable", problem->retryable);
  write_fields (writer, problem->fields);
  komek_wire_writer_end (writer);
  return komek_wire_writer_finish (writer);
}

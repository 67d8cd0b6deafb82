/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-wire-service.h"

#include "komek-wire-list.h"
#include "komek-wire-writer.h"

/* Each alone, with one comma between them and no space, whichever way they came. */
static char *
dup_keywords (const KomekWireNode *object)
{
  const char *text = komek_wire_get_text (object, "keywords");
  g_auto (GStrv) words = g_strsplit (text ? text : "", ",", -1);
  GString *keywords = g_string_new (NULL);

  for (guint i = 0; words[i]; i++)
    if (*g_strstrip (words[i]) != '\0')
      g_string_append_printf (keywords, "%s%s", keywords->len > 0 ? "," : "", words[i]);
  return g_string_free (keywords, FALSE);
}

static KomekService *
read_service (const KomekWireNode *object)
{
  const KomekWireNode *extended = komek_wire_get_object (object, "extended_attributes");
  const char *code = komek_wire_get_id (object, "service_code");
  const char *name = komek_wire_get_text (object, "service_name");
  const char *group = komek_wire_get_text (object, "group");
  const char *group_code = komek_wire_get_id (extended, "group_code");
  g_autofree char *keywords = dup_keywords (object);
  g_autoptr (KomekLabel) label = komek_wire_get_label (extended, "names", name ? name : code);
  g_autoptr (KomekLabel) group_label =
    komek_wire_get_label (extended, "group_names", group ? group : group_code);

  return !code ? NULL : komek_service_new (&(KomekServiceFields) {
    .code = code,
    .name = label,
    .group = group_code ? group_code : group,
    .group_name = group_label,
    .keywords = keywords,
    .danger = komek_wire_get_flag (extended, "danger", FALSE),
    .needs_place = komek_wire_get_flag (extended, "needs_place", TRUE),
    .metadata = komek_wire_get_flag (object, "metadata", FALSE),
    .days = komek_wire_get_count (extended, "days"),
  });
}

static gboolean
keep_service (const KomekWireNode *object, gpointer services)
{
  KomekService *service = read_service (object);

  if (service)
    g_ptr_array_add (services, service);
  return TRUE;
}

/**
 * komek_wire_read_services:
 * @body: the answer to GET services
 *
 * Returns: (transfer full) (element-type KomekService): the services in the city's order
 */
GPtrArray *
komek_wire_read_services (GBytes *body, GError **error)
{
  static const KomekWireShape shape = {
    { "services" },
    { "service" },
    { "service_code", "service_name" },
  };
  g_autoptr (GPtrArray) services = g_ptr_array_new_with_free_func (g_object_unref);

  return komek_wire_visit (body, &shape, keep_service, services, error)
           ? g_steal_pointer (&services)
           : NULL;
}

static void
write_extended (KomekWireWriter *writer, KomekService *service)
{
  komek_wire_writer_begin_object (writer, "extended_attributes");
  komek_wire_writer_label (writer, "names", komek_service_get_name (service));
  komek_wire_writer_text (writer, "group_code", komek_service_get_group (service));
  komek_wire_writer_label (writer, "group_names", komek_service_get_group_name (service));
  komek_wire_writer_flag (writer, "danger", komek_service_is_danger (service));
  komek_wire_writer_flag (writer, "needs_place", komek_service_needs_place (service));
  komek_wire_writer_count (writer, "days", komek_service_get_days (service));
  komek_wire_writer_end (writer);
}

static void
write_service (KomekWireWriter *writer, KomekService *service, KomekLanguage language,
               gboolean extensions, gboolean batch)
{
  komek_wire_writer_begin_object (writer, "service");
  komek_wire_writer_text (writer, "service_code", komek_service_get_code (service));
  komek_wire_writer_text (writer, "service_name",
                          komek_label_get (komek_service_get_name (service), language));
  komek_wire_writer_text (writer, "description", NULL);
  komek_wire_writer_flag (writer, "metadata", komek_service_has_metadata (service));
  komek_wire_writer_text (writer, "type", batch ? "batch" : "realtime");
  komek_wire_writer_text (writer, "keywords", komek_service_get_keywords (service));
  komek_wire_writer_text (writer, "group",
                          komek_label_get (komek_service_get_group_name (service), language));
  if (extensions)
    write_extended (writer, service);
  komek_wire_writer_end (writer);
}

/**
 * komek_wire_write_services:
 * @services: (element-type KomekService): what to write
 * @language: the language of the standard's own fields
 * @extensions: whether the names in all languages follow, and what else the standard does not know
 * @batch: whether a filing gets a token first, and its number later
 *
 * Returns: (transfer full): a GeoReport v2 list of services
 */
GBytes *
komek_wire_write_services (GPtrArray *services, KomekLanguage language, gboolean extensions,
                           gboolean batch, KomekWireFormat format)
{
  g_autoptr (KomekWireWriter) writer =
    komek_wire_writer_new (format, 64 + (gsize) services->len * 800);

  komek_wire_writer_begin_list (writer, "services");
  for (guint i = 0; i < services->len; i++)
    write_service (writer, services->pdata[i], language, extensions, batch);
  komek_wire_writer_end (writer);
  return komek_wire_writer_finish (writer);
}

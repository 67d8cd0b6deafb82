/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-wire-definition.h"

#include "komek-error.h"
#include "komek-wire-tree.h"
#include "komek-wire-writer.h"

static const char *const datatypes[] = {
  [KOMEK_ATTRIBUTE_STRING] = "string",
  [KOMEK_ATTRIBUTE_NUMBER] = "number",
  [KOMEK_ATTRIBUTE_DATETIME] = "datetime",
  [KOMEK_ATTRIBUTE_TEXT] = "text",
  [KOMEK_ATTRIBUTE_SINGLE_VALUE_LIST] = "singlevaluelist",
  [KOMEK_ATTRIBUTE_MULTI_VALUE_LIST] = "multivaluelist",
};

/* What no list knows can still be answered in words. */
static KomekAttributeType
read_datatype (const char *word)
{
  for (guint i = 0; word && i < G_N_ELEMENTS (datatypes); i++)
    if (g_ascii_strcasecmp (word, datatypes[i]) == 0)
      return i;
  return KOMEK_ATTRIBUTE_STRING;
}

static void
read_values (KomekAttribute *attribute, const KomekWireNode *object)
{
  const KomekWireNode *values =
    komek_wire_get_list (object, komek_wire_has (object, "values") ? "values" : "value");

  for (const KomekWireNode *value = values->first; value; value = value->next)
    {
      const char *key = komek_wire_get_id (value, "key");
      const char *name = komek_wire_get_text (value, "name");
      g_autoptr (KomekLabel) label = NULL;

      if (!key)
        key = komek_wire_get_id (value, "name");
      if (!key)
        continue;
      label = komek_wire_get_label (value, "names", name ? name : key);
      komek_attribute_add_value (attribute, key, label);
    }
}

/* What a server fills in by itself is no question. */
static gboolean
is_automated (const KomekWireNode *object)
{
  const char *automated = komek_wire_get_id (object, "automated");

  return automated && g_ascii_strcasecmp (automated, "false") != 0;
}

static KomekAttribute *
read_attribute (const KomekWireNode *object)
{
  const char *code = komek_wire_get_id (object, "code");
  const char *description = komek_wire_get_text (object, "description");
  g_autoptr (KomekLabel) label = NULL;
  KomekAttribute *attribute;

  if (!code || is_automated (object))
    return NULL;
  label = komek_wire_get_label (object, "descriptions", description ? description : code);
  attribute = komek_attribute_new (code, read_datatype (komek_wire_get_id (object, "datatype")),
                                   komek_wire_get_flag (object, "variable", TRUE),
                                   komek_wire_get_flag (object, "required", FALSE), label);
  read_values (attribute, object);
  return attribute;
}

static int
compare_order (gconstpointer a, gconstpointer b)
{
  guint first = komek_wire_get_count (*(const KomekWireNode *const *) a, "order");
  guint second = komek_wire_get_count (*(const KomekWireNode *const *) b, "order");

  return first < second ? -1 : first > second;
}

/* The order that the city gave; equal ones stay as they came. */
static GPtrArray *
sort_attributes (const KomekWireNode *list)
{
  GPtrArray *sorted = g_ptr_array_new ();

  for (const KomekWireNode *node = list->first; node; node = node->next)
    g_ptr_array_add (sorted, (gpointer) node);
  g_ptr_array_sort (sorted, compare_order);
  return sorted;
}

/* Older servers repeat the attribute itself, without a list around it. */
static const KomekWireNode *
find_attributes (const KomekWireTree *tree)
{
  static const char *const marks[] = { "attributes", "attribute", NULL };
  const KomekWireNode *definition = komek_wire_tree_find (tree, "service_definition", marks);

  if (!definition)
    return NULL;
  return komek_wire_get_list (definition,
                              komek_wire_has (definition, "attributes") ? "attributes"
                                                                        : "attribute");
}

/**
 * komek_wire_read_definition:
 * @body: the answer to GET services/CODE
 *
 * Returns: (transfer full) (element-type KomekAttribute): the further questions
 *   for a service, in the order in which to ask them
 */
GPtrArray *
komek_wire_read_definition (GBytes *body, GError **error)
{
  g_autoptr (KomekWireTree) tree = komek_wire_tree_new (body, error);
  const KomekWireNode *list = tree ? find_attributes (tree) : NULL;
  g_autoptr (GPtrArray) sorted = NULL;
  GPtrArray *attributes;

  if (tree && !list)
    g_set_error (error, KOMEK_ERROR, KOMEK_ERROR_UNREADABLE,
                 "The answer is well formed, but no service definition");
  if (!list)
    return NULL;
  sorted = sort_attributes (list);
  attributes = g_ptr_array_new_with_free_func ((GDestroyNotify) komek_attribute_unref);
  for (guint i = 0; i < sorted->len; i++)
    {
      KomekAttribute *attribute = read_attribute (sorted->pdata[i]);

      if (attribute)
        g_ptr_array_add (attributes, attribute);
    }
  return attributes;
}

static void
write_values (KomekWireWriter *writer, const KomekAttribute *attribute, KomekLanguage language,
              gboolean extensions)
{
  komek_wire_writer_begin_list (writer, "values");
  for (guint i = 0; i < komek_attribute_get_n_values (attribute); i++)
    {
      KomekLabel *name = komek_attribute_get_value_name (attribute, i);

      komek_wire_writer_begin_object (writer, "value");
      komek_wire_writer_text (writer, "key", komek_attribute_get_value_key (attribute, i));
      komek_wire_writer_text (writer, "name", komek_label_get (name, language));
      if (extensions)
        komek_wire_writer_label (writer, "names", name);
      komek_wire_writer_end (writer);
    }
  komek_wire_writer_end (writer);
}

static void
write_attribute (KomekWireWriter *writer, const KomekAttribute *attribute, guint order,
                 KomekLanguage language, gboolean extensions)
{
  KomekLabel *description = komek_attribute_get_description (attribute);

  komek_wire_writer_begin_object (writer, "attribute");
  komek_wire_writer_flag (writer, "variable", komek_attribute_is_variable (attribute));
  komek_wire_writer_text (writer, "code", komek_attribute_get_code (attribute));
  komek_wire_writer_text (writer, "datatype", datatypes[komek_attribute_get_datatype (attribute)]);
  komek_wire_writer_flag (writer, "required", komek_attribute_is_required (attribute));
  komek_wire_writer_text (writer, "datatype_description", NULL);
  komek_wire_writer_count (writer, "order", order);
  komek_wire_writer_text (writer, "description", komek_label_get (description, language));
  if (extensions)
    komek_wire_writer_label (writer, "descriptions", description);
  if (komek_attribute_get_n_values (attribute) > 0)
    write_values (writer, attribute, language, extensions);
  komek_wire_writer_end (writer);
}

/**
 * komek_wire_write_definition:
 * @service: the code of the service
 * @attributes: (element-type KomekAttribute): its further questions
 * @language: the language of the standard's own fields
 * @extensions: whether the names in all languages follow
 *
 * Returns: (transfer full): a GeoReport v2 service definition
 */
GBytes *
komek_wire_write_definition (const char *service, GPtrArray *attributes, KomekLanguage language,
                             gboolean extensions, KomekWireFormat format)
{
  g_autoptr (KomekWireWriter) writer = komek_wire_writer_new (format, 1024);

  komek_wire_writer_begin_object (writer, "service_definition");
  komek_wire_writer_text (writer, "service_code", service);
  komek_wire_writer_begin_list (writer, "attributes");
  for (guint i = 0; i < attributes->len; i++)
    write_attribute (writer, attributes->pdata[i], i + 1, language, extensions);
  komek_wire_writer_end (writer);
  komek_wire_writer_end (writer);
  return komek_wire_writer_finish (writer);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-catalogue.h"

#include <string.h>

#include "komek-attribute.h"
#include "komek-data.h"
#include "komek-table.h"

/**
 * KomekCatalogue:
 *
 * What the city calls things and who answers for what: services, their further questions, statuses
 * and organisations.
 *
 * Immutable once made, so that any thread may read it.
 */
struct _KomekCatalogue
{
  GPtrArray  *services;   /* KomekService, in the file's order */
  GHashTable *by_code;    /* code → KomekService, of the array */
  GHashTable *terms;      /* code → deadline class */
  GHashTable *agencies;   /* service or category → organisation or "akimat-*" */
  GHashTable *attributes; /* code → array of KomekAttribute */
  GPtrArray  *statuses;   /* codes and labels by turns */
  GPtrArray  *organisations;
  GChecksum  *checksum;
};

enum
{
  CATEGORY,
  CATEGORY_KK,
  CATEGORY_RU,
  CATEGORY_EN,
  NEEDS_PLACE,
  CODE,
  KK,
  RU,
  EN,
  CLASS,
};

static GBytes *
look_up_data (KomekCatalogue *self, GResource *data, const char *name, GError **error)
{
  GBytes *bytes = komek_data_look_up (data, name, error);

  if (bytes)
    g_checksum_update (self->checksum, g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
  return bytes;
}

static KomekTable *
read_table (KomekCatalogue *self, GResource *data, const char *name, const char *const *columns,
            GError **error)
{
  g_autoptr (GBytes) bytes = look_up_data (self, data, name, error);

  return bytes ? komek_table_new (bytes, name, columns, error) : NULL;
}

static KomekLabel *
label_at (const KomekTable *table, guint row, guint column)
{
  return komek_label_new (komek_table_get (table, row, column),
                          komek_table_get (table, row, column + 1),
                          komek_table_get (table, row, column + 2));
}

static void
add_service (KomekCatalogue *self, const KomekTable *table, guint row,
             const KomekCalendar *calendar)
{
  const char *code = komek_table_get (table, row, CODE);
  const char *term = komek_table_get (table, row, CLASS);
  g_autoptr (KomekLabel) name = label_at (table, row, KK);
  g_autoptr (KomekLabel) group_name = label_at (table, row, CATEGORY_KK);
  KomekService *service = komek_service_new (&(KomekServiceFields) {
    .code = code,
    .name = name,
    .group = komek_table_get (table, row, CATEGORY),
    .group_name = group_name,
    .danger = *term == 'E',
    .needs_place = *komek_table_get (table, row, NEEDS_PLACE) == 'Y',
    .metadata = g_hash_table_contains (self->attributes, code),
    .days = komek_calendar_get_days (calendar, term),
  });

  g_ptr_array_add (self->services, service);
  g_hash_table_insert (self->by_code, (char *) komek_service_get_code (service), service);
  g_hash_table_insert (self->terms, g_strdup (code), g_strdup (term));
}

static gboolean
read_services (KomekCatalogue *self, GResource *data, const KomekCalendar *calendar, GError **error)
{
  static const char *const columns[] = { "category", "category_kk", "category_ru", "category_en",
                                         "needs_place", "code", "kk", "ru", "en",
                                         "deadline_class", NULL };
  g_autoptr (KomekTable) table = read_table (self, data, "taxonomy.tsv", columns, error);

  for (guint i = 0; table && i < komek_table_get_n_rows (table); i++)
    add_service (self, table, i, calendar);
  return table != NULL;
}

static gboolean
read_responsibility (KomekCatalogue *self, GResource *data, GError **error)
{
  static const char *const columns[] = { "code", "organisation", NULL };
  g_autoptr (KomekTable) table = read_table (self, data, "responsibility.tsv", columns, error);

  for (guint i = 0; table && i < komek_table_get_n_rows (table); i++)
    g_hash_table_insert (self->agencies, g_strdup (komek_table_get (table, i, 0)),
                         g_strdup (komek_table_get (table, i, 1)));
  return table != NULL;
}

static gboolean
read_names (KomekCatalogue *self, GResource *data, const char *name, GPtrArray *names,
            GError **error)
{
  static const char *const columns[] = { "code", "kk", "ru", "en", NULL };
  g_autoptr (KomekTable) table = read_table (self, data, name, columns, error);

  for (guint i = 0; table && i < komek_table_get_n_rows (table); i++)
    {
      g_ptr_array_add (names, g_strdup (komek_table_get (table, i, 0)));
      g_ptr_array_add (names, label_at (table, i, 1));
    }
  return table != NULL;
}

static const char *const datatypes[] = {
  [KOMEK_ATTRIBUTE_STRING] = "string",
  [KOMEK_ATTRIBUTE_NUMBER] = "number",
  [KOMEK_ATTRIBUTE_DATETIME] = "datetime",
  [KOMEK_ATTRIBUTE_TEXT] = "text",
  [KOMEK_ATTRIBUTE_SINGLE_VALUE_LIST] = "singlevaluelist",
  [KOMEK_ATTRIBUTE_MULTI_VALUE_LIST] = "multivaluelist",
};

enum
{
  SERVICE,
  ATTRIBUTE,
  DATATYPE,
  ASKED,
  VALUE,
  QUESTION,
};

static KomekAttributeType
find_datatype (const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (datatypes); i++)
    if (g_str_equal (name, datatypes[i]))
      return i;
  return KOMEK_ATTRIBUTE_STRING;
}

/* A row with a value adds an answer to the question in the row before it. */
static void
add_attribute (KomekCatalogue *self, const KomekTable *table, guint row)
{
  const char *service = komek_table_get (table, row, SERVICE);
  const char *asked = komek_table_get (table, row, ASKED);
  const char *value = komek_table_get (table, row, VALUE);
  GPtrArray *list = g_hash_table_lookup (self->attributes, service);
  KomekAttributeType type = find_datatype (komek_table_get (table, row, DATATYPE));
  g_autoptr (KomekLabel) label = label_at (table, row, QUESTION);

  if (!list)
    {
      list = g_ptr_array_new_with_free_func ((GDestroyNotify) komek_attribute_unref);
      g_hash_table_insert (self->attributes, g_strdup (service), list);
    }
  if (*value == '\0')
    g_ptr_array_add (list, komek_attribute_new (komek_table_get (table, row, ATTRIBUTE), type,
                                                !g_str_equal (asked, "tells"),
                                                g_str_equal (asked, "must"), label));
  else if (list->len > 0)
    komek_attribute_add_value (list->pdata[list->len - 1], value, label);
}

static gboolean
read_attributes (KomekCatalogue *self, GResource *data, GError **error)
{
  static const char *const columns[] = { "service", "attribute", "datatype", "asked", "value",
                                         "kk", "ru", "en", NULL };
  g_autoptr (KomekTable) table = read_table (self, data, "attributes.tsv", columns, error);

  for (guint i = 0; table && i < komek_table_get_n_rows (table); i++)
    add_attribute (self, table, i);
  return table != NULL;
}

/**
 * komek_catalogue_new:
 * @data: the files of the city
 *
 * Fails with %KOMEK_ERROR_UNREADABLE where a file lacks something.
 *
 * Returns: (transfer full): the catalogue
 */
KomekCatalogue *
komek_catalogue_new (GResource *data, const KomekCalendar *calendar, GError **error)
{
  g_autoptr (KomekCatalogue) self = g_new0 (KomekCatalogue, 1);

  self->services = g_ptr_array_new_with_free_func (g_object_unref);
  self->by_code = g_hash_table_new (g_str_hash, g_str_equal);
  self->terms = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->agencies = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->attributes = g_hash_table_new_full (g_str_hash, g_str_equal, g_free,
                                            (GDestroyNotify) g_ptr_array_unref);
  self->statuses = g_ptr_array_new ();
  self->organisations = g_ptr_array_new ();
  self->checksum = g_checksum_new (G_CHECKSUM_SHA256);

  if (!read_attributes (self, data, error) || !read_services (self, data, calendar, error)
      || !read_responsibility (self, data, error)
      || !read_names (self, data, "statuses.tsv", self->statuses, error)
      || !read_names (self, data, "organisations.tsv", self->organisations, error))
    return NULL;
  return g_steal_pointer (&self);
}

static void
free_names (GPtrArray *names)
{
  for (guint i = 0; i < names->len; i += 2)
    {
      g_free (names->pdata[i]);
      komek_label_unref (names->pdata[i + 1]);
    }
  g_ptr_array_unref (names);
}

void
komek_catalogue_free (KomekCatalogue *self)
{
  g_hash_table_unref (self->by_code);
  g_ptr_array_unref (self->services);
  g_hash_table_unref (self->terms);
  g_hash_table_unref (self->agencies);
  g_hash_table_unref (self->attributes);
  free_names (self->statuses);
  free_names (self->organisations);
  g_checksum_free (self->checksum);
  g_free (self);
}

/**
 * komek_catalogue_get_services:
 *
 * Returns: (transfer none) (element-type KomekService): all services
 */
GPtrArray *
komek_catalogue_get_services (const KomekCatalogue *self)
{
  return self->services;
}

/**
 * komek_catalogue_look_up:
 *
 * Returns: (transfer none) (nullable): the service of that code
 */
KomekService *
komek_catalogue_look_up (const KomekCatalogue *self, const char *code)
{
  return g_hash_table_lookup (self->by_code, code);
}

/**
 * komek_catalogue_get_attributes:
 *
 * Returns: (transfer none) (nullable) (element-type KomekAttribute): what else is asked for a
 * service
 */
GPtrArray *
komek_catalogue_get_attributes (const KomekCatalogue *self, const char *code)
{
  return g_hash_table_lookup (self->attributes, code);
}

/**
 * komek_catalogue_get_term:
 *
 * Returns: (transfer none) (nullable): the deadline class of a service
 */
const char *
komek_catalogue_get_term (const KomekCatalogue *self, const char *code)
{
  return g_hash_table_lookup (self->terms, code);
}

/**
 * komek_catalogue_dup_agency:
 * @district: (nullable): the code of the district, where it is known
 *
 * Returns: (transfer full): the code of the organisation that answers for a
 *   service; 109 where nobody else is known to
 */
char *
komek_catalogue_dup_agency (const KomekCatalogue *self, const char *code, const char *district)
{
  KomekService *service = komek_catalogue_look_up (self, code);
  const char *agency = g_hash_table_lookup (self->agencies, code);

  if (!agency && service)
    agency = g_hash_table_lookup (self->agencies, komek_service_get_group (service));
  if (!agency)
    return g_strdup (KOMEK_CONTACT_CENTRE);
  if (!g_str_has_suffix (agency, "-*"))
    return g_strdup (agency);
  if (!district || *district == '\0')
    return g_strdup (KOMEK_CONTACT_CENTRE);
  return g_strdup_printf ("%.*s%s", (int) strlen (agency) - 1, agency, district);
}

static void
add_names (KomekCity *city, KomekCityList list, GPtrArray *names)
{
  for (guint i = 0; i < names->len; i += 2)
    komek_city_add (city, list, names->pdata[i], names->pdata[i + 1]);
}

/**
 * komek_catalogue_describe:
 * @plan: where the names of the districts stand
 * @city: a fresh card
 *
 * Adds the names of statuses, districts and organisations to the card of the city.
 */
void
komek_catalogue_describe (const KomekCatalogue *self, const KomekPlan *plan, KomekCity *city)
{
  guint n_features;
  const KomekPlanFeature *features = komek_plan_peek_features (plan, &n_features);

  add_names (city, KOMEK_CITY_STATUSES, self->statuses);
  add_names (city, KOMEK_CITY_AGENCIES, self->organisations);
  for (guint i = 0; i < n_features; i++)
    if (features[i].kind == KOMEK_PLAN_DISTRICT)
      komek_city_add (city, KOMEK_CITY_DISTRICTS, features[i].code, features[i].label);
}

/* Another one means that a name or a service has changed. */
const char *
komek_catalogue_get_fingerprint (const KomekCatalogue *self)
{
  return g_checksum_get_string (self->checksum);
}

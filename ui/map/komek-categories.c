/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-categories.h"

#include "komek-service.h"

/**
 * KomekCategories:
 *
 * The city's categories in its own order, and which services of the points belong to each.
 *
 * A service that the city puts into no category is one by itself; what has a
 * service that the city does not list goes into a last one without a code and a name.
 * Immutable and counted.
 */
struct _KomekCategories
{
  gatomicrefcount refs;
  GArray         *categories; /* of Category */
  guint          *homes;      /* the category of each service of the points */
  guint           n_services;
};

typedef struct
{
  char       *code;
  KomekLabel *name; /* nullable */
} Category;

G_DEFINE_BOXED_TYPE (KomekCategories, komek_categories, komek_categories_ref,
                     komek_categories_unref)

static void
clear_category (gpointer data)
{
  Category *category = data;

  g_free (category->code);
  g_clear_pointer (&category->name, komek_label_unref);
}

static guint
find_or_add (KomekCategories *self, const char *code, KomekLabel *name)
{
  for (guint i = 0; i < self->categories->len; i++)
    if (g_str_equal (g_array_index (self->categories, Category, i).code, code))
      return i;

  g_array_append_val (self->categories,
                      ((Category) { g_strdup (code), name ? komek_label_ref (name) : NULL }));
  return self->categories->len - 1;
}

static guint
find_or_add_home (KomekCategories *self, KomekService *service)
{
  const char *group = komek_service_get_group (service);

  if (*group)
    return find_or_add (self, group, komek_service_get_group_name (service));
  return find_or_add (self, komek_service_get_code (service), komek_service_get_name (service));
}

/**
 * komek_categories_new:
 * @services: (element-type KomekService): the city's list
 * @points: whose services are meant wherever they are counted
 *
 * Returns: (transfer full): the categories
 */
KomekCategories *
komek_categories_new (GPtrArray *services, KomekPoints *points)
{
  KomekCategories *self = g_new0 (KomekCategories, 1);
  const char *const *codes = komek_points_get_services (points);
  g_autoptr (GHashTable) homes = g_hash_table_new (g_str_hash, g_str_equal);

  g_atomic_ref_count_init (&self->refs);
  self->categories = g_array_new (FALSE, FALSE, sizeof (Category));
  g_array_set_clear_func (self->categories, clear_category);
  for (guint i = 0; i < services->len; i++)
    g_hash_table_insert (homes, (char *) komek_service_get_code (services->pdata[i]),
                         GUINT_TO_POINTER (find_or_add_home (self, services->pdata[i]) + 1));

  self->n_services = g_strv_length ((char **) codes);
  self->homes = g_new (guint, self->n_services + 1);
  for (guint i = 0; i < self->n_services; i++)
    {
      guint home = GPOINTER_TO_UINT (g_hash_table_lookup (homes, codes[i]));

      self->homes[i] = home > 0 ? home - 1 : find_or_add (self, "", NULL);
    }
  return self;
}

KomekCategories *
komek_categories_ref (KomekCategories *self)
{
  g_atomic_ref_count_inc (&self->refs);
  return self;
}

void
komek_categories_unref (KomekCategories *self)
{
  if (!g_atomic_ref_count_dec (&self->refs))
    return;

  g_array_unref (self->categories);
  g_free (self->homes);
  g_free (self);
}

/* Whether the lists are the same, codes, names and order. */
gboolean
komek_categories_has_same_names (const KomekCategories *self, const KomekCategories *other)
{
  if (self->categories->len != other->categories->len)
    return FALSE;
  for (guint i = 0; i < self->categories->len; i++)
    {
      const Category *a = &g_array_index (self->categories, Category, i);
      const Category *b = &g_array_index (other->categories, Category, i);

      if (!g_str_equal (a->code, b->code) || !a->name != !b->name
          || (a->name && !komek_label_equal (a->name, b->name)))
        return FALSE;
    }
  return TRUE;
}

guint
komek_categories_get_n (const KomekCategories *self)
{
  return self->categories->len;
}

const char *
komek_categories_get_code (const KomekCategories *self, guint category)
{
  return g_array_index (self->categories, Category, category).code;
}

/**
 * komek_categories_get_name:
 *
 * Returns: (transfer none) (nullable): what the city calls it, %NULL for what it does not list
 */
KomekLabel *
komek_categories_get_name (const KomekCategories *self, guint category)
{
  return g_array_index (self->categories, Category, category).name;
}

guint
komek_categories_count (const KomekCategories *self, guint category, const KomekCounts *counts)
{
  guint sum = 0;

  for (guint i = 0; i < self->n_services; i++)
    if (self->homes[i] == category)
      sum += komek_counts_get_service (counts, i);
  return sum;
}

/* The category with the most requests; the number of categories where there is not one request. */
guint
komek_categories_find_busiest (const KomekCategories *self, const KomekCounts *counts)
{
  guint busiest = self->categories->len, most = 0;

  for (guint i = 0; i < self->categories->len; i++)
    {
      guint count = komek_categories_count (self, i, counts);

      if (count <= most)
        continue;
      busiest = i;
      most = count;
    }
  return busiest;
}

/**
 * komek_categories_list_services:
 *
 * Returns: (transfer full) (element-type guint16): the services of the points that the choice
 *   of categories lets through
 */
GArray *
komek_categories_list_services (const KomekCategories *self, KomekFilterChoice *choice)
{
  GArray *services = g_array_new (FALSE, FALSE, sizeof (guint16));

  for (guint i = 0; i < self->n_services; i++)
    if (komek_filter_choice_has_category (choice, komek_categories_get_code (self, self->homes[i])))
      g_array_append_val (services, ((guint16) { i }));
  return services;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-city.h"

/* The whole country since 1 March 2024. */
#define USUAL_ZONE "+05:00"

/**
 * KomekCity:
 *
 * The card of a city: who it is, where its public pages are, and what it calls its statuses,
 * districts and organisations.
 *
 * Whoever makes it adds names before anybody else sees it; from then on it does not change.
 */
struct _KomekCity
{
  GObject         parent;
  KomekCityFields fields;
  GTimeZone      *zone;
  GHashTable     *lists[KOMEK_N_CITY_LISTS]; /* code → label */
  GPtrArray      *codes[KOMEK_N_CITY_LISTS]; /* in the city's order, owned by the tables */
};

G_DEFINE_FINAL_TYPE (KomekCity, komek_city, G_TYPE_OBJECT)

static void
komek_city_finalize (GObject *object)
{
  KomekCity *self = KOMEK_CITY (object);

  for (guint i = 0; i < KOMEK_N_CITY_LISTS; i++)
    {
      g_ptr_array_unref (self->codes[i]);
      g_hash_table_unref (self->lists[i]);
    }
  g_free ((char *) self->fields.id);
  g_clear_pointer (&self->fields.name, komek_label_unref);
  g_free ((char *) self->fields.public_url);
  g_free ((char *) self->fields.changeset);
  g_free ((char *) self->fields.zone);
  g_free ((char *) self->fields.seal_key);
  g_clear_pointer (&self->fields.bounds, komek_bounds_unref);
  g_clear_pointer (&self->zone, g_time_zone_unref);
  G_OBJECT_CLASS (komek_city_parent_class)->finalize (object);
}

static void
komek_city_class_init (KomekCityClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = komek_city_finalize;
}

static void
komek_city_init (KomekCity *self)
{
  for (guint i = 0; i < KOMEK_N_CITY_LISTS; i++)
    {
      self->lists[i] = g_hash_table_new_full (g_str_hash, g_str_equal, g_free,
                                              (GDestroyNotify) komek_label_unref);
      self->codes[i] = g_ptr_array_new ();
    }
}

/**
 * komek_city_new:
 *
 * Returns: (transfer full): a city of these fields, its lists empty
 */
KomekCity *
komek_city_new (const KomekCityFields *fields)
{
  KomekCity *self = g_object_new (KOMEK_TYPE_CITY, NULL);

  self->fields = *fields;
  self->fields.id = g_strdup (fields->id ? fields->id : "");
  self->fields.name = fields->name ? komek_label_ref (fields->name) : komek_label_new ("", "", "");
  self->fields.public_url = g_strdup (fields->public_url ? fields->public_url : "");
  self->fields.changeset = g_strdup (fields->changeset ? fields->changeset : "");
  self->fields.zone = g_strdup (fields->zone ? fields->zone : USUAL_ZONE);
  self->fields.seal_key = g_strdup (fields->seal_key);
  self->fields.bounds = fields->bounds ? komek_bounds_ref (fields->bounds) : NULL;
  self->zone = g_time_zone_new_identifier (self->fields.zone);
  if (!self->zone)
    self->zone = g_time_zone_new_identifier (USUAL_ZONE);
  return self;
}

/**
 * komek_city_add:
 *
 * Adds a name to one of the lists; a second name for a code replaces the first.
 */
void
komek_city_add (KomekCity *self, KomekCityList list, const char *code, KomekLabel *name)
{
  gpointer key;

  g_return_if_fail (KOMEK_IS_CITY (self));

  if (g_hash_table_contains (self->lists[list], code))
    {
      g_hash_table_insert (self->lists[list], g_strdup (code), komek_label_ref (name));
      return;
    }
  key = g_strdup (code);
  g_hash_table_insert (self->lists[list], key, komek_label_ref (name));
  g_ptr_array_add (self->codes[list], key);
}

/**
 * komek_city_copy:
 *
 * Returns: (transfer full): a city of these fields, its lists those of @self
 */
KomekCity *
komek_city_copy (KomekCity *self, const KomekCityFields *fields)
{
  KomekCity *copy;

  g_return_val_if_fail (KOMEK_IS_CITY (self), NULL);

  copy = komek_city_new (fields);
  for (guint list = 0; list < KOMEK_N_CITY_LISTS; list++)
    for (guint i = 0; i < self->codes[list]->len; i++)
      {
        const char *code = self->codes[list]->pdata[i];

        komek_city_add (copy, list, code, komek_city_look_up (self, list, code));
      }
  return copy;
}

/* The strings are never NULL but for the seal's key; the bounds may be. */
const KomekCityFields *
komek_city_peek (KomekCity *self)
{
  g_return_val_if_fail (KOMEK_IS_CITY (self), NULL);

  return &self->fields;
}

/* Whether it has all of these abilities. */
gboolean
komek_city_can (KomekCity *self, KomekAbility abilities)
{
  g_return_val_if_fail (KOMEK_IS_CITY (self), FALSE);

  return (self->fields.abilities & abilities) == abilities;
}

/**
 * komek_city_look_up:
 *
 * Returns: (transfer none) (nullable): what the city calls @code
 */
KomekLabel *
komek_city_look_up (KomekCity *self, KomekCityList list, const char *code)
{
  g_return_val_if_fail (KOMEK_IS_CITY (self), NULL);

  return g_hash_table_lookup (self->lists[list], code);
}

/**
 * komek_city_name:
 * @otherwise: (nullable): what to say where the city gave no name
 *
 * Returns: (transfer none): the name of @code in @language
 */
const char *
komek_city_name (KomekCity *self, KomekCityList list, const char *code, KomekLanguage language,
                 const char *otherwise)
{
  KomekLabel *label = komek_city_look_up (self, list, code);

  if (label)
    return komek_label_get (label, language);
  return otherwise && *otherwise ? otherwise : code;
}

/**
 * komek_city_list_codes:
 *
 * Returns: (transfer container) (element-type utf8): the codes in the city's own order
 */
GList *
komek_city_list_codes (KomekCity *self, KomekCityList list)
{
  GList *codes = NULL;

  g_return_val_if_fail (KOMEK_IS_CITY (self), NULL);

  for (guint i = self->codes[list]->len; i > 0; i--)
    codes = g_list_prepend (codes, self->codes[list]->pdata[i - 1]);
  return codes;
}

/* The zone in which all times of this city are shown. */
GTimeZone *
komek_city_get_zone (KomekCity *self)
{
  g_return_val_if_fail (KOMEK_IS_CITY (self), NULL);

  return self->zone;
}

/**
 * komek_city_dup_link:
 *
 * Returns: (transfer full) (nullable): the address of a request's public page,
 *   %NULL where the city announced none
 */
char *
komek_city_dup_link (KomekCity *self, const char *number)
{
  g_autofree char *escaped = NULL;

  g_return_val_if_fail (KOMEK_IS_CITY (self), NULL);

  if (*self->fields.public_url == '\0')
    return NULL;
  escaped = g_uri_escape_string (number, NULL, FALSE);
  return g_strdup_printf ("%s/r/%s", self->fields.public_url, escaped);
}

/**
 * komek_city_is_same_place:
 *
 * Returns: whether both cards are of a city of one name that takes requests within the same bounds
 */
gboolean
komek_city_is_same_place (KomekCity *self, KomekCity *other)
{
  KomekLabel *a, *b;

  g_return_val_if_fail (KOMEK_IS_CITY (self) && KOMEK_IS_CITY (other), FALSE);

  a = self->fields.name;
  b = other->fields.name;
  return (a == b || (a && b && komek_label_equal (a, b)))
         && komek_bounds_equal (self->fields.bounds, other->fields.bounds);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-gazetteer-private.h"

/**
 * KomekGazetteer:
 *
 * The names of a city's places, found by whatever people type for them: in any of three
 * languages, with Kazakh letters or Russian ones, the kind of the place cut short or left out,
 * words in any order, a slip in them.
 *
 * Immutable and counted, so that any thread may search it.
 */
G_DEFINE_BOXED_TYPE (KomekGazetteer, komek_gazetteer, komek_gazetteer_ref, komek_gazetteer_unref)

static void
clear_name (KomekGazetteerName *name)
{
  komek_label_unref (name->label);
  g_free ((gpointer) name->district);
}

/* Neighbours are also kept as one word, for people forget the space in "Абылай хан"; apart, for
 * they are many and nobody looks for what stands inside of them. */
static void
add_name (KomekGazetteer *self, guint name, char **words, gboolean context)
{
  for (guint i = 0; words[i]; i++)
    {
      guint32 value = KOMEK_GAZETTEER_VALUE (name, i == 0, context);
      g_autofree char *both = words[i + 1] ? g_strconcat (words[i], words[i + 1], NULL) : NULL;

      komek_lexicon_add (self->lexicon, words[i], value);
      if (both)
        komek_lexicon_add (self->joined, both, value);
    }
}

/* The words of a label in each language go into the lexicon; answers with how many the shortest
 * has. */
static guint
add_label (KomekGazetteer *self, guint name, KomekLabel *label, gboolean context)
{
  guint fewest = G_MAXUINT8;

  for (guint i = 0; i < KOMEK_N_LANGUAGES; i++)
    {
      const char *text = komek_label_get_exact (label, i);
      g_autoptr (KomekAddress) address = text ? komek_address_parse_name (text) : NULL;

      if (!address || !address->words[0])
        continue;
      add_name (self, name, address->words, context);
      fewest = MIN (fewest, g_strv_length (address->words));
    }
  return fewest;
}

static GHashTable *
list_districts (const KomekGazetteer *self)
{
  GHashTable *districts = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < self->names->len; i++)
    {
      KomekGazetteerName *name = &g_array_index (self->names, KomekGazetteerName, i);

      if (name->kind == KOMEK_ADDRESS_DISTRICT && *name->district != '\0')
        g_hash_table_insert (districts, (gpointer) name->district, name->label);
    }
  return districts;
}

static void
add_words (KomekGazetteer *self)
{
  g_autoptr (GHashTable) districts = list_districts (self);

  for (guint i = 0; i < self->names->len; i++)
    {
      KomekGazetteerName *name = &g_array_index (self->names, KomekGazetteerName, i);
      KomekLabel *district = g_hash_table_lookup (districts, name->district);
      guint8 size = add_label (self, i, name->label, FALSE);

      g_array_append_val (self->sizes, size);
      if (district && name->kind != KOMEK_ADDRESS_DISTRICT)
        add_label (self, i, district, TRUE);
    }
  komek_lexicon_seal (self->lexicon);
  komek_lexicon_seal (self->joined);
}

static GHashTable *
list_city_words (KomekLabel *city)
{
  GHashTable *words = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint i = 0; city && i < KOMEK_N_LANGUAGES; i++)
    {
      const char *text = komek_label_get_exact (city, i);
      g_autoptr (KomekAddress) address = text ? komek_address_parse_name (text) : NULL;

      for (guint j = 0; address && address->words[j]; j++)
        g_hash_table_add (words, g_strdup (address->words[j]));
    }
  return words;
}

/**
 * komek_gazetteer_new:
 * @names: (array length=n_names): copied
 * @city: (nullable): the city's own name, which people write behind an address
 *
 * Returns: (transfer full): a gazetteer of these names
 */
KomekGazetteer *
komek_gazetteer_new (const KomekGazetteerName *names, guint n_names, KomekLabel *city)
{
  KomekGazetteer *self = g_new0 (KomekGazetteer, 1);

  g_atomic_ref_count_init (&self->refs);
  self->names = g_array_sized_new (FALSE, FALSE, sizeof (KomekGazetteerName), n_names);
  g_array_set_clear_func (self->names, (GDestroyNotify) clear_name);
  self->sizes = g_array_new (FALSE, FALSE, sizeof (guint8));
  self->city = list_city_words (city);
  self->lexicon = komek_lexicon_new ();
  self->joined = komek_lexicon_new ();
  for (guint i = 0; i < n_names; i++)
    {
      KomekGazetteerName name = names[i];

      name.label = komek_label_ref (names[i].label);
      name.district = g_strdup (names[i].district ? names[i].district : "");
      g_array_append_val (self->names, name);
    }
  add_words (self);
  return self;
}

KomekGazetteer *
komek_gazetteer_ref (KomekGazetteer *self)
{
  g_atomic_ref_count_inc (&self->refs);
  return self;
}

void
komek_gazetteer_unref (KomekGazetteer *self)
{
  if (!g_atomic_ref_count_dec (&self->refs))
    return;

  g_array_unref (self->names);
  g_array_unref (self->sizes);
  g_hash_table_unref (self->city);
  komek_lexicon_free (self->lexicon);
  komek_lexicon_free (self->joined);
  g_free (self);
}

/**
 * komek_gazetteer_peek:
 * @n_names: (out): how many there are
 *
 * Returns: (transfer none) (array length=n_names): all its names
 */
const KomekGazetteerName *
komek_gazetteer_peek (const KomekGazetteer *self, guint *n_names)
{
  *n_names = self->names->len;
  return (const KomekGazetteerName *) self->names->data;
}

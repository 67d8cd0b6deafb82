/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-gazetteer-places.h"

/* @into: the place that it turned out to be a part of; its own position while it stands */
typedef struct
{
  KomekGazetteerPlace place;
  guint               into;
} Entry;

/**
 * KomekGazetteerPlaces:
 *
 * The places of a city while they are put together: of the parts that a map cuts them into, and of
 * several maps, each of which knows some.
 *
 * Within one map, parts are those of one place where they have one name in all languages and are
 * near; of two maps, where they have a name in common in one language, whatever the word for
 * street is in each, and neither says that it is something else.
 */
struct _KomekGazetteerPlaces
{
  GArray     *entries;  /* of Entry */
  GHashTable *by_name;  /* names in all languages, to a GArray of positions */
  GHashTable *by_words; /* the words of a name in one, likewise; NULL until it is needed */
};

static void
clear_entry (Entry *entry)
{
  komek_label_unref (entry->place.label);
  g_free ((gpointer) entry->place.district);
}

static GHashTable *
make_index (void)
{
  return g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) g_array_unref);
}

KomekGazetteerPlaces *
komek_gazetteer_places_new (void)
{
  KomekGazetteerPlaces *self = g_new0 (KomekGazetteerPlaces, 1);

  self->entries = g_array_new (FALSE, FALSE, sizeof (Entry));
  g_array_set_clear_func (self->entries, (GDestroyNotify) clear_entry);
  self->by_name = make_index ();
  return self;
}

void
komek_gazetteer_places_free (KomekGazetteerPlaces *self)
{
  g_array_unref (self->entries);
  g_hash_table_unref (self->by_name);
  g_clear_pointer (&self->by_words, g_hash_table_unref);
  g_free (self);
}

static Entry *
get_entry (const KomekGazetteerPlaces *self, guint position)
{
  return &g_array_index (self->entries, Entry, position);
}

static GArray *
get_namesakes (GHashTable *index, const char *key)
{
  GArray *namesakes = g_hash_table_lookup (index, key);

  if (!namesakes)
    {
      namesakes = g_array_new (FALSE, FALSE, sizeof (guint));
      g_hash_table_insert (index, g_strdup (key), namesakes);
    }
  return namesakes;
}

static gboolean
is_near (const KomekGazetteerPlace *a, const KomekGazetteerPlace *b)
{
  double metres = MAX (a->reach, b->reach);
  double reach = metres / komek_mercator_metres ((a->box.y0 + a->box.y1) / 2, 1);

  return a->box.x0 - reach <= b->box.x1 && b->box.x0 - reach <= a->box.x1
         && a->box.y0 - reach <= b->box.y1 && b->box.y0 - reach <= a->box.y1;
}

static void
take_part (KomekGazetteerPlace *place, const KomekGazetteerPlace *part)
{
  KomekMercatorBox box = { MIN (place->box.x0, part->box.x0), MIN (place->box.y0, part->box.y0),
                           MAX (place->box.x1, part->box.x1), MAX (place->box.y1, part->box.y1) };

  place->box = box;
  place->rank = MIN (place->rank, part->rank);
  if (part->weight <= place->weight)
    return;
  place->x = part->x;
  place->y = part->y;
  place->weight = part->weight;
}

static guint
append (KomekGazetteerPlaces *self, const KomekGazetteerPlace *place)
{
  Entry entry = { *place, self->entries->len };

  komek_label_ref (entry.place.label);
  entry.place.district = g_strdup (place->district);
  g_array_append_val (self->entries, entry);
  return entry.into;
}

/* Streets are streets, and areas areas, whatever they are called; a shop named after a street is
 * neither. */
static guint
get_group (const KomekGazetteerPlace *place)
{
  switch ((guint) place->kind)
    {
    case KOMEK_ADDRESS_AVENUE:
    case KOMEK_ADDRESS_STREET:
    case KOMEK_ADDRESS_LANE:
    case KOMEK_ADDRESS_HIGHWAY:
    case KOMEK_ADDRESS_BOULEVARD:
      return 1;
    case KOMEK_ADDRESS_MICRODISTRICT:
    case KOMEK_ADDRESS_DISTRICT:
    case KOMEK_ADDRESS_VILLAGE:
      return 2;
    case KOMEK_ADDRESS_RIVER:
    case KOMEK_ADDRESS_LAKE:
      return 3;
    default:
      return 4;
    }
}

static char *
make_name_key (const KomekGazetteerPlace *place)
{
  return g_strdup_printf ("%u\n%s\n%s\n%s", get_group (place),
                          komek_label_get (place->label, KOMEK_LANGUAGE_KAZAKH),
                          komek_label_get (place->label, KOMEK_LANGUAGE_RUSSIAN),
                          komek_label_get (place->label, KOMEK_LANGUAGE_ENGLISH));
}

/* A part between two that were too far from each other makes one place of all three. */
static guint
take_near (KomekGazetteerPlaces *self, GArray *namesakes, const KomekGazetteerPlace *place)
{
  guint found = G_MAXUINT;

  for (guint i = 0; i < namesakes->len; i++)
    {
      guint position = g_array_index (namesakes, guint, i);
      Entry *entry = get_entry (self, position);

      if (!is_near (&entry->place, place))
        continue;
      if (found == G_MAXUINT)
        {
          found = position;
          take_part (&entry->place, place);
          continue;
        }
      take_part (&get_entry (self, found)->place, &entry->place);
      entry->into = found;
      g_array_remove_index (namesakes, i--);
    }
  return found;
}

/**
 * komek_gazetteer_places_add:
 * @place: copied
 *
 * Adds a place of a map, or a part of one to what is known of it.
 *
 * Returns: its position, until it turns out to be a part of another place
 */
guint
komek_gazetteer_places_add (KomekGazetteerPlaces *self, const KomekGazetteerPlace *place)
{
  g_autofree char *key = make_name_key (place);
  GArray *namesakes = get_namesakes (self->by_name, key);
  guint position = take_near (self, namesakes, place);

  if (position == G_MAXUINT)
    {
      position = append (self, place);
      g_array_append_val (namesakes, position);
    }
  return position;
}

/* Returns: (nullable): the words of its name in a language, without those for what it is */
static char *
dup_words (const KomekGazetteerPlace *place, KomekLanguage language, guint *kinds)
{
  const char *text = komek_label_get_exact (place->label, language);
  g_autoptr (KomekAddress) address = text ? komek_address_parse_name (text) : NULL;

  *kinds = address ? address->kinds : 0;
  return address && address->words[0] ? g_strjoinv (" ", address->words) : NULL;
}

static void
index_words (KomekGazetteerPlaces *self, guint position)
{
  const KomekGazetteerPlace *place = &get_entry (self, position)->place;

  for (guint i = 0; i < KOMEK_N_LANGUAGES; i++)
    {
      guint kinds;
      g_autofree char *words = dup_words (place, i, &kinds);

      if (words)
        g_array_append_val (get_namesakes (self->by_words, words), position);
    }
}

static void
index_all_words (KomekGazetteerPlaces *self)
{
  if (self->by_words)
    return;
  self->by_words = make_index ();
  for (guint i = 0; i < self->entries->len; i++)
    if (get_entry (self, i)->into == i)
      index_words (self, i);
}

/* All that its names say it is, as bits; 0 where they do not. */
static guint
read_kinds (const KomekGazetteerPlace *place)
{
  guint kinds = 0;

  for (guint i = 0; i < KOMEK_N_LANGUAGES; i++)
    {
      const char *text = komek_label_get_exact (place->label, i);
      g_autoptr (KomekAddress) address = text ? komek_address_parse_name (text) : NULL;

      kinds |= address ? address->kinds : 0;
    }
  return kinds;
}

/* "Арай көшесі" is no "Арай даңғылы"; but "Арай" may be either. */
static gboolean
may_be_same (const KomekGazetteerPlace *a, const KomekGazetteerPlace *b)
{
  guint said_of_a, said_of_b;

  if (get_group (a) != get_group (b) || !is_near (a, b))
    return FALSE;
  said_of_a = read_kinds (a);
  said_of_b = read_kinds (b);
  return said_of_a == 0 || said_of_b == 0 || (said_of_a & said_of_b) != 0;
}

static guint
find_same (const KomekGazetteerPlaces *self, const KomekGazetteerPlace *place)
{
  for (guint i = 0; i < KOMEK_N_LANGUAGES; i++)
    {
      guint kinds;
      g_autofree char *words = dup_words (place, i, &kinds);
      GArray *namesakes = words ? g_hash_table_lookup (self->by_words, words) : NULL;

      for (guint j = 0; namesakes && j < namesakes->len; j++)
        {
          guint position = g_array_index (namesakes, guint, j);

          if (may_be_same (&get_entry (self, position)->place, place))
            return position;
        }
    }
  return G_MAXUINT;
}

/* The languages that it lacks are learnt. */
static void
learn (KomekGazetteerPlace *place, const KomekGazetteerPlace *other)
{
  g_autoptr (KomekLabel) old = NULL;
  const char *names[KOMEK_N_LANGUAGES];
  gboolean learnt = FALSE;

  for (guint i = 0; i < KOMEK_N_LANGUAGES; i++)
    {
      names[i] = komek_label_get_exact (place->label, i);
      if (names[i])
        continue;
      names[i] = komek_label_get_exact (other->label, i);
      learnt |= names[i] != NULL;
    }
  if (!learnt)
    return;
  old = place->label;
  place->label = komek_label_new (names[KOMEK_LANGUAGE_KAZAKH], names[KOMEK_LANGUAGE_RUSSIAN],
                                  names[KOMEK_LANGUAGE_ENGLISH]);
}

static guint
find_whole (const KomekGazetteerPlaces *self, guint position)
{
  while (get_entry (self, position)->into != position)
    position = get_entry (self, position)->into;
  return position;
}

/**
 * komek_gazetteer_places_join:
 * @others: of another map, which is believed less
 *
 * Adds the places of another map, but for those that are known.
 *
 * Returns: (transfer full): for each position in @others that in @self
 */
guint *
komek_gazetteer_places_join (KomekGazetteerPlaces *self, const KomekGazetteerPlaces *others)
{
  guint *positions = g_new0 (guint, others->entries->len + 1);

  index_all_words (self);
  for (guint i = 0; i < others->entries->len; i++)
    {
      const KomekGazetteerPlace *place = &get_entry (others, i)->place;

      if (get_entry (others, i)->into != i)
        continue;
      positions[i] = find_same (self, place);
      if (positions[i] != G_MAXUINT)
        {
          learn (&get_entry (self, positions[i])->place, place);
          continue;
        }
      positions[i] = append (self, place);
      index_words (self, positions[i]);
    }
  for (guint i = 0; i < others->entries->len; i++)
    positions[i] = positions[find_whole (others, i)];
  return positions;
}

/* Parts that have gone into another place count too; see komek_gazetteer_places_get(). */
guint
komek_gazetteer_places_get_n (const KomekGazetteerPlaces *self)
{
  return self->entries->len;
}

/* Returns: (nullable): %NULL where it has become a part of another place */
const KomekGazetteerPlace *
komek_gazetteer_places_get (const KomekGazetteerPlaces *self, guint position)
{
  const Entry *entry = get_entry (self, position);

  return entry->into == position ? &entry->place : NULL;
}

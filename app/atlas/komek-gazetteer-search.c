/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-gazetteer-private.h"

#include <string.h>

#include "komek-folding.h"

#define SHORTEST_CONTEXT 3 /* bytes of the name of a district that say which is meant */

/* How much worse a name gets by each word that fits so: no number of words that are only begun
 * makes up for one that stands inside another. */
static const guint16 costs[] = {
  [KOMEK_GAZETTEER_EXACT] = 0, [KOMEK_GAZETTEER_PREFIX] = 1,   [KOMEK_GAZETTEER_CONTEXT] = 2,
  [KOMEK_GAZETTEER_INSIDE] = 64, [KOMEK_GAZETTEER_SLIP] = 1024,
};

enum
{
  BEGINS = 1, /* with the first word that was typed */
  OWN = 2,    /* a word fits the name itself, not its district alone */
};

/* How far a name has come: with how many of the words, at what cost. */
typedef struct
{
  guint16 cost;
  guint8  reached;
  guint8  flags;
  guint8  worst;
} Standing;

typedef struct
{
  const KomekGazetteer *gazetteer;
  Standing             *standings;
  guint                 word;
  KomekGazetteerFit     fit;
  guint                 n_met;
  gboolean              house; /* one is looked for in the places that fit */
} Search;

/* The names that fit best, the best first, by keys in which every reason has its place. */
typedef struct
{
  guint64 *keys;
  guint    n;
  guint    limit;
} Best;

static void
on_value (guint32 value, gpointer data)
{
  Search *search = data;
  Standing *standing = &search->standings[KOMEK_GAZETTEER_NAME (value)];
  gboolean context = KOMEK_GAZETTEER_IS_CONTEXT (value);

  if (context != (search->fit == KOMEK_GAZETTEER_CONTEXT) || standing->reached != search->word)
    return;
  standing->reached++;
  standing->cost = MIN (standing->cost + costs[search->fit], 0xffff);
  standing->worst = MAX (standing->worst, search->fit);
  if (!context)
    standing->flags |= OWN;
  if (search->word == 0 && KOMEK_GAZETTEER_IS_FIRST (value))
    standing->flags |= BEGINS;
  search->n_met++;
}

/* Numbers are right or wrong: neither inside another one nor one digit off. */
static gboolean
is_number (const char *word)
{
  return g_ascii_isdigit (*word);
}

static gboolean
may_fit (const char *word, KomekGazetteerFit fit)
{
  if (fit == KOMEK_GAZETTEER_CONTEXT)
    return strlen (word) >= SHORTEST_CONTEXT;
  return fit < KOMEK_GAZETTEER_INSIDE || !is_number (word);
}

/* Takes all names on that the next word fits, no worse than @worst, and fit all words so far. */
static void
take_word (Search *search, const char *word, KomekGazetteerFit worst)
{
  static const struct
  {
    KomekGazetteerFit fit;
    KomekLexiconFit   how;
  } steps[] = {
    { KOMEK_GAZETTEER_EXACT, KOMEK_LEXICON_EXACT },
    { KOMEK_GAZETTEER_PREFIX, KOMEK_LEXICON_PREFIX },
    { KOMEK_GAZETTEER_CONTEXT, KOMEK_LEXICON_EXACT },
    { KOMEK_GAZETTEER_CONTEXT, KOMEK_LEXICON_PREFIX },
    { KOMEK_GAZETTEER_INSIDE, KOMEK_LEXICON_INSIDE },
    { KOMEK_GAZETTEER_SLIP, KOMEK_LEXICON_SLIP },
  };

  for (guint i = 0; i < G_N_ELEMENTS (steps) && steps[i].fit <= worst; i++)
    {
      search->fit = steps[i].fit;
      if (!may_fit (word, search->fit))
        continue;
      komek_lexicon_visit (search->gazetteer->lexicon, word, steps[i].how, on_value, search);
      if (search->fit <= KOMEK_GAZETTEER_PREFIX)
        komek_lexicon_visit (search->gazetteer->joined, word, steps[i].how, on_value, search);
    }
  search->word++;
}

/* Nobody counts houses along a school, a lake or a district: "Школа 45" is no house of Школа 64. */
static gboolean
has_houses (KomekAddressKind kind)
{
  switch (kind)
    {
    case KOMEK_ADDRESS_AVENUE:
    case KOMEK_ADDRESS_STREET:
    case KOMEK_ADDRESS_LANE:
    case KOMEK_ADDRESS_HIGHWAY:
    case KOMEK_ADDRESS_BOULEVARD:
    case KOMEK_ADDRESS_SQUARE:
    case KOMEK_ADDRESS_MICRODISTRICT:
    case KOMEK_ADDRESS_VILLAGE:
      return TRUE;
    case KOMEK_ADDRESS_ANY:
    case KOMEK_ADDRESS_DISTRICT:
    case KOMEK_ADDRESS_RIVER:
    case KOMEK_ADDRESS_LAKE:
    case KOMEK_ADDRESS_PARK:
    case KOMEK_ADDRESS_BRIDGE:
      break;
    }
  return FALSE;
}

/* @kinds: as bits; 0 for any */
static gboolean
is_of_kind (const KomekGazetteerName *name, guint kinds)
{
  return kinds == 0 || (kinds & KOMEK_ADDRESS_BIT (name->kind)) != 0;
}

static guint64
make_key (const Search *search, guint position, const KomekAddress *address)
{
  const KomekGazetteer *gazetteer = search->gazetteer;
  const KomekGazetteerName *name = &g_array_index (gazetteer->names, KomekGazetteerName, position);
  const Standing *standing = &search->standings[position];
  guint size = g_array_index (gazetteer->sizes, guint8, position);
  guint64 more = size > search->word ? MIN (size - search->word, 15) : 0;
  gboolean whole = standing->worst == KOMEK_GAZETTEER_EXACT;
  guint64 other_kind = !is_of_kind (name, address->kinds) || (search->house && !has_houses (name->kind));
  guint64 elsewhere = (standing->flags & BEGINS) == 0;

  /* Of whole words the name that has no others is meant; of their beginnings nobody knows. */
  return (guint64) standing->cost << 48 | other_kind << 47 | (whole ? more : 0) << 43
         | elsewhere << 42 | (guint64) MIN (name->rank, 63) << 36 | more << 32 | position;
}

static void
keep_best (Best *best, guint64 key)
{
  guint at = best->n;

  if (best->n == best->limit && (best->n == 0 || key >= best->keys[best->n - 1]))
    return;
  if (best->n == best->limit)
    at--;
  else
    best->n++;
  for (; at > 0 && best->keys[at - 1] > key; at--)
    best->keys[at] = best->keys[at - 1];
  best->keys[at] = key;
}

/* Finds the names that all of @words fit, none worse than @worst. */
static void
find_within (const KomekGazetteer *self, GPtrArray *words, const KomekAddress *address,
             KomekGazetteerFit worst, gboolean house, guint limit, GArray *finds)
{
  g_autofree Standing *standings = g_new0 (Standing, self->names->len);
  g_autofree guint64 *keys = g_new (guint64, limit);
  Search search = { .gazetteer = self, .standings = standings, .house = house };
  Best best = { .keys = keys, .limit = limit };

  for (guint i = 0; i < words->len && (i == 0 || search.n_met > 0); i++)
    {
      search.n_met = 0;
      take_word (&search, words->pdata[i], worst);
    }
  if (search.word < words->len || words->len == 0)
    return;
  for (guint i = 0; i < self->names->len; i++)
    if (standings[i].reached == words->len && (standings[i].flags & OWN) != 0)
      keep_best (&best, make_key (&search, i, address));
  for (guint i = 0; i < best.n; i++)
    {
      guint position = best.keys[i] & G_MAXUINT32;
      const KomekGazetteerName *name =
        &g_array_index (self->names, KomekGazetteerName, position);
      KomekGazetteerFind find = {
        .name = name,
        .fit = standings[position].worst,
        .house = house && has_houses (name->kind),
        .partial = house && !has_houses (name->kind),
      };

      g_array_append_val (finds, find);
    }
}

/* What is only inside of words comes last anyway, and takes longest to find: it is looked for where
 * there is not enough without it. */
static void
find_all (const KomekGazetteer *self, GPtrArray *words, const KomekAddress *address, gboolean house,
          guint limit, GArray *finds)
{
  find_within (self, words, address, KOMEK_GAZETTEER_CONTEXT, house, limit, finds);
  if (finds->len >= limit)
    return;
  g_array_set_size (finds, 0);
  find_within (self, words, address, KOMEK_GAZETTEER_INSIDE, house, limit, finds);
}

static GPtrArray *
list_words (const KomekAddress *address)
{
  GPtrArray *words = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; address->words[i]; i++)
    g_ptr_array_add (words, g_strdup (address->words[i]));
  return words;
}

/* "Абай даң" is on its way to "Абай даңғылы". */
static gboolean
drop_open_end (GPtrArray *words, const KomekAddress *address)
{
  if (!address->open_end || words->len < 2)
    return FALSE;
  g_ptr_array_remove_index (words, words->len - 1);
  return TRUE;
}

/* "Нур жол" is one word, "Нұржол". */
static void
find_joined (const KomekGazetteer *self, GPtrArray *words, const KomekAddress *address, guint limit,
             GArray *finds)
{
  for (guint i = 0; i + 1 < words->len && finds->len == 0; i++)
    {
      g_autoptr (GPtrArray) joined = g_ptr_array_new_with_free_func (g_free);

      for (guint j = 0; j < words->len; j++)
        if (j == i + 1)
          continue;
        else if (j == i)
          g_ptr_array_add (joined, g_strconcat (words->pdata[i], words->pdata[i + 1], NULL));
        else
          g_ptr_array_add (joined, g_strdup (words->pdata[j]));
      find_within (self, joined, address, KOMEK_GAZETTEER_PREFIX, address->house != NULL, limit,
                   finds);
    }
}

/* "Астана қ., Кенесары": we are in Astana. */
static gboolean
drop_city (const KomekGazetteer *self, GPtrArray *words)
{
  guint before = words->len;

  for (guint i = words->len; i-- > 0 && words->len > 1;)
    if (g_hash_table_contains (self->city, words->pdata[i]))
      {
        g_ptr_array_remove_index (words, i);
        if (i < words->len && words->len > 1 && strcmp (words->pdata[i], "к") == 0)
          g_ptr_array_remove_index (words, i);
      }
  return words->len < before;
}

static gboolean
is_known (const KomekGazetteer *self, const char *word)
{
  g_autofree Standing *standings = g_new0 (Standing, self->names->len);
  Search search = { .gazetteer = self, .standings = standings };

  take_word (&search, word, KOMEK_GAZETTEER_SLIP);
  return search.n_met > 0;
}

/* Somebody types on: "Арай е" is on its way to "Арай, Есіл ауданы". */
static gboolean
is_one_letter (const char *word)
{
  return !is_number (word) && *g_utf8_next_char (word) == '\0';
}

/* "Кенесары пиццерия": what no name has says nothing. */
static gboolean
drop_strangers (const KomekGazetteer *self, GPtrArray *words)
{
  guint before = words->len;

  for (guint i = words->len; i-- > 0 && words->len > 1;)
    if (is_one_letter (words->pdata[i]) || !is_known (self, words->pdata[i]))
      g_ptr_array_remove_index (words, i);
  return words->len < before;
}

/* Looks for all that was typed as it is, then for less and less of it. */
static void
find_somehow (const KomekGazetteer *self, const KomekAddress *address, guint limit, GArray *finds)
{
  g_autoptr (GPtrArray) words = list_words (address);
  gboolean house = address->house != NULL;

  find_all (self, words, address, house, limit, finds);
  if (finds->len == 0 && (drop_open_end (words, address) || drop_city (self, words)))
    find_all (self, words, address, house, limit, finds);
  if (finds->len == 0)
    find_joined (self, words, address, limit, finds);
  if (finds->len == 0)
    find_within (self, words, address, KOMEK_GAZETTEER_SLIP, house, limit, finds);
  if (finds->len == 0 && drop_strangers (self, words))
    {
      find_within (self, words, address, KOMEK_GAZETTEER_SLIP, house, limit, finds);
      for (guint i = 0; i < finds->len; i++)
        g_array_index (finds, KomekGazetteerFind, i).partial = TRUE;
    }
}

/* A number may belong to the name: "8 Наурыз", "мкр 12", "Е10". */
static void
find_numbered (const KomekGazetteer *self, const KomekAddress *address, guint limit, GArray *finds)
{
  g_autoptr (GPtrArray) words = list_words (address);

  if (!address->house || address->house_is_sure || strchr (address->house, '/'))
    return;
  g_ptr_array_insert (words, MIN (address->house_at, words->len), komek_fold (address->house));
  find_within (self, words, address, KOMEK_GAZETTEER_PREFIX, FALSE, limit, finds);
}

static gboolean
holds (GArray *finds, const KomekGazetteerName *name)
{
  for (guint i = 0; i < finds->len; i++)
    if (g_array_index (finds, KomekGazetteerFind, i).name == name)
      return TRUE;
  return FALSE;
}

/* Adds what is of one of the kinds and not yet found. */
static void
add_finds (GArray *finds, GArray *more, guint kinds, guint limit)
{
  for (guint i = 0; i < more->len && finds->len < limit; i++)
    {
      KomekGazetteerFind *find = &g_array_index (more, KomekGazetteerFind, i);

      if (is_of_kind (find->name, kinds) && !holds (finds, find->name))
        g_array_append_val (finds, *find);
    }
}

/**
 * komek_gazetteer_search:
 * @address: what was typed
 * @limit: how many at most
 *
 * Finds places by name. Each word has to be in the name, in one of its languages, or in that of
 * its district; where no name has them all a letter of each may be wrong, and then words that no
 * name has are left out.
 *
 * May be called in any thread; takes some milliseconds for a hundred thousand names.
 *
 * Returns: (transfer full) (element-type KomekGazetteerFind): the likeliest first
 */
GArray *
komek_gazetteer_search (const KomekGazetteer *self, const KomekAddress *address, guint limit)
{
  GArray *finds = g_array_new (FALSE, FALSE, sizeof (KomekGazetteerFind));
  g_autoptr (GArray) numbered = g_array_new (FALSE, FALSE, sizeof (KomekGazetteerFind));
  g_autoptr (GArray) others = g_array_new (FALSE, FALSE, sizeof (KomekGazetteerFind));

  find_numbered (self, address, limit, numbered);
  find_somehow (self, address, limit, others);
  add_finds (finds, numbered, address->kinds, limit);
  add_finds (finds, others, 0, limit);
  add_finds (finds, numbered, 0, limit);
  return finds;
}

/**
 * komek_gazetteer_look_up:
 * @address: as somebody has written it who knows it
 *
 * Returns: (nullable) (transfer none): the place that is called exactly so, in one of the
 *   languages
 */
const KomekGazetteerName *
komek_gazetteer_look_up (const KomekGazetteer *self, const KomekAddress *address)
{
  g_autoptr (GArray) finds = g_array_new (FALSE, FALSE, sizeof (KomekGazetteerFind));
  g_autoptr (GPtrArray) words = list_words (address);
  const KomekGazetteerFind *find;
  guint position;

  find_within (self, words, address, KOMEK_GAZETTEER_EXACT, FALSE, 1, finds);
  if (finds->len == 0)
    return NULL;
  find = &g_array_index (finds, KomekGazetteerFind, 0);
  position = find->name - (const KomekGazetteerName *) self->names->data;
  if (find->fit != KOMEK_GAZETTEER_EXACT
      || g_array_index (self->sizes, guint8, position) > words->len
      || (address->kinds && !(address->kinds & KOMEK_ADDRESS_BIT (find->name->kind))))
    return NULL;
  return find->name;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-plan-private.h"

#include <math.h>

#include "komek-folding.h"

/* What people write for the kind of a street, folded. They leave it out, cut
 * it short or mix it up, so it only says which of two namesakes is meant. */
static const struct
{
  const char   *word;
  KomekPlanKind kind;
} kind_words[] = {
  { "дангылы", KOMEK_PLAN_AVENUE },  { "дангыл", KOMEK_PLAN_AVENUE },
  { "д лы", KOMEK_PLAN_AVENUE },     { "проспект", KOMEK_PLAN_AVENUE },
  { "просп", KOMEK_PLAN_AVENUE },    { "пр т", KOMEK_PLAN_AVENUE },
  { "пр кт", KOMEK_PLAN_AVENUE },    { "пр", KOMEK_PLAN_AVENUE },
  { "avenue", KOMEK_PLAN_AVENUE },   { "ave", KOMEK_PLAN_AVENUE },
  { "av", KOMEK_PLAN_AVENUE },       { "шоссе", KOMEK_PLAN_AVENUE },
  { "ш", KOMEK_PLAN_AVENUE },        { "highway", KOMEK_PLAN_AVENUE },
  { "бульвары", KOMEK_PLAN_AVENUE }, { "бульвар", KOMEK_PLAN_AVENUE },
  { "бул", KOMEK_PLAN_AVENUE },      { "boulevard", KOMEK_PLAN_AVENUE },
  { "кошеси", KOMEK_PLAN_STREET },   { "коше", KOMEK_PLAN_STREET },
  { "к си", KOMEK_PLAN_STREET },     { "улица", KOMEK_PLAN_STREET },
  { "ул", KOMEK_PLAN_STREET },       { "street", KOMEK_PLAN_STREET },
  { "st", KOMEK_PLAN_STREET },       { "str", KOMEK_PLAN_STREET },
  { "туйыгы", KOMEK_PLAN_LANE },     { "туйык", KOMEK_PLAN_LANE },
  { "переулок", KOMEK_PLAN_LANE },   { "пер", KOMEK_PLAN_LANE },
  { "проезд", KOMEK_PLAN_LANE },     { "lane", KOMEK_PLAN_LANE },
};

/* Texts are searched in with a space at either end, so that words can be told from their parts. */
static GString *
pad (const char *folded)
{
  GString *padded = g_string_new (" ");

  g_string_append_printf (padded, "%s ", folded);
  return padded;
}

static gboolean
replace (GString *text, const char *word, const char *by)
{
  g_autofree char *padded = g_strdup_printf (" %s ", word);

  return g_string_replace (text, padded, by, 0) > 0;
}

/* Takes the kind of the street out of what was typed; answers -1 where it was left open. */
static int
take_kind (GString *text)
{
  int kind = -1;

  for (guint i = 0; i < G_N_ELEMENTS (kind_words); i++)
    if (replace (text, kind_words[i].word, " "))
      kind = kind_words[i].kind;

  return kind;
}

/* All its names in one text, in the three languages. */
static char *
fold_names (const KomekPlanFeature *feature)
{
  GString *names = g_string_new (" ");

  for (guint i = 0; i < KOMEK_N_LANGUAGES; i++)
    {
      const char *name = komek_label_get_exact (feature->label, i);
      g_autofree char *folded = name ? komek_fold (name) : NULL;

      if (folded)
        g_string_append_printf (names, "%s ", folded);
    }
  return g_string_free (names, FALSE);
}

/*
 * komek_plan_fold_features:
 *
 * Returns: (transfer full) (element-type utf8): the names of each feature in one folded text
 */
GPtrArray *
komek_plan_fold_features (GArray *features)
{
  GPtrArray *folded = g_ptr_array_new_full (features->len, g_free);

  for (guint i = 0; i < features->len; i++)
    g_ptr_array_add (folded, fold_names (&g_array_index (features, KomekPlanFeature, i)));
  return folded;
}

/* Whether each word that was typed begins a word of the names. */
static gboolean
words_match (const char *names, char **words)
{
  for (guint i = 0; words[i]; i++)
    {
      g_autofree char *start = g_strconcat (" ", words[i], NULL);

      if (*words[i] && !strstr (names, start))
        return FALSE;
    }
  return TRUE;
}

/* The point half-way along the longest line: it lies on the street, not beside its bend. */
static void
find_middle (const KomekPlanFeature *feature, KomekPlanFind *find)
{
  const KomekPlanLine *longest = feature->lines;
  const KomekPlanVertex *v;
  double left, step = 0, part;
  guint i;

  for (i = 1; i < feature->n_lines; i++)
    if (feature->lines[i].length > longest->length)
      longest = &feature->lines[i];

  v = longest->vertices;
  left = longest->length / 2;
  for (i = 1; i < longest->n_vertices; i++, left -= step)
    {
      step = hypot (v[i].x - v[i - 1].x, v[i].y - v[i - 1].y);
      if (left <= step || i + 1 == longest->n_vertices)
        break;
    }
  part = CLAMP (left / step, 0, 1);
  komek_mercator_unproject (v[i - 1].x + part * (v[i].x - v[i - 1].x),
                            v[i - 1].y + part * (v[i].y - v[i - 1].y), &find->latitude,
                            &find->longitude);
}

typedef struct
{
  KomekLanguage language;
  int           kind;
  const char   *first_word;
} Order;

static gboolean
starts_with_first_word (const KomekPlanFeature *feature, const Order *order)
{
  g_autofree char *name = komek_fold (komek_label_get (feature->label, order->language));

  return g_str_has_prefix (name, order->first_word);
}

/* First the kind that was asked for, then names that begin like the text, then the wider streets.
 */
static int
compare_finds (gconstpointer a, gconstpointer b, gpointer data)
{
  const KomekPlanFeature *fa = ((const KomekPlanFind *) a)->feature;
  const KomekPlanFeature *fb = ((const KomekPlanFind *) b)->feature;
  const Order *order = data;
  gboolean starts_a = starts_with_first_word (fa, order);
  gboolean starts_b = starts_with_first_word (fb, order);

  if ((fa->kind == (KomekPlanKind) order->kind) != (fb->kind == (KomekPlanKind) order->kind))
    return fa->kind == (KomekPlanKind) order->kind ? -1 : 1;
  if (starts_a != starts_b)
    return starts_a ? -1 : 1;
  if (fa->kind != fb->kind)
    return fa->kind > fb->kind ? -1 : 1;
  return g_utf8_collate (komek_label_get (fa->label, order->language),
                         komek_label_get (fb->label, order->language));
}

/**
 * komek_plan_search:
 * @text: what was typed: the beginnings of the words of a name, in any of the languages
 *
 * Finds streets by name. Kazakh letters may be typed as Russian ones, and the
 * kind of the street ("даңғылы", "пр.", "улица") may be left out.
 *
 * Returns: (transfer full) (element-type KomekPlanFind): the streets, likeliest first; they
 *   live as long as the plan
 */
GArray *
komek_plan_search (const KomekPlan *self, const char *text, KomekLanguage language)
{
  GArray *finds = g_array_new (FALSE, FALSE, sizeof (KomekPlanFind));
  g_autofree char *folded = komek_fold (text);
  g_autoptr (GString) rest = pad (folded);
  g_autoptr (GHashTable) namesakes = g_hash_table_new (g_str_hash, g_str_equal);
  g_auto (GStrv) words = NULL;
  Order order = { .language = language, .kind = take_kind (rest) };

  /* Somebody who has typed only "ул" so far may mean a name that begins like this. */
  if (rest->len <= 1)
    {
      g_string_assign (rest, folded);
      order.kind = -1;
    }
  words = g_strsplit (g_strstrip (rest->str), " ", -1);
  if (!words[0])
    return finds;

  order.first_word = words[0];
  for (guint i = 0; i < self->features->len; i++)
    {
      KomekPlanFind find = { .feature = &g_array_index (self->features, KomekPlanFeature, i) };

      if (find.feature->kind < KOMEK_PLAN_LANE || !words_match (self->folded->pdata[i], words)
          || !g_hash_table_add (namesakes, self->folded->pdata[i]))
        continue;
      find_middle (find.feature, &find);
      g_array_append_val (finds, find);
    }
  g_array_sort_with_data (finds, compare_finds, &order);
  return finds;
}

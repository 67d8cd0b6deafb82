/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-words.h"

#include <string.h>

#include "komek-label.h"
#include "komek-table.h"

/**
 * KomekWords:
 *
 * What the server itself says, in three languages: sentences of errors and the words of its web
 * pages.
 *
 * Data and not a catalogue of gettext: the language changes with every call,
 * and a server may run where no locale is installed.
 */
struct _KomekWords
{
  KomekTable *table;
  GHashTable *labels;
};

/**
 * komek_words_new:
 * @tsv: columns name, kk, ru, en
 *
 * Returns: (transfer full): the words
 */
KomekWords *
komek_words_new (GBytes *tsv, GError **error)
{
  static const char *const columns[] = { "name", "kk", "ru", "en", NULL };
  KomekTable *table = komek_table_new (tsv, "words.tsv", columns, error);
  KomekWords *self;

  if (!table)
    return NULL;

  self = g_new0 (KomekWords, 1);
  self->table = table;
  self->labels =
    g_hash_table_new_full (g_str_hash, g_str_equal, NULL, (GDestroyNotify) komek_label_unref);
  for (guint i = 0; i < komek_table_get_n_rows (table); i++)
    g_hash_table_insert (self->labels, (char *) komek_table_get (table, i, 0),
                         komek_label_new (komek_table_get (table, i, 1),
                                          komek_table_get (table, i, 2),
                                          komek_table_get (table, i, 3)));
  return self;
}

void
komek_words_free (KomekWords *self)
{
  g_hash_table_unref (self->labels);
  komek_table_free (self->table);
  g_free (self);
}

/**
 * komek_words_get:
 * @name: one that the file has; another is a mistake of ours
 */
const char *
komek_words_get (const KomekWords *self, const char *name, KomekLanguage language)
{
  KomekLabel *label = g_hash_table_lookup (self->labels, name);

  g_return_val_if_fail (label, name);

  return komek_label_get (label, language);
}

/**
 * komek_words_fill:
 *
 * Returns: (transfer full): the words with @value where they have "{}"
 */
char *
komek_words_fill (const KomekWords *self, const char *name, KomekLanguage language,
                  const char *value)
{
  const char *words = komek_words_get (self, name, language);
  const char *gap = strstr (words, "{}");

  if (!gap)
    return g_strdup (words);
  return g_strdup_printf ("%.*s%s%s", (int) (gap - words), words, value, gap + 2);
}

/* Kazakh nouns do not change after a number; Russian ones have three forms, English ones two. */
static const char *
plural_form (KomekLanguage language, guint count)
{
  if (language == KOMEK_LANGUAGE_ENGLISH)
    return count == 1 ? "one" : "many";
  if (language == KOMEK_LANGUAGE_KAZAKH || count % 100 / 10 == 1)
    return "many";
  if (count % 10 == 1)
    return "one";
  return count % 10 >= 2 && count % 10 <= 4 ? "few" : "many";
}

/**
 * komek_words_count:
 * @name: the beginning of three names that end in -one, -few and -many
 *
 * Returns: (transfer full): the form for @count with the number where it has "{}"
 */
char *
komek_words_count (const KomekWords *self, const char *name, KomekLanguage language, guint count)
{
  g_autofree char *form = g_strdup_printf ("%s-%s", name, plural_form (language, count));
  g_autofree char *digits = g_strdup_printf ("%u", count);

  return komek_words_fill (self, form, language, digits);
}

/**
 * komek_words_day:
 * @time: in the zone in which it shall be told
 *
 * Returns: (transfer full): the day as the language writes it
 */
char *
komek_words_day (const KomekWords *self, GDateTime *time, KomekLanguage language)
{
  g_autofree char *name = g_strdup_printf ("month-%d", g_date_time_get_month (time));
  const char *month = komek_words_get (self, name, language);
  int day = g_date_time_get_day_of_month (time), year = g_date_time_get_year (time);

  switch (language)
    {
    case KOMEK_LANGUAGE_KAZAKH:
      return g_strdup_printf ("%d\u00a0ж. %d\u00a0%s", year, day, month);
    case KOMEK_LANGUAGE_RUSSIAN:
      return g_strdup_printf ("%d\u00a0%s %d\u00a0г.", day, month, year);
    case KOMEK_LANGUAGE_ENGLISH:
    default:
      return g_strdup_printf ("%d %s %d", day, month, year);
    }
}

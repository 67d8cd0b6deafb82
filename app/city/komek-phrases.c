/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-phrases.h"

#include "komek-table.h"

/**
 * KomekPhrases:
 *
 * Several ways to say the same thing: what happened to a request, what a citizen writes of a
 * pothole.
 */
struct _KomekPhrases
{
  KomekTable *table;
  GHashTable *lists[KOMEK_N_LANGUAGES]; /* key → array of texts */
};

static void
add (KomekPhrases *self, guint row)
{
  const char *key = komek_table_get (self->table, row, 0);
  KomekLanguage language;
  GPtrArray *list;

  if (!komek_language_from_code (komek_table_get (self->table, row, 1), &language))
    return;
  list = g_hash_table_lookup (self->lists[language], key);
  if (!list)
    {
      list = g_ptr_array_new ();
      g_hash_table_insert (self->lists[language], (char *) key, list);
    }
  g_ptr_array_add (list, (char *) komek_table_get (self->table, row, 2));
}

/**
 * komek_phrases_new:
 * @tsv: columns @key, language, text
 * @name: what to call the file in an error
 *
 * Returns: (transfer full): the phrases
 */
KomekPhrases *
komek_phrases_new (GBytes *tsv, const char *name, const char *key, GError **error)
{
  const char *columns[] = { key, "language", "text", NULL };
  KomekTable *table = komek_table_new (tsv, name, columns, error);
  KomekPhrases *self;

  if (!table)
    return NULL;

  self = g_new0 (KomekPhrases, 1);
  self->table = table;
  for (guint i = 0; i < KOMEK_N_LANGUAGES; i++)
    self->lists[i] = g_hash_table_new_full (g_str_hash, g_str_equal, NULL,
                                            (GDestroyNotify) g_ptr_array_unref);
  for (guint i = 0; i < komek_table_get_n_rows (table); i++)
    add (self, i);
  return self;
}

void
komek_phrases_free (KomekPhrases *self)
{
  for (guint i = 0; i < KOMEK_N_LANGUAGES; i++)
    g_hash_table_unref (self->lists[i]);
  komek_table_free (self->table);
  g_free (self);
}

/**
 * komek_phrases_look_up:
 *
 * Returns: (transfer none) (nullable) (element-type utf8): the texts, at least
 *   one, or %NULL where nobody wrote one in that language
 */
GPtrArray *
komek_phrases_look_up (const KomekPhrases *self, const char *key, KomekLanguage language)
{
  return g_hash_table_lookup (self->lists[language], key);
}

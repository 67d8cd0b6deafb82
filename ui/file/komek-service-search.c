/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-service-search.h"

#include <string.h>

#include "komek-folding.h"

/* All that a service may be looked for by: its names and its category's in
 * every language, since people search in the language that comes to mind. */
static char *
collect_words (KomekService *service)
{
  GString *words = g_string_new (komek_service_get_keywords (service));
  g_autofree char *text = NULL;

  for (guint i = 0; i < KOMEK_N_LANGUAGES; i++)
    g_string_append_printf (words, " %s %s", komek_label_get (komek_service_get_name (service), i),
                            komek_label_get (komek_service_get_group_name (service), i));
  text = g_string_free (words, FALSE);
  return komek_fold (text);
}

static gboolean
has_word_beginning (const char *folded, const char *word)
{
  gsize length = strlen (word);

  for (const char *at = folded; at && *at; at = strchr (at, ' '))
    {
      if (*at == ' ')
        at++;
      if (strncmp (at, word, length) == 0)
        return TRUE;
    }
  return FALSE;
}

static gboolean
has_all (KomekService *service, char **words)
{
  g_autofree char *folded = collect_words (service);

  for (char **word = words; *word; word++)
    if (**word && !has_word_beginning (folded, *word))
      return FALSE;
  return TRUE;
}

/**
 * komek_service_search:
 * @services: (element-type KomekService): all services
 * @text: what somebody typed, in any of the languages, on any keys
 * @most: how many to find
 *
 * Returns: (transfer full) (element-type KomekService): those in which each
 *   word of @text begins a word, in the city's order; none for an empty text
 */
GPtrArray *
komek_service_search (GPtrArray *services, const char *text, guint most)
{
  GPtrArray *found = g_ptr_array_new_with_free_func (g_object_unref);
  g_autofree char *folded = komek_fold (text);
  g_auto (GStrv) words = g_strsplit (folded, " ", -1);

  for (guint i = 0; *folded && i < services->len && found->len < most; i++)
    if (has_all (services->pdata[i], words))
      g_ptr_array_add (found, g_object_ref (services->pdata[i]));
  return found;
}

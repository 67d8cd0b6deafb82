/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-language.h"

#include <string.h>

static const char *const codes[KOMEK_N_LANGUAGES] = { "kk", "ru", "en" };

/**
 * komek_language_get_code:
 *
 * Returns: the code of ISO 639-1: "kk", "ru" or "en"
 */
const char *
komek_language_get_code (KomekLanguage language)
{
  g_return_val_if_fail ((guint) language < KOMEK_N_LANGUAGES, codes[0]);

  return codes[language];
}

/**
 * komek_language_from_code:
 * @code: (nullable): a language tag or a locale name: "kk", "ru-RU", "en_GB.UTF-8"
 * @language: (out) (optional): set only on success
 *
 * Reads the language of a tag by its first two letters.
 *
 * Returns: %FALSE where it is none of the three
 */
gboolean
komek_language_from_code (const char *code, KomekLanguage *language)
{
  for (guint i = 0; code && i < KOMEK_N_LANGUAGES; i++)
    if (g_ascii_strncasecmp (code, codes[i], 2) == 0 && !g_ascii_isalpha (code[2]))
      {
        if (language)
          *language = i;
        return TRUE;
      }

  return FALSE;
}

/**
 * komek_language_guess:
 *
 * Guesses which language a citizen's text is written in: any letter that only
 * Kazakh has decides, then any other Cyrillic letter, else English.
 */
KomekLanguage
komek_language_guess (const char *text)
{
  gboolean cyrillic = FALSE;

  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_unichar_tolower (g_utf8_get_char (p));

      if (c < 0x0400 || c > 0x04ff)
        continue;
      if (g_utf8_strchr ("әғқңөұүһі", -1, c))
        return KOMEK_LANGUAGE_KAZAKH;
      cyrillic = TRUE;
    }

  return cyrillic ? KOMEK_LANGUAGE_RUSSIAN : KOMEK_LANGUAGE_ENGLISH;
}

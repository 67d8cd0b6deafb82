/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

/**
 * KomekLanguage:
 * @KOMEK_LANGUAGE_KAZAKH: Қазақша, always first
 * @KOMEK_LANGUAGE_RUSSIAN: Русский
 * @KOMEK_LANGUAGE_ENGLISH: English
 *
 * The three languages that the program speaks, in the order of the switch.
 */
typedef enum
{
  KOMEK_LANGUAGE_KAZAKH,
  KOMEK_LANGUAGE_RUSSIAN,
  KOMEK_LANGUAGE_ENGLISH,
} KomekLanguage;

#define KOMEK_N_LANGUAGES 3

const char *komek_language_get_code (KomekLanguage language);
gboolean komek_language_from_code (const char *code, KomekLanguage *language);
KomekLanguage komek_language_guess (const char *text);

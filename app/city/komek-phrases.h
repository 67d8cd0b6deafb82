/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

#include "komek-language.h"

typedef struct _KomekPhrases KomekPhrases;

KomekPhrases *komek_phrases_new (GBytes *tsv, const char *name, const char *key, GError **error);
void komek_phrases_free (KomekPhrases *self);
GPtrArray *komek_phrases_look_up (const KomekPhrases *self, const char *key,
                                  KomekLanguage language);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (KomekPhrases, komek_phrases_free)

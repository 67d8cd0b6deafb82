/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

#include "komek-language.h"

typedef struct _KomekWords KomekWords;

KomekWords *komek_words_new (GBytes *tsv, GError **error);
void komek_words_free (KomekWords *self);
const char *komek_words_get (const KomekWords *self, const char *name, KomekLanguage language);
char *komek_words_fill (const KomekWords *self, const char *name, KomekLanguage language,
                        const char *value);
char *komek_words_count (const KomekWords *self, const char *name, KomekLanguage language,
                         guint count);
char *komek_words_day (const KomekWords *self, GDateTime *time, KomekLanguage language);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (KomekWords, komek_words_free)

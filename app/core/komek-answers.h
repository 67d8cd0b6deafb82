/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "komek-attribute.h"

#define KOMEK_ANSWERS_MAX_TEXT 4000

typedef struct _KomekAnswers KomekAnswers;

KomekAnswers *komek_answers_new (void);
void komek_answers_free (KomekAnswers *self);
void komek_answers_clear (KomekAnswers *self);
GPtrArray *komek_answers_get_attributes (const KomekAnswers *self);
void komek_answers_set_attributes (KomekAnswers *self, GPtrArray *attributes);
GHashTable *komek_answers_get_table (const KomekAnswers *self);
const char *const *komek_answers_get (const KomekAnswers *self, const char *code);
gboolean komek_answers_set (KomekAnswers *self, const char *code, const char *const *values);
gboolean komek_answers_check_one (const KomekAnswers *self, const KomekAttribute *attribute,
                                  GError **error);
gboolean komek_answers_check (const KomekAnswers *self, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (KomekAnswers, komek_answers_free)

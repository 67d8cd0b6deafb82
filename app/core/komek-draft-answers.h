/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "komek-attribute.h"

#define KOMEK_DRAFT_ANSWERS_MAX_TEXT 4000

typedef struct _KomekDraftAnswers KomekDraftAnswers;

KomekDraftAnswers *komek_draft_answers_new (void);
void komek_draft_answers_free (KomekDraftAnswers *self);
void komek_draft_answers_clear (KomekDraftAnswers *self);
GPtrArray *komek_draft_answers_get_attributes (const KomekDraftAnswers *self);
void komek_draft_answers_set_attributes (KomekDraftAnswers *self, GPtrArray *attributes);
GHashTable *komek_draft_answers_get_table (const KomekDraftAnswers *self);
const char *const *komek_draft_answers_get (const KomekDraftAnswers *self, const char *code);
gboolean komek_draft_answers_set (KomekDraftAnswers *self, const char *code,
                                  const char *const *values);
gboolean komek_draft_answers_check_one (const KomekDraftAnswers *self,
                                        const KomekAttribute *attribute, GError **error);
gboolean komek_draft_answers_check (const KomekDraftAnswers *self, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (KomekDraftAnswers, komek_draft_answers_free)

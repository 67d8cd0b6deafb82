/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "komek-label.h"
#include "komek-refusal.h"
#include "komek-words.h"

/**
 * KomekComplaint:
 * @refusal: what is wrong
 * @field: (nullable): the argument that it is wrong with
 * @label: (nullable): what people call it, where they were asked for it by that name
 *
 * One thing that is wrong with a form. A form may have several, and whoever
 * filled it in wants to hear of all of them at once.
 */
typedef struct
{
  KomekRefusal refusal;
  char        *field;
  KomekLabel  *label;
} KomekComplaint;

GPtrArray *komek_complaints_new (void);
void komek_complain (GPtrArray *complaints, KomekRefusal refusal, const char *field,
                     KomekLabel *label);
gboolean komek_complaints_set_error (GPtrArray *complaints, GError **error);
char *komek_complaint_tell (const KomekComplaint *self, const KomekWords *words,
                            KomekLanguage language);

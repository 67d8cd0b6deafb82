/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "komek-place.h"
#include "komek-service.h"

#define KOMEK_DRAFT_MAX_TEXT 4000

#define KOMEK_TYPE_DRAFT (komek_draft_get_type ())
G_DECLARE_FINAL_TYPE (KomekDraft, komek_draft, KOMEK, DRAFT, GObject)

KomekDraft *komek_draft_new (void);
KomekService *komek_draft_get_service (KomekDraft *self);
void komek_draft_set_service (KomekDraft *self, KomekService *service);
KomekPlace *komek_draft_get_place (KomekDraft *self);
void komek_draft_set_place (KomekDraft *self, KomekPlace *place);
const char *komek_draft_get_landmark (KomekDraft *self);
void komek_draft_set_landmark (KomekDraft *self, const char *landmark);
const char *komek_draft_get_text (KomekDraft *self);
void komek_draft_set_text (KomekDraft *self, const char *text);
const char *komek_draft_get_key (KomekDraft *self);
char *komek_draft_dup_address (KomekDraft *self);
gboolean komek_draft_is_empty (KomekDraft *self);
gboolean komek_draft_check (KomekDraft *self, GError **error);

/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "komek-attribute.h"
#include "komek-contact.h"
#include "komek-place.h"
#include "komek-service.h"

#define KOMEK_DRAFT_MAX_TEXT 4000
#define KOMEK_DRAFT_MAX_PHOTOS 5
#define KOMEK_DRAFT_MAX_PHOTO_BYTES (10 * 1024 * 1024)

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
GPtrArray *komek_draft_get_attributes (KomekDraft *self);
void komek_draft_set_attributes (KomekDraft *self, GPtrArray *attributes);
GHashTable *komek_draft_get_answers (KomekDraft *self);
const char *const *komek_draft_get_answer (KomekDraft *self, const char *code);
void komek_draft_set_answer (KomekDraft *self, const char *code, const char *const *values);
gboolean komek_draft_check_answer (KomekDraft *self, KomekAttribute *attribute, GError **error);
GPtrArray *komek_draft_get_photos (KomekDraft *self);
gboolean komek_draft_add_photo (KomekDraft *self, GBytes *photo);
void komek_draft_remove_photo (KomekDraft *self, guint position);
KomekContact *komek_draft_get_contact (KomekDraft *self);
void komek_draft_set_contact (KomekDraft *self, KomekContact *contact);
const char *komek_draft_get_key (KomekDraft *self);
char *komek_draft_dup_address (KomekDraft *self);
gboolean komek_draft_is_empty (KomekDraft *self);
gboolean komek_draft_check (KomekDraft *self, GError **error);

/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "komek-draft.h"
#include "komek-language.h"

/**
 * KomekWireForm:
 * @service: (nullable): the code of the service
 * @place: the point, the address or neither
 * @odd_point: a point was given but cannot be read
 * @text: (nullable): what happened
 * @key: (nullable): the sender's own key, the same for the same filing
 * @attributes: (element-type utf8): codes of attributes and their values by turns
 *
 * What somebody asks a city to register. Names and contacts are not read: nothing keeps them yet.
 */
typedef struct
{
  char       *service;
  KomekPlace *place;
  gboolean    odd_point;
  char       *text;
  char       *key;
  GPtrArray  *attributes;
} KomekWireForm;

void komek_wire_form_free (KomekWireForm *self);
KomekWireForm *komek_wire_read_form (GBytes *body, GError **error);
char *komek_wire_write_form (KomekDraft *draft, KomekLanguage language);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (KomekWireForm, komek_wire_form_free)

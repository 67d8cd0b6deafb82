/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "komek-place.h"

/**
 * KomekWireForm:
 * @service: (nullable): the code of the service
 * @place: (nullable): the point, the address or neither
 * @odd_point: a point was given but cannot be read
 * @address_id: (nullable): the city's own id of an address
 * @text: (nullable): what happened
 * @key: (nullable): the sender's own key (client_request_id), the same for the same filing
 * @local: (nullable): the local number on the citizen's slip
 * @device: (nullable): which device files it
 * @account: (nullable): whose account it goes to
 * @sealed_contact: (nullable): the contact in base64, sealed to the city's key
 * @first_name: (nullable): of whoever files it
 * @last_name: (nullable): of whoever files it
 * @email: (nullable): of whoever files it
 * @phone: (nullable): of whoever files it
 * @api_key: (nullable): the key with which one may file
 * @jurisdiction: (nullable): which of several cities behind one address
 * @language: (nullable): the code of the language in which to answer
 * @media: (element-type utf8) (nullable): addresses of pictures
 * @attributes: (element-type utf8) (nullable): codes of attributes and their values by turns;
 *   for writing, "CODE[]" is a code that takes several values
 *
 * What somebody asks a city to register. The contact is a person's: it never reaches a log.
 */
typedef struct
{
  char       *service;
  KomekPlace *place;
  gboolean    odd_point;
  char       *address_id;
  char       *text;
  char       *key;
  char       *local;
  char       *device;
  char       *account;
  char       *sealed_contact;
  char       *first_name;
  char       *last_name;
  char       *email;
  char       *phone;
  char       *api_key;
  char       *jurisdiction;
  char       *language;
  GPtrArray  *media;
  GPtrArray  *attributes;
} KomekWireForm;

void komek_wire_form_free (KomekWireForm *self);
KomekWireForm *komek_wire_read_form (GBytes *body, GError **error);
char *komek_wire_form_write (const KomekWireForm *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (KomekWireForm, komek_wire_form_free)

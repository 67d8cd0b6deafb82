/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "komek-status.h"

/**
 * KomekWireUpdateForm:
 * @number: (nullable): the request that it is about
 * @id: (nullable): the sender's own id of the update; the same for the same update
 * @has_status: whether it says where the request stands now
 * @status: where it stands, if so
 * @status_word: (nullable): the word itself, where @status is none of ours
 * @time: when it happened, in seconds since 1970; 0 for not given
 * @text: (nullable): what was written
 * @service: (nullable): the code of another service to which the request moves
 * @device: (nullable): which device sends it
 * @sealed_contact: (nullable): the contact in base64, sealed to the city's key
 * @first_name: (nullable): of whoever writes
 * @last_name: (nullable): of whoever writes
 * @email: (nullable): of whoever writes
 * @phone: (nullable): of whoever writes
 * @api_key: (nullable): the key with which one may write
 * @jurisdiction: (nullable): which of several cities behind one address
 * @anonymous: the writer's name is not to be shown
 * @media: (element-type utf8) (nullable): addresses of pictures
 *
 * What somebody asks a city to add to a request. The contact is a person's: it never reaches a log.
 */
typedef struct
{
  char       *number;
  char       *id;
  gboolean    has_status;
  KomekStatus status;
  char       *status_word;
  gint64      time;
  char       *text;
  char       *service;
  char       *device;
  char       *sealed_contact;
  char       *first_name;
  char       *last_name;
  char       *email;
  char       *phone;
  char       *api_key;
  char       *jurisdiction;
  gboolean    anonymous;
  GPtrArray  *media;
} KomekWireUpdateForm;

void komek_wire_update_form_free (KomekWireUpdateForm *self);
KomekWireUpdateForm *komek_wire_read_update_form (GBytes *body, GTimeZone *zone, GError **error);
char *komek_wire_update_form_write (const KomekWireUpdateForm *self, GTimeZone *zone);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (KomekWireUpdateForm, komek_wire_update_form_free)

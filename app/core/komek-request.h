/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "komek-place.h"
#include "komek-status.h"

/**
 * KomekRequestFields:
 * @number: the city's number of the request
 * @service: the code of its service
 * @service_name: (nullable): the service's name as it came with the request
 * @status: where it stands
 * @status_name: (nullable): the city's own word for a status that is none of ours
 * @text: (nullable): what the citizen wrote, never changed
 * @notes: (nullable): what the city says of the status
 * @place: (nullable): where it is
 * @agency: (nullable): the code of the organisation that is responsible
 * @agency_name: (nullable): its name as it came with the request
 * @requested: when it was registered
 * @updated: when anything last changed; for a closed one when it was closed
 * @due: its deadline, 0 for none
 * @supporters: how many others said "me too"
 * @media: (nullable) (array zero-terminated=1): addresses of its pictures, %NULL for none
 * @key: (nullable): the key under which it was filed, where the city tells it to whoever asks by it
 * @withdrawn: the city took it back: nothing else of it but the times counts
 *
 * What there is to know of a request; times in seconds since 1970, UTC.
 */
typedef struct
{
  const char        *number;
  const char        *service;
  const char        *service_name;
  KomekStatus        status;
  const char        *status_name;
  const char        *text;
  const char        *notes;
  KomekPlace        *place;
  const char        *agency;
  const char        *agency_name;
  gint64             requested;
  gint64             updated;
  gint64             due;
  guint              supporters;
  const char *const *media;
  const char        *key;
  gboolean           withdrawn;
} KomekRequestFields;

#define KOMEK_TYPE_REQUEST (komek_request_get_type ())
G_DECLARE_FINAL_TYPE (KomekRequest, komek_request, KOMEK, REQUEST, GObject)

KomekRequest *komek_request_new (const KomekRequestFields *fields);
const KomekRequestFields *komek_request_peek (KomekRequest *self);
const char *komek_request_get_number (KomekRequest *self);
const char *komek_request_get_service (KomekRequest *self);
KomekStatus komek_request_get_status (KomekRequest *self);
KomekPlace *komek_request_get_place (KomekRequest *self);
KomekGroup komek_request_get_group (KomekRequest *self, gint64 now);

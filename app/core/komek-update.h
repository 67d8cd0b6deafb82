/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

#include "komek-status.h"

/**
 * KomekUpdateFields:
 * @id: the city's id of the step
 * @number: the request's number
 * @status: where the request stood after it
 * @status_name: (nullable): the city's own word for a status that is none of ours
 * @time: seconds since 1970, UTC
 * @text: (nullable): what was written, as it was written
 * @agency: (nullable): the code of the organisation that acted
 * @answer: whether @text is the official answer
 * @media: (nullable) (array zero-terminated=1): addresses of its pictures, %NULL for none
 * @external_status: (nullable): the status in the words of the organisation's own system
 * @reference: (nullable): the number that the request has there
 *
 * What there is to know of a step; copied.
 */
typedef struct
{
  const char        *id;
  const char        *number;
  KomekStatus        status;
  const char        *status_name;
  gint64             time;
  const char        *text;
  const char        *agency;
  gboolean           answer;
  const char *const *media;
  const char        *external_status;
  const char        *reference;
} KomekUpdateFields;

#define KOMEK_TYPE_UPDATE (komek_update_get_type ())
G_DECLARE_FINAL_TYPE (KomekUpdate, komek_update, KOMEK, UPDATE, GObject)

KomekUpdate *komek_update_new (const char *id, const char *number, KomekStatus status, gint64 time,
                               const char *text, const char *agency, gboolean answer);
KomekUpdate *komek_update_new_of (const KomekUpdateFields *fields);
const KomekUpdateFields *komek_update_peek (KomekUpdate *self);
const char *komek_update_get_id (KomekUpdate *self);
const char *komek_update_get_number (KomekUpdate *self);
KomekStatus komek_update_get_status (KomekUpdate *self);
gint64 komek_update_get_time (KomekUpdate *self);
const char *komek_update_get_text (KomekUpdate *self);
const char *komek_update_get_agency (KomekUpdate *self);
gboolean komek_update_is_answer (KomekUpdate *self);

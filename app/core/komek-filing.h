/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "komek-contact.h"
#include "komek-language.h"
#include "komek-place.h"

/**
 * KomekFilingFields:
 * @key: a UUID, the same however often it is sent
 * @local: (nullable): the number that this device has given it
 * @device: (nullable): what tells this device from others
 * @service: the code of the service
 * @place: (nullable): the point, and the address as it is sent, with the landmark
 * @text: what happened
 * @answers: (nullable) (element-type utf8 GStrv): to the service's attributes, by code
 * @contact: (nullable): in the clear; never beside @sealed_contact
 * @sealed_contact: (nullable): base64 of a box that only the city opens
 * @language: in which the city should answer
 * @time: when it was handed in, in seconds since 1970
 *
 * What one POST of a request needs; copied.
 */
typedef struct
{
  const char   *key;
  const char   *local;
  const char   *device;
  const char   *service;
  KomekPlace   *place;
  const char   *text;
  GHashTable   *answers;
  KomekContact *contact;
  const char   *sealed_contact;
  KomekLanguage language;
  gint64        time;
} KomekFilingFields;

#define KOMEK_TYPE_FILING (komek_filing_get_type ())
typedef struct _KomekFiling KomekFiling;
GType komek_filing_get_type (void) G_GNUC_CONST;

KomekFiling *komek_filing_new (const KomekFilingFields *fields);
KomekFiling *komek_filing_ref (KomekFiling *self);
void komek_filing_unref (KomekFiling *self);
const KomekFilingFields *komek_filing_peek (const KomekFiling *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (KomekFiling, komek_filing_unref)

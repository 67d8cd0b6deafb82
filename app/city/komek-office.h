/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "komek-calendar.h"
#include "komek-catalogue.h"
#include "komek-clock.h"
#include "komek-darkroom.h"
#include "komek-phrases.h"
#include "komek-record.h"
#include "komek-storage.h"
#include "komek-terms.h"
#include "komek-words.h"

/* The whole country since 1 March 2024. The name of the zone would need data
 * that is on the machine and younger than that. */
#define KOMEK_OFFICE_ZONE "+05:00"

/* The note in the storage that says how many requests were made up, if any. */
#define KOMEK_OFFICE_SAMPLE "sample"

/**
 * KomekOffice:
 * @events: what is said of an event that nobody described in words of their own
 * @darkroom: where photos are written anew
 * @city: the card of the city for whoever may file without an api key
 * @keyed_city: the same card for everybody else
 * @base_url: where the interface answers, with a slash at the end
 * @style: the style sheet of the web pages
 * @seal_key: the public key for contacts, base64
 * @jurisdictions: (nullable): see #KomekTerms
 * @endpoints: (element-type KomekWireEndpoint): further addresses of the interface
 * @late_us: how long the storage may take before it is said to be late
 * @batch: see #KomekTerms
 * @publishes_comments: see #KomekTerms
 *
 * Everything that it takes to answer a call. Made once, then only read, by any thread.
 */
typedef struct
{
  KomekStorage   *storage;
  KomekCatalogue *catalogue;
  KomekCalendar  *calendar;
  KomekPlan      *plan;
  KomekPhrases   *events;
  KomekWords     *words;
  KomekClock     *clock;
  KomekCity      *city;
  KomekCity      *keyed_city;
  KomekDarkroom  *darkroom;
  char           *base_url;
  char           *style;
  char           *seal_key;
  char          **jurisdictions;
  GPtrArray      *endpoints;
  gint64          late_us;
  guint           batch;
  gboolean        publishes_comments;
} KomekOffice;

KomekOffice *komek_office_new (GResource *data, KomekClock *clock, GError **error);
void komek_office_free (KomekOffice *self);
gboolean komek_office_open (KomekOffice *self, KomekStorage *storage,
                            const KomekTerms *terms, GError **error);

const char *komek_office_name_service (const KomekOffice *self, const char *code,
                                       KomekLanguage language);
char *komek_office_dup_media_url (const KomekOffice *self, const char *number, guint place);
const char *komek_office_tell_step (const KomekOffice *self, const KomekStep *step,
                                    KomekLanguage language);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (KomekOffice, komek_office_free)

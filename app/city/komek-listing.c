/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-listing.h"

/* What the storage knows by codes becomes what callers read: with names in
 * their language and with addresses of photos. */

static GStrv
make_media (const KomekOffice *office, const KomekRecord *record)
{
  g_autoptr (GStrvBuilder) builder = NULL;

  if (record->photos == 0)
    return NULL;
  builder = g_strv_builder_new ();
  for (guint i = 0; i < record->photos; i++)
    {
      g_autofree char *address = komek_office_dup_media_url (office, record->number, i);

      g_strv_builder_add (builder, address);
    }
  return g_strv_builder_end (builder);
}

/**
 * komek_listing_make_request:
 * @language: the reader's
 * @key: (nullable): under which the reader filed it, where they asked by it
 *
 * Returns: (transfer full): the request with its names
 */
KomekRequest *
komek_listing_make_request (const KomekOffice *office, const KomekRecord *record,
                            KomekLanguage language, const char *key)
{
  g_auto (GStrv) media = make_media (office, record);
  g_autoptr (KomekPlace) place =
    komek_place_new (record->latitude, record->longitude, record->address, record->district);

  return komek_request_new (&(KomekRequestFields) {
      .number = record->number,
      .service = record->service,
      .service_name = komek_office_name_service (office, record->service, language),
      .status = record->status,
      .status_name = komek_city_name (office->city, KOMEK_CITY_STATUSES,
                                      komek_status_get_code (record->status), language, NULL),
      .text = record->text,
      .place = place,
      .agency = record->agency,
      .agency_name =
        komek_city_name (office->city, KOMEK_CITY_AGENCIES, record->agency, language, NULL),
      .requested = record->requested,
      .updated = record->updated,
      .due = record->due,
      .supporters = record->supporters,
      .media = (const char *const *) media,
      .key = key,
  });
}

/**
 * komek_listing_make_withdrawn:
 *
 * Returns: (transfer full): what is told of a request that was taken back: that it was
 */
KomekRequest *
komek_listing_make_withdrawn (const KomekRecord *record)
{
  return komek_request_new (&(KomekRequestFields) {
      .number = record->number,
      .requested = record->requested,
      .updated = record->updated,
      .withdrawn = TRUE,
  });
}

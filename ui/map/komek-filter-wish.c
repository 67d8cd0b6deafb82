/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-filter-wish.h"

static void
take_time (KomekFilterFields *fields, const KomekFilterWish *wish)
{
  KomekFilterChoice *choice = wish->choice;

  fields->from = komek_filter_choice_get_from (choice);
  fields->to = komek_filter_choice_get_to (choice);
  if (!komek_filter_choice_has_span (choice))
    fields->from = komek_period_get_start (komek_filter_choice_get_period (choice), wish->now,
                                           wish->zone);
}

/* The places of the chosen districts in the list of the points. */
static GByteArray *
list_districts (const KomekFilterWish *self)
{
  GByteArray *places = g_byte_array_new ();
  const char *const *codes = komek_points_get_districts (self->points);

  for (guint i = 0; codes[i] && i <= G_MAXUINT8; i++)
    if (komek_filter_choice_has_district (self->choice, codes[i]))
      g_byte_array_append (places, (const guint8[]) { i }, 1);
  return places;
}

/**
 * komek_filter_wish_grant:
 *
 * Returns: (transfer full): the filter
 */
KomekFilter *
komek_filter_wish_grant (const KomekFilterWish *self)
{
  static const guint32 none; /* an empty array has no address, and no address would mean all */
  g_autoptr (GArray) services = NULL;
  g_autoptr (GByteArray) districts = NULL;
  KomekFilterFields fields = {
    .now = self->now,
    .groups = komek_filter_choice_get_groups (self->choice),
    .answered = komek_filter_choice_get_answered (self->choice),
    .latitude = self->latitude,
    .longitude = self->longitude,
    .metres = self->around,
  };

  take_time (&fields, self);
  if (komek_filter_choice_has_any_category (self->choice))
    {
      services = komek_categories_list_services (self->categories, self->choice);
      fields.services = (const guint16 *) (services->len > 0 ? services->data
                                           : (const char *) &none);
      fields.n_services = services->len;
    }
  if (komek_filter_choice_has_any_district (self->choice))
    {
      districts = list_districts (self);
      fields.districts = districts->len > 0 ? districts->data : (const guint8 *) &none;
      fields.n_districts = districts->len;
    }
  if (self->matches)
    {
      fields.keys = self->matches->len > 0 ? (const guint32 *) self->matches->data : &none;
      fields.n_keys = self->matches->len;
    }
  return komek_filter_new (&fields);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-place-page-private.h"

#include "komek-gettext.h"
#include "komek-place-words.h"
#include "komek-usable.h"

#define SAME_PLACE 1.0 /* metres that are no move */

/* What the page says of the place, and keeps of it. */

static KomekContext *
get_context (KomekPlacePage *self)
{
  return komek_page_get_context (KOMEK_PAGE (self));
}

static void
show_place (KomekPlacePage *self, const char *address, const char *district, gboolean chosen)
{
  gtk_label_set_label (self->address, address);
  gtk_label_set_label (self->district, district);
  gtk_widget_set_visible (GTK_WIDGET (self->district), *district != '\0');
  komek_usable_set (self->next, chosen);
}

static void
show_outside (KomekPlacePage *self)
{
  komek_notice_show (komek_question_get_notice (self->question), KOMEK_NOTICE_ERROR,
                     _("This place is outside the city"),
                     _("Choose a place inside the city on the map."));
}

/* From far away nothing is chosen; what was chosen before still stands. */
static void
show_nothing_chosen (KomekPlacePage *self)
{
  show_place (self, _("Search for the street or come closer with +"), "", FALSE);
  komek_notice_hide (komek_question_get_notice (self->question));
}

static void
show_only_district (KomekPlacePage *self)
{
  show_place (self, komek_place_words_name_district (get_context (self), self->only_district),
              _("Only the district, no point on the map"), TRUE);
  komek_notice_hide (komek_question_get_notice (self->question));
}

/* A city can read only the address: it must say that this is a district. */
void
komek_place_page_keep_only_district (KomekPlacePage *self, const char *code)
{
  g_autofree char *address = komek_place_words_dup_district (get_context (self), code);
  g_autoptr (KomekPlace) place = komek_place_new_address (address, code);

  g_free (self->only_district);
  self->only_district = g_strdup (code);
  komek_draft_set_place (komek_context_get_draft (get_context (self)), place);
  show_only_district (self);
}

/* That the cross was brought back has to be read: it is said until the cross is elsewhere. The
 * sentence itself takes room from the map, so that the same place is told once more. */
static void
settle_notice (KomekPlacePage *self, KomekPlace *place)
{
  if (self->straying)
    {
      self->straying = FALSE;
      g_clear_pointer (&self->returned, komek_place_unref);
      self->returned = komek_place_ref (place);
      return;
    }
  if (self->returned
      && komek_place_metres_between (komek_place_get_latitude (self->returned),
                                     komek_place_get_longitude (self->returned),
                                     komek_place_get_latitude (place),
                                     komek_place_get_longitude (place))
           < SAME_PLACE)
    return;
  g_clear_pointer (&self->returned, komek_place_unref);
  komek_notice_hide (komek_question_get_notice (self->question));
}

/* Every place is kept as soon as it is known, so that nothing is lost by going
 * back or by a switch of the language; "Continue" only confirms it. */
void
komek_place_page_tell_place (KomekPlacePage *self)
{
  KomekPlace *place = komek_place_picker_get_place (self->picker);
  const char *district = place ? komek_place_get_district (place) : "";
  const KomekPlaceFind *find = komek_place_picker_get_find (self->picker);
  g_autofree char *address =
    place ? komek_place_words_dup_address (get_context (self), place, find) : NULL;
  g_autofree char *words = komek_place_words_dup_district (get_context (self), district);

  /* Nobody goes five metres on from nowhere. */
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "place.nudge",
                                 komek_place_picker_is_close (self->picker));
  if (!place && self->only_district)
    show_only_district (self);
  else if (!place)
    show_nothing_chosen (self);
  if (!place)
    return;

  g_clear_pointer (&self->only_district, g_free);
  settle_notice (self, place);
  show_place (self, address, words, *district != '\0');
  if (*district == '\0')
    show_outside (self);
  komek_draft_set_place (komek_context_get_draft (get_context (self)), *district ? place : NULL);
}

/* Not an error: nothing has to be mended. */
void
komek_place_page_tell_straying (KomekPlacePage *self)
{
  self->straying = TRUE;
  komek_draft_set_place (komek_context_get_draft (get_context (self)), NULL);
  komek_usable_set (self->next, FALSE);
  komek_notice_show (komek_question_get_notice (self->question), KOMEK_NOTICE_KNOWN,
                     _("This place is outside the city"),
                     _("The cross was brought back to the nearest place in the city."));
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-place-card.h"

#include "komek-mini-map.h"
#include "komek-words.h"

#include <string.h>

/* Between an address and the landmark that the citizen added to it. */
#define BETWEEN " · "

/**
 * KomekPlaceCard:
 *
 * Where a request is: on a small map, and in words.
 */
struct _KomekPlaceCard
{
  GtkBox        parent;
  GtkWidget    *frame;
  KomekMiniMap *map; /* NULL until there is a point to show */
  GtkLabel     *address;
  GtkLabel     *district;
};

G_DEFINE_FINAL_TYPE (KomekPlaceCard, komek_place_card, GTK_TYPE_BOX)

static void
komek_place_card_class_init (KomekPlaceCardClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/kz/komek/Komek/request/komek-place-card.ui");
  gtk_widget_class_bind_template_child (widget_class, KomekPlaceCard, frame);
  gtk_widget_class_bind_template_child (widget_class, KomekPlaceCard, address);
  gtk_widget_class_bind_template_child (widget_class, KomekPlaceCard, district);
}

static void
komek_place_card_init (KomekPlaceCard *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
komek_place_card_new (void)
{
  return g_object_new (KOMEK_TYPE_PLACE_CARD, NULL);
}

/* "District: Baikonyr · by the shop": the district, and what stands beside the address. */
static char *
describe (KomekContext *context, KomekPlace *place, const char *landmark)
{
  g_autofree char *district =
    *komek_place_get_address (place) ? komek_words_district (context, place) : g_strdup ("");

  if (*district && *landmark)
    return g_strconcat (district, BETWEEN, landmark, NULL);
  return *district ? g_steal_pointer (&district) : g_strdup (landmark);
}

/* A map is made for one language and one theme, so only once both are known. */
static void
show_point (KomekPlaceCard *self, KomekContext *context, KomekRequest *request)
{
  KomekPlace *place = komek_request_get_place (request);
  gboolean has_point = place && komek_place_has_point (place);

  gtk_widget_set_visible (self->frame, has_point);
  if (!has_point)
    return;
  if (!self->map)
    {
      KomekLanguage language = komek_locale_get_language (komek_context_get_locale (context));

      self->map = KOMEK_MINI_MAP (komek_mini_map_new (komek_context_get_theme (context),
                                                      komek_context_get_plan (context), language,
                                                      komek_context_get_tiles (context)));
      komek_mini_map_name_streets (self->map, komek_context_get_finder (context));
      gtk_widget_set_hexpand (GTK_WIDGET (self->map), TRUE);
      gtk_box_append (GTK_BOX (self->frame), GTK_WIDGET (self->map));
    }
  komek_mini_map_show_place (self->map, komek_place_get_latitude (place),
                             komek_place_get_longitude (place),
                             komek_request_get_group (request, komek_context_now (context)),
                             komek_request_get_status (request));
}

void
komek_place_card_show (KomekPlaceCard *self, KomekContext *context, KomekRequest *request)
{
  KomekPlace *place = komek_request_get_place (request);
  g_autoptr (KomekPlace) nowhere = komek_place_new_address (NULL, NULL);
  g_autofree char *address = NULL;
  g_autofree char *below = NULL;
  char *between;

  g_return_if_fail (KOMEK_IS_PLACE_CARD (self));

  address = komek_words_place (context, place ? place : nowhere);
  between = strstr (address, BETWEEN);
  below = describe (context, place ? place : nowhere, between ? between + strlen (BETWEEN) : "");
  if (between)
    *between = '\0';
  gtk_label_set_label (self->address, address);
  gtk_label_set_label (self->district, below);
  gtk_widget_set_visible (GTK_WIDGET (self->district), *below != '\0');
  show_point (self, context, request);
}

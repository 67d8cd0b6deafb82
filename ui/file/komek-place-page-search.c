/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-place-page-private.h"

#include "komek-gettext.h"

/* The search: what is typed, what is found, and what becomes of what is chosen. */

static KomekContext *
get_context (KomekPlacePage *self)
{
  return komek_page_get_context (KOMEK_PAGE (self));
}

/* The house that was asked for is not on any map, but the brigade can read. */
static void
keep_house (KomekPlacePage *self, const KomekPlaceFind *find)
{
  g_autofree char *landmark = NULL;

  if (!find->house || find->house_is_known || *gtk_editable_get_text (self->landmark))
    return;
  /* Translators: what goes with an address: %s is the number of a house. */
  landmark = g_strdup_printf (C_ ("landmark", "house %s"), find->house);
  gtk_editable_set_text (self->landmark, landmark);
}

static void
on_chosen (KomekPlacePage *self, const KomekPlaceFind *find)
{
  gtk_editable_set_text (self->search, "");
  if (find->kind == KOMEK_ADDRESS_DISTRICT)
    {
      komek_place_page_keep_only_district (self, find->district);
      komek_place_picker_look_at (self->picker, find->latitude, find->longitude);
      gtk_widget_grab_focus (self->next);
      return;
    }
  keep_house (self, find);
  komek_place_picker_centre_on (self->picker, find->latitude, find->longitude);
  gtk_widget_child_focus (GTK_WIDGET (self->picker), GTK_DIR_TAB_FORWARD);
}

static void
on_search_changed (KomekPlacePage *self)
{
  komek_place_results_search (self->results, gtk_editable_get_text (self->search));
}

static void
on_search_activated (KomekPlacePage *self)
{
  komek_place_results_choose_first (self->results);
}

static gboolean
on_search_key (GtkEventControllerKey *controller, guint key, guint code, GdkModifierType state,
               KomekPlacePage *self)
{
  if (key == GDK_KEY_Down || key == GDK_KEY_KP_Down)
    return komek_place_results_focus (self->results);
  if (key != GDK_KEY_Escape || !gtk_widget_get_visible (GTK_WIDGET (self->results)))
    return GDK_EVENT_PROPAGATE;
  gtk_editable_set_text (self->search, "");
  komek_place_results_clear (self->results);
  return GDK_EVENT_STOP;
}

/* A pack has told its names while somebody looks at what was found without them; who is among the
 * results already is not disturbed. */
static void
on_finder_changed (KomekPlacePage *self)
{
  if (gtk_widget_get_visible (GTK_WIDGET (self->results)) && *gtk_editable_get_text (self->search)
      && !gtk_widget_get_focus_child (GTK_WIDGET (self->results)))
    on_search_changed (self);
}

/* The list is laid over the map, so that the map need not make room for it. */
void
komek_place_page_add_search (KomekPlacePage *self)
{
  GtkEventController *keys = gtk_event_controller_key_new ();
  GtkWidget *results;

  self->finder = g_object_ref (komek_context_get_finder (get_context (self)));
  results = komek_place_results_new (get_context (self), self->finder);
  self->results = KOMEK_PLACE_RESULTS (results);
  gtk_widget_set_valign (results, GTK_ALIGN_START);
  gtk_overlay_add_overlay (self->overlay, results);
  g_signal_connect_object (results, "chosen", G_CALLBACK (on_chosen), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->finder, "changed", G_CALLBACK (on_finder_changed), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->search, "changed", G_CALLBACK (on_search_changed), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->search, "activate", G_CALLBACK (on_search_activated), self,
                           G_CONNECT_SWAPPED);
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect_object (keys, "key-pressed", G_CALLBACK (on_search_key), self, 0);
  gtk_widget_add_controller (GTK_WIDGET (self->search), keys);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-place-page.h"

#include "komek-gettext.h"
#include "komek-place-picker.h"
#include "komek-steps.h"
#include "komek-words.h"

/* One press of an arrow; what an address is wrong by when it is wrong by a house. */
#define NUDGE_METRES 5
#define MOST_STREETS 5

/**
 * KomekPlacePage:
 *
 * The second question: where is it? The map moves under a fixed cross; a search and four arrows do
 * what a finger does.
 */
struct _KomekPlacePage
{
  KomekPage         parent;
  KomekQuestion    *question;
  GtkBox           *split;
  GtkBox           *panel;
  GtkEditable      *search;
  GtkBox           *found;
  GtkBox           *map;
  KomekPlacePicker *picker;
  GtkLabel         *address;
  GtkLabel         *district;
  GtkEditable      *landmark;
  GtkWidget        *next;
};

G_DEFINE_FINAL_TYPE (KomekPlacePage, komek_place_page, KOMEK_TYPE_PAGE)

static KomekContext *
get_context (KomekPlacePage *self)
{
  return komek_page_get_context (KOMEK_PAGE (self));
}

static void
show_outside (KomekPlacePage *self, gboolean outside)
{
  KomekNotice *notice = komek_question_get_notice (self->question);

  gtk_widget_set_sensitive (self->next, !outside);
  if (outside)
    komek_notice_show (notice, KOMEK_NOTICE_ERROR, _("This place is outside the city"),
                       _("Choose a place inside the city on the map."));
  else
    komek_notice_hide (notice);
}

/* From far away nothing is chosen; what was chosen before still stands. */
static void
show_nothing_chosen (KomekPlacePage *self)
{
  gtk_label_set_label (self->address, _("Search for the street or come closer with +"));
  gtk_label_set_label (self->district, "");
  gtk_widget_set_sensitive (self->next, FALSE);
  komek_notice_hide (komek_question_get_notice (self->question));
}

/* Every place is kept as soon as it is known, so that nothing is lost by going
 * back or by a switch of the language; "Continue" only confirms it. */
static void
on_place_changed (KomekPlacePage *self)
{
  KomekContext *context = get_context (self);
  KomekPlace *place = komek_place_picker_get_place (self->picker);
  g_autofree char *address = NULL;
  const char *district;

  if (!place)
    {
      show_nothing_chosen (self);
      return;
    }
  address = komek_words_place (context, place);
  district = komek_place_get_district (place);
  gtk_label_set_label (self->address, address);
  gtk_label_set_label (self->district, *district == '\0'
                                         ? ""
                                         : komek_city_name (komek_context_get_city (context),
                                                            KOMEK_CITY_DISTRICTS, district,
                                                            komek_locale_get_language (
                                                              komek_context_get_locale (context)),
                                                            NULL));
  show_outside (self, *district == '\0');
  komek_draft_set_place (komek_context_get_draft (context), *district ? place : NULL);
}

static void
on_street_clicked (KomekPlacePage *self, GtkWidget *button)
{
  const double *at = g_object_get_data (G_OBJECT (button), "komek-at");

  komek_place_picker_centre_on (self->picker, at[0], at[1]);
  gtk_editable_set_text (self->search, "");
}

static GtkWidget *
make_street (KomekPlacePage *self, const KomekPlanFind *find)
{
  KomekLocale *locale = komek_context_get_locale (get_context (self));
  GtkWidget *button = gtk_button_new_with_label (komek_locale_label (locale, find->feature->label));
  double *at = g_new (double, 2);

  at[0] = find->latitude;
  at[1] = find->longitude;
  g_object_set_data_full (G_OBJECT (button), "komek-at", at, g_free);
  gtk_label_set_xalign (GTK_LABEL (gtk_button_get_child (GTK_BUTTON (button))), 0);
  g_signal_connect_object (button, "clicked", G_CALLBACK (on_street_clicked), self,
                           G_CONNECT_SWAPPED);
  return button;
}

static void
on_search_changed (KomekPlacePage *self)
{
  KomekContext *context = get_context (self);
  const char *text = gtk_editable_get_text (self->search);
  g_autoptr (GArray) streets = NULL;
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->found))))
    gtk_box_remove (self->found, child);
  if (*text == '\0')
    return;
  streets = komek_plan_search (komek_context_get_plan (context), text,
                               komek_locale_get_language (komek_context_get_locale (context)));
  for (guint i = 0; i < MIN (MOST_STREETS, streets->len); i++)
    gtk_box_append (self->found, make_street (self, &g_array_index (streets, KomekPlanFind, i)));
  if (streets->len == 0)
    gtk_box_append (self->found,
                    g_object_new (GTK_TYPE_LABEL, "label",
                                  _("No such street is on the plan. Move the map instead."),
                                  "xalign", 0.0, "wrap", TRUE, "accessible-role",
                                  GTK_ACCESSIBLE_ROLE_STATUS, NULL));
}

static void
on_search_activated (KomekPlacePage *self)
{
  GtkWidget *first = gtk_widget_get_first_child (GTK_WIDGET (self->found));

  if (GTK_IS_BUTTON (first))
    on_street_clicked (self, first);
}

static void
on_nudge_activated (GtkWidget *widget, const char *action, GVariant *parameter)
{
  int east, north;

  g_variant_get (parameter, "(ii)", &east, &north);
  komek_place_picker_nudge (KOMEK_PLACE_PAGE (widget)->picker, east * NUDGE_METRES,
                            north * NUDGE_METRES);
}

static void
on_landmark_changed (KomekPlacePage *self)
{
  komek_draft_set_landmark (komek_context_get_draft (get_context (self)),
                            gtk_editable_get_text (self->landmark));
}

static void
on_next_clicked (KomekPlacePage *self)
{
  on_place_changed (self);
  gtk_widget_activate_action (GTK_WIDGET (self), "win.continue", "(ss)", "text", "");
}

static void
on_upright_changed (KomekPlacePage *self)
{
  gboolean upright = komek_context_is_upright (get_context (self));

  gtk_orientable_set_orientation (GTK_ORIENTABLE (self->split),
                                  upright ? GTK_ORIENTATION_VERTICAL : GTK_ORIENTATION_HORIZONTAL);
  gtk_box_reorder_child_after (self->split, GTK_WIDGET (upright ? self->map : self->panel), NULL);
  gtk_widget_set_hexpand (GTK_WIDGET (self->panel), upright);
}

static void
add_picker (KomekPlacePage *self)
{
  KomekContext *context = get_context (self);
  KomekPlace *place = komek_draft_get_place (komek_context_get_draft (context));
  GtkWidget *picker =
    komek_place_picker_new (komek_context_get_theme (context), komek_context_get_plan (context),
                            komek_locale_get_language (komek_context_get_locale (context)),
                            komek_context_get_tiles (context));

  self->picker = KOMEK_PLACE_PICKER (picker);
  gtk_widget_set_hexpand (picker, TRUE);
  gtk_widget_set_vexpand (picker, TRUE);
  gtk_box_append (self->map, picker);
  if (place && komek_place_has_point (place))
    komek_place_picker_centre_on (self->picker, komek_place_get_latitude (place),
                                  komek_place_get_longitude (place));
  g_signal_connect_object (picker, "notify::place", G_CALLBACK (on_place_changed), self,
                           G_CONNECT_SWAPPED);
  on_place_changed (self);
}

static void
komek_place_page_constructed (GObject *object)
{
  KomekPlacePage *self = KOMEK_PLACE_PAGE (object);
  KomekContext *context = get_context (self);

  G_OBJECT_CLASS (komek_place_page_parent_class)->constructed (object);

  komek_steps_show (self->question, context, KOMEK_STEP_PLACE);
  gtk_editable_set_text (self->landmark,
                         komek_draft_get_landmark (komek_context_get_draft (context)));
  g_signal_connect_object (self->landmark, "changed", G_CALLBACK (on_landmark_changed), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (context, "notify::upright", G_CALLBACK (on_upright_changed), self,
                           G_CONNECT_SWAPPED);
  on_upright_changed (self);
  add_picker (self);
}

static void
komek_place_page_class_init (KomekPlacePageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->constructed = komek_place_page_constructed;

  g_type_ensure (KOMEK_TYPE_QUESTION);
  gtk_widget_class_install_action (widget_class, "place.nudge", "(ii)", on_nudge_activated);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/kz/komek/Komek/file/komek-place-page.ui");
  gtk_widget_class_bind_template_child (widget_class, KomekPlacePage, question);
  gtk_widget_class_bind_template_child (widget_class, KomekPlacePage, split);
  gtk_widget_class_bind_template_child (widget_class, KomekPlacePage, panel);
  gtk_widget_class_bind_template_child (widget_class, KomekPlacePage, search);
  gtk_widget_class_bind_template_child (widget_class, KomekPlacePage, found);
  gtk_widget_class_bind_template_child (widget_class, KomekPlacePage, map);
  gtk_widget_class_bind_template_child (widget_class, KomekPlacePage, address);
  gtk_widget_class_bind_template_child (widget_class, KomekPlacePage, district);
  gtk_widget_class_bind_template_child (widget_class, KomekPlacePage, landmark);
  gtk_widget_class_bind_template_child (widget_class, KomekPlacePage, next);
  gtk_widget_class_bind_template_callback (widget_class, on_search_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_search_activated);
  gtk_widget_class_bind_template_callback (widget_class, on_next_clicked);
}

static void
komek_place_page_init (KomekPlacePage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  komek_page_set_title (KOMEK_PAGE (self), C_ ("page", "Place"));
}

/**
 * komek_place_page_new:
 *
 * Returns: (transfer floating): the page
 */
KomekPage *
komek_place_page_new (KomekContext *context)
{
  return g_object_new (KOMEK_TYPE_PLACE_PAGE, "context", context, NULL);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-place-page-private.h"

#include "komek-gettext.h"
#include "komek-steps.h"

/* One press of an arrow; what an address is wrong by when it is wrong by a house. */
#define NUDGE_METRES 5

/**
 * KomekPlacePage:
 *
 * The second question: where is it? The map moves under a fixed cross; a search and four arrows do
 * what a finger does.
 *
 * Who cannot point at all names a district: then the request has no point, and its address says
 * only that.
 */
G_DEFINE_FINAL_TYPE (KomekPlacePage, komek_place_page, KOMEK_TYPE_PAGE)

static KomekContext *
get_context (KomekPlacePage *self)
{
  return komek_page_get_context (KOMEK_PAGE (self));
}

static KomekDraft *
get_draft (KomekPlacePage *self)
{
  return komek_context_get_draft (get_context (self));
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
on_here_activated (GtkWidget *widget, const char *action, GVariant *parameter)
{
  KomekPlacePage *self = KOMEK_PLACE_PAGE (widget);
  KomekPlace *here = komek_context_get_here (get_context (self));

  if (here)
    komek_place_picker_centre_on (self->picker, komek_place_get_latitude (here),
                                  komek_place_get_longitude (here));
}

static void
on_districts_activated (GtkWidget *widget, const char *action, GVariant *parameter)
{
  komek_place_results_list_districts (KOMEK_PLACE_PAGE (widget)->results);
}

static void
on_landmark_changed (KomekPlacePage *self)
{
  komek_draft_set_landmark (get_draft (self), gtk_editable_get_text (self->landmark));
}

static void
on_next_clicked (KomekPlacePage *self)
{
  komek_place_page_tell_place (self);
  gtk_widget_activate_action (GTK_WIDGET (self), "win.continue", "(ss)", "text", "");
}

static void
on_upright_changed (KomekPlacePage *self)
{
  gboolean upright = komek_context_is_upright (get_context (self));

  gtk_orientable_set_orientation (GTK_ORIENTABLE (self->split),
                                  upright ? GTK_ORIENTATION_VERTICAL : GTK_ORIENTATION_HORIZONTAL);
  gtk_orientable_set_orientation (self->ending, upright ? GTK_ORIENTATION_HORIZONTAL
                                                        : GTK_ORIENTATION_VERTICAL);
  gtk_box_reorder_child_after (self->split, upright ? GTK_WIDGET (self->map) : self->scroller,
                               NULL);
  gtk_widget_set_hexpand (self->scroller, upright);
  /* Beside a map that has little room the panel takes no more than it must. */
  gtk_scrolled_window_set_propagate_natural_width (GTK_SCROLLED_WINDOW (self->scroller),
                                                   !komek_context_is_small (get_context (self)));
}

/* Requests that are near, so that nobody reports one twice; and where the houses are. Somebody may
 * have filtered the map of the city, but here all of them count. */
static void
on_survey_changed (KomekPlacePage *self)
{
  KomekSurvey *survey = komek_exploration_get_survey (self->exploration);

  if (!survey)
    return;
  komek_place_finder_set_points (self->finder, komek_survey_peek (survey)->points);
  if (komek_exploration_is_filtered (self->exploration))
    komek_place_picker_show_all (self->picker, komek_survey_get_atlas (survey),
                                 komek_context_now (get_context (self)));
  else
    komek_place_picker_set_atlas (self->picker, komek_survey_get_atlas (survey));
}

/* Where it was left; else where the citizen stands; else the whole city, with nothing chosen. */
static void
go_to_start (KomekPlacePage *self)
{
  KomekPlace *place = komek_draft_get_place (get_draft (self));
  KomekPlace *here = komek_context_get_here (get_context (self));

  if (place && !komek_place_has_point (place))
    {
      komek_place_page_keep_only_district (self, komek_place_get_district (place));
      return;
    }
  if (!place && komek_context_is_kiosk (get_context (self)))
    place = here;
  if (place)
    komek_place_picker_centre_on (self->picker, komek_place_get_latitude (place),
                                  komek_place_get_longitude (place));
}

static void
add_picker (KomekPlacePage *self)
{
  KomekContext *context = get_context (self);
  KomekLanguage language = komek_locale_get_language (komek_context_get_locale (context));
  GtkWidget *picker =
    komek_place_picker_new (komek_context_get_theme (context), komek_context_get_plan (context),
                            language, komek_context_get_tiles (context));

  self->picker = KOMEK_PLACE_PICKER (picker);
  komek_place_picker_set_finder (self->picker, self->finder);
  komek_place_picker_set_bounds (self->picker,
                                 komek_city_peek (komek_context_get_city (context))->bounds);
  gtk_widget_set_hexpand (picker, TRUE);
  gtk_widget_set_vexpand (picker, TRUE);
  gtk_box_append (self->map, picker);
  go_to_start (self);
  g_signal_connect_object (picker, "notify::place", G_CALLBACK (komek_place_page_tell_place), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (picker, "strayed", G_CALLBACK (komek_place_page_tell_straying), self,
                           G_CONNECT_SWAPPED);
  komek_place_page_tell_place (self);
}

static void
show_here (KomekPlacePage *self)
{
  const char *name = komek_context_is_kiosk (get_context (self))
                       /* Translators: a button that puts the cross where this device stands. */
                       ? _("My place (this kiosk)")
                       /* Translators: a button that puts the cross where this device stands. */
                       : _("My place");

  gtk_widget_set_visible (self->here, komek_context_get_here (get_context (self)) != NULL);
  gtk_label_set_label (self->here_label, name);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->here), GTK_ACCESSIBLE_PROPERTY_LABEL, name,
                                  -1);
}

static void
komek_place_page_constructed (GObject *object)
{
  KomekPlacePage *self = KOMEK_PLACE_PAGE (object);
  KomekContext *context = get_context (self);

  G_OBJECT_CLASS (komek_place_page_parent_class)->constructed (object);

  komek_steps_show (self->question, context, KOMEK_STEP_PLACE);
  gtk_editable_set_text (self->landmark, komek_draft_get_landmark (get_draft (self)));
  show_here (self);
  g_signal_connect_object (self->landmark, "changed", G_CALLBACK (on_landmark_changed), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (context, "notify::upright", G_CALLBACK (on_upright_changed), self,
                           G_CONNECT_SWAPPED);
  on_upright_changed (self);
  komek_place_page_add_search (self);
  add_picker (self);
}

static void
komek_place_page_finalize (GObject *object)
{
  KomekPlacePage *self = KOMEK_PLACE_PAGE (object);

  g_clear_object (&self->exploration);
  g_clear_object (&self->finder);
  g_clear_pointer (&self->only_district, g_free);
  g_clear_pointer (&self->returned, komek_place_unref);
  G_OBJECT_CLASS (komek_place_page_parent_class)->finalize (object);
}

static void
add_actions (GtkWidgetClass *widget_class)
{
  static const struct
  {
    guint key;
    int   east, north;
  } keys[] = {
    { GDK_KEY_Up, 0, 1 },      { GDK_KEY_KP_Up, 0, 1 },     { GDK_KEY_Down, 0, -1 },
    { GDK_KEY_KP_Down, 0, -1 }, { GDK_KEY_Left, -1, 0 },    { GDK_KEY_KP_Left, -1, 0 },
    { GDK_KEY_Right, 1, 0 },   { GDK_KEY_KP_Right, 1, 0 },
  };

  gtk_widget_class_install_action (widget_class, "place.nudge", "(ii)", on_nudge_activated);
  gtk_widget_class_install_action (widget_class, "place.here", NULL, on_here_activated);
  gtk_widget_class_install_action (widget_class, "place.districts", NULL, on_districts_activated);
  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    gtk_widget_class_add_binding_action (widget_class, keys[i].key, GDK_SHIFT_MASK, "place.nudge",
                                         "(ii)", keys[i].east, keys[i].north);
}

static void
komek_place_page_class_init (KomekPlacePageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->constructed = komek_place_page_constructed;
  object_class->finalize = komek_place_page_finalize;

  g_type_ensure (KOMEK_TYPE_QUESTION);
  add_actions (widget_class);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/kz/komek/Komek/file/komek-place-page.ui");
  gtk_widget_class_bind_template_child (widget_class, KomekPlacePage, question);
  gtk_widget_class_bind_template_child (widget_class, KomekPlacePage, overlay);
  gtk_widget_class_bind_template_child (widget_class, KomekPlacePage, split);
  gtk_widget_class_bind_template_child (widget_class, KomekPlacePage, scroller);
  gtk_widget_class_bind_template_child (widget_class, KomekPlacePage, search);
  gtk_widget_class_bind_template_child (widget_class, KomekPlacePage, map);
  gtk_widget_class_bind_template_child (widget_class, KomekPlacePage, address);
  gtk_widget_class_bind_template_child (widget_class, KomekPlacePage, district);
  gtk_widget_class_bind_template_child (widget_class, KomekPlacePage, here);
  gtk_widget_class_bind_template_child (widget_class, KomekPlacePage, here_label);
  gtk_widget_class_bind_template_child (widget_class, KomekPlacePage, ending);
  gtk_widget_class_bind_template_child (widget_class, KomekPlacePage, landmark);
  gtk_widget_class_bind_template_child (widget_class, KomekPlacePage, next);
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

/* The requests of the city: the map shows those that are near, and houses are known by them. */
void
komek_place_page_set_exploration (KomekPlacePage *self, KomekExploration *exploration)
{
  g_return_if_fail (KOMEK_IS_PLACE_PAGE (self));

  g_set_object (&self->exploration, exploration);
  g_signal_connect_object (exploration, "notify::survey", G_CALLBACK (on_survey_changed), self,
                           G_CONNECT_SWAPPED);
  on_survey_changed (self);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-layer-choice.h"

#include "komek-district-measure.h"
#include "komek-gettext.h"
#include "komek-option.h"

/**
 * KomekLayerChoice:
 *
 * As what the requests are drawn on the map, and what is told of each district: a card on the map.
 *
 * What the plan has no figures for cannot be chosen. The choice itself is the exploration's.
 */
struct _KomekLayerChoice
{
  GtkWidget           parent;
  KomekExploration   *exploration;
  KomekDistrictModel *districts;
  GtkWidget          *scroll;
  GtkWidget          *box;
  GtkWidget          *measures;
  GtkWidget          *measure[KOMEK_N_DISTRICT_MEASURES];
};

G_DEFINE_FINAL_TYPE (KomekLayerChoice, komek_layer_choice, GTK_TYPE_WIDGET)

static const char *
name_layer (KomekMapLayer layer)
{
  switch (layer)
    {
    case KOMEK_MAP_PINS:
      return C_ ("map layer", "Each request");
    case KOMEK_MAP_HEAT:
      return C_ ("map layer", "How close together they are");
    case KOMEK_MAP_DISTRICTS:
      return C_ ("map layer", "By districts");
    default:
      g_return_val_if_reached ("");
    }
}

static const char *
get_nick (GType type, int value)
{
  g_autoptr (GEnumClass) klass = g_type_class_ref (type);

  return g_enum_get_value (klass, value)->value_nick;
}

static GtkWidget *
make_option (const char *action, const char *target, const char *words)
{
  GtkWidget *option = komek_option_new (GTK_ACCESSIBLE_ROLE_RADIO, words);

  gtk_widget_add_css_class (option, "filter-option");
  gtk_actionable_set_action_name (GTK_ACTIONABLE (option), action);
  gtk_actionable_set_action_target (GTK_ACTIONABLE (option), "s", target);
  return option;
}

static GtkWidget *
make_head (const char *words)
{
  GtkWidget *head = gtk_label_new (words);

  gtk_label_set_xalign (GTK_LABEL (head), 0);
  gtk_widget_add_css_class (head, "legend-title");
  return head;
}

static void
add_options (KomekLayerChoice *self)
{
  gtk_box_append (GTK_BOX (self->box), make_head (_("Map layers")));
  for (int i = 0; i < KOMEK_N_MAP_LAYERS; i++)
    gtk_box_append (GTK_BOX (self->box),
                    make_option ("layers.layer", get_nick (KOMEK_TYPE_MAP_LAYER, i),
                                 name_layer (i)));

  gtk_box_append (GTK_BOX (self->measures), make_head (_("What to show of each district")));
  for (int i = 0; i < KOMEK_N_DISTRICT_MEASURES; i++)
    {
      self->measure[i] = make_option ("layers.measure", get_nick (KOMEK_TYPE_DISTRICT_MEASURE, i),
                                      komek_district_measure_get_name (i));
      gtk_box_append (GTK_BOX (self->measures), self->measure[i]);
    }
  gtk_box_append (GTK_BOX (self->box), self->measures);
}

static void
add_actions (KomekLayerChoice *self)
{
  g_autoptr (GSimpleActionGroup) group = g_simple_action_group_new ();
  g_autoptr (GPropertyAction) layer = g_property_action_new ("layer", self->exploration, "layer");
  g_autoptr (GPropertyAction) measure =
    g_property_action_new ("measure", self->exploration, "measure");

  g_action_map_add_action (G_ACTION_MAP (group), G_ACTION (layer));
  g_action_map_add_action (G_ACTION_MAP (group), G_ACTION (measure));
  gtk_widget_insert_action_group (GTK_WIDGET (self), "layers", G_ACTION_GROUP (group));
}

static void
on_layer_changed (KomekLayerChoice *self)
{
  gtk_widget_set_visible (self->measures,
                          komek_exploration_get_layer (self->exploration) == KOMEK_MAP_DISTRICTS);
}

static void
on_figures_changed (KomekLayerChoice *self)
{
  KomekDistrictFigures *figures = komek_district_model_get_figures (self->districts);

  for (int i = 0; figures && i < KOMEK_N_DISTRICT_MEASURES; i++)
    gtk_widget_set_visible (self->measure[i],
                            i != KOMEK_DISTRICT_PER_1000
                              || komek_district_measure_is_known (i, figures));
}

static GtkSizeRequestMode
komek_layer_choice_get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

/* How much larger the card is than what is in it. The card wants no more width than what is in it
 * needs at least, and as much height as that wants. */
static int
measure_frame (KomekLayerChoice *self, GtkOrientation orientation)
{
  int least[2], wanted[2];

  gtk_widget_measure (self->scroll, orientation, -1, &least[0], &wanted[0], NULL, NULL);
  gtk_widget_measure (self->box, orientation, -1, &least[1], &wanted[1], NULL, NULL);
  return orientation == GTK_ORIENTATION_HORIZONTAL ? least[0] - least[1] : wanted[0] - wanted[1];
}

/* What scrolls is as high as its words in one line each: it does not ask how wide they will be, and
 * the last of them were cut where others had two. */
static void
komek_layer_choice_measure (GtkWidget *widget, GtkOrientation orientation, int for_size,
                            int *minimum, int *natural, int *minimum_baseline,
                            int *natural_baseline)
{
  KomekLayerChoice *self = KOMEK_LAYER_CHOICE (widget);
  int inside;

  gtk_widget_measure (self->scroll, orientation, for_size, minimum, natural, NULL, NULL);
  if (orientation == GTK_ORIENTATION_HORIZONTAL || for_size < 0)
    return;
  gtk_widget_measure (self->box, orientation,
                      MAX (0, for_size - measure_frame (self, GTK_ORIENTATION_HORIZONTAL)), NULL,
                      &inside, NULL, NULL);
  *natural = MAX (*minimum, inside + measure_frame (self, GTK_ORIENTATION_VERTICAL));
}

static void
komek_layer_choice_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  gtk_widget_allocate (KOMEK_LAYER_CHOICE (widget)->scroll, width, height, baseline, NULL);
}

static void
komek_layer_choice_dispose (GObject *object)
{
  KomekLayerChoice *self = KOMEK_LAYER_CHOICE (object);

  g_clear_pointer (&self->scroll, gtk_widget_unparent);
  g_clear_object (&self->exploration);
  g_clear_object (&self->districts);
  G_OBJECT_CLASS (komek_layer_choice_parent_class)->dispose (object);
}

static void
komek_layer_choice_class_init (KomekLayerChoiceClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = komek_layer_choice_dispose;
  widget_class->get_request_mode = komek_layer_choice_get_request_mode;
  widget_class->measure = komek_layer_choice_measure;
  widget_class->size_allocate = komek_layer_choice_size_allocate;
  gtk_widget_class_set_css_name (widget_class, "layer-choice");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
komek_layer_choice_init (KomekLayerChoice *self)
{
  self->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  self->measures = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  self->scroll = gtk_scrolled_window_new ();
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (self->scroll), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_propagate_natural_height (GTK_SCROLLED_WINDOW (self->scroll), TRUE);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (self->scroll), self->box);
  gtk_widget_add_css_class (self->scroll, "card");
  gtk_widget_add_css_class (self->scroll, "floating");
  gtk_widget_set_parent (self->scroll, GTK_WIDGET (self));
  gtk_widget_set_halign (GTK_WIDGET (self), GTK_ALIGN_END);
  gtk_widget_set_valign (GTK_WIDGET (self), GTK_ALIGN_START);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _("Map layers"), -1);
}

/**
 * komek_layer_choice_new:
 *
 * Returns: (transfer floating): the choice, closed
 */
GtkWidget *
komek_layer_choice_new (KomekExploration *exploration, KomekDistrictModel *districts)
{
  KomekLayerChoice *self = g_object_new (KOMEK_TYPE_LAYER_CHOICE, NULL);

  self->exploration = g_object_ref (exploration);
  self->districts = g_object_ref (districts);
  add_actions (self);
  add_options (self);
  g_signal_connect_object (exploration, "notify::layer", G_CALLBACK (on_layer_changed), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (districts, "notify::figures", G_CALLBACK (on_figures_changed), self,
                           G_CONNECT_SWAPPED);
  on_layer_changed (self);
  on_figures_changed (self);
  return GTK_WIDGET (self);
}

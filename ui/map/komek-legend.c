/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-legend.h"

#include "komek-amount.h"
#include "komek-column.h"
#include "komek-district-measure.h"
#include "komek-filter-words.h"
#include "komek-gettext.h"
#include "komek-heat-painter.h"
#include "komek-heat-ramp.h"
#include "komek-icon.h"
#include "komek-state-icon.h"
#include "komek-unseen.h"
#include "komek-words.h"

#include <math.h>

#define KIOSK_ICON 34
#define DESKTOP_ICON 22
#define FOLDED "legend-folded" /* a key of the settings */

/**
 * KomekLegend:
 *
 * What the shapes and colours on the map mean: how many of each state are in view, or from where
 * to where a colour reaches, and in which unit.
 *
 * Always open on a kiosk; folds on a desktop, whose map may be small, and is
 * folded the next time if it was.
 */
struct _KomekLegend
{
  GtkWidget         parent;
  KomekContext     *context;
  KomekExploration *exploration;
  KomekDistrictModel *districts;
  GtkWidget        *title;
  GtkToggleButton  *fold;
  GtkWidget        *fold_label;
  GtkImage         *arrow;
  GtkWidget        *revealer;
  GtkStack         *stack;
  GtkGrid          *grid;
  GtkWidget        *scale;
  KomekHeatRamp    *ramp;
  GtkLabel         *note;
  GtkLabel         *counts[KOMEK_N_GROUPS];
};

G_DEFINE_FINAL_TYPE (KomekLegend, komek_legend, GTK_TYPE_WIDGET)

static KomekLocale *
get_locale (KomekLegend *self)
{
  return komek_context_get_locale (self->context);
}

static void
show_head (KomekLegend *self, const char *head)
{
  gtk_label_set_label (GTK_LABEL (self->title), head);
  gtk_label_set_label (GTK_LABEL (self->fold_label), head);
}

static void
show_note (KomekLegend *self, const char *note)
{
  gtk_label_set_label (self->note, note);
  gtk_widget_set_visible (GTK_WIDGET (self->note), *note != '\0');
}

static void
show_groups (KomekLegend *self)
{
  KomekSurvey *survey = komek_exploration_get_survey (self->exploration);
  gboolean known = komek_filter_words_is_known (self->context, self->exploration);

  show_head (self, _("Map legend"));
  gtk_stack_set_visible_child (self->stack, GTK_WIDGET (self->grid));
  for (guint i = 0; survey && i < KOMEK_N_GROUPS; i++)
    {
      guint count = komek_counts_get_group (komek_survey_get_view_counts (survey), i);
      g_autofree char *text = komek_locale_format_number (get_locale (self), count);

      gtk_label_set_label (self->counts[i], known ? text : "");
    }
}

static void
show_bounds (KomekLegend *self, char **bounds)
{
  komek_heat_ramp_show (self->ramp, (const char *const *) bounds);
  gtk_stack_set_visible_child (self->stack, self->scale);
}

/* Over how much ground a request is spread, since that decides what a density is. */
static void
explain_heat (KomekLegend *self, guint zoom)
{
  KomekViewport viewport = komek_exploration_get_viewport (self->exploration);
  double x, y;
  g_autofree char *distance = NULL;
  g_autofree char *note = NULL;

  komek_mercator_project (viewport.latitude, viewport.longitude, &x, &y);
  distance = komek_locale_format_distance (
    get_locale (self), komek_mercator_metres (y, komek_heat_painter_get_reach (zoom)));
  /* Translators: %s is a distance, such as 240 m: over how much ground each request is spread. */
  note = g_strdup_printf (_("Each request is spread over %s all round"), distance);
  show_note (self, note);
}

static void
show_heat (KomekLegend *self)
{
  KomekSurvey *survey = komek_exploration_get_survey (self->exploration);
  guint zoom = (guint) lround (komek_exploration_get_viewport (self->exploration).zoom);
  g_auto (GStrv) bounds = g_new0 (char *, KOMEK_MAP_STEPS + 1);
  KomekMapScale scale;

  if (!survey || zoom == 0)
    return;
  scale = komek_heat_painter_choose_scale (komek_survey_get_atlas (survey), zoom);
  for (guint i = 0; i < KOMEK_MAP_STEPS; i++)
    bounds[i] = komek_amount_format (get_locale (self), scale.bounds[i]);
  show_head (self, _("Requests per km²"));
  show_bounds (self, bounds);
  explain_heat (self, zoom);
}

static gboolean
is_any_unknown (KomekDistrictMeasure measure, const KomekDistrictFigures *figures)
{
  guint n;
  const KomekDistrictFigure *figure = komek_district_figures_peek (figures, &n);

  for (guint i = 0; i < n; i++)
    if (isnan (komek_district_measure_take (measure, &figure[i])))
      return TRUE;
  return FALSE;
}

static void
show_districts (KomekLegend *self)
{
  KomekDistrictFigures *figures = komek_district_model_get_figures (self->districts);
  KomekDistrictMeasure measure = komek_exploration_get_measure (self->exploration);
  g_auto (GStrv) bounds = g_new0 (char *, KOMEK_MAP_STEPS + 1);
  KomekMapScale scale;

  if (!figures)
    return;
  scale = komek_district_measure_choose_scale (measure, figures);
  for (guint i = 0; i < KOMEK_MAP_STEPS; i++)
    bounds[i] = komek_district_measure_format (measure, get_locale (self), scale.bounds[i]);
  show_head (self, komek_district_measure_get_name (measure));
  show_bounds (self, bounds);
  show_note (self, is_any_unknown (measure, figures)
                     ? _("A dash: nothing to tell of this district") : "");
}

static void
show (KomekLegend *self)
{
  switch (komek_exploration_get_layer (self->exploration))
    {
    case KOMEK_MAP_HEAT:
      show_heat (self);
      break;
    case KOMEK_MAP_DISTRICTS:
      show_districts (self);
      break;
    case KOMEK_MAP_PINS:
    default:
      show_groups (self);
    }
}

static void
on_fold_changed (KomekLegend *self)
{
  gboolean open = gtk_toggle_button_get_active (self->fold);

  komek_icon_show (self->arrow, open ? "komek-down-symbolic" : "komek-up-symbolic");
  gtk_accessible_update_state (GTK_ACCESSIBLE (self->fold), GTK_ACCESSIBLE_STATE_EXPANDED, open,
                               -1);
}

static void
add_group (KomekLegend *self, KomekGroup group)
{
  int size = komek_context_is_kiosk (self->context) ? KIOSK_ICON : DESKTOP_ICON;
  GtkWidget *icon = komek_state_icon_new (komek_context_get_theme (self->context), size);
  GtkWidget *word = gtk_label_new (komek_words_group (group));
  GtkWidget *count = gtk_label_new (NULL);

  komek_state_icon_set_state (KOMEK_STATE_ICON (icon), group, komek_filter_words_get_glyph (group),
                              0);
  gtk_label_set_xalign (GTK_LABEL (word), 0);
  gtk_label_set_wrap (GTK_LABEL (word), TRUE);
  gtk_label_set_natural_wrap_mode (GTK_LABEL (word), GTK_NATURAL_WRAP_NONE);
  gtk_widget_set_hexpand (word, TRUE);
  gtk_label_set_xalign (GTK_LABEL (count), 1);
  gtk_widget_add_css_class (count, "count");
  gtk_grid_attach (self->grid, icon, 0, group, 1, 1);
  gtk_grid_attach (self->grid, word, 1, group, 1, 1);
  gtk_grid_attach (self->grid, count, 2, group, 1, 1);
  self->counts[group] = GTK_LABEL (count);
}

static void
komek_legend_dispose (GObject *object)
{
  KomekLegend *self = KOMEK_LEGEND (object);
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (object))))
    gtk_widget_unparent (child);
  g_clear_object (&self->districts);
  g_clear_object (&self->exploration);
  g_clear_object (&self->context);
  G_OBJECT_CLASS (komek_legend_parent_class)->dispose (object);
}

static void
komek_legend_class_init (KomekLegendClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = komek_legend_dispose;

  g_type_ensure (KOMEK_TYPE_COLUMN);
  g_type_ensure (KOMEK_TYPE_HEAT_RAMP);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "legend");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
  gtk_widget_class_set_template_from_resource (widget_class, "/kz/komek/Komek/map/komek-legend.ui");
  gtk_widget_class_bind_template_child (widget_class, KomekLegend, title);
  gtk_widget_class_bind_template_child (widget_class, KomekLegend, fold);
  gtk_widget_class_bind_template_child (widget_class, KomekLegend, fold_label);
  gtk_widget_class_bind_template_child (widget_class, KomekLegend, arrow);
  gtk_widget_class_bind_template_child (widget_class, KomekLegend, revealer);
  gtk_widget_class_bind_template_child (widget_class, KomekLegend, stack);
  gtk_widget_class_bind_template_child (widget_class, KomekLegend, grid);
  gtk_widget_class_bind_template_child (widget_class, KomekLegend, scale);
  gtk_widget_class_bind_template_child (widget_class, KomekLegend, ramp);
  gtk_widget_class_bind_template_child (widget_class, KomekLegend, note);
}

static void
komek_legend_init (KomekLegend *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  komek_unseen_hide_in_stack (self->stack);
  g_object_bind_property (self->fold, "active", self->revealer, "reveal-child", G_BINDING_DEFAULT);
  gtk_accessible_update_relation (GTK_ACCESSIBLE (self->fold), GTK_ACCESSIBLE_RELATION_LABELLED_BY,
                                  self->fold_label, NULL, -1);
}

static void
connect_models (KomekLegend *self)
{
  static const char *const changes[] = { "notify::survey", "notify::layer", "notify::measure" };

  for (guint i = 0; i < G_N_ELEMENTS (changes); i++)
    g_signal_connect_object (self->exploration, changes[i], G_CALLBACK (show), self,
                             G_CONNECT_SWAPPED);
  g_signal_connect_object (self->districts, "notify::figures", G_CALLBACK (show), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (komek_context_get_line (self->context), "notify::as-of",
                           G_CALLBACK (show), self, G_CONNECT_SWAPPED);
}

/**
 * komek_legend_new:
 * @districts: whose figures the map shows
 *
 * Returns: (transfer floating): the legend
 */
GtkWidget *
komek_legend_new (KomekContext *context, KomekExploration *exploration,
                  KomekDistrictModel *districts)
{
  KomekLegend *self = g_object_new (KOMEK_TYPE_LEGEND, NULL);
  GSettings *settings = komek_context_get_settings (context);
  gboolean folds = !komek_context_is_kiosk (context);

  self->context = g_object_ref (context);
  self->exploration = g_object_ref (exploration);
  self->districts = g_object_ref (districts);
  for (guint i = 0; i < KOMEK_N_GROUPS; i++)
    add_group (self, i);
  gtk_widget_set_visible (self->title, !folds);
  gtk_widget_set_visible (GTK_WIDGET (self->fold), folds);
  if (folds && settings)
    g_settings_bind (settings, FOLDED, self->fold, "active", G_SETTINGS_BIND_INVERT_BOOLEAN);
  on_fold_changed (self);
  g_signal_connect_swapped (self->fold, "toggled", G_CALLBACK (on_fold_changed), self);
  connect_models (self);
  show (self);
  return GTK_WIDGET (self);
}

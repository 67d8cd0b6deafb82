/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-legend.h"

#include "komek-filter-words.h"
#include "komek-state-icon.h"
#include "komek-words.h"

#define KIOSK_ICON 34
#define DESKTOP_ICON 22

/**
 * KomekLegend:
 *
 * What the shapes and colours on the map mean, with how many of each are in view.
 *
 * Always open on a kiosk; folds on a desktop, whose map may be small.
 */
struct _KomekLegend
{
  GtkWidget         parent;
  KomekContext     *context;
  KomekExploration *exploration;
  GtkWidget        *title;
  GtkToggleButton  *fold;
  GtkWidget        *fold_label;
  GtkImage         *arrow;
  GtkWidget        *revealer;
  GtkGrid          *grid;
  GtkLabel         *counts[KOMEK_N_GROUPS];
};

G_DEFINE_FINAL_TYPE (KomekLegend, komek_legend, GTK_TYPE_WIDGET)

static void
on_survey_changed (KomekLegend *self)
{
  KomekSurvey *survey = komek_exploration_get_survey (self->exploration);
  KomekLocale *locale = komek_context_get_locale (self->context);

  for (guint i = 0; survey && i < KOMEK_N_GROUPS; i++)
    {
      guint count = komek_counts_get_group (komek_survey_get_view_counts (survey), i);
      g_autofree char *text = komek_locale_format_number (locale, count);

      gtk_label_set_label (self->counts[i], text);
    }
}

static void
on_fold_changed (KomekLegend *self)
{
  gboolean open = gtk_toggle_button_get_active (self->fold);

  gtk_image_set_from_icon_name (self->arrow, open ? "komek-down-symbolic" : "komek-up-symbolic");
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
  g_clear_object (&self->exploration);
  g_clear_object (&self->context);
  G_OBJECT_CLASS (komek_legend_parent_class)->dispose (object);
}

static void
komek_legend_class_init (KomekLegendClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = komek_legend_dispose;

  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "legend");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
  gtk_widget_class_set_template_from_resource (widget_class, "/kz/komek/Komek/map/komek-legend.ui");
  gtk_widget_class_bind_template_child (widget_class, KomekLegend, title);
  gtk_widget_class_bind_template_child (widget_class, KomekLegend, fold);
  gtk_widget_class_bind_template_child (widget_class, KomekLegend, fold_label);
  gtk_widget_class_bind_template_child (widget_class, KomekLegend, arrow);
  gtk_widget_class_bind_template_child (widget_class, KomekLegend, revealer);
  gtk_widget_class_bind_template_child (widget_class, KomekLegend, grid);
}

static void
komek_legend_init (KomekLegend *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  g_signal_connect_swapped (self->fold, "toggled", G_CALLBACK (on_fold_changed), self);
  g_object_bind_property (self->fold, "active", self->revealer, "reveal-child", G_BINDING_DEFAULT);
  gtk_accessible_update_relation (GTK_ACCESSIBLE (self->fold), GTK_ACCESSIBLE_RELATION_LABELLED_BY,
                                  self->fold_label, NULL, -1);
}

GtkWidget *
komek_legend_new (KomekContext *context, KomekExploration *exploration)
{
  KomekLegend *self = g_object_new (KOMEK_TYPE_LEGEND, NULL);
  gboolean folds = !komek_context_is_kiosk (context);

  self->context = g_object_ref (context);
  self->exploration = g_object_ref (exploration);
  for (guint i = 0; i < KOMEK_N_GROUPS; i++)
    add_group (self, i);
  gtk_widget_set_visible (self->title, !folds);
  gtk_widget_set_visible (GTK_WIDGET (self->fold), folds);
  on_fold_changed (self);
  g_signal_connect_object (exploration, "notify::survey", G_CALLBACK (on_survey_changed), self,
                           G_CONNECT_SWAPPED);
  on_survey_changed (self);
  return GTK_WIDGET (self);
}

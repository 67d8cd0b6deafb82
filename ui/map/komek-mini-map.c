/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-mini-map.h"

#include "komek-map-sprites.h"

#define CLOSE 16 /* zoom */
#define PIN_SIZE 50

/**
 * KomekMiniMap:
 *
 * A small piece of the map with one pin in its middle: to be looked at, not to be moved.
 *
 * The address stands beside it in words, so for those who do not see it there is nothing here.
 */
struct _KomekMiniMap
{
  GtkWidget        parent;
  KomekTheme      *theme;
  KomekPlanMap    *plan_map;
  KomekStateMark   mark;
  KomekMapSprites *sprites; /* NULL while colours or scale have changed */
};

G_DEFINE_FINAL_TYPE (KomekMiniMap, komek_mini_map, GTK_TYPE_WIDGET)

static void
forget_sprites (KomekMiniMap *self)
{
  g_clear_pointer (&self->sprites, komek_map_sprites_free);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
komek_mini_map_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  KomekMiniMap *self = KOMEK_MINI_MAP (widget);
  const KomekMapSprite *pin;

  if (!self->sprites)
    self->sprites = komek_map_sprites_new (komek_theme_get_palette (self->theme),
                                           gtk_widget_get_scale_factor (widget), 1);
  pin = komek_map_sprites_get_pin (self->sprites, &self->mark, PIN_SIZE);

  GTK_WIDGET_CLASS (komek_mini_map_parent_class)->snapshot (widget, snapshot);
  komek_map_sprite_show (pin, snapshot, komek_canvas_find (widget),
                         gtk_widget_get_width (widget) / 2.0,
                         gtk_widget_get_height (widget) / 2.0);
}

static void
komek_mini_map_dispose (GObject *object)
{
  KomekMiniMap *self = KOMEK_MINI_MAP (object);

  if (self->plan_map)
    gtk_widget_unparent (GTK_WIDGET (self->plan_map));
  self->plan_map = NULL;
  g_clear_pointer (&self->sprites, komek_map_sprites_free);
  g_clear_object (&self->theme);
  G_OBJECT_CLASS (komek_mini_map_parent_class)->dispose (object);
}

static void
komek_mini_map_class_init (KomekMiniMapClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = komek_mini_map_dispose;
  widget_class->snapshot = komek_mini_map_snapshot;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "mini-map");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_PRESENTATION);
}

static void
komek_mini_map_init (KomekMiniMap *self)
{
  gtk_widget_set_can_target (GTK_WIDGET (self), FALSE);
  gtk_widget_set_can_focus (GTK_WIDGET (self), FALSE);
  gtk_widget_set_overflow (GTK_WIDGET (self), GTK_OVERFLOW_HIDDEN);
}

/**
 * komek_mini_map_new:
 * @tiles: (nullable): what lies on the plan, #KomekTiles from below
 */
GtkWidget *
komek_mini_map_new (KomekTheme *theme, KomekPlan *plan, KomekLanguage language, GListModel *tiles)
{
  KomekMiniMap *self = g_object_new (KOMEK_TYPE_MINI_MAP, NULL);

  self->theme = g_object_ref (theme);
  self->plan_map = KOMEK_PLAN_MAP (komek_plan_map_new (theme, plan, language, tiles, 1));
  gtk_widget_set_parent (GTK_WIDGET (self->plan_map), GTK_WIDGET (self));
  g_signal_connect_object (theme, "notify::palette", G_CALLBACK (forget_sprites), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect (self, "notify::scale-factor", G_CALLBACK (forget_sprites), NULL);
  return GTK_WIDGET (self);
}

/* See komek_plan_map_name_streets(). */
void
komek_mini_map_name_streets (KomekMiniMap *self, KomekPlaceFinder *finder)
{
  g_return_if_fail (KOMEK_IS_MINI_MAP (self));

  komek_plan_map_name_streets (self->plan_map, finder);
}

/* Shows where a request is and how it stands. */
void
komek_mini_map_show_place (KomekMiniMap *self, double latitude, double longitude, KomekGroup group,
                           KomekStatus status)
{
  g_return_if_fail (KOMEK_IS_MINI_MAP (self));

  self->mark = (KomekStateMark) { group, status, 0 };
  komek_plan_map_jump_to (self->plan_map, latitude, longitude, CLOSE);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-map-keys.h"

/* What the keys of the map do; the numbers are how far they move it. */
static const struct
{
  guint       key;
  const char *action;
  int         right, down;
} keys[] = {
  { GDK_KEY_Left, "map.pan", -1, 0 },
  { GDK_KEY_KP_Left, "map.pan", -1, 0 },
  { GDK_KEY_Right, "map.pan", 1, 0 },
  { GDK_KEY_KP_Right, "map.pan", 1, 0 },
  { GDK_KEY_Up, "map.pan", 0, -1 },
  { GDK_KEY_KP_Up, "map.pan", 0, -1 },
  { GDK_KEY_Down, "map.pan", 0, 1 },
  { GDK_KEY_KP_Down, "map.pan", 0, 1 },
  { GDK_KEY_plus, "map.zoom-in", 0, 0 },
  { GDK_KEY_equal, "map.zoom-in", 0, 0 },
  { GDK_KEY_KP_Add, "map.zoom-in", 0, 0 },
  { GDK_KEY_minus, "map.zoom-out", 0, 0 },
  { GDK_KEY_KP_Subtract, "map.zoom-out", 0, 0 },
  { GDK_KEY_Home, "map.city", 0, 0 },
  { GDK_KEY_KP_Home, "map.city", 0, 0 },
  { GDK_KEY_Return, "map.open", 0, 0 },
  { GDK_KEY_KP_Enter, "map.open", 0, 0 },
  { GDK_KEY_space, "map.list", 0, 0 },
  { GDK_KEY_KP_Space, "map.list", 0, 0 },
  { GDK_KEY_l, "map.list", 0, 0 },
  { GDK_KEY_Menu, "map.layers", 0, 0 },
};

/**
 * komek_map_keys_add:
 * @widget_class: of a widget that has the actions
 *
 * Lets a map be used by keys alone.
 */
void
komek_map_keys_add (GtkWidgetClass *widget_class)
{
  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    if (keys[i].right != 0 || keys[i].down != 0)
      gtk_widget_class_add_binding_action (widget_class, keys[i].key, 0, keys[i].action, "(ii)",
                                           keys[i].right, keys[i].down);
    else
      gtk_widget_class_add_binding_action (widget_class, keys[i].key, 0, keys[i].action, NULL);
}

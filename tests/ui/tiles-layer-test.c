/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "await.h"
#include "komek-tile-layer.h"

#include <adwaita.h>

/* Fills tiles with nothing, at once, and counts those that somebody still has. */
#define COUNTING_TYPE_SOURCE (counting_source_get_type ())
G_DECLARE_FINAL_TYPE (CountingSource, counting_source, COUNTING, SOURCE, ShumateMapSource)

struct _CountingSource
{
  ShumateMapSource parent;
};

G_DEFINE_FINAL_TYPE (CountingSource, counting_source, SHUMATE_TYPE_MAP_SOURCE)

static guint n_asked, n_alive;

static void
on_tile_gone (gpointer data, GObject *tile)
{
  n_alive--;
}

static void
counting_source_fill_tile_async (ShumateMapSource *source, ShumateTile *tile,
                                 GCancellable *cancellable, GAsyncReadyCallback callback,
                                 gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (source, cancellable, callback, user_data);
  g_autoptr (GdkPaintable) nothing = gdk_paintable_new_empty (256, 256);

  n_asked++;
  n_alive++;
  g_object_weak_ref (G_OBJECT (tile), on_tile_gone, NULL);
  shumate_tile_set_paintable (tile, nothing);
  g_task_return_boolean (task, TRUE);
}

static gboolean
counting_source_fill_tile_finish (ShumateMapSource *source, GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

static void
counting_source_class_init (CountingSourceClass *klass)
{
  SHUMATE_MAP_SOURCE_CLASS (klass)->fill_tile_async = counting_source_fill_tile_async;
  SHUMATE_MAP_SOURCE_CLASS (klass)->fill_tile_finish = counting_source_fill_tile_finish;
}

static void
counting_source_init (CountingSource *self)
{
}

static ShumateMapSource *
make_source (void)
{
  return g_object_new (COUNTING_TYPE_SOURCE, "id", "counting", "name", "Counting", "min-zoom-level",
                       0, "max-zoom-level", 10, "tile-size", 256, "projection",
                       SHUMATE_MAP_PROJECTION_MERCATOR, NULL);
}

static void
test_no_tile_outlives_the_layer (void)
{
  ShumateMap *map = g_object_ref_sink (shumate_map_new ());
  GtkWidget *window = gtk_window_new ();
  ShumateMapSource *source = make_source ();
  KomekTileLayer *layer = komek_tile_layer_new (source, shumate_map_get_viewport (map));

  shumate_viewport_set_reference_map_source (shumate_map_get_viewport (map), source);
  shumate_viewport_set_zoom_level (shumate_map_get_viewport (map), 3);
  shumate_map_add_layer (map, SHUMATE_LAYER (layer));
  gtk_window_set_default_size (GTK_WINDOW (window), 600, 400);
  gtk_window_set_child (GTK_WINDOW (window), GTK_WIDGET (map));
  gtk_window_present (GTK_WINDOW (window));
  for (guint i = 0; i < 500 && n_asked == 0; i++)
    let_pass (10);
  let_pass (50);
  g_assert_cmpuint (n_asked, >, 0);
  g_assert_cmpuint (n_alive, >, 0);

  gtk_window_destroy (GTK_WINDOW (window));
  let_pass (50);
  g_assert_finalize_object (map);
  g_assert_finalize_object (source);
  g_assert_cmpuint (n_alive, ==, 0);
}

int
main (int argc, char **argv)
{
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();
  g_test_add_func ("/tiles/layer/no-tile-outlives-the-layer", test_no_tile_outlives_the_layer);
  return g_test_run ();
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "explore-hands.h"

#include "await.h"
#include "komek-around-bar.h"
#include "komek-layer-choice.h"
#include "komek-legend.h"
#include "tiles-fakes.h"

#include <adwaita.h>

#define ALL 2000

/* The words on the map of the page, and what else lies on it: nothing may hide anything. */

static GtkWidget *
find_words (TestStage *stage, const char *style)
{
  GtkWidget *map = GTK_WIDGET (komek_map_view_get_plan_map (get_map (stage)));

  for (GtkWidget *child = gtk_widget_get_first_child (map); child;
       child = gtk_widget_get_next_sibling (child))
    if (gtk_widget_has_css_class (child, style))
      return child;

  g_assert_not_reached ();
}

static void
assert_apart (TestStage *stage, GtkWidget *a, GtkWidget *b)
{
  graphene_rect_t box_a, box_b;

  g_assert_true (gtk_widget_get_mapped (a) && gtk_widget_get_mapped (b));
  g_assert_true (gtk_widget_compute_bounds (a, stage->window, &box_a));
  g_assert_true (gtk_widget_compute_bounds (b, stage->window, &box_b));
  g_assert_cmpfloat (box_a.size.width * box_a.size.height, >, 0);
  g_assert_false (graphene_rect_intersection (&box_a, &box_b, NULL));
}

static FakeTiles *
open_with_tiles (TestStage *stage)
{
  FakeTiles *tiles = fake_tiles_new ("tiles.example.org", TRUE);

  g_list_store_append (stage->tiles, tiles);
  g_object_unref (tiles);
  open_page (stage);
  return tiles;
}

static void
turn_upright (TestStage *stage)
{
  gtk_widget_remove_css_class (stage->window, "wide");
  gtk_widget_add_css_class (stage->window, "upright");
  komek_context_set_upright (stage->context, TRUE);
  test_stage_settle (stage);
}

/* A kiosk has buttons in the corner in which it is said what of the map does not show. */
static void
test_the_trouble_is_below_what_is_around (TestStage *stage, gconstpointer data)
{
  FakeTiles *tiles = open_with_tiles (stage);
  GtkWidget *around = test_stage_find (stage, KOMEK_TYPE_AROUND_BAR);
  GtkWidget *trouble = find_words (stage, "map-trouble");
  graphene_rect_t below, box;

  fake_tiles_set_trouble (tiles, KOMEK_MAP_TROUBLE_REFUSED);
  test_stage_settle (stage);
  assert_apart (stage, around, trouble);
  g_assert_true (gtk_widget_compute_bounds (trouble, stage->window, &below));

  /* Where the bar has gone, nothing keeps its place. */
  gtk_widget_set_visible (around, FALSE);
  test_stage_settle (stage);
  g_assert_true (gtk_widget_compute_bounds (trouble, stage->window, &box));
  g_assert_cmpfloat (box.origin.y, <, below.origin.y);
}

/* Several packs have several owners, each of whom is to be read. */
static void
test_the_legend_stands_on_who_made_the_map (TestStage *stage, gconstpointer data)
{
  FakeTiles *tiles = open_with_tiles (stage);
  GtkWidget *legend = test_stage_find (stage, KOMEK_TYPE_LEGEND);
  GtkWidget *attribution = find_words (stage, "attribution");
  int low;

  turn_upright (stage);
  assert_apart (stage, legend, attribution);
  low = gtk_widget_get_height (attribution);
  fake_tiles_set_attribution (tiles, "© Астана қаласының сәулет, қала құрылысы және жер қатынастары "
                                     "басқармасы, аэрофотосурет, 2025 · © Ғарыш Сапары ұлттық "
                                     "компаниясы · © The makers of streets and of their names, and "
                                     "of all the houses that stand along these, 2019 to 2026");
  test_stage_settle (stage);
  g_assert_cmpint (gtk_widget_get_height (attribution), >, low);
  assert_apart (stage, legend, attribution);
}

static GtkWidget *
find_ramp (GtkWidget *legend)
{
  return GTK_WIDGET (gtk_widget_get_template_child (legend, KOMEK_TYPE_LEGEND, "ramp"));
}

static void
set_text_size (TestStage *stage, double times)
{
  g_object_set (gtk_settings_get_default (), "gtk-xft-dpi", (int) (times * 96 * PANGO_SCALE), NULL);
  test_stage_settle (stage);
}

static void
assert_on_map (TestStage *stage, GtkWidget *widget)
{
  GtkWidget *map = GTK_WIDGET (get_map (stage));
  graphene_rect_t box, room;

  g_assert_true (gtk_widget_compute_bounds (widget, stage->window, &box));
  g_assert_true (gtk_widget_compute_bounds (map, stage->window, &room));
  g_test_message ("%g of %g pixels wide", box.size.width, room.size.width);
  g_assert_true (graphene_rect_contains_rect (&room, &box));
}

/* Who needs large text has a small map beside it. */
static void
test_the_legend_is_no_wider_than_the_map (TestStage *stage, gconstpointer data)
{
  GtkWidget *legend, *attribution;

  open_with_tiles (stage);
  legend = test_stage_find (stage, KOMEK_TYPE_LEGEND);
  attribution = find_words (stage, "attribution");
  komek_exploration_set_layer (stage->exploration, KOMEK_MAP_DISTRICTS);
  for (double times = 1; times <= 2.5; times += 0.5)
    {
      set_text_size (stage, times);
      assert_on_map (stage, legend);
      assert_on_map (stage, find_ramp (legend));
      assert_apart (stage, legend, attribution);
    }
  set_text_size (stage, 1);
}

/* It stays at the edge of the map where it does not reach up to the buttons. */
static void
assert_moved_for_a_reason (TestStage *stage, GtkWidget *legend, GtkWidget *buttons)
{
  graphene_rect_t card, column;

  g_assert_true (gtk_widget_compute_bounds (legend, stage->window, &card));
  g_assert_true (gtk_widget_compute_bounds (buttons, stage->window, &column));
  if (card.origin.x + card.size.width <= column.origin.x)
    g_assert_cmpfloat (card.origin.y, <, column.origin.y + column.size.height);
}

/* A kiosk of 1280 by 720 pixels has a map that is hardly higher than its buttons. */
static void
test_the_legend_leaves_the_buttons_alone (TestStage *stage, gconstpointer data)
{
  static const int heights[] = { 800, 540, 530, 525, 520, 515, 510, 505, 450, 360 };
  GtkWidget *legend, *buttons;

  open_page (stage);
  legend = test_stage_find (stage, KOMEK_TYPE_LEGEND);
  buttons = komek_map_view_get_buttons (get_map (stage));
  for (guint i = 0; i < G_N_ELEMENTS (heights); i++)
    {
      gtk_window_set_default_size (GTK_WINDOW (stage->window), 1280, heights[i]);
      test_stage_settle (stage);
      assert_apart (stage, legend, buttons);
      assert_on_map (stage, legend);
      assert_moved_for_a_reason (stage, legend, buttons);
    }
}

/* Its title has two lines then, and the trouble is told below both. */
static void
test_the_trouble_is_below_what_wraps (TestStage *stage, gconstpointer data)
{
  FakeTiles *tiles = open_with_tiles (stage);
  GtkWidget *around = test_stage_find (stage, KOMEK_TYPE_AROUND_BAR);
  GtkWidget *title = gtk_widget_get_first_child (around);
  int low;

  fake_tiles_set_trouble (tiles, KOMEK_MAP_TROUBLE_REFUSED);
  test_stage_settle (stage);
  low = gtk_widget_get_height (title);
  gtk_label_set_label (GTK_LABEL (title), "What happens in the city all around this place, which "
                                          "is the hall of the service centre of Saryarka, open "
                                          "from nine in the morning until eight in the evening");
  for (int width = 1400; width >= 1000; width -= 200)
    {
      gtk_window_set_default_size (GTK_WINDOW (stage->window), width, 800);
      test_stage_settle (stage);
      g_assert_cmpint (gtk_widget_get_height (title), >, low);
      assert_on_map (stage, around);
      assert_apart (stage, around, find_words (stage, "map-trouble"));
    }
}

static void
assert_whole (GtkWidget *scroll)
{
  GtkAdjustment *rows = gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (scroll));

  g_assert_cmpfloat (gtk_adjustment_get_page_size (rows), >, 0);
  g_assert_cmpfloat (gtk_adjustment_get_upper (rows), <=, gtk_adjustment_get_page_size (rows));
}

/* What does not fit into one line has two, and the card is higher then. */
static void
test_the_card_of_layers_has_room_for_its_words (TestStage *stage, gconstpointer data)
{
  GtkWidget *card;
  int narrow, least, wide, high;

  open_page (stage);
  komek_exploration_set_layer (stage->exploration, KOMEK_MAP_DISTRICTS);
  test_stage_settle (stage);
  card = test_stage_find (stage, KOMEK_TYPE_LAYER_CHOICE);
  gtk_widget_set_visible (card, TRUE);
  gtk_widget_measure (card, GTK_ORIENTATION_HORIZONTAL, -1, &narrow, &wide, NULL, NULL);
  gtk_widget_measure (card, GTK_ORIENTATION_VERTICAL, narrow, NULL, &high, NULL, NULL);
  gtk_widget_measure (card, GTK_ORIENTATION_VERTICAL, narrow + 1000, NULL, &least, NULL, NULL);
  g_test_message ("%d to %d wide, %d to %d high", narrow, wide, least, high);
  g_assert_cmpint (high, >, least);
  test_stage_settle (stage);
  assert_whole (gtk_widget_get_first_child (card));
}

int
main (int argc, char **argv)
{
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();

#define ADD(name, set_up, test)                                                                    \
  g_test_add ("/map-words/" name, TestStage, GUINT_TO_POINTER (ALL), set_up, test,                 \
              test_stage_tear_down)
  ADD ("the-trouble-is-below-what-is-around", test_stage_set_up_here,
       test_the_trouble_is_below_what_is_around);
  ADD ("the-legend-stands-on-who-made-the-map", test_stage_set_up,
       test_the_legend_stands_on_who_made_the_map);
  ADD ("the-legend-is-no-wider-than-the-map", test_stage_set_up,
       test_the_legend_is_no_wider_than_the_map);
  ADD ("the-legend-leaves-the-buttons-alone", test_stage_set_up,
       test_the_legend_leaves_the_buttons_alone);
  ADD ("the-trouble-is-below-what-wraps", test_stage_set_up_here,
       test_the_trouble_is_below_what_wraps);
  ADD ("the-card-of-layers-has-room-for-its-words", test_stage_set_up,
       test_the_card_of_layers_has_room_for_its_words);
#undef ADD
  return g_test_run ();
}

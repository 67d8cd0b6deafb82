/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "komek-map-view.h"
#include "komek-place-page.h"
#include "komek-place-picker.h"
#include "komek-place-results.h"
#include "request-fakes.h"

#define PATIENCE 5 /* seconds */

typedef struct
{
  TestCity         *city;
  TestStage        *stage;
  KomekExploration *exploration;
  GtkWidget        *page;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->city = test_city_new ("astana", NULL);
  fixture->stage = test_stage_new (fixture->city, TRUE);
}

static GtkWidget *
find_type (GtkWidget *root, GType type)
{
  if (G_TYPE_CHECK_INSTANCE_TYPE (root, type))
    return root;
  for (GtkWidget *child = gtk_widget_get_first_child (root); child;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find_type (child, type);

      if (found)
        return found;
    }
  return NULL;
}

/* Whoever asks for something is there until the answer is. */
static void
close_page (Fixture *fixture)
{
  GtkWidget *gone[3] = { fixture->page };

  if (!fixture->page)
    return;
  gone[1] = find_type (fixture->page, KOMEK_TYPE_PLACE_RESULTS);
  gone[2] = find_type (fixture->page, KOMEK_TYPE_PLACE_PICKER);
  for (guint i = 0; i < G_N_ELEMENTS (gone); i++)
    g_object_add_weak_pointer (G_OBJECT (gone[i]), (gpointer *) &gone[i]);
  gtk_window_set_child (GTK_WINDOW (fixture->stage->window), NULL);
  while (gone[0] || gone[1] || gone[2])
    g_main_context_iteration (NULL, TRUE);
  fixture->page = NULL;
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  close_page (fixture);
  g_clear_object (&fixture->exploration);
  test_settle ();
  test_stage_free (fixture->stage);
}

static KomekDraft *
get_draft (Fixture *fixture)
{
  return komek_context_get_draft (fixture->stage->context);
}

static KomekPlace *
get_place (Fixture *fixture)
{
  return komek_draft_get_place (get_draft (fixture));
}

static void
show (Fixture *fixture)
{
  fixture->page = GTK_WIDGET (komek_place_page_new (fixture->stage->context));
  gtk_window_set_child (GTK_WINDOW (fixture->stage->window), fixture->page);
  test_settle ();
}

static void
show_at (Fixture *fixture, double latitude, double longitude)
{
  g_autoptr (KomekPlace) place = komek_place_new (latitude, longitude, NULL, "esil");

  komek_draft_set_place (get_draft (fixture), place);
  show (fixture);
}

static GtkWidget *
find (Fixture *fixture, const char *name)
{
  return test_find_by_name (fixture->page, name);
}

static const char *
get_address (Fixture *fixture)
{
  return gtk_label_get_label (GTK_LABEL (find (fixture, "address")));
}

static void
type (Fixture *fixture, const char *text)
{
  gtk_editable_set_text (GTK_EDITABLE (find (fixture, "search")), text);
}

static gboolean
on_patience_ended (gpointer ended)
{
  *(gboolean *) ended = TRUE;
  return G_SOURCE_REMOVE;
}

/* Runs the main loop until the cross has come to rest at a place, and asserts that it does. */
static void
wait_for_place (Fixture *fixture, double latitude, double longitude, double metres)
{
  gboolean ended = FALSE;
  guint patience = g_timeout_add_seconds (PATIENCE, on_patience_ended, &ended);
  KomekPlace *place = NULL;

  while (!ended)
    {
      place = get_place (fixture);
      if (place && komek_place_has_point (place) && *komek_place_get_district (place)
          && komek_place_metres_between (latitude, longitude, komek_place_get_latitude (place),
                                         komek_place_get_longitude (place))
               <= metres)
        break;
      g_main_context_iteration (NULL, TRUE);
    }
  g_assert_false (ended);
  g_source_remove (patience);
}

/* In the city's north-west corner: the map shows it, but it is steppe. */
static void
test_the_cross_comes_back_from_outside (Fixture *fixture, gconstpointer data)
{
  show_at (fixture, 51.3, 71.25);
  g_assert_true (test_comes (fixture->page, "This place is outside the city"));
  g_assert_nonnull (test_find_by_text (fixture->page, "The cross was brought back"));
  g_assert_null (get_place (fixture));
  g_assert_false (gtk_widget_get_sensitive (find (fixture, "next")));

  wait_for_place (fixture, 51.3, 71.25, 20000);
  g_assert_true (gtk_widget_get_sensitive (find (fixture, "next")));
  test_settle ();
  g_assert_nonnull (test_find_by_text (fixture->page, "The cross was brought back"));
}

static void
test_the_search_lists_and_enter_chooses (Fixture *fixture, gconstpointer data)
{
  show (fixture);
  /* On Russian keys there is no қ; the map flies there, and the address is said back. */
  type (fixture, "ул. Кабанбай");
  g_assert_true (test_comes (fixture->page, "1 place found"));
  g_assert_nonnull (test_find_by_text (fixture->page, "Kabanbai Batyr Avenue"));

  g_signal_emit_by_name (find (fixture, "search"), "activate");
  g_assert_true (test_comes (find (fixture, "panel"), "Kabanbai"));
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (find (fixture, "search"))), ==, "");
  g_assert_null (test_find_by_text (fixture->page, "1 place found"));
  g_assert_nonnull (get_place (fixture));
  g_assert_true (gtk_widget_get_sensitive (find (fixture, "next")));
}

/* Nobody has to wait for the list. */
static void
test_enter_does_not_wait_for_the_list (Fixture *fixture, gconstpointer data)
{
  show (fixture);
  type (fixture, "сыганак");
  g_signal_emit_by_name (find (fixture, "search"), "activate");
  g_assert_true (test_comes (find (fixture, "panel"), "Syganak"));
}

static void
test_what_is_not_there_is_said (Fixture *fixture, gconstpointer data)
{
  show (fixture);
  type (fixture, "фыважолдж");
  g_assert_true (test_comes (fixture->page, "Nothing here has that name"));
  type (fixture, "  ");
  g_assert_null (test_find_by_text (fixture->page, "Nothing here has that name"));
}

static void
test_what_is_only_alike_is_said (Fixture *fixture, gconstpointer data)
{
  show (fixture);
  type (fixture, "кабанбой");
  g_assert_true (test_comes (fixture->page, "Nothing has exactly that name. Is it one of these?"));
  g_assert_nonnull (test_find_by_text (fixture->page, "Kabanbai Batyr Avenue"));
  type (fixture, "кабанбай");
  g_assert_true (test_comes (fixture->page, "1 place found"));
}

static void
test_a_house_that_nobody_knows_is_kept_in_words (Fixture *fixture, gconstpointer data)
{
  show (fixture);
  type (fixture, "Сыганак 40А");
  g_assert_true (test_comes (fixture->page, "House 40А is not known here"));
  test_press (fixture->page, "Syganak");
  g_assert_true (test_comes (find (fixture, "panel"), "Syganak"));
  g_assert_cmpstr (komek_draft_get_landmark (get_draft (fixture)), ==, "house 40А");
}

/* The one request of the city is at house 24. */
static void
add_house (Fixture *fixture, double latitude, double longitude)
{
  static const char *const codes[] = { "esil", NULL };
  g_autoptr (KomekPlace) place = komek_place_new (latitude, longitude, "Сығанақ көшесі, 24", "esil");
  GArray *array = g_array_new (FALSE, FALSE, sizeof (KomekPoint));
  KomekPoint point = { .key = 1, .latitude = lround (latitude * 1e7), .longitude = lround (longitude * 1e7) };
  g_autoptr (KomekPoints) points = NULL;

  g_array_append_val (array, point);
  points = komek_points_new (array, codes, codes);
  test_city_add_request (fixture->city, &(KomekRequestFields) { .number = "1", .place = place });
  test_city_set_points (fixture->city, points);
}

static void
test_a_house_that_a_request_names_is_found (Fixture *fixture, gconstpointer data)
{
  add_house (fixture, 51.1282, 71.4100);
  show (fixture);
  type (fixture, "Сығанақ 24");
  g_assert_true (test_comes (fixture->page, "Syganak Street, 24"));
  g_signal_emit_by_name (find (fixture, "search"), "activate");
  wait_for_place (fixture, 51.1282, 71.4100, 2);
  g_assert_cmpstr (komek_draft_get_landmark (get_draft (fixture)), ==, "");
}

static void
test_the_address_of_the_cross_has_the_house (Fixture *fixture, gconstpointer data)
{
  add_house (fixture, 51.1282, 71.4100);
  show_at (fixture, 51.1283, 71.4101);
  fixture->exploration = komek_exploration_new (fixture->stage->context);
  komek_place_page_set_exploration (KOMEK_PLACE_PAGE (fixture->page), fixture->exploration);
  g_assert_true (test_comes (find (fixture, "panel"), "Syganak Street, by house 24"));
  g_assert_cmpstr (komek_place_get_address (get_place (fixture)), ==, "Syganak Street, 24");
}

static void
test_who_cannot_point_names_the_district (Fixture *fixture, gconstpointer data)
{
  show (fixture);
  test_press (fixture->page, "I know only the district");
  g_assert_true (test_comes (fixture->page, "In which district is it?"));
  test_press (fixture->page, "Nura");
  g_assert_cmpstr (get_address (fixture), ==, "Nura");
  g_assert_true (gtk_widget_get_sensitive (find (fixture, "next")));
  g_assert_false (komek_place_has_point (get_place (fixture)));
  g_assert_cmpstr (komek_place_get_district (get_place (fixture)), ==, "nura");
  g_assert_cmpstr (komek_place_get_address (get_place (fixture)), ==, "District: Nura");

  /* Back from a later question it still stands, and a place that is chosen takes it back. */
  show (fixture);
  g_assert_cmpstr (get_address (fixture), ==, "Nura");
  type (fixture, "сыганак");
  g_signal_emit_by_name (find (fixture, "search"), "activate");
  g_assert_true (test_comes (find (fixture, "panel"), "Syganak"));
  g_assert_true (komek_place_has_point (get_place (fixture)));
}

static void
test_from_afar_nothing_is_chosen (Fixture *fixture, gconstpointer data)
{
  show (fixture);
  g_assert_true (test_comes (fixture->page, "Search for the street or come closer with +"));
  g_assert_false (gtk_widget_get_sensitive (find (fixture, "next")));
  g_assert_null (get_place (fixture));
}

/* Who stands before a kiosk most often means what is round it. */
static void
test_a_kiosk_begins_where_it_stands (Fixture *fixture, gconstpointer data)
{
  g_autoptr (KomekPlace) here = komek_place_new (51.1283, 71.4101, NULL, NULL);
  g_autoptr (KomekContext) context = komek_context_new (&(KomekContextFields) {
    .feed = KOMEK_FEED (fixture->city),
    .outbox = KOMEK_OUTBOX (fixture->city),
    .line = KOMEK_LINE (fixture->city),
    .clock = fixture->stage->clock,
    .locale = fixture->stage->locale,
    .theme = fixture->stage->theme,
    .plan = komek_context_get_plan (fixture->stage->context),
    .here = here,
    .kiosk = TRUE,
  });
  KomekDraft *draft = komek_context_get_draft (context);

  fixture->page = GTK_WIDGET (komek_place_page_new (context));
  gtk_window_set_child (GTK_WINDOW (fixture->stage->window), fixture->page);
  g_assert_true (test_comes (find (fixture, "panel"), "Dostyk"));
  g_assert_cmpfloat (komek_place_metres_between (
                       51.1283, 71.4101, komek_place_get_latitude (komek_draft_get_place (draft)),
                       komek_place_get_longitude (komek_draft_get_place (draft))),
                     <, 2);
  g_assert_true (gtk_widget_get_visible (find (fixture, "here")));

  /* From elsewhere a button leads back. */
  type (fixture, "Кабанбай батыр");
  g_signal_emit_by_name (find (fixture, "search"), "activate");
  g_assert_true (test_comes (find (fixture, "panel"), "Kabanbai"));
  test_press (fixture->page, "My place (this kiosk)");
  g_assert_true (test_comes (find (fixture, "panel"), "Dostyk"));
}

static void
test_without_a_place_of_its_own_there_is_no_button (Fixture *fixture, gconstpointer data)
{
  show (fixture);
  g_assert_false (gtk_widget_get_visible (find (fixture, "here")));
}

static void
test_steps_of_five_metres_go_four_ways (Fixture *fixture, gconstpointer data)
{
  static const struct
  {
    int east, north;
  } ways[] = { { 0, 1 }, { 1, 0 }, { 0, -1 }, { -1, 0 } };
  double latitude = 51.1283, longitude = 71.4101;

  show_at (fixture, latitude, longitude);
  wait_for_place (fixture, latitude, longitude, 2);
  for (guint i = 0; i < G_N_ELEMENTS (ways); i++)
    {
      for (guint step = 0; step < 4; step++)
        gtk_widget_activate_action (fixture->page, "place.nudge", "(ii)", ways[i].east, ways[i].north);
      latitude += ways[i].north * 20 / 111195.0;
      longitude += ways[i].east * 20 / 111195.0 / cos (latitude * G_PI / 180);
      wait_for_place (fixture, latitude, longitude, 3);
    }
}

/* Where five metres are less than a pixel a step comes closer, or it would be lost. */
static void
test_steps_from_far_away_are_not_lost (Fixture *fixture, gconstpointer data)
{
  double latitude = 51.1283, longitude = 71.4101, zoom;
  KomekMapView *map;

  show_at (fixture, latitude, longitude);
  wait_for_place (fixture, latitude, longitude, 2);
  map = KOMEK_MAP_VIEW (find_type (fixture->page, KOMEK_TYPE_MAP_VIEW));
  for (guint i = 0; i < 4; i++)
    gtk_widget_activate_action (GTK_WIDGET (map), "map.zoom-out", NULL);
  test_settle ();
  komek_map_view_get_centre (map, &latitude, &longitude, &zoom);
  g_assert_cmpfloat (zoom, ==, 13);
  for (guint step = 0; step < 4; step++)
    gtk_widget_activate_action (fixture->page, "place.nudge", "(ii)", 0, 1);
  wait_for_place (fixture, latitude + 20 / 111195.0, longitude, 3);
}

static gboolean
may_step (Fixture *fixture)
{
  GtkWidget *arrows = find_type (fixture->page, GTK_TYPE_GRID);

  return gtk_widget_is_sensitive (gtk_widget_get_first_child (arrows));
}

/* The arrows are of no use there, and say so. */
static void
test_from_nowhere_there_are_no_steps (Fixture *fixture, gconstpointer data)
{
  GtkWidget *map;

  show (fixture);
  g_assert_false (may_step (fixture));
  test_press (fixture->page, "I know only the district");
  g_assert_true (test_comes (fixture->page, "In which district is it?"));
  test_press (fixture->page, "Nura");
  test_settle ();
  g_assert_false (may_step (fixture));

  map = find_type (fixture->page, KOMEK_TYPE_MAP_VIEW);
  for (guint i = 0; i < 3; i++)
    gtk_widget_activate_action (map, "map.zoom-in", NULL);
  g_assert_true (test_comes (find (fixture, "panel"), "District"));
  g_assert_true (may_step (fixture));
}

/* Whoever closes the page while something is looked for hears no more of it. */
static void
test_a_page_may_go_at_any_time (Fixture *fixture, gconstpointer data)
{
  for (guint i = 0; i < 20; i++)
    {
      show_at (fixture, 51.1283, 71.4101);
      type (fixture, "Сыганак 24");
      for (guint j = 0; j < i; j++)
        g_main_context_iteration (NULL, FALSE);
      close_page (fixture);
    }
}

/* Whoever asks for the districts and goes elsewhere at once keeps the focus there. */
static void
test_a_page_that_was_left_takes_no_focus (Fixture *fixture, gconstpointer data)
{
  GtkWidget *window = fixture->stage->window, *other = gtk_button_new_with_label ("Elsewhere");
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  fixture->page = GTK_WIDGET (komek_place_page_new (fixture->stage->context));
  gtk_box_append (GTK_BOX (box), fixture->page);
  gtk_box_append (GTK_BOX (box), other);
  gtk_window_set_child (GTK_WINDOW (window), box);
  test_settle ();
  test_press (fixture->page, "I know only the district");
  gtk_widget_set_visible (fixture->page, FALSE);
  g_assert_true (gtk_widget_grab_focus (other));
  while (!gtk_widget_get_visible (find_type (fixture->page, KOMEK_TYPE_PLACE_RESULTS)))
    g_main_context_iteration (NULL, TRUE);
  test_settle ();
  g_assert_true (gtk_root_get_focus (GTK_ROOT (window)) == other);
}

#define ADD(path, function) g_test_add (path, Fixture, NULL, set_up, function, tear_down)

int
main (int argc, char **argv)
{
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();
  ADD ("/place/the-cross-comes-back-from-outside", test_the_cross_comes_back_from_outside);
  ADD ("/place/the-search-lists-and-enter-chooses", test_the_search_lists_and_enter_chooses);
  ADD ("/place/enter-does-not-wait-for-the-list", test_enter_does_not_wait_for_the_list);
  ADD ("/place/what-is-not-there-is-said", test_what_is_not_there_is_said);
  ADD ("/place/what-is-only-alike-is-said", test_what_is_only_alike_is_said);
  ADD ("/place/a-house-that-nobody-knows-is-kept-in-words",
       test_a_house_that_nobody_knows_is_kept_in_words);
  ADD ("/place/a-house-that-a-request-names-is-found", test_a_house_that_a_request_names_is_found);
  ADD ("/place/the-address-of-the-cross-has-the-house", test_the_address_of_the_cross_has_the_house);
  ADD ("/place/who-cannot-point-names-the-district", test_who_cannot_point_names_the_district);
  ADD ("/place/a-page-that-was-left-takes-no-focus", test_a_page_that_was_left_takes_no_focus);
  ADD ("/place/from-afar-nothing-is-chosen", test_from_afar_nothing_is_chosen);
  ADD ("/place/a-kiosk-begins-where-it-stands", test_a_kiosk_begins_where_it_stands);
  ADD ("/place/without-a-place-of-its-own-there-is-no-button",
       test_without_a_place_of_its_own_there_is_no_button);
  ADD ("/place/steps-of-five-metres-go-four-ways", test_steps_of_five_metres_go_four_ways);
  ADD ("/place/steps-from-far-away-are-not-lost", test_steps_from_far_away_are_not_lost);
  ADD ("/place/from-nowhere-there-are-no-steps", test_from_nowhere_there_are_no_steps);
  ADD ("/place/a-page-may-go-at-any-time", test_a_page_may_go_at_any_time);
  return g_test_run ();
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "explore-stage.h"

#include "komek-explore-nothing.h"
#include "komek-filter-chips.h"
#include "komek-filter-words.h"

static gboolean
shows (GtkWidget *widget, const char *text)
{
  gboolean found = GTK_IS_LABEL (widget) && gtk_widget_get_visible (widget)
                   && g_str_equal (gtk_label_get_text (GTK_LABEL (widget)), text);

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child && !found;
       child = gtk_widget_get_next_sibling (child))
    found = shows (child, text);
  return found;
}

static GtkWidget *
make_chips (TestStage *stage)
{
  GtkWidget *chips = g_object_new (KOMEK_TYPE_FILTER_CHIPS, NULL);

  gtk_window_set_child (GTK_WINDOW (stage->window), chips);
  komek_filter_chips_set_up (KOMEK_FILTER_CHIPS (chips), stage->context, stage->exploration);
  return chips;
}

/* "0" of what nobody has asked for yet is a lie. */
static void
test_nothing_is_counted_before_the_city_has_spoken (TestStage *stage, gconstpointer n_requests)
{
  GtkWidget *chips;

  test_crowd_break (stage->crowd, KOMEK_ERROR_UNREACHABLE);
  chips = make_chips (stage);
  test_stage_settle (stage);
  g_assert_false (komek_filter_words_is_known (stage->context, stage->exploration));
  g_assert_true (shows (chips, "All"));
  g_assert_false (shows (chips, "0"));
}

static void
test_an_empty_city_is_counted (TestStage *stage, gconstpointer n_requests)
{
  GtkWidget *chips = make_chips (stage);

  test_stage_settle (stage);
  g_assert_true (komek_filter_words_is_known (stage->context, stage->exploration));
  g_assert_true (shows (chips, "0"));
}

static KomekContext *
make_kiosk (TestStage *stage)
{
  KomekContextFields fields = {
    .feed = KOMEK_FEED (stage->crowd), .outbox = KOMEK_OUTBOX (stage->crowd),
    .line = KOMEK_LINE (stage->crowd), .clock = stage->clock, .locale = stage->locale,
    .theme = stage->theme, .plan = komek_context_get_plan (stage->context), .kiosk = TRUE,
  };

  return komek_context_new (&fields);
}

static GtkWidget *
explain (TestStage *stage, KomekContext *context, gboolean upright)
{
  GtkWidget *nothing = g_object_new (KOMEK_TYPE_EXPLORE_NOTHING, NULL);

  gtk_window_set_child (GTK_WINDOW (stage->window), nothing);
  komek_context_set_upright (context, upright);
  komek_explore_nothing_explain (KOMEK_EXPLORE_NOTHING (nothing), context,
                                 komek_exploration_get_survey (stage->exploration));
  return GTK_WIDGET (gtk_widget_get_template_child (nothing, KOMEK_TYPE_EXPLORE_NOTHING,
                                                    "nothing_button"));
}

/* An upright kiosk has the same button, filled, below the list; nobody else has. */
static void
test_one_button_reports (TestStage *stage, gconstpointer n_requests)
{
  g_autoptr (KomekContext) kiosk = make_kiosk (stage);
  GtkWidget *button = explain (stage, kiosk, FALSE);

  g_assert_true (gtk_widget_get_visible (button));
  g_assert_true (gtk_widget_has_css_class (button, "primary"));
  g_assert_true (gtk_widget_get_visible (explain (stage, stage->context, TRUE)));
  button = explain (stage, kiosk, TRUE);
  g_assert_false (gtk_widget_get_visible (button));
  g_assert_false (gtk_widget_has_css_class (button, "primary"));
}

#define ADD(path, test)                                                                            \
  g_test_add (path, TestStage, GUINT_TO_POINTER (0), test_stage_set_up, test, test_stage_tear_down)

int
main (int argc, char **argv)
{
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();
  ADD ("/nothing/is-counted-before-the-city-has-spoken",
       test_nothing_is_counted_before_the_city_has_spoken);
  ADD ("/nothing/an-empty-city-is-counted", test_an_empty_city_is_counted);
  ADD ("/nothing/one-button-reports", test_one_button_reports);
  return g_test_run ();
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <adwaita.h>

#include "komek-usable.h"

typedef struct
{
  GtkWidget *window, *first, *send;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  fixture->window = gtk_window_new ();
  fixture->first = gtk_button_new ();
  fixture->send = gtk_button_new ();
  gtk_box_append (GTK_BOX (box), fixture->first);
  gtk_box_append (GTK_BOX (box), fixture->send);
  gtk_window_set_child (GTK_WINDOW (fixture->window), box);
  gtk_window_present (GTK_WINDOW (fixture->window));
  while (!gtk_widget_get_mapped (fixture->send))
    g_main_context_iteration (NULL, TRUE);
  gtk_widget_grab_focus (fixture->send);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  gtk_window_destroy (GTK_WINDOW (fixture->window));
}

static GtkWidget *
get_focus (Fixture *fixture)
{
  return gtk_window_get_focus (GTK_WINDOW (fixture->window));
}

static void
test_the_focus_comes_back (Fixture *fixture, gconstpointer data)
{
  komek_usable_set (fixture->send, FALSE);
  komek_usable_set (fixture->send, FALSE);
  g_assert_false (gtk_widget_is_sensitive (fixture->send));
  g_assert_null (get_focus (fixture));
  komek_usable_set (fixture->send, TRUE);
  g_assert_true (get_focus (fixture) == fixture->send);
}

static void
test_a_focus_that_went_on_stays (Fixture *fixture, gconstpointer data)
{
  komek_usable_set (fixture->send, FALSE);
  gtk_widget_grab_focus (fixture->first);
  komek_usable_set (fixture->send, TRUE);
  g_assert_true (get_focus (fixture) == fixture->first);
}

static void
test_nobody_gets_what_it_had_not (Fixture *fixture, gconstpointer data)
{
  gtk_window_set_focus (GTK_WINDOW (fixture->window), NULL);
  komek_usable_set (fixture->send, FALSE);
  komek_usable_set (fixture->send, TRUE);
  g_assert_null (get_focus (fixture));
}

static void
test_what_is_not_seen_takes_no_focus (Fixture *fixture, gconstpointer data)
{
  komek_usable_set (fixture->send, FALSE);
  gtk_widget_set_visible (fixture->send, FALSE);
  komek_usable_set (fixture->send, TRUE);
  g_assert_null (get_focus (fixture));
}

int
main (int argc, char **argv)
{
  gtk_test_init (&argc, &argv, NULL);
#define ADD(path, test) g_test_add (path, Fixture, NULL, set_up, test, tear_down)
  ADD ("/usable/the-focus-comes-back", test_the_focus_comes_back);
  ADD ("/usable/a-focus-that-went-on-stays", test_a_focus_that_went_on_stays);
  ADD ("/usable/nobody-gets-what-it-had-not", test_nobody_gets_what_it_had_not);
  ADD ("/usable/what-is-not-seen-takes-no-focus", test_what_is_not_seen_takes_no_focus);
#undef ADD
  return g_test_run ();
}

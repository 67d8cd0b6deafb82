/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <adwaita.h>

#include "komek-option.h"

#define CHOOSE "option.choose"

static GtkCheckButton *
make_option (GtkAccessibleRole role)
{
  return GTK_CHECK_BUTTON (g_object_ref_sink (komek_option_new (role, "By districts")));
}

static void
choose (GtkCheckButton *option)
{
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (option), CHOOSE, NULL));
}

static void
test_an_action_ticks_and_clears (void)
{
  g_autoptr (GtkCheckButton) option = make_option (GTK_ACCESSIBLE_ROLE_CHECKBOX);

  choose (option);
  g_assert_true (gtk_check_button_get_active (option));
  choose (option);
  g_assert_false (gtk_check_button_get_active (option));
}

static void
test_one_of_a_group_stays_chosen (void)
{
  g_autoptr (GtkCheckButton) one = make_option (GTK_ACCESSIBLE_ROLE_RADIO);
  g_autoptr (GtkCheckButton) other = make_option (GTK_ACCESSIBLE_ROLE_RADIO);

  gtk_check_button_set_group (other, one);
  choose (one);
  choose (one);
  g_assert_true (gtk_check_button_get_active (one));
  choose (other);
  g_assert_false (gtk_check_button_get_active (one));
  g_assert_true (gtk_check_button_get_active (other));
}

static void
test_what_has_an_action_of_its_own_calls_it (void)
{
  g_autoptr (GtkCheckButton) option = make_option (GTK_ACCESSIBLE_ROLE_RADIO);
  g_autoptr (GSimpleActionGroup) actions = g_simple_action_group_new ();
  g_autoptr (GSimpleAction) layer =
    g_simple_action_new_stateful ("layer", G_VARIANT_TYPE_STRING, g_variant_new_string ("pins"));
  g_autoptr (GVariant) state = NULL;

  g_action_map_add_action (G_ACTION_MAP (actions), G_ACTION (layer));
  gtk_widget_insert_action_group (GTK_WIDGET (option), "layers", G_ACTION_GROUP (actions));
  gtk_actionable_set_action_target (GTK_ACTIONABLE (option), "s", "districts");
  gtk_actionable_set_action_name (GTK_ACTIONABLE (option), "layers.layer");
  g_assert_false (gtk_check_button_get_active (option));

  choose (option);
  state = g_action_get_state (G_ACTION (layer));
  g_assert_cmpstr (g_variant_get_string (state, NULL), ==, "districts");
  g_assert_true (gtk_check_button_get_active (option));
}

static void
test_what_cannot_be_chosen_is_not (void)
{
  g_autoptr (GtkCheckButton) option = make_option (GTK_ACCESSIBLE_ROLE_CHECKBOX);

  gtk_widget_set_sensitive (GTK_WIDGET (option), FALSE);
  choose (option);
  g_assert_false (gtk_check_button_get_active (option));
}

static void
test_is_what_it_is_called (void)
{
  g_autoptr (GtkCheckButton) option = make_option (GTK_ACCESSIBLE_ROLE_RADIO);

  g_assert_cmpint (gtk_accessible_get_accessible_role (GTK_ACCESSIBLE (option)), ==,
                   GTK_ACCESSIBLE_ROLE_RADIO);
  gtk_test_accessible_assert_property (GTK_ACCESSIBLE (option), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                       "By districts");
}

int
main (int argc, char **argv)
{
  g_setenv ("GTK_A11Y", "test", TRUE);
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();
  g_test_add_func ("/option/an-action-ticks-and-clears", test_an_action_ticks_and_clears);
  g_test_add_func ("/option/one-of-a-group-stays-chosen", test_one_of_a_group_stays_chosen);
  g_test_add_func ("/option/what-has-an-action-of-its-own-calls-it",
                   test_what_has_an_action_of_its_own_calls_it);
  g_test_add_func ("/option/what-cannot-be-chosen-is-not", test_what_cannot_be_chosen_is_not);
  g_test_add_func ("/option/is-what-it-is-called", test_is_what_it_is_called);
  return g_test_run ();
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-filter-actions.h"

/* What the chips, the panel and the bar of the map press: each changes what is let through. */

static KomekFilterChoice *
get_choice (gpointer exploration)
{
  return komek_exploration_get_choice (exploration);
}

static void
on_group_activated (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  komek_filter_choice_toggle_group (get_choice (data), g_variant_get_uint32 (parameter));
}

static void
on_category_activated (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  komek_filter_choice_toggle_category (get_choice (data), g_variant_get_string (parameter, NULL));
}

static void
on_period_requested (GSimpleAction *action, GVariant *state, gpointer data)
{
  komek_filter_choice_set_period (get_choice (data), g_variant_get_uint32 (state));
}

static void
on_any_time_activated (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  komek_filter_choice_set_period (get_choice (data), KOMEK_PERIOD_ALL);
}

static void
on_district_activated (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  komek_filter_choice_toggle_district (get_choice (data), g_variant_get_string (parameter, NULL));
}

static void
on_overdue_activated (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  KomekFilterChoice *choice = get_choice (data);

  komek_filter_choice_set_overdue (choice, !komek_filter_choice_get_overdue (choice));
}

static void
on_answered_activated (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  KomekFilterChoice *choice = get_choice (data);

  komek_filter_choice_set_answered (choice, !komek_filter_choice_get_answered (choice));
}

/* What is pressed once more is let go. */
static void
on_around_activated (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  KomekExploration *exploration = data;
  guint metres = g_variant_get_uint32 (parameter);

  komek_exploration_set_around (exploration,
                                komek_exploration_get_around (exploration) == metres ? 0 : metres);
}

static void
on_clear_activated (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  komek_exploration_clear (data);
}

static const GActionEntry entries[] = {
  { "group", on_group_activated, "u" },
  { "category", on_category_activated, "s" },
  { "district", on_district_activated, "s" },
  { "period", NULL, "u", "uint32 0", on_period_requested },
  { "any-time", on_any_time_activated },
  { "overdue", on_overdue_activated },
  { "answered", on_answered_activated },
  { "around", on_around_activated, "u", "uint32 0" },
  { "clear", on_clear_activated },
};

static void
on_choice_changed (KomekFilterChoice *choice, GSimpleAction *period)
{
  g_simple_action_set_state (period,
                             g_variant_new_uint32 (komek_filter_choice_get_period (choice)));
}

static void
on_around_changed (KomekExploration *exploration, GParamSpec *pspec, GSimpleAction *around)
{
  g_simple_action_set_state (around,
                             g_variant_new_uint32 (komek_exploration_get_around (exploration)));
}

/**
 * komek_filter_actions_add:
 * @actions: does not outlive @exploration
 *
 * Adds what changes the filter: "group", "category", "district", "period", "any-time",
 * "overdue", "answered", "around" and "clear".
 */
void
komek_filter_actions_add (GActionMap *actions, KomekExploration *exploration)
{
  KomekFilterChoice *choice = komek_exploration_get_choice (exploration);
  GSimpleAction *period, *around;

  g_action_map_add_action_entries (actions, entries, G_N_ELEMENTS (entries), exploration);
  period = G_SIMPLE_ACTION (g_action_map_lookup_action (actions, "period"));
  g_signal_connect_object (choice, "changed", G_CALLBACK (on_choice_changed), period, 0);
  on_choice_changed (choice, period);
  around = G_SIMPLE_ACTION (g_action_map_lookup_action (actions, "around"));
  g_signal_connect_object (exploration, "notify::around", G_CALLBACK (on_around_changed), around,
                           0);
  on_around_changed (exploration, NULL, around);
}

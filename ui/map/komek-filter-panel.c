/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-filter-panel.h"

#include <string.h>

#include "komek-filter-option.h"
#include "komek-filter-words.h"
#include "komek-gettext.h"
#include "komek-icon.h"
#include "komek-state-icon.h"
#include "komek-time-words.h"
#include "komek-words.h"

#define KIOSK_ICON 40
#define DESKTOP_ICON 22

/**
 * KomekFilterPanel:
 *
 * All filters, each but the circles with a count of what it would show under the others.
 *
 * It stands in the place of the list, beside the map, which shows at once what
 * a choice does; so there is nothing to apply, only a way back.
 */
struct _KomekFilterPanel
{
  GtkWidget         parent;
  KomekContext     *context;
  KomekExploration *exploration;
  KomekCategories  *categories; /* that there are options for, NULL for none */
  GtkWidget        *clear;
  GtkScrolledWindow *scroller;
  GtkBox           *options;
  GtkBox           *category_box;
  GtkBox           *district_box;
  GPtrArray        *districts; /* the codes that there are options for */
  GtkWidget        *done;
  GtkLabel         *done_label;
  GArray           *shown; /* of Option */
};

typedef enum
{
  STATE,
  OVERDUE,
  ANSWERED,
  AROUND,
  PERIOD,
  SPAN,
  CATEGORY,
  DISTRICT,
} Kind;

/* Something to tick: its place in the list of its kind, and what shows it. */
typedef struct
{
  Kind               kind;
  guint              value;
  KomekFilterOption *button;
} Option;

G_DEFINE_FINAL_TYPE (KomekFilterPanel, komek_filter_panel, GTK_TYPE_WIDGET)

static const KomekPeriod periods[KOMEK_N_PERIODS] = {
  KOMEK_PERIOD_ALL, KOMEK_PERIOD_WEEK, KOMEK_PERIOD_MONTH, KOMEK_PERIOD_QUARTER, KOMEK_PERIOD_YEAR,
};

/* Every look at the city may count them in another order. */
static guint
count_district (const char *code, KomekSurvey *survey)
{
  const char *const *codes = komek_points_get_districts (komek_survey_peek (survey)->points);

  for (guint i = 0; codes[i]; i++)
    if (g_str_equal (codes[i], code))
      return komek_counts_get_district (komek_survey_get_counts (survey), i);
  return 0;
}

static guint
count_option (KomekFilterPanel *self, const Option *option, KomekSurvey *survey)
{
  KomekCounts *counts = komek_survey_get_counts (survey);

  switch (option->kind)
    {
    case STATE:
      return komek_counts_get_group (counts, option->value);
    case OVERDUE:
      return komek_counts_get_group (counts, KOMEK_GROUP_LATE);
    case PERIOD:
      return komek_survey_get_period_count (survey, option->value);
    case SPAN:
      return komek_counts_get_total (counts);
    case CATEGORY:
      return komek_categories_count (self->categories, option->value, counts);
    case ANSWERED:
      return komek_counts_get_answered (counts);
    case DISTRICT:
      return count_district (self->districts->pdata[option->value], survey);
    case AROUND:
    default:
      g_assert_not_reached ();
    }
}

static gboolean
is_chosen (KomekFilterPanel *self, const Option *option)
{
  KomekFilterChoice *choice = komek_exploration_get_choice (self->exploration);

  switch (option->kind)
    {
    case STATE:
      return komek_filter_choice_has_group (choice, option->value);
    case OVERDUE:
      return komek_filter_choice_get_overdue (choice);
    case ANSWERED:
      return komek_filter_choice_get_answered (choice);
    case AROUND:
      return komek_exploration_get_around (self->exploration) == option->value;
    case PERIOD:
      return komek_filter_choice_get_period (choice) == option->value
             && !komek_filter_choice_has_span (choice);
    case SPAN:
      return komek_filter_choice_has_span (choice);
    case CATEGORY:
      return komek_filter_choice_has_category (choice,
                                               komek_categories_get_code (self->categories,
                                                                          option->value));
    case DISTRICT:
    default:
      return komek_filter_choice_has_district (choice, self->districts->pdata[option->value]);
    }
}

/* What was chosen with the brush stands among the periods; without it there is no such option. */
static void
show_span (KomekFilterPanel *self, const Option *option)
{
  KomekFilterChoice *choice = komek_exploration_get_choice (self->exploration);
  g_autofree char *word =
    komek_time_words_span (self->context, komek_filter_choice_get_from (choice),
                           komek_filter_choice_get_to (choice));

  komek_filter_option_set_word (option->button, word);
  gtk_widget_set_visible (GTK_WIDGET (option->button), komek_filter_choice_has_span (choice));
}

static void
show_option (KomekFilterPanel *self, const Option *option, KomekSurvey *survey)
{
  gboolean counted = option->kind != AROUND;
  guint n = survey && counted ? count_option (self, option, survey) : 0;
  g_autofree char *count = komek_locale_format_number (komek_context_get_locale (self->context), n);

  if (option->kind == SPAN)
    show_span (self, option);
  komek_filter_option_show (option->button, is_chosen (self, option),
                            counted ? count : NULL);
}

static void
add_option (KomekFilterPanel *self, GtkBox *box, Kind kind, guint value, const char *word,
            GtkWidget *icon, const char *action, GVariant *target)
{
  gboolean one = kind == PERIOD || kind == SPAN || kind == AROUND;
  GtkWidget *button = komek_filter_option_new (one ? GTK_ACCESSIBLE_ROLE_RADIO
                                               : GTK_ACCESSIBLE_ROLE_CHECKBOX,
                                               word, icon);
  Option option = { kind, value, KOMEK_FILTER_OPTION (button) };

  komek_filter_option_set_action (option.button, action, target);
  gtk_box_append (box, button);
  g_array_append_val (self->shown, option);
}

static void
remove_options (KomekFilterPanel *self, GtkBox *box, Kind kind)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (box))))
    gtk_box_remove (box, child);
  for (guint i = self->shown->len; i > 0; i--)
    if (g_array_index (self->shown, Option, i - 1).kind == kind)
      g_array_remove_index (self->shown, i - 1);
}

static GtkBox *
add_section (KomekFilterPanel *self, const char *title)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *label = g_object_new (GTK_TYPE_LABEL, "label", title, "xalign", 0.0f,
                                   "accessible-role", GTK_ACCESSIBLE_ROLE_HEADING, NULL);

  gtk_widget_add_css_class (label, "sub");
  gtk_box_append (self->options, label);
  gtk_box_append (self->options, box);
  gtk_accessible_update_property (GTK_ACCESSIBLE (box), GTK_ACCESSIBLE_PROPERTY_LABEL, title, -1);
  return GTK_BOX (box);
}

static int
get_icon_size (KomekFilterPanel *self)
{
  return komek_context_is_kiosk (self->context) ? KIOSK_ICON : DESKTOP_ICON;
}

static void
add_states (KomekFilterPanel *self)
{
  /* Translators: heading above the states to filter by. */
  GtkBox *box = add_section (self, C_ ("filters", "State"));

  for (guint i = 0; i < KOMEK_N_GROUPS; i++)
    {
      GtkWidget *icon = komek_state_icon_new (komek_context_get_theme (self->context),
                                              get_icon_size (self));

      komek_state_icon_set_state (KOMEK_STATE_ICON (icon), i, komek_filter_words_get_glyph (i), 0);
      add_option (self, box, STATE, i, komek_words_group (i), icon, "explore.group",
                  g_variant_new_uint32 (i));
    }
}

static void
add_restrictions (KomekFilterPanel *self)
{
  /* Translators: heading above “Overdue requests” and “Answered by the city”: nothing but these. */
  GtkBox *box = add_section (self, C_ ("filters", "Only"));

  add_option (self, box, OVERDUE, 0, C_ ("filters", "Overdue requests"), NULL, "explore.overdue",
              NULL);
  add_option (self, box, ANSWERED, 0, komek_filter_words_answered (), NULL, "explore.answered",
              NULL);
}

static void
add_circles (KomekFilterPanel *self)
{
  gboolean here = komek_exploration_get_here (self->exploration) != NULL;
  /* Translators: heading above 500 m, 1 km, 3 km: how far from this kiosk. */
  GtkBox *box = add_section (self, here ? C_ ("map", "Around me")
                             : C_ ("map", "Around the middle of the map"));

  add_option (self, box, AROUND, 0, C_ ("radius", "Any distance"), NULL, "explore.around",
              g_variant_new_uint32 (0));
  for (guint i = 0; i < KOMEK_N_RADII; i++)
    add_option (self, box, AROUND, komek_radii[i], komek_filter_words_radius (komek_radii[i]), NULL,
                "explore.around", g_variant_new_uint32 (komek_radii[i]));
}

static void
add_periods (KomekFilterPanel *self)
{
  /* Translators: heading above the stretches of time to filter by. */
  GtkBox *box = add_section (self, C_ ("filters", "Period"));

  for (guint i = 0; i < KOMEK_N_PERIODS; i++)
    add_option (self, box, PERIOD, periods[i], komek_filter_words_period (periods[i]), NULL,
                "explore.period", g_variant_new_uint32 (periods[i]));
  add_option (self, box, SPAN, 0, "", NULL, "explore.any-time", NULL);
}

static GtkWidget *
make_category_icon (KomekFilterPanel *self, const char *code)
{
  g_autofree char *lower = g_ascii_strdown (code, -1);
  g_autofree char *name = g_strdup_printf ("komek-category-%s-symbolic", lower);
  GtkWidget *image =
    komek_icon_new_image (komek_icon_exists (name) ? name : "komek-category-inf-symbolic");

  gtk_image_set_pixel_size (GTK_IMAGE (image), get_icon_size (self));
  return image;
}

static void
build_categories (KomekFilterPanel *self)
{
  remove_options (self, self->category_box, CATEGORY);
  for (guint i = 0; i < komek_categories_get_n (self->categories); i++)
    {
      const char *code = komek_categories_get_code (self->categories, i);

      add_option (self, self->category_box, CATEGORY, i,
                  komek_filter_words_category (self->context, self->categories, i),
                  make_category_icon (self, code), "explore.category", g_variant_new_string (code));
    }
}

static void
build_districts (KomekFilterPanel *self)
{
  remove_options (self, self->district_box, DISTRICT);
  for (guint i = 0; i < self->districts->len; i++)
    {
      const char *code = self->districts->pdata[i];

      add_option (self, self->district_box, DISTRICT, i,
                  komek_filter_words_district (self->context, code), NULL, "explore.district",
                  g_variant_new_string (code));
    }
}

static int
compare_codes (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

/* Those in which there are requests; the options stay unless the list is another one. */
static void
set_districts (KomekFilterPanel *self, const char *const *codes)
{
  g_autoptr (GPtrArray) list = g_ptr_array_new_with_free_func (g_free);
  gboolean same;

  for (guint i = 0; codes[i]; i++)
    if (*codes[i])
      g_ptr_array_add (list, g_strdup (codes[i]));
  g_ptr_array_sort (list, compare_codes);
  same = list->len == self->districts->len;
  for (guint i = 0; same && i < list->len; i++)
    same = g_str_equal (list->pdata[i], self->districts->pdata[i]);
  if (same)
    return;

  g_ptr_array_unref (self->districts);
  self->districts = g_steal_pointer (&list);
  build_districts (self);
}

/* Every look at the city makes them anew; the options stay unless the list is another one. */
static void
set_categories (KomekFilterPanel *self, KomekCategories *categories)
{
  g_autoptr (KomekCategories) old = g_steal_pointer (&self->categories);

  self->categories = komek_categories_ref (categories);
  if (!old || !komek_categories_has_same_names (old, categories))
    build_categories (self);
}

static void
show_done (KomekFilterPanel *self, KomekSurvey *survey)
{
  guint n = survey ? komek_counts_get_total (komek_survey_get_view_counts (survey)) : 0;
  g_autofree char *count = komek_locale_format_number (komek_context_get_locale (self->context), n);
  /* Translators: a button below the filters, back to the list of %s requests. */
  g_autofree char *label = g_strdup_printf (ngettext ("Show %s request", "Show %s requests", n),
                                            count);

  gtk_label_set_label (self->done_label, label);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->done), GTK_ACCESSIBLE_PROPERTY_LABEL, label,
                                  -1);
}

static void
on_survey_changed (KomekFilterPanel *self)
{
  KomekCategories *categories = komek_exploration_get_categories (self->exploration);
  KomekFilterChoice *choice = komek_exploration_get_choice (self->exploration);
  KomekSurvey *survey = komek_exploration_get_survey (self->exploration);

  if (categories && categories != self->categories)
    set_categories (self, categories);
  if (survey)
    set_districts (self, komek_points_get_districts (komek_survey_peek (survey)->points));
  for (guint i = 0; i < self->shown->len; i++)
    show_option (self, &g_array_index (self->shown, Option, i), survey);
  gtk_widget_set_visible (self->clear, !komek_filter_choice_is_empty (choice)
                                       || komek_exploration_get_around (self->exploration) > 0);
  show_done (self, survey);
}

static void
komek_filter_panel_dispose (GObject *object)
{
  KomekFilterPanel *self = KOMEK_FILTER_PANEL (object);
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (object))))
    gtk_widget_unparent (child);
  g_clear_pointer (&self->categories, komek_categories_unref);
  g_clear_object (&self->exploration);
  g_clear_object (&self->context);
  G_OBJECT_CLASS (komek_filter_panel_parent_class)->dispose (object);
}

static void
komek_filter_panel_finalize (GObject *object)
{
  g_array_unref (KOMEK_FILTER_PANEL (object)->shown);
  g_ptr_array_unref (KOMEK_FILTER_PANEL (object)->districts);
  G_OBJECT_CLASS (komek_filter_panel_parent_class)->finalize (object);
}

static void
komek_filter_panel_class_init (KomekFilterPanelClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = komek_filter_panel_dispose;
  G_OBJECT_CLASS (klass)->finalize = komek_filter_panel_finalize;

  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "filter-panel");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "explore.hide-filters",
                                       NULL);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/kz/komek/Komek/map/komek-filter-panel.ui");
  gtk_widget_class_bind_template_child (widget_class, KomekFilterPanel, clear);
  gtk_widget_class_bind_template_child (widget_class, KomekFilterPanel, scroller);
  gtk_widget_class_bind_template_child (widget_class, KomekFilterPanel, options);
  gtk_widget_class_bind_template_child (widget_class, KomekFilterPanel, done);
  gtk_widget_class_bind_template_child (widget_class, KomekFilterPanel, done_label);
}

static void
komek_filter_panel_init (KomekFilterPanel *self)
{
  self->shown = g_array_new (FALSE, FALSE, sizeof (Option));
  self->districts = g_ptr_array_new_with_free_func (g_free);
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _("Filters"), -1);
}

GtkWidget *
komek_filter_panel_new (KomekContext *context, KomekExploration *exploration)
{
  KomekFilterPanel *self = g_object_new (KOMEK_TYPE_FILTER_PANEL, NULL);

  self->context = g_object_ref (context);
  self->exploration = g_object_ref (exploration);
  add_states (self);
  add_restrictions (self);
  add_circles (self);
  add_periods (self);
  /* Translators: heading above the categories to filter by. */
  self->category_box = add_section (self, C_ ("filters", "Category"));
  /* Translators: heading above the districts of the city to filter by. */
  self->district_box = add_section (self, C_ ("filters", "District"));
  g_signal_connect_object (exploration, "notify::survey", G_CALLBACK (on_survey_changed), self,
                           G_CONNECT_SWAPPED);
  on_survey_changed (self);
  return GTK_WIDGET (self);
}

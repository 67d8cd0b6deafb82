/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-filter-chips.h"

#include "komek-chosen.h"
#include "komek-filter-chip.h"
#include "komek-filter-words.h"
#include "komek-gettext.h"
#include "komek-words.h"

#define KIOSK_GAP 12
#define DESKTOP_GAP 8

/**
 * KomekFilterChips:
 *
 * The filters in one line: what is chosen first, then the states, as many as there is room for;
 * the rest is behind a button with their number, which leads to all of them.
 */
struct _KomekFilterChips
{
  GtkWidget         parent;
  KomekContext     *context;
  KomekExploration *exploration;
  GtkWidget        *clear;
  GtkWidget        *all;
  GPtrArray        *chosen; /* of GtkWidget, what the line does not offer anyway */
  GtkWidget        *groups[KOMEK_N_GROUPS];
  GtkWidget        *more;
  GtkWidget        *more_label;
  guint             n_hidden;
  guint             count_idle;
};

G_DEFINE_FINAL_TYPE (KomekFilterChips, komek_filter_chips, GTK_TYPE_WIDGET)

/* What asks for attention comes first. */
static const KomekGroup group_order[KOMEK_N_GROUPS] = {
  KOMEK_GROUP_LATE, KOMEK_GROUP_NEW, KOMEK_GROUP_WORK, KOMEK_GROUP_DONE, KOMEK_GROUP_SHUT,
};

static int
get_gap (KomekFilterChips *self)
{
  return komek_context_is_kiosk (self->context) ? KIOSK_GAP : DESKTOP_GAP;
}

static int
measure_width (GtkWidget *widget)
{
  int natural;

  gtk_widget_measure (widget, GTK_ORIENTATION_HORIZONTAL, -1, NULL, &natural, NULL, NULL);
  return natural;
}

static gboolean
is_chosen (GtkWidget *chip)
{
  return !KOMEK_IS_FILTER_CHIP (chip) || gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (chip));
}

/* All but the last button, in the order in which they find room. */
static GPtrArray *
list_chips (KomekFilterChips *self)
{
  GPtrArray *chips = g_ptr_array_new ();

  for (int chosen = 1; chosen >= 0; chosen--)
    for (GtkWidget *chip = gtk_widget_get_first_child (GTK_WIDGET (self)); chip;
         chip = gtk_widget_get_next_sibling (chip))
      if (chip != self->more && gtk_widget_get_visible (chip) && is_chosen (chip) == chosen)
        g_ptr_array_add (chips, chip);
  return chips;
}

static gboolean
on_count_idle (gpointer data)
{
  KomekFilterChips *self = data;
  /* Translators: stands on a button that leads to more filters; %u is how many do not fit here. */
  g_autofree char *label = g_strdup_printf (C_ ("filters", "+%u"), self->n_hidden);
  /* Translators: what the button is called; %u is how many filters do not fit here. */
  g_autofree char *name = g_strdup_printf (ngettext ("%u more filter", "%u more filters",
                                                     self->n_hidden),
                                           self->n_hidden);

  self->count_idle = 0;
  gtk_label_set_label (GTK_LABEL (self->more_label), label);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->more), GTK_ACCESSIBLE_PROPERTY_LABEL, name,
                                  -1);
  return G_SOURCE_REMOVE;
}

/* A label must not change in the middle of an allocation. */
static void
count_hidden (KomekFilterChips *self, guint n_hidden)
{
  if (self->n_hidden == n_hidden)
    return;
  self->n_hidden = n_hidden;
  if (self->count_idle == 0)
    self->count_idle = g_idle_add (on_count_idle, self);
}

/* How many of the chips fit into a line, with the last button behind them where that is not all. */
static guint
count_fitting (KomekFilterChips *self, GPtrArray *chips, int width)
{
  int gap = get_gap (self), used = 0, more = gap + measure_width (self->more);
  guint fitting = 0;

  for (guint i = 0; i < chips->len; i++)
    {
      used += measure_width (chips->pdata[i]) + (i > 0 ? gap : 0);
      if (used <= width - (i + 1 < chips->len ? more : 0))
        fitting = i + 1;
    }
  return used <= width ? chips->len : fitting;
}

static void
place (KomekFilterChips *self, GtkWidget *chip, int x, int width, int height)
{
  gboolean backwards = gtk_widget_get_direction (GTK_WIDGET (self)) == GTK_TEXT_DIR_RTL;
  GtkAllocation allocation = { x, 0, width, height };

  if (backwards)
    allocation.x = gtk_widget_get_width (GTK_WIDGET (self)) - x - width;
  gtk_widget_set_child_visible (chip, TRUE);
  gtk_widget_size_allocate (chip, &allocation, -1);
}

static void
komek_filter_chips_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  KomekFilterChips *self = KOMEK_FILTER_CHIPS (widget);
  g_autoptr (GPtrArray) chips = list_chips (self);
  guint fitting = count_fitting (self, chips, width);
  int x = 0;

  for (guint i = 0; i < chips->len; i++)
    {
      int wide = measure_width (chips->pdata[i]);

      if (i < fitting)
        {
          place (self, chips->pdata[i], x, wide, height);
          x += wide + get_gap (self);
        }
      else
        gtk_widget_set_child_visible (chips->pdata[i], FALSE);
    }
  if (fitting < chips->len)
    place (self, self->more, x, measure_width (self->more), height);
  else
    gtk_widget_set_child_visible (self->more, FALSE);
  count_hidden (self, chips->len - fitting);
}

static void
komek_filter_chips_measure (GtkWidget *widget, GtkOrientation orientation, int for_size,
                            int *minimum, int *natural,
                            int *minimum_baseline, int *natural_baseline)
{
  KomekFilterChips *self = KOMEK_FILTER_CHIPS (widget);
  int sum = 0, most = 0;

  for (GtkWidget *chip = gtk_widget_get_first_child (widget); chip;
       chip = gtk_widget_get_next_sibling (chip))
    {
      int size;

      gtk_widget_measure (chip, orientation, -1, NULL, &size, NULL, NULL);
      most = MAX (most, size);
      sum += gtk_widget_get_visible (chip) ? size + get_gap (self) : 0;
    }
  *minimum = orientation == GTK_ORIENTATION_VERTICAL ? most : measure_width (self->more);
  *natural = orientation == GTK_ORIENTATION_VERTICAL ? most : sum;
}

static void
show_chip (KomekFilterChips *self, GtkWidget *chip, gboolean chosen, guint count)
{
  g_autofree char *text = NULL;

  if (komek_filter_words_is_known (self->context, self->exploration))
    text = komek_locale_format_number (komek_context_get_locale (self->context), count);
  komek_filter_chip_show (KOMEK_FILTER_CHIP (chip), chosen, text);
}

static void
show_states (KomekFilterChips *self, KomekCounts *counts, KomekFilterChoice *choice)
{
  for (guint i = 0; i < KOMEK_N_GROUPS; i++)
    show_chip (self, self->groups[i], komek_filter_choice_has_group (choice, i),
               counts ? komek_counts_get_group (counts, i) : 0);
}

static gboolean
is_same_chip (GtkWidget *chip, const KomekChosen *chosen)
{
  GtkActionable *actionable = GTK_ACTIONABLE (chip);
  GVariant *target = gtk_actionable_get_action_target_value (actionable);

  return g_strcmp0 (gtk_actionable_get_action_name (actionable), chosen->action) == 0
         && (target == chosen->target
             || (target && chosen->target && g_variant_equal (target, chosen->target)))
         && g_str_equal (komek_filter_chip_get_word (KOMEK_FILTER_CHIP (chip)), chosen->word);
}

/* Whether the chips of what is chosen are those that there should be. */
static gboolean
are_same_chips (KomekFilterChips *self, GArray *chosen)
{
  gboolean same = self->chosen->len == chosen->len;

  for (guint i = 0; same && i < chosen->len; i++)
    same = is_same_chip (self->chosen->pdata[i], &g_array_index (chosen, KomekChosen, i));
  return same;
}

/* Whoever takes a filter away by its chip must not lose the line with it. */
static void
show_chosen (KomekFilterChips *self)
{
  g_autoptr (GArray) chosen = komek_chosen_list (self->context, self->exploration);
  GtkWidget *focus = gtk_widget_get_focus_child (GTK_WIDGET (self));
  gboolean held = focus && g_ptr_array_find (self->chosen, focus, NULL);
  GtkWidget *before = self->all;

  if (are_same_chips (self, chosen))
    return;
  g_ptr_array_set_size (self->chosen, 0);
  for (guint i = 0; i < chosen->len; i++)
    {
      const KomekChosen *what = &g_array_index (chosen, KomekChosen, i);
      GtkWidget *chip = komek_filter_chip_new_removable (what->word, what->action, what->target);

      gtk_widget_insert_after (chip, GTK_WIDGET (self), before);
      g_ptr_array_add (self->chosen, chip);
      before = chip;
    }
  if (held)
    gtk_widget_child_focus (GTK_WIDGET (self), GTK_DIR_TAB_FORWARD);
}

static void
on_survey_changed (KomekFilterChips *self)
{
  KomekSurvey *survey = komek_exploration_get_survey (self->exploration);
  KomekFilterChoice *choice = komek_exploration_get_choice (self->exploration);
  KomekCounts *counts = survey ? komek_survey_get_counts (survey) : NULL;
  gboolean any = !komek_filter_choice_is_empty (choice)
                 || komek_exploration_get_around (self->exploration) > 0;

  gtk_widget_set_visible (self->clear, any);
  gtk_widget_set_visible (self->all, !any);
  show_chip (self, self->all, !any, counts ? komek_counts_get_total (counts) : 0);
  show_states (self, counts, choice);
  show_chosen (self);
  gtk_widget_queue_allocate (GTK_WIDGET (self));
}

static void
komek_filter_chips_dispose (GObject *object)
{
  KomekFilterChips *self = KOMEK_FILTER_CHIPS (object);
  GtkWidget *child;

  g_clear_handle_id (&self->count_idle, g_source_remove);
  g_clear_pointer (&self->chosen, g_ptr_array_unref);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (object))))
    gtk_widget_unparent (child);
  g_clear_object (&self->exploration);
  g_clear_object (&self->context);
  G_OBJECT_CLASS (komek_filter_chips_parent_class)->dispose (object);
}

static void
komek_filter_chips_class_init (KomekFilterChipsClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = komek_filter_chips_dispose;
  widget_class->measure = komek_filter_chips_measure;
  widget_class->size_allocate = komek_filter_chips_size_allocate;
  gtk_widget_class_set_css_name (widget_class, "filter-chips");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
komek_filter_chips_init (KomekFilterChips *self)
{
  self->chosen = g_ptr_array_new_with_free_func ((GDestroyNotify) gtk_widget_unparent);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _("Filters"), -1);
}

static GtkWidget *
add (KomekFilterChips *self, GtkWidget *chip)
{
  gtk_widget_set_parent (chip, GTK_WIDGET (self));
  return chip;
}

static GtkWidget *
make_button (GtkWidget *child, const char *action)
{
  GtkWidget *button = gtk_button_new ();

  gtk_button_set_child (GTK_BUTTON (button), child);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), action);
  gtk_widget_add_css_class (button, "filter-chip");
  return button;
}

static void
make_chips (KomekFilterChips *self)
{
  /* Translators: takes all filters away. */
  const char *clear = C_ ("filters", "Clear");

  self->clear = add (self, make_button (gtk_label_new (clear), "explore.clear"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->clear), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  clear, -1);
  /* Translators: no filter, all requests of the city; a number follows. */
  self->all = add (self, komek_filter_chip_new (C_ ("filters", "All"), "explore.clear", NULL));
  for (guint i = 0; i < KOMEK_N_GROUPS; i++)
    {
      KomekGroup group = group_order[i];

      self->groups[group] = add (self,
                                 komek_filter_chip_new (komek_words_group (group), "explore.group",
                                                              g_variant_new_uint32 (group)));
    }
  /* Were it a label of the button itself, newer GTKs would call the button by it. */
  self->more_label = gtk_label_new (NULL);
  self->more = add (self, make_button (self->more_label, "explore.show-filters"));
}

/**
 * komek_filter_chips_set_up:
 *
 * Says what is to be filtered; once, by the page that owns it.
 */
void
komek_filter_chips_set_up (KomekFilterChips *self, KomekContext *context,
                           KomekExploration *exploration)
{
  g_return_if_fail (KOMEK_IS_FILTER_CHIPS (self));

  self->context = g_object_ref (context);
  self->exploration = g_object_ref (exploration);
  make_chips (self);
  on_count_idle (self);
  g_signal_connect_object (exploration, "notify::survey", G_CALLBACK (on_survey_changed), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (komek_context_get_line (context), "notify::as-of",
                           G_CALLBACK (on_survey_changed), self, G_CONNECT_SWAPPED);
  on_survey_changed (self);
}

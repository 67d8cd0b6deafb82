/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-place-results.h"

#include "komek-gettext.h"
#include "komek-icon.h"
#include "komek-place-words.h"

#define MOST_RESULTS 6
#define LOWEST 40 /* pixels for one result at least, before the list scrolls */

/**
 * KomekPlaceResults:
 *
 * What is found of a place while it is typed: a list of places to choose from.
 *
 * Each row is a button, so that it works by touch, by keys and for a screen reader alike. How
 * many there are is said when the search has come to its end.
 */
struct _KomekPlaceResults
{
  GtkBox            parent;
  KomekContext     *context;
  KomekPlaceFinder *finder;
  GCancellable     *cancellable; /* of the search on its way, or NULL */
  gboolean          in_haste;    /* the first is to be chosen as soon as it is there */
  GPtrArray        *finds;       /* of KomekPlaceFind, as they are listed, or NULL */
  GtkLabel         *status;
  GtkBox           *list;
};

enum
{
  CHOSEN,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (KomekPlaceResults, komek_place_results, GTK_TYPE_BOX)

/* What a place is, where its name does not say it; NULL where that is a street. */
static const char *
name_kind (const KomekPlaceFind *find)
{
  switch ((guint) find->kind)
    {
    case KOMEK_ADDRESS_DISTRICT:
      /* Translators: under the name of a place that was found: what it is. */
      return C_ ("place", "City district");
    case KOMEK_ADDRESS_RIVER:
      return C_ ("place", "River");
    case KOMEK_ADDRESS_LAKE:
      return C_ ("place", "Lake");
    case KOMEK_ADDRESS_PARK:
      return C_ ("place", "Park");
    default:
      return NULL;
    }
}

static char *
dup_subtitle (KomekPlaceResults *self, const KomekPlaceFind *find)
{
  const char *kind = name_kind (find);

  if (kind)
    return g_strdup (kind);
  if (find->house && !find->house_is_known)
    /* Translators: under the name of a street: %s is the number of the house that was asked for. */
    return g_strdup_printf (_("House %s is not known here: the middle of the street"), find->house);
  return komek_place_words_dup_district (self->context, find->district);
}

static void
on_row_clicked (KomekPlaceResults *self, GtkWidget *row)
{
  guint position = GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (row), "komek-position"));
  g_autoptr (GPtrArray) finds = g_ptr_array_ref (self->finds);

  komek_place_results_clear (self);
  g_signal_emit (self, signals[CHOSEN], 0, finds->pdata[position]);
}

static GtkWidget *
make_label (const char *text, const char *css_class)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_widget_add_css_class (label, css_class);
  return label;
}

static GtkWidget *
make_row (KomekPlaceResults *self, const KomekPlaceFind *find, guint position)
{
  g_autofree char *title = komek_place_words_dup_title (self->context, find);
  g_autofree char *subtitle = dup_subtitle (self, find);
  g_autofree char *name = *subtitle ? g_strjoin (", ", title, subtitle, NULL) : g_strdup (title);
  GtkWidget *row = gtk_button_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  GtkWidget *words = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *icon =
    komek_icon_new_image (find->house_is_known ? "komek-home-symbolic" : "komek-pin-symbolic");

  gtk_widget_set_valign (words, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (words), make_label (title, "name"));
  if (*subtitle)
    gtk_box_append (GTK_BOX (words), make_label (subtitle, "second"));
  gtk_box_append (GTK_BOX (box), icon);
  gtk_box_append (GTK_BOX (box), words);
  gtk_button_set_child (GTK_BUTTON (row), box);
  gtk_widget_add_css_class (row, "place-result");
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  g_object_set_data (G_OBJECT (row), "komek-position", GUINT_TO_POINTER (position));
  g_signal_connect_object (row, "clicked", G_CALLBACK (on_row_clicked), self, G_CONNECT_SWAPPED);
  return row;
}

static void
forget_rows (KomekPlaceResults *self)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->list))))
    gtk_box_remove (self->list, child);
  g_clear_pointer (&self->finds, g_ptr_array_unref);
}

static void
stop_search (KomekPlaceResults *self)
{
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  self->in_haste = FALSE;
}

static gboolean
are_only_alike (GPtrArray *finds)
{
  return finds->len > 0 && ((const KomekPlaceFind *) finds->pdata[0])->alike;
}

static void
say_count (KomekPlaceResults *self)
{
  guint n = self->finds->len;
  /* Translators: over the places that were found; %u is how many. */
  g_autofree char *text = g_strdup_printf (ngettext ("%u place found", "%u places found", n), n);

  if (n == 0)
    gtk_label_set_label (self->status, _("Nothing here has that name. Move the map instead."));
  else if (are_only_alike (self->finds))
    gtk_label_set_label (self->status, _("Nothing has exactly that name. Is it one of these?"));
  else
    gtk_label_set_label (self->status, text);
}

static void
list (KomekPlaceResults *self, GPtrArray *finds)
{
  forget_rows (self);
  self->finds = g_ptr_array_ref (finds);
  for (guint i = 0; i < finds->len; i++)
    gtk_box_append (self->list, make_row (self, finds->pdata[i], i));
  gtk_widget_set_visible (GTK_WIDGET (self), TRUE);
}

static void
on_searched (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (KomekPlaceResults) self = data;
  g_autoptr (GPtrArray) finds =
    komek_place_finder_search_finish (KOMEK_PLACE_FINDER (source), result, NULL);
  gboolean in_haste;

  /* Only who has stopped waiting gets nothing. */
  if (!finds)
    return;
  g_clear_object (&self->cancellable);
  in_haste = self->in_haste;
  self->in_haste = FALSE;
  list (self, finds);
  say_count (self);
  if (in_haste)
    komek_place_results_choose_first (self);
}

static void
on_districts_listed (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (KomekPlaceResults) self = data;
  g_autoptr (GPtrArray) finds =
    komek_place_finder_search_finish (KOMEK_PLACE_FINDER (source), result, NULL);

  if (!finds)
    return;
  g_clear_object (&self->cancellable);
  list (self, finds);
  gtk_label_set_label (self->status, _("In which district is it?"));
  komek_place_results_focus (self);
}

static void
komek_place_results_dispose (GObject *object)
{
  KomekPlaceResults *self = KOMEK_PLACE_RESULTS (object);

  stop_search (self);
  g_clear_pointer (&self->finds, g_ptr_array_unref);
  g_clear_object (&self->finder);
  g_clear_object (&self->context);
  G_OBJECT_CLASS (komek_place_results_parent_class)->dispose (object);
}

static void
komek_place_results_class_init (KomekPlaceResultsClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = komek_place_results_dispose;

  /**
   * KomekPlaceResults::chosen:
   * @find: the #KomekPlaceFind; the list is closed by then
   */
  signals[CHOSEN] = g_signal_new ("chosen", KOMEK_TYPE_PLACE_RESULTS, G_SIGNAL_RUN_LAST, 0, NULL,
                                  NULL, NULL, G_TYPE_NONE, 1, G_TYPE_POINTER);
  gtk_widget_class_set_css_name (GTK_WIDGET_CLASS (klass), "place-results");
}

static void
komek_place_results_init (KomekPlaceResults *self)
{
  GtkWidget *scroller = gtk_scrolled_window_new ();

  gtk_orientable_set_orientation (GTK_ORIENTABLE (self), GTK_ORIENTATION_VERTICAL);
  self->status = g_object_new (GTK_TYPE_LABEL, "xalign", 0.0, "wrap", TRUE, "accessible-role",
                               GTK_ACCESSIBLE_ROLE_STATUS, NULL);
  gtk_widget_add_css_class (GTK_WIDGET (self->status), "second");
  self->list = g_object_new (GTK_TYPE_BOX, "orientation", GTK_ORIENTATION_VERTICAL,
                             "accessible-role", GTK_ACCESSIBLE_ROLE_LIST, NULL);
  gtk_widget_add_css_class (GTK_WIDGET (self->list), "place-list");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->list), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  /* Translators: the name of the list of places that a text was found in. */
                                  _("Places found"), -1);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_propagate_natural_height (GTK_SCROLLED_WINDOW (scroller), TRUE);
  gtk_scrolled_window_set_min_content_height (GTK_SCROLLED_WINDOW (scroller), LOWEST);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), GTK_WIDGET (self->list));
  gtk_box_append (GTK_BOX (self), GTK_WIDGET (self->status));
  gtk_box_append (GTK_BOX (self), scroller);
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
}

/* Hidden until something is looked for. */
GtkWidget *
komek_place_results_new (KomekContext *context, KomekPlaceFinder *finder)
{
  KomekPlaceResults *self = g_object_new (KOMEK_TYPE_PLACE_RESULTS, NULL);

  self->context = g_object_ref (context);
  self->finder = g_object_ref (finder);
  return GTK_WIDGET (self);
}

/* Lists what fits the text, once it is found; what was listed before stays until then. */
void
komek_place_results_search (KomekPlaceResults *self, const char *text)
{
  g_autofree char *stripped = g_strstrip (g_strdup (text));

  g_return_if_fail (KOMEK_IS_PLACE_RESULTS (self));

  if (*stripped == '\0')
    {
      komek_place_results_clear (self);
      return;
    }
  stop_search (self);
  self->cancellable = g_cancellable_new ();
  komek_place_finder_search_async (self->finder, stripped, MOST_RESULTS, self->cancellable,
                                   on_searched, g_object_ref (self));
}

/* Lists the districts of the plan: for whoever knows no more than that. */
void
komek_place_results_list_districts (KomekPlaceResults *self)
{
  g_return_if_fail (KOMEK_IS_PLACE_RESULTS (self));

  stop_search (self);
  self->cancellable = g_cancellable_new ();
  komek_place_finder_list_districts_async (self->finder, self->cancellable, on_districts_listed,
                                           g_object_ref (self));
}

/* What Enter does while something is typed: nobody has to wait for the list. */
void
komek_place_results_choose_first (KomekPlaceResults *self)
{
  GtkWidget *first;

  g_return_if_fail (KOMEK_IS_PLACE_RESULTS (self));

  first = gtk_widget_get_first_child (GTK_WIDGET (self->list));
  if (self->cancellable)
    self->in_haste = TRUE;
  else if (first)
    on_row_clicked (self, first);
}

/* An answer that comes late must not take the focus back to a page that was left.
 *
 * Returns: whether there is anything that could take the focus */
gboolean
komek_place_results_focus (KomekPlaceResults *self)
{
  GtkWidget *first;

  g_return_val_if_fail (KOMEK_IS_PLACE_RESULTS (self), FALSE);

  first = gtk_widget_get_first_child (GTK_WIDGET (self->list));
  return first && gtk_widget_get_mapped (first) && gtk_widget_grab_focus (first);
}

/* Closes the list; what is still being looked for is not listed any more. */
void
komek_place_results_clear (KomekPlaceResults *self)
{
  g_return_if_fail (KOMEK_IS_PLACE_RESULTS (self));

  stop_search (self);
  forget_rows (self);
  gtk_label_set_label (self->status, "");
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
}

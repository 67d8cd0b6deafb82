/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-chooser.h"

#include "komek-gettext.h"
#include "komek-icon.h"
#include "komek-state-icon.h"
#include "komek-words.h"

#define KIOSK_ICON 44
#define DESKTOP_ICON 24

/**
 * KomekChooser:
 *
 * Asks which of several marks on the map is meant, on a card above it.
 *
 * It holds on to what the marks were of, so that nothing that comes meanwhile
 * changes what is chosen.
 */
struct _KomekChooser
{
  GtkWidget     parent;
  KomekContext *context;
  GtkWidget    *card;
  GtkListBox   *list;
  KomekAtlas   *atlas;
  GArray       *picks; /* of KomekRequestPick, each with its clusters */
};

enum
{
  CHOSEN,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (KomekChooser, komek_chooser, GTK_TYPE_WIDGET)

static void
clear_pick (gpointer data)
{
  g_clear_pointer (&((KomekRequestPick *) data)->clusters, komek_clusters_unref);
}

static void
forget (KomekChooser *self)
{
  GtkWidget *row;

  while ((row = GTK_WIDGET (gtk_list_box_get_row_at_index (self->list, 0))))
    gtk_list_box_remove (self->list, row);
  g_array_set_size (self->picks, 0);
  g_clear_pointer (&self->atlas, komek_atlas_unref);
}

static const char *
name_service (KomekChooser *self, const KomekPoint *point)
{
  const char *const *codes = komek_points_get_services (komek_atlas_get_points (self->atlas));
  const char *code =
    point->service < g_strv_length ((char **) codes) ? codes[point->service] : "";
  KomekService *service = komek_context_find_service (self->context, code);

  return service ? komek_locale_label (komek_context_get_locale (self->context),
                                       komek_service_get_name (service)) : code;
}

static char *
name_cluster (KomekChooser *self, guint count)
{
  g_autofree char *number =
    komek_locale_format_number (komek_context_get_locale (self->context), count);

  /* Translators: %s is a number, already written as the language does. */
  return g_strdup_printf (ngettext ("%s request", "%s requests", count),
                          number);
}

static GtkWidget *
make_label (const char *text, const char *css_class)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_natural_wrap_mode (GTK_LABEL (label), GTK_NATURAL_WRAP_NONE);
  gtk_label_set_max_width_chars (GTK_LABEL (label), 32);
  if (css_class)
    gtk_widget_add_css_class (label, css_class);
  return label;
}

static GtkWidget *
make_icon (KomekChooser *self, const KomekPoint *point)
{
  int size = komek_context_is_kiosk (self->context) ? KIOSK_ICON : DESKTOP_ICON;
  GtkWidget *icon = komek_state_icon_new (komek_context_get_theme (self->context), size);

  komek_state_icon_set_state (KOMEK_STATE_ICON (icon),
                              komek_filter_group_of (komek_atlas_get_filter (self->atlas), point),
                              point->status, 0);
  return icon;
}

static GtkWidget *
make_row (GtkWidget *icon, const char *title, const char *detail)
{
  GtkWidget *row = gtk_list_box_row_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  GtkWidget *words = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  g_autofree char *name = detail ? g_strconcat (title, ", ", detail, NULL) : g_strdup (title);

  gtk_widget_set_valign (words, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (words), make_label (title, "name"));
  if (detail)
    gtk_box_append (GTK_BOX (words), make_label (detail, "second"));
  gtk_box_append (GTK_BOX (box), icon);
  gtk_box_append (GTK_BOX (box), words);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  return row;
}

static GtkWidget *
make_request_row (KomekChooser *self, const KomekPoint *point)
{
  KomekLocale *locale = komek_context_get_locale (self->context);
  g_autofree char *date =
    komek_locale_format_date (locale, point->requested, komek_context_get_zone (self->context));
  KomekGroup group = komek_filter_group_of (komek_atlas_get_filter (self->atlas), point);
  g_autofree char *detail = g_strconcat (komek_words_group (group), " · ", date, NULL);

  return make_row (make_icon (self, point), name_service (self, point), detail);
}

/* Where it is, as the plan knows: there may be nine of them. */
static const char *
name_place (KomekChooser *self, double x, double y)
{
  double latitude, longitude, metres;

  komek_mercator_unproject (x, y, &latitude, &longitude);
  return komek_plan_describe (komek_context_get_plan (self->context), latitude, longitude,
                              komek_locale_get_language (komek_context_get_locale (self->context)),
                              &metres);
}

static GtkWidget *
make_cluster_row (KomekChooser *self, const KomekCluster *cluster)
{
  GtkWidget *icon = komek_icon_new_image ("komek-plus-symbolic");
  g_autofree char *title = name_cluster (self, cluster->count);

  gtk_image_set_pixel_size (GTK_IMAGE (icon), komek_context_is_kiosk (self->context)
                                                ? KIOSK_ICON : DESKTOP_ICON);
  return make_row (icon, title, name_place (self, cluster->x, cluster->y));
}

static GtkWidget *
make_pick_row (KomekChooser *self, const KomekRequestPick *pick)
{
  guint n;

  if (pick->point)
    return make_request_row (self, pick->point);
  return make_cluster_row (self, &komek_clusters_peek (pick->clusters, &n)[pick->cluster]);
}

static void
on_row_activated (KomekChooser *self, GtkListBoxRow *row)
{
  guint index = (guint) gtk_list_box_row_get_index (row);
  KomekRequestPick pick = g_array_index (self->picks, KomekRequestPick, index);
  g_autoptr (KomekAtlas) atlas = komek_atlas_ref (self->atlas);
  g_autoptr (KomekClusters) clusters = pick.clusters ? komek_clusters_ref (pick.clusters) : NULL;

  komek_chooser_close (self);
  g_signal_emit (self, signals[CHOSEN], 0, &pick);
}

static void
komek_chooser_dispose (GObject *object)
{
  KomekChooser *self = KOMEK_CHOOSER (object);

  g_clear_pointer (&self->card, gtk_widget_unparent);
  g_clear_pointer (&self->atlas, komek_atlas_unref);
  g_clear_object (&self->context);
  G_OBJECT_CLASS (komek_chooser_parent_class)->dispose (object);
}

static void
komek_chooser_finalize (GObject *object)
{
  g_array_unref (KOMEK_CHOOSER (object)->picks);
  G_OBJECT_CLASS (komek_chooser_parent_class)->finalize (object);
}

static void
on_close_activated (GtkWidget *widget, const char *name, GVariant *parameter)
{
  komek_chooser_close (KOMEK_CHOOSER (widget));
}

static void
komek_chooser_class_init (KomekChooserClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = komek_chooser_dispose;
  G_OBJECT_CLASS (klass)->finalize = komek_chooser_finalize;

  /**
   * KomekChooser::chosen:
   * @pick: the #KomekRequestPick that is meant
   */
  signals[CHOSEN] = g_signal_new ("chosen", KOMEK_TYPE_CHOOSER, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                  NULL, G_TYPE_NONE, 1, G_TYPE_POINTER);

  gtk_widget_class_install_action (widget_class, "chooser.close", NULL, on_close_activated);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "chooser");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static GtkWidget *
make_head (void)
{
  GtkWidget *head = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  GtkWidget *title = make_label (_("Which one do you mean?"), "legend-title");
  GtkWidget *close = komek_icon_new_button ("komek-close-symbolic");

  gtk_widget_set_hexpand (title, TRUE);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (close), "chooser.close");
  gtk_accessible_update_property (GTK_ACCESSIBLE (close), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  C_ ("button", "Close"), -1);
  gtk_widget_add_css_class (close, "plain");
  gtk_box_append (GTK_BOX (head), title);
  gtk_box_append (GTK_BOX (head), close);
  return head;
}

static GtkWidget *
make_scroll (KomekChooser *self)
{
  GtkWidget *scroll = gtk_scrolled_window_new ();

  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroll), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_propagate_natural_height (GTK_SCROLLED_WINDOW (scroll), TRUE);
  gtk_scrolled_window_set_propagate_natural_width (GTK_SCROLLED_WINDOW (scroll), TRUE);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroll), GTK_WIDGET (self->list));
  return scroll;
}

static void
komek_chooser_init (KomekChooser *self)
{
  self->picks = g_array_new (FALSE, FALSE, sizeof (KomekRequestPick));
  g_array_set_clear_func (self->picks, clear_pick);
  self->list = GTK_LIST_BOX (gtk_list_box_new ());
  gtk_list_box_set_selection_mode (self->list, GTK_SELECTION_NONE);
  g_signal_connect_swapped (self->list, "row-activated", G_CALLBACK (on_row_activated), self);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->list), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _("Which one do you mean?"), -1);
  self->card = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  gtk_widget_add_css_class (self->card, "card");
  gtk_widget_add_css_class (self->card, "floating");
  gtk_box_append (GTK_BOX (self->card), make_head ());
  gtk_box_append (GTK_BOX (self->card), make_scroll (self));
  gtk_widget_set_parent (self->card, GTK_WIDGET (self));
  gtk_widget_set_halign (GTK_WIDGET (self), GTK_ALIGN_CENTER);
  gtk_widget_set_valign (GTK_WIDGET (self), GTK_ALIGN_CENTER);
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
}

/**
 * komek_chooser_new:
 *
 * Returns: (transfer floating): a chooser that asks nothing yet
 */
GtkWidget *
komek_chooser_new (KomekContext *context)
{
  KomekChooser *self = g_object_new (KOMEK_TYPE_CHOOSER, NULL);

  self->context = g_object_ref (context);
  return GTK_WIDGET (self);
}

/**
 * komek_chooser_ask:
 * @picks: (element-type KomekRequestPick): of the marks on the map, the nearest first
 *
 * Opens a list of them; the signal chosen follows, or nothing does.
 */
void
komek_chooser_ask (KomekChooser *self, KomekAtlas *atlas, GArray *picks)
{
  g_return_if_fail (KOMEK_IS_CHOOSER (self) && picks->len > 0);

  forget (self);
  self->atlas = komek_atlas_ref (atlas);
  for (guint i = 0; i < picks->len; i++)
    {
      KomekRequestPick pick = g_array_index (picks, KomekRequestPick, i);

      if (pick.clusters)
        komek_clusters_ref (pick.clusters);
      g_array_append_val (self->picks, pick);
      gtk_list_box_append (self->list, make_pick_row (self, &pick));
    }
  gtk_widget_set_visible (GTK_WIDGET (self), TRUE);
  gtk_widget_grab_focus (GTK_WIDGET (gtk_list_box_get_row_at_index (self->list, 0)));
}

/* Asks no more; whoever was in it is on the map again. */
void
komek_chooser_close (KomekChooser *self)
{
  GtkWidget *map;

  g_return_if_fail (KOMEK_IS_CHOOSER (self));

  map = gtk_widget_get_ancestor (gtk_widget_get_parent (GTK_WIDGET (self)), GTK_TYPE_OVERLAY);
  if (gtk_widget_get_focus_child (GTK_WIDGET (self)) && map)
    gtk_widget_grab_focus (gtk_widget_get_parent (map));
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
}

guint
komek_chooser_get_n_choices (KomekChooser *self)
{
  g_return_val_if_fail (KOMEK_IS_CHOOSER (self), 0);

  return self->picks->len;
}

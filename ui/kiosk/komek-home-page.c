/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-home-page.h"

#include "komek-emergency-card.h"
#include "komek-gettext.h"
#include "komek-way-in.h"
#include "komek-words.h"

#define THIRTY_DAYS (30 * 86400)

/**
 * KomekHomePage:
 *
 * The first page: three ways in, whom to call in an emergency, and how the city did lately.
 */
struct _KomekHomePage
{
  KomekPage     parent;
  GtkWidget    *scene;
  GtkGrid      *ways;
  GtkBox       *lower;
  KomekWayIn   *report;
  KomekWayIn   *check;
  KomekWayIn   *explore;
  GtkWidget    *figures;
  GtkLabel     *filed;
  GtkLabel     *answered;
  GtkLabel     *overdue;
};

G_DEFINE_FINAL_TYPE (KomekHomePage, komek_home_page, KOMEK_TYPE_PAGE)

static void
show_figure (KomekHomePage *self, GtkLabel *label, guint value)
{
  KomekLocale *locale = komek_context_get_locale (komek_page_get_context (KOMEK_PAGE (self)));
  g_autofree char *text = komek_locale_format_number (locale, value);

  gtk_label_set_label (label, text);
}

/* Points come newest first, so the last thirty days are at the front; what is
 * overdue may be older. */
static void
show_figures (KomekHomePage *self, KomekPoints *points)
{
  gint64 now = komek_context_now (komek_page_get_context (KOMEK_PAGE (self)));
  guint n, filed = 0, answered = 0, overdue = 0;
  const KomekPoint *point = komek_points_peek (points, &n);

  for (guint i = 0; i < n; i++, point++)
    {
      KomekGroup group = komek_status_get_group (point->status, point->due, now);

      overdue += group == KOMEK_GROUP_LATE;
      if (point->requested < now - THIRTY_DAYS)
        continue;
      filed++;
      answered += group == KOMEK_GROUP_DONE || group == KOMEK_GROUP_SHUT;
    }
  show_figure (self, self->filed, filed);
  show_figure (self, self->answered, answered);
  show_figure (self, self->overdue, overdue);
  gtk_widget_set_visible (self->figures, n > 0);
}

static void
on_order_changed (KomekHomePage *self)
{
  KomekContext *context = komek_page_get_context (KOMEK_PAGE (self));
  KomekPoints *points = komek_stock_get_points (komek_context_get_stock (context));

  if (points)
    show_figures (self, points);
}

/* In a grid and not in a box: a box asks how wide each would be at the height it gets, which newer
 * GTKs take for a mistake where words wrap. */
static void
place_way (KomekHomePage *self, KomekWayIn *way, int place, gboolean upright)
{
  GtkLayoutManager *layout = gtk_widget_get_layout_manager (GTK_WIDGET (self->ways));
  GtkLayoutChild *position = gtk_layout_manager_get_layout_child (layout, GTK_WIDGET (way));

  g_object_set (position, "column", upright ? 0 : place, "row", upright ? place : 0, NULL);
  komek_way_in_set_upright (way, upright);
}

static void
on_upright_changed (KomekHomePage *self)
{
  gboolean upright = komek_context_is_upright (komek_page_get_context (KOMEK_PAGE (self)));

  gtk_orientable_set_orientation (GTK_ORIENTABLE (self->lower),
                                  upright ? GTK_ORIENTATION_VERTICAL : GTK_ORIENTATION_HORIZONTAL);
  gtk_grid_set_column_homogeneous (self->ways, !upright);
  place_way (self, self->report, 0, upright);
  place_way (self, self->check, 1, upright);
  place_way (self, self->explore, 2, upright);
  gtk_widget_remove_css_class (self->scene, upright ? "wide" : "upright");
  gtk_widget_add_css_class (self->scene, upright ? "upright" : "wide");
}

static void
komek_home_page_constructed (GObject *object)
{
  KomekHomePage *self = KOMEK_HOME_PAGE (object);
  KomekContext *context = komek_page_get_context (KOMEK_PAGE (self));

  G_OBJECT_CLASS (komek_home_page_parent_class)->constructed (object);

  g_signal_connect_object (context, "notify::upright", G_CALLBACK (on_upright_changed), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (komek_context_get_stock (context), "notify::order",
                           G_CALLBACK (on_order_changed), self, G_CONNECT_SWAPPED);
  on_upright_changed (self);
  on_order_changed (self);
}

static void
komek_home_page_class_init (KomekHomePageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->constructed = komek_home_page_constructed;

  g_type_ensure (KOMEK_TYPE_EMERGENCY_CARD);
  g_type_ensure (KOMEK_TYPE_WAY_IN);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/kz/komek/Komek/kiosk/komek-home-page.ui");
  gtk_widget_class_bind_template_child (widget_class, KomekHomePage, scene);
  gtk_widget_class_bind_template_child (widget_class, KomekHomePage, ways);
  gtk_widget_class_bind_template_child (widget_class, KomekHomePage, lower);
  gtk_widget_class_bind_template_child (widget_class, KomekHomePage, report);
  gtk_widget_class_bind_template_child (widget_class, KomekHomePage, check);
  gtk_widget_class_bind_template_child (widget_class, KomekHomePage, explore);
  gtk_widget_class_bind_template_child (widget_class, KomekHomePage, figures);
  gtk_widget_class_bind_template_child (widget_class, KomekHomePage, filed);
  gtk_widget_class_bind_template_child (widget_class, KomekHomePage, answered);
  gtk_widget_class_bind_template_child (widget_class, KomekHomePage, overdue);
}

static void
komek_home_page_init (KomekHomePage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  komek_page_set_title (KOMEK_PAGE (self), C_ ("page", "Home"));
}

/**
 * komek_home_page_new:
 *
 * Returns: (transfer floating): the page
 */
KomekPage *
komek_home_page_new (KomekContext *context)
{
  return g_object_new (KOMEK_TYPE_HOME_PAGE, "context", context, NULL);
}

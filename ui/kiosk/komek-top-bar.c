/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-top-bar.h"

/**
 * KomekTopBar:
 *
 * Says whose service this is and in which city, that sample data is sample data, and offers the three languages.
 *
 * On a desktop it is also the title bar: it has the window's buttons, and
 * "Back" and "Home", which a kiosk keeps within reach at the bottom.
 */
struct _KomekTopBar
{
  GtkWidget     parent;
  KomekContext *context;
  GtkWidget    *bar;
  GtkWidget    *steps;
  GtkWidget    *controls;
  GtkWidget    *sample;
  GtkLabel     *where;
};

G_DEFINE_FINAL_TYPE (KomekTopBar, komek_top_bar, GTK_TYPE_WIDGET)

static void
on_city_changed (KomekTopBar *self)
{
  const KomekCityFields *city = komek_city_peek (komek_context_get_city (self->context));
  KomekLocale *locale = komek_context_get_locale (self->context);

  gtk_label_set_label (self->where, komek_locale_label (locale, city->name));
  gtk_widget_set_visible (GTK_WIDGET (self->where), *gtk_label_get_label (self->where) != '\0');
  gtk_widget_set_visible (self->sample, city->sample);
}

static void
komek_top_bar_dispose (GObject *object)
{
  KomekTopBar *self = KOMEK_TOP_BAR (object);
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (object))))
    gtk_widget_unparent (child);
  g_clear_object (&self->context);
  G_OBJECT_CLASS (komek_top_bar_parent_class)->dispose (object);
}

static void
komek_top_bar_class_init (KomekTopBarClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = komek_top_bar_dispose;

  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget_class, "/kz/komek/Komek/kiosk/komek-top-bar.ui");
  gtk_widget_class_bind_template_child (widget_class, KomekTopBar, bar);
  gtk_widget_class_bind_template_child (widget_class, KomekTopBar, steps);
  gtk_widget_class_bind_template_child (widget_class, KomekTopBar, controls);
  gtk_widget_class_bind_template_child (widget_class, KomekTopBar, sample);
  gtk_widget_class_bind_template_child (widget_class, KomekTopBar, where);
}

static void
komek_top_bar_init (KomekTopBar *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
komek_top_bar_new (KomekContext *context)
{
  KomekTopBar *self = g_object_new (KOMEK_TYPE_TOP_BAR, NULL);
  gboolean kiosk = komek_context_is_kiosk (context);

  self->context = g_object_ref (context);
  gtk_widget_set_visible (self->steps, !kiosk);
  gtk_widget_set_visible (self->controls, !kiosk);
  g_signal_connect_object (context, "notify::city", G_CALLBACK (on_city_changed), self,
                           G_CONNECT_SWAPPED);
  on_city_changed (self);
  return GTK_WIDGET (self);
}

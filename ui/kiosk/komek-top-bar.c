/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-top-bar.h"

#include "komek-gettext.h"

/* Older than that it is worth a look; below it a poll may simply not have come yet. */
#define FRESH (5 * 60)
#define MINUTE 60 /* seconds */

/**
 * KomekTopBar:
 *
 * Says whose service this is, in which city and of what time, that sample data is sample data, and
 * offers the three languages.
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
  guint         minute;
};

G_DEFINE_FINAL_TYPE (KomekTopBar, komek_top_bar, GTK_TYPE_WIDGET)

/* Of today the time alone is enough. */
static char *
format_as_of (KomekContext *context, gint64 as_of)
{
  KomekLocale *locale = komek_context_get_locale (context);
  GTimeZone *zone = komek_context_get_zone (context);
  g_autofree char *today = komek_locale_format_date (locale, komek_context_now (context), zone);
  g_autofree char *day = komek_locale_format_date (locale, as_of, zone);

  return g_str_equal (today, day) ? komek_locale_format_clock (locale, as_of, zone)
                                  : komek_locale_format_date_time (locale, as_of, zone);
}

static char *
describe (KomekTopBar *self, gint64 as_of)
{
  const KomekCityFields *city = komek_city_peek (komek_context_get_city (self->context));
  const char *name = komek_locale_label (komek_context_get_locale (self->context), city->name);
  g_autofree char *time = as_of > 0 ? format_as_of (self->context, as_of) : NULL;
  /* Translators: %s is when this device last heard of the city: 21.11.2026, 12:40. */
  g_autofree char *data = time ? g_strdup_printf (_("Data as of %s"), time) : NULL;

  return g_strjoin (*name && data ? " · " : "", name, data ? data : "", NULL);
}

static void
on_city_changed (KomekTopBar *self)
{
  const KomekCityFields *city = komek_city_peek (komek_context_get_city (self->context));
  gint64 as_of = komek_line_get_as_of (komek_context_get_line (self->context));
  g_autofree char *text = describe (self, as_of);

  gtk_label_set_label (self->where, text);
  if (as_of > 0 && komek_context_now (self->context) - as_of > FRESH)
    gtk_widget_add_css_class (GTK_WIDGET (self->where), "stale");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self->where), "stale");
  gtk_widget_set_visible (GTK_WIDGET (self->where), *gtk_label_get_label (self->where) != '\0');
  gtk_widget_set_visible (self->sample, city->sample);
}

static gboolean
on_minute (gpointer data)
{
  on_city_changed (data);
  return G_SOURCE_CONTINUE;
}

static void
komek_top_bar_dispose (GObject *object)
{
  KomekTopBar *self = KOMEK_TOP_BAR (object);
  GtkWidget *child;

  g_clear_handle_id (&self->minute, g_source_remove);
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
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/kz/komek/Komek/kiosk/komek-top-bar.ui");
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
  g_signal_connect_object (komek_context_get_line (context), "notify::as-of",
                           G_CALLBACK (on_city_changed), self, G_CONNECT_SWAPPED);
  self->minute = g_timeout_add_seconds (MINUTE, on_minute, self);
  on_city_changed (self);
  return GTK_WIDGET (self);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-service-row.h"

#include "komek-category-icon.h"
#include "komek-danger-sheet.h"
#include "komek-gettext.h"
#include "komek-icon.h"
#include "komek-steps.h"

/**
 * KomekServiceRow:
 *
 * One answer to "what happened?": pressing it puts the service into the draft and goes on.
 *
 * Where lives may be at stake it first shows whom to call.
 */
struct _KomekServiceRow
{
  GtkButton     parent;
  KomekContext *context;
  KomekService *service;
  GtkImage     *icon;
  GtkLabel     *name;
  GtkLabel     *category;
  GtkWidget    *danger;
};

G_DEFINE_FINAL_TYPE (KomekServiceRow, komek_service_row, GTK_TYPE_BUTTON)

static void
go_on (KomekServiceRow *self)
{
  /* Whoever came to change the service still has to answer what the city asks for the new one. */
  const char *action = komek_service_has_metadata (self->service) ? "win.open" : "win.continue";

  gtk_widget_activate_action (GTK_WIDGET (self), action, "(ss)",
                              komek_steps_after (self->service, KOMEK_STEP_SERVICE), "");
}

static void
komek_service_row_clicked (GtkButton *button)
{
  KomekServiceRow *self = KOMEK_SERVICE_ROW (button);
  KomekDangerSheet *sheet;

  komek_draft_set_service (komek_context_get_draft (self->context), self->service);
  if (!komek_service_is_danger (self->service))
    {
      go_on (self);
      return;
    }
  sheet = komek_danger_sheet_new ();
  g_signal_connect_object (sheet, "continued", G_CALLBACK (go_on), self, G_CONNECT_SWAPPED);
  komek_danger_sheet_open (sheet, GTK_WIDGET (self));
}

static void
komek_service_row_dispose (GObject *object)
{
  KomekServiceRow *self = KOMEK_SERVICE_ROW (object);

  g_clear_object (&self->context);
  g_clear_object (&self->service);
  G_OBJECT_CLASS (komek_service_row_parent_class)->dispose (object);
}

static void
komek_service_row_class_init (KomekServiceRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = komek_service_row_dispose;
  GTK_BUTTON_CLASS (klass)->clicked = komek_service_row_clicked;

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/kz/komek/Komek/file/komek-service-row.ui");
  gtk_widget_class_bind_template_child (widget_class, KomekServiceRow, icon);
  gtk_widget_class_bind_template_child (widget_class, KomekServiceRow, name);
  gtk_widget_class_bind_template_child (widget_class, KomekServiceRow, category);
  gtk_widget_class_bind_template_child (widget_class, KomekServiceRow, danger);
}

static void
komek_service_row_init (KomekServiceRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_widget_add_css_class (GTK_WIDGET (self), "service-row");
}

/**
 * komek_service_row_new:
 * @with_category: whether to say which category it belongs to: in a search, where rows of many
 * stand together
 *
 * Returns: (transfer floating): the row
 */
GtkWidget *
komek_service_row_new (KomekContext *context, KomekService *service, gboolean with_category)
{
  KomekServiceRow *self = g_object_new (KOMEK_TYPE_SERVICE_ROW, NULL);
  KomekLocale *locale = komek_context_get_locale (context);
  const char *name = komek_locale_label (locale, komek_service_get_name (service));
  const char *category = komek_locale_label (locale, komek_service_get_group_name (service));
  g_autofree char *icon = komek_category_icon_dup_name (komek_service_get_group (service));

  self->context = g_object_ref (context);
  self->service = g_object_ref (service);
  komek_icon_show (self->icon, icon);
  gtk_label_set_label (self->name, name);
  gtk_label_set_label (self->category, category);
  gtk_widget_set_visible (GTK_WIDGET (self->category), with_category);
  gtk_widget_set_visible (self->danger, komek_service_is_danger (service));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, name,
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                  komek_service_is_danger (service) ? _("Call 112 first")
                                                                    : category,
                                  -1);
  return GTK_WIDGET (self);
}

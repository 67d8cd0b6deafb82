/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-service-page.h"

#include <string.h>

#include "komek-gettext.h"
#include "komek-service-row.h"
#include "komek-steps.h"

/**
 * KomekServicePage:
 *
 * The first question, closer: which of the problems of a category is it?
 */
struct _KomekServicePage
{
  KomekPage      parent;
  char          *category;
  KomekQuestion *question;
  GtkBox        *rows;
};

G_DEFINE_FINAL_TYPE (KomekServicePage, komek_service_page, KOMEK_TYPE_PAGE)

static void
show_services (KomekServicePage *self)
{
  KomekContext *context = komek_page_get_context (KOMEK_PAGE (self));
  GPtrArray *services = komek_context_get_services (context);
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->rows))))
    gtk_box_remove (self->rows, child);
  for (guint i = 0; i < services->len; i++)
    {
      KomekService *service = services->pdata[i];

      if (strcmp (komek_service_get_group (service), self->category) != 0)
        continue;
      gtk_box_append (self->rows, komek_service_row_new (context, service, FALSE));
      komek_question_set_title (self->question,
                                komek_locale_label (komek_context_get_locale (context),
                                                    komek_service_get_group_name (service)));
    }
}

static void
komek_service_page_finalize (GObject *object)
{
  g_free (KOMEK_SERVICE_PAGE (object)->category);
  G_OBJECT_CLASS (komek_service_page_parent_class)->finalize (object);
}

static void
komek_service_page_class_init (KomekServicePageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = komek_service_page_finalize;

  g_type_ensure (KOMEK_TYPE_QUESTION);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/kz/komek/Komek/file/komek-service-page.ui");
  gtk_widget_class_bind_template_child (widget_class, KomekServicePage, question);
  gtk_widget_class_bind_template_child (widget_class, KomekServicePage, rows);
}

static void
komek_service_page_init (KomekServicePage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  komek_page_set_title (KOMEK_PAGE (self), _("What exactly happened?"));
}

/**
 * komek_service_page_new:
 * @category: the code of a category
 *
 * Returns: (transfer floating): the page
 */
KomekPage *
komek_service_page_new (KomekContext *context, const char *category)
{
  KomekServicePage *self = g_object_new (KOMEK_TYPE_SERVICE_PAGE, "context", context, NULL);

  self->category = g_strdup (category);
  komek_steps_show (self->question, context, KOMEK_STEP_SERVICE);
  g_signal_connect_object (context, "notify::services", G_CALLBACK (show_services), self,
                           G_CONNECT_SWAPPED);
  show_services (self);
  return KOMEK_PAGE (self);
}

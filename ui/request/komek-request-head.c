/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-request-head.h"

#include "komek-category-icon.h"
#include "komek-gettext.h"
#include "komek-icon.h"
#include "komek-state-chip.h"
#include "komek-words.h"

/**
 * KomekRequestHead:
 *
 * What a request is: its category, its number, what it is about and how it stands.
 */
struct _KomekRequestHead
{
  GtkBox          parent;
  GtkImage       *icon;
  GtkLabel       *category;
  GtkLabel       *title;
  KomekStateChip *chip;
};

G_DEFINE_FINAL_TYPE (KomekRequestHead, komek_request_head, GTK_TYPE_BOX)

static void
komek_request_head_class_init (KomekRequestHeadClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  g_type_ensure (KOMEK_TYPE_STATE_CHIP);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/kz/komek/Komek/request/komek-request-head.ui");
  gtk_widget_class_bind_template_child (widget_class, KomekRequestHead, icon);
  gtk_widget_class_bind_template_child (widget_class, KomekRequestHead, category);
  gtk_widget_class_bind_template_child (widget_class, KomekRequestHead, title);
  gtk_widget_class_bind_template_child (widget_class, KomekRequestHead, chip);
}

static void
komek_request_head_init (KomekRequestHead *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
komek_request_head_new (void)
{
  return g_object_new (KOMEK_TYPE_REQUEST_HEAD, NULL);
}

/* "Snow and ice · № 181126-000-097", without the category where the city has none. */
static char *
describe (KomekContext *context, KomekRequest *request)
{
  KomekService *service = komek_context_find_service (context, komek_request_get_service (request));
  const char *number = komek_request_get_number (request);
  const char *category = "";

  if (service)
    category = komek_locale_label (komek_context_get_locale (context),
                                   komek_service_get_group_name (service));
  if (!*category)
    /* Translators: %s is the number of a request. */
    return g_strdup_printf (_("№ %s"), number);
  /* Translators: above the title of a request: %1$s is its category, %2$s its number. */
  return g_strdup_printf (_("%1$s · № %2$s"), category, number);
}

void
komek_request_head_show (KomekRequestHead *self, KomekContext *context, KomekRequest *request)
{
  const char *group;
  g_autofree char *icon = NULL;
  g_autofree char *category = NULL;

  g_return_if_fail (KOMEK_IS_REQUEST_HEAD (self));

  group = komek_category_icon_find_group (context, komek_request_get_service (request));
  icon = komek_category_icon_dup_name (group);
  category = describe (context, request);
  komek_icon_show (self->icon, icon);
  gtk_label_set_label (self->category, category);
  gtk_label_set_label (self->title, komek_words_service (context, request));
  komek_state_chip_show (self->chip, context, request);
}

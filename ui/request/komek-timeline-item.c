/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-timeline-item.h"

#include "komek-state-art.h"
#include "komek-state-icon.h"
#include "komek-words.h"

/**
 * KomekTimelineItem:
 *
 * One step in the life of a request: its state, when, who, and what they wrote.
 */
struct _KomekTimelineItem
{
  GtkBox          parent;
  KomekUpdate    *update;
  KomekStateIcon *icon;
  GtkWidget      *line;
  GtkLabel       *status;
  GtkLabel       *time;
  GtkLabel       *agency;
  GtkLabel       *text;
};

G_DEFINE_FINAL_TYPE (KomekTimelineItem, komek_timeline_item, GTK_TYPE_BOX)

static void
komek_timeline_item_dispose (GObject *object)
{
  g_clear_object (&KOMEK_TIMELINE_ITEM (object)->update);
  G_OBJECT_CLASS (komek_timeline_item_parent_class)->dispose (object);
}

static void
komek_timeline_item_class_init (KomekTimelineItemClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = komek_timeline_item_dispose;

  g_type_ensure (KOMEK_TYPE_STATE_ICON);
  gtk_widget_class_set_css_name (widget_class, "timelineitem");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_LIST_ITEM);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/kz/komek/Komek/request/komek-timeline-item.ui");
  gtk_widget_class_bind_template_child (widget_class, KomekTimelineItem, icon);
  gtk_widget_class_bind_template_child (widget_class, KomekTimelineItem, line);
  gtk_widget_class_bind_template_child (widget_class, KomekTimelineItem, status);
  gtk_widget_class_bind_template_child (widget_class, KomekTimelineItem, time);
  gtk_widget_class_bind_template_child (widget_class, KomekTimelineItem, agency);
  gtk_widget_class_bind_template_child (widget_class, KomekTimelineItem, text);
}

static void
komek_timeline_item_init (KomekTimelineItem *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

static void
show_text (GtkLabel *label, const char *text)
{
  gtk_label_set_label (label, text);
  gtk_widget_set_visible (GTK_WIDGET (label), *text != '\0');
}

/* The official answer has a card of its own and is not read twice. */
static void
show_update (KomekTimelineItem *self, KomekContext *context)
{
  KomekUpdate *update = self->update;
  KomekStatus status = komek_update_get_status (update);
  const char *word = komek_words_status_of (context, status, NULL);
  g_autofree char *time = komek_locale_format_date_time (komek_context_get_locale (context),
                                                         komek_update_get_time (update),
                                                         komek_context_get_zone (context));

  gtk_label_set_label (self->status, word);
  gtk_label_set_label (self->time, time);
  show_text (self->agency, komek_words_agency (context, komek_update_get_agency (update), NULL));
  show_text (self->text, komek_update_is_answer (update) ? "" : komek_update_get_text (update));
  g_object_set (self->icon, "theme", komek_context_get_theme (context), "size",
                komek_context_is_kiosk (context) ? 40 : 24, NULL);
  komek_state_icon_set_state (self->icon, komek_status_get_group (status, 0, 0), status, 0);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, word,
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, time, -1);
}

/**
 * komek_timeline_item_new:
 *
 * Returns: (transfer floating): the step in the language of the moment
 */
GtkWidget *
komek_timeline_item_new (KomekContext *context, KomekUpdate *update)
{
  KomekTimelineItem *self = g_object_new (KOMEK_TYPE_TIMELINE_ITEM, NULL);

  self->update = g_object_ref (update);
  show_update (self, context);
  return GTK_WIDGET (self);
}

/* The newest step has the colour of its state, the oldest no line below it. */
void
komek_timeline_item_set_ends (KomekTimelineItem *self, gboolean newest, gboolean oldest)
{
  KomekGroup group;
  g_autofree char *ink = NULL;

  g_return_if_fail (KOMEK_IS_TIMELINE_ITEM (self));

  group = komek_status_get_group (komek_update_get_status (self->update), 0, 0);
  ink = g_strdup_printf ("ink-%s", komek_state_art_get_token (group));
  if (newest)
    gtk_widget_add_css_class (GTK_WIDGET (self->status), ink);
  gtk_widget_set_visible (self->line, !oldest);
}

KomekUpdate *
komek_timeline_item_get_update (KomekTimelineItem *self)
{
  g_return_val_if_fail (KOMEK_IS_TIMELINE_ITEM (self), NULL);

  return self->update;
}

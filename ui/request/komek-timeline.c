/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-timeline.h"

#include "komek-gettext.h"
#include "komek-timeline-item.h"

/**
 * KomekTimeline:
 *
 * The life of a request from its registration on, the newest step on top.
 */
struct _KomekTimeline
{
  GtkBox parent;
};

G_DEFINE_FINAL_TYPE (KomekTimeline, komek_timeline, GTK_TYPE_BOX)

/* A city may send its steps in any order; of two at the same second the one
 * that was sent first stays on top. */
static int
compare_newest_first (gconstpointer a, gconstpointer b, gpointer data)
{
  gint64 time_a = komek_update_get_time (*(KomekUpdate *const *) a);
  gint64 time_b = komek_update_get_time (*(KomekUpdate *const *) b);

  return (time_a < time_b) - (time_a > time_b);
}

static void
komek_timeline_class_init (KomekTimelineClass *klass)
{
  gtk_widget_class_set_css_name (GTK_WIDGET_CLASS (klass), "timeline");
  gtk_widget_class_set_accessible_role (GTK_WIDGET_CLASS (klass), GTK_ACCESSIBLE_ROLE_LIST);
}

static void
komek_timeline_init (KomekTimeline *self)
{
  gtk_orientable_set_orientation (GTK_ORIENTABLE (self), GTK_ORIENTATION_VERTICAL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  /* Translators: the heading above what happened to a request. */
                                  C_ ("request", "History"), -1);
}

GtkWidget *
komek_timeline_new (void)
{
  return g_object_new (KOMEK_TYPE_TIMELINE, NULL);
}

/**
 * komek_timeline_show:
 * @updates: (element-type KomekUpdate): the steps, in any order
 *
 * Shows these steps instead of those before.
 */
void
komek_timeline_show (KomekTimeline *self, KomekContext *context, GPtrArray *updates)
{
  g_autoptr (GPtrArray) sorted = g_ptr_array_new_full (updates->len, g_object_unref);
  GtkWidget *child;

  g_return_if_fail (KOMEK_IS_TIMELINE (self));

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))))
    gtk_box_remove (GTK_BOX (self), child);

  for (guint i = 0; i < updates->len; i++)
    g_ptr_array_add (sorted, g_object_ref (updates->pdata[i]));
  g_ptr_array_sort_with_data (sorted, compare_newest_first, NULL);
  for (guint i = 0; i < sorted->len; i++)
    {
      child = komek_timeline_item_new (context, sorted->pdata[i]);
      komek_timeline_item_set_ends (KOMEK_TIMELINE_ITEM (child), i == 0, i + 1 == sorted->len);
      gtk_box_append (GTK_BOX (self), child);
    }
}

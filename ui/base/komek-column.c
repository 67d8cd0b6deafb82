/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-column.h"

/**
 * KomekColumn:
 *
 * Holds what becomes higher where it is narrow, and does not become narrower where it is high.
 *
 * GTK asks how wide a part has to be for a height wherever one is aligned
 * upright, stands in a box beside another or is the page of a stack. Boxes
 * with wrapped sentences find that out by trying: the panel of the map broke
 * each of its sentences two hundred times into lines, which took longer than
 * all else together. A column answers with the width that its words need.
 */
struct _KomekColumn
{
  GtkWidget parent;
};

G_DEFINE_FINAL_TYPE (KomekColumn, komek_column, GTK_TYPE_WIDGET)

static GtkSizeRequestMode
komek_column_get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
komek_column_measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum,
                     int *natural, int *minimum_baseline, int *natural_baseline)
{
  GtkWidget *child = gtk_widget_get_first_child (widget);
  int for_width = orientation == GTK_ORIENTATION_VERTICAL ? for_size : -1;

  if (child)
    gtk_widget_measure (child, orientation, for_width, minimum, natural, NULL, NULL);
}

static void
komek_column_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  GtkWidget *child = gtk_widget_get_first_child (widget);

  if (child)
    gtk_widget_allocate (child, width, height, baseline, NULL);
}

static void
komek_column_dispose (GObject *object)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (object))))
    gtk_widget_unparent (child);
  G_OBJECT_CLASS (komek_column_parent_class)->dispose (object);
}

static void
komek_column_class_init (KomekColumnClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = komek_column_dispose;
  widget_class->get_request_mode = komek_column_get_request_mode;
  widget_class->measure = komek_column_measure;
  widget_class->size_allocate = komek_column_size_allocate;
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
komek_column_init (KomekColumn *self)
{
}

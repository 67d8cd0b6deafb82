/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "komek-context.h"

#define KOMEK_TYPE_PAGE (komek_page_get_type ())
G_DECLARE_DERIVABLE_TYPE (KomekPage, komek_page, KOMEK, PAGE, GtkWidget)

struct _KomekPageClass
{
  GtkWidgetClass parent_class;
};

KomekContext *komek_page_get_context (KomekPage *self);
const char *komek_page_get_title (KomekPage *self);
void komek_page_set_title (KomekPage *self, const char *title);

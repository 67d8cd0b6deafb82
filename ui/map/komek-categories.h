/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "komek-counts.h"
#include "komek-filter-choice.h"
#include "komek-label.h"

#define KOMEK_TYPE_CATEGORIES (komek_categories_get_type ())
typedef struct _KomekCategories KomekCategories;
GType komek_categories_get_type (void) G_GNUC_CONST;

KomekCategories *komek_categories_new (GPtrArray *services, KomekPoints *points);
KomekCategories *komek_categories_ref (KomekCategories *self);
void komek_categories_unref (KomekCategories *self);
gboolean komek_categories_has_same_names (const KomekCategories *self,
                                         const KomekCategories *other);
guint komek_categories_get_n (const KomekCategories *self);
const char *komek_categories_get_code (const KomekCategories *self, guint category);
KomekLabel *komek_categories_get_name (const KomekCategories *self, guint category);
guint komek_categories_count (const KomekCategories *self, guint category,
                              const KomekCounts *counts);
guint komek_categories_find_busiest (const KomekCategories *self, const KomekCounts *counts);
GArray *komek_categories_list_services (const KomekCategories *self, KomekFilterChoice *choice);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (KomekCategories, komek_categories_unref)

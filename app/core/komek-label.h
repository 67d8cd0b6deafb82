/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

#include "komek-language.h"

#define KOMEK_TYPE_LABEL (komek_label_get_type ())
typedef struct _KomekLabel KomekLabel;
GType komek_label_get_type (void) G_GNUC_CONST;

KomekLabel *komek_label_new (const char *kk, const char *ru, const char *en);
KomekLabel *komek_label_ref (KomekLabel *self);
void komek_label_unref (KomekLabel *self);
const char *komek_label_get (const KomekLabel *self, KomekLanguage language);
const char *komek_label_get_exact (const KomekLabel *self, KomekLanguage language);
gboolean komek_label_equal (const KomekLabel *a, const KomekLabel *b);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (KomekLabel, komek_label_unref)

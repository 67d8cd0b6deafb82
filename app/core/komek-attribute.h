/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "komek-label.h"

/**
 * KomekAttributeType:
 *
 * The datatypes of GeoReport v2 service definitions.
 */
typedef enum
{
  KOMEK_ATTRIBUTE_STRING,
  KOMEK_ATTRIBUTE_NUMBER,
  KOMEK_ATTRIBUTE_DATETIME,
  KOMEK_ATTRIBUTE_TEXT,
  KOMEK_ATTRIBUTE_SINGLE_VALUE_LIST,
  KOMEK_ATTRIBUTE_MULTI_VALUE_LIST,
} KomekAttributeType;

#define KOMEK_TYPE_ATTRIBUTE (komek_attribute_get_type ())
typedef struct _KomekAttribute KomekAttribute;
GType komek_attribute_get_type (void) G_GNUC_CONST;

KomekAttribute *komek_attribute_new (const char *code, KomekAttributeType type, gboolean variable,
                                     gboolean required, KomekLabel *description);
KomekAttribute *komek_attribute_ref (KomekAttribute *self);
void komek_attribute_unref (KomekAttribute *self);
void komek_attribute_add_value (KomekAttribute *self, const char *key, KomekLabel *name);
const char *komek_attribute_get_code (const KomekAttribute *self);
KomekAttributeType komek_attribute_get_datatype (const KomekAttribute *self);
gboolean komek_attribute_is_variable (const KomekAttribute *self);
gboolean komek_attribute_is_required (const KomekAttribute *self);
KomekLabel *komek_attribute_get_description (const KomekAttribute *self);
guint komek_attribute_get_n_values (const KomekAttribute *self);
const char *komek_attribute_get_value_key (const KomekAttribute *self, guint position);
KomekLabel *komek_attribute_get_value_name (const KomekAttribute *self, guint position);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (KomekAttribute, komek_attribute_unref)

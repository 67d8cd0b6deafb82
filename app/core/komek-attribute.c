/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-attribute.h"

/**
 * KomekAttribute:
 *
 * One more question that a city asks for a service: the number of the lift, the colour of the bin.
 *
 * Counted; whoever made it may add values until it is handed to somebody else.
 */
struct _KomekAttribute
{
  gatomicrefcount    refs;
  char              *code;
  KomekAttributeType type;
  gboolean           variable;
  gboolean           required;
  KomekLabel        *description;
  GPtrArray         *keys;
  GPtrArray         *names;
};

G_DEFINE_BOXED_TYPE (KomekAttribute, komek_attribute, komek_attribute_ref, komek_attribute_unref)

/**
 * komek_attribute_new:
 * @variable: %FALSE where there is nothing to answer, only a text to read
 * @description: the question itself
 *
 * Returns: (transfer full): an attribute without values
 */
KomekAttribute *
komek_attribute_new (const char *code, KomekAttributeType type, gboolean variable,
                     gboolean required, KomekLabel *description)
{
  KomekAttribute *self = g_new (KomekAttribute, 1);

  *self = (KomekAttribute) {
    .code = g_strdup (code),
    .type = type,
    .variable = variable,
    .required = required,
    .description = komek_label_ref (description),
    .keys = g_ptr_array_new_with_free_func (g_free),
    .names = g_ptr_array_new_with_free_func ((GDestroyNotify) komek_label_unref),
  };
  g_atomic_ref_count_init (&self->refs);
  return self;
}

KomekAttribute *
komek_attribute_ref (KomekAttribute *self)
{
  g_atomic_ref_count_inc (&self->refs);
  return self;
}

void
komek_attribute_unref (KomekAttribute *self)
{
  if (!g_atomic_ref_count_dec (&self->refs))
    return;

  g_free (self->code);
  komek_label_unref (self->description);
  g_ptr_array_unref (self->keys);
  g_ptr_array_unref (self->names);
  g_free (self);
}

/**
 * komek_attribute_add_value:
 * @key: what is sent
 * @name: what is shown
 *
 * Adds one of the answers that a list offers.
 */
void
komek_attribute_add_value (KomekAttribute *self, const char *key, KomekLabel *name)
{
  g_ptr_array_add (self->keys, g_strdup (key));
  g_ptr_array_add (self->names, komek_label_ref (name));
}

const char *
komek_attribute_get_code (const KomekAttribute *self)
{
  return self->code;
}

KomekAttributeType
komek_attribute_get_datatype (const KomekAttribute *self)
{
  return self->type;
}

gboolean
komek_attribute_is_variable (const KomekAttribute *self)
{
  return self->variable;
}

gboolean
komek_attribute_is_required (const KomekAttribute *self)
{
  return self->required;
}

KomekLabel *
komek_attribute_get_description (const KomekAttribute *self)
{
  return self->description;
}

guint
komek_attribute_get_n_values (const KomekAttribute *self)
{
  return self->keys->len;
}

const char *
komek_attribute_get_value_key (const KomekAttribute *self, guint position)
{
  return self->keys->pdata[position];
}

KomekLabel *
komek_attribute_get_value_name (const KomekAttribute *self, guint position)
{
  return self->names->pdata[position];
}

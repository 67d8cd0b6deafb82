/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-draft-answers.h"

#include "komek-error.h"

/**
 * KomekDraftAnswers:
 *
 * What a city asks for a service beyond place and text, and what was answered.
 */
struct _KomekDraftAnswers
{
  GPtrArray  *attributes;
  GHashTable *table; /* code of an attribute → GStrv, never empty */
};

KomekDraftAnswers *
komek_draft_answers_new (void)
{
  KomekDraftAnswers *self = g_new (KomekDraftAnswers, 1);

  self->attributes = g_ptr_array_new_with_free_func ((GDestroyNotify) komek_attribute_unref);
  self->table = g_hash_table_new_full (g_str_hash, g_str_equal, g_free,
                                       (GDestroyNotify) g_strfreev);
  return self;
}

void
komek_draft_answers_free (KomekDraftAnswers *self)
{
  g_ptr_array_unref (self->attributes);
  g_hash_table_unref (self->table);
  g_free (self);
}

/* Another service asks other questions. */
void
komek_draft_answers_clear (KomekDraftAnswers *self)
{
  g_ptr_array_set_size (self->attributes, 0);
  g_hash_table_remove_all (self->table);
}

GPtrArray *
komek_draft_answers_get_attributes (const KomekDraftAnswers *self)
{
  return self->attributes;
}

void
komek_draft_answers_set_attributes (KomekDraftAnswers *self, GPtrArray *attributes)
{
  g_ptr_array_set_size (self->attributes, 0);
  for (guint i = 0; i < attributes->len; i++)
    g_ptr_array_add (self->attributes, komek_attribute_ref (attributes->pdata[i]));
}

/**
 * komek_draft_answers_get_table:
 *
 * Returns: (transfer none) (element-type utf8 GStrv): answers by the codes of their attributes
 */
GHashTable *
komek_draft_answers_get_table (const KomekDraftAnswers *self)
{
  return self->table;
}

const char *const *
komek_draft_answers_get (const KomekDraftAnswers *self, const char *code)
{
  return g_hash_table_lookup (self->table, code);
}

static gboolean
is_empty (const char *const *values)
{
  for (guint i = 0; values && values[i]; i++)
    if (*values[i])
      return FALSE;
  return TRUE;
}

/**
 * komek_draft_answers_set:
 * @values: (nullable): keys of a list, or one text; nothing but empty ones takes the answer back
 *
 * Returns: whether that is another answer than before
 */
gboolean
komek_draft_answers_set (KomekDraftAnswers *self, const char *code, const char *const *values)
{
  const char *const *former = g_hash_table_lookup (self->table, code);

  if (is_empty (values))
    return g_hash_table_remove (self->table, code);
  if (former && g_strv_equal (former, values))
    return FALSE;
  g_hash_table_replace (self->table, g_strdup (code), g_strdupv ((char **) values));
  return TRUE;
}

static gboolean
is_number (const char *text)
{
  char *end;
  double number = g_ascii_strtod (text, &end);

  return end > text && *end == '\0' && number - number == 0;
}

/* A day alone is a time as well. */
static gboolean
is_time (const char *text)
{
  g_autoptr (GTimeZone) zone = g_time_zone_new_utc ();
  g_autofree char *midnight = g_strconcat (text, "T00:00:00", NULL);
  g_autoptr (GDateTime) time = g_date_time_new_from_iso8601 (text, zone);
  g_autoptr (GDateTime) day = g_date_time_new_from_iso8601 (midnight, zone);

  return time || day;
}

static gboolean
is_offered (const KomekAttribute *attribute, const char *key)
{
  for (guint i = 0; i < komek_attribute_get_n_values (attribute); i++)
    if (g_str_equal (komek_attribute_get_value_key (attribute, i), key))
      return TRUE;
  return FALSE;
}

static gboolean
suits (const KomekAttribute *attribute, const char *value)
{
  switch (komek_attribute_get_datatype (attribute))
    {
    case KOMEK_ATTRIBUTE_NUMBER:
      return is_number (value);
    case KOMEK_ATTRIBUTE_DATETIME:
      return is_time (value);
    case KOMEK_ATTRIBUTE_SINGLE_VALUE_LIST:
    case KOMEK_ATTRIBUTE_MULTI_VALUE_LIST:
      return is_offered (attribute, value);
    case KOMEK_ATTRIBUTE_STRING:
    case KOMEK_ATTRIBUTE_TEXT:
    default:
      return g_utf8_strlen (value, -1) <= KOMEK_DRAFT_ANSWERS_MAX_TEXT;
    }
}

/**
 * komek_draft_answers_check_one:
 *
 * Fails with %KOMEK_ERROR_INCOMPLETE where the answer to an attribute is missing though
 * required, is of another kind, or is one too many.
 */
gboolean
komek_draft_answers_check_one (const KomekDraftAnswers *self, const KomekAttribute *attribute,
                               GError **error)
{
  const char *code = komek_attribute_get_code (attribute);
  const char *const *values = g_hash_table_lookup (self->table, code);
  gboolean several = komek_attribute_get_datatype (attribute) == KOMEK_ATTRIBUTE_MULTI_VALUE_LIST;

  if (!komek_attribute_is_variable (attribute))
    return TRUE;
  if (!values && komek_attribute_is_required (attribute))
    {
      g_set_error (error, KOMEK_ERROR, KOMEK_ERROR_INCOMPLETE, "The attribute %s has no answer",
                   code);
      return FALSE;
    }
  for (guint i = 0; values && values[i]; i++)
    if (!suits (attribute, values[i]) || (i > 0 && !several))
      {
        g_set_error (error, KOMEK_ERROR, KOMEK_ERROR_INCOMPLETE, "The answer to %s does not suit",
                     code);
        return FALSE;
      }
  return TRUE;
}

gboolean
komek_draft_answers_check (const KomekDraftAnswers *self, GError **error)
{
  for (guint i = 0; i < self->attributes->len; i++)
    if (!komek_draft_answers_check_one (self, self->attributes->pdata[i], error))
      return FALSE;
  return TRUE;
}

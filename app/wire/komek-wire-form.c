/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-wire-form.h"

#include <math.h>
#include <string.h>

#include "komek-error.h"

void
komek_wire_form_free (KomekWireForm *self)
{
  g_free (self->service);
  g_clear_pointer (&self->place, komek_place_unref);
  g_free (self->text);
  g_free (self->key);
  g_ptr_array_unref (self->attributes);
  g_free (self);
}

/* "attribute[CODE]" and "attribute[CODE][]" */
static char *
dup_attribute_code (const char *name)
{
  const char *code = name + strlen ("attribute[");
  const char *end = g_str_has_prefix (name, "attribute[") ? strchr (code, ']') : NULL;

  if (!end || end == code || !(g_str_equal (end, "]") || g_str_equal (end, "][]")))
    return NULL;
  return g_strndup (code, end - code);
}

static void
add_attribute (KomekWireForm *self, const char *name, const char *value)
{
  char *code = dup_attribute_code (name);

  if (!code)
    return;
  g_ptr_array_add (self->attributes, code);
  g_ptr_array_add (self->attributes, g_strdup (value));
}

static double
read_degrees (const char *text)
{
  char *end;
  double degrees = g_ascii_strtod (text, &end);

  return end > text && *end == '\0' ? degrees : NAN;
}

/* An empty argument equals an absent one. */
static gboolean
is_given (const char *text)
{
  return text && *text != '\0';
}

static void
read_place (KomekWireForm *self, GHashTable *values)
{
  const char *latitude = g_hash_table_lookup (values, "lat");
  const char *longitude = g_hash_table_lookup (values, "long");
  const char *address = g_hash_table_lookup (values, "address_string");

  if (!is_given (latitude) && !is_given (longitude))
    {
      self->place = komek_place_new_address (address, NULL);
      return;
    }
  self->place = komek_place_new (read_degrees (latitude ? latitude : ""),
                                 read_degrees (longitude ? longitude : ""), address, NULL);
  self->odd_point = !komek_place_has_point (self->place);
}

static char *
dup_given (GHashTable *values, const char *name)
{
  const char *text = g_hash_table_lookup (values, name);

  return is_given (text) ? g_strdup (text) : NULL;
}

/**
 * komek_wire_read_form:
 * @body: the body of POST requests, form-urlencoded
 *
 * Reads what is there without judging it. Where a name comes twice the last one counts.
 *
 * Fails with %KOMEK_ERROR_UNREADABLE where @body is not form-urlencoded UTF-8.
 *
 * Returns: (transfer full): the form
 */
KomekWireForm *
komek_wire_read_form (GBytes *body, GError **error)
{
  g_autoptr (KomekWireForm) self = g_new0 (KomekWireForm, 1);
  g_autoptr (GHashTable) values = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_autoptr (GError) reason = NULL;
  gsize length;
  const char *data = g_bytes_get_data (body, &length);
  GUriParamsIter iter;
  char *name, *value;

  self->attributes = g_ptr_array_new_with_free_func (g_free);
  g_uri_params_iter_init (&iter, data ? data : "", length, "&", G_URI_PARAMS_WWW_FORM);
  while (g_uri_params_iter_next (&iter, &name, &value, &reason))
    {
      add_attribute (self, name, value);
      g_hash_table_replace (values, name, value);
    }
  if (reason)
    {
      g_set_error (error, KOMEK_ERROR, KOMEK_ERROR_UNREADABLE, "Not a form: %s", reason->message);
      return NULL;
    }

  self->service = dup_given (values, "service_code");
  self->text = dup_given (values, "description");
  self->key = dup_given (values, "client_request_id");
  read_place (self, values);
  return g_steal_pointer (&self);
}

static void
append (GString *form, const char *name, const char *value)
{
  g_autofree char *escaped = NULL;

  if (!is_given (value))
    return;
  escaped = g_uri_escape_string (value, NULL, FALSE);
  g_string_append_printf (form, "%s%s=%s", form->len > 0 ? "&" : "", name, escaped);
}

static void
append_degrees (GString *form, const char *name, double degrees)
{
  char digits[32];

  append (form, name, g_ascii_formatd (digits, sizeof digits, "%.7f", degrees));
}

/**
 * komek_wire_write_form:
 * @language: the language in which the city should answer
 *
 * Returns: (transfer full): the body of POST requests for a checked draft, form-urlencoded
 */
char *
komek_wire_write_form (KomekDraft *draft, KomekLanguage language)
{
  GString *form = g_string_new (NULL);
  KomekService *service = komek_draft_get_service (draft);
  KomekPlace *place = komek_draft_get_place (draft);
  g_autofree char *address = komek_draft_dup_address (draft);

  append (form, "service_code", service ? komek_service_get_code (service) : NULL);
  if (place && komek_place_has_point (place))
    {
      append_degrees (form, "lat", komek_place_get_latitude (place));
      append_degrees (form, "long", komek_place_get_longitude (place));
    }
  append (form, "address_string", address);
  append (form, "description", komek_draft_get_text (draft));
  append (form, "client_request_id", komek_draft_get_key (draft));
  append (form, "locale", komek_language_get_code (language));
  return g_string_free (form, FALSE);
}

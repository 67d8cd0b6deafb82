/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-wire-form.h"

#include <math.h>
#include <string.h>

#include "komek-wire-query.h"

/* The arguments that are kept as they came. */
static const struct
{
  const char *name;
  gsize       offset;
} plain[] = {
  { "service_code", G_STRUCT_OFFSET (KomekWireForm, service) },
  { "address_id", G_STRUCT_OFFSET (KomekWireForm, address_id) },
  { "description", G_STRUCT_OFFSET (KomekWireForm, text) },
  { "client_request_id", G_STRUCT_OFFSET (KomekWireForm, key) },
  { "local_number", G_STRUCT_OFFSET (KomekWireForm, local) },
  { "device_id", G_STRUCT_OFFSET (KomekWireForm, device) },
  { "account_id", G_STRUCT_OFFSET (KomekWireForm, account) },
  { "sealed_contact", G_STRUCT_OFFSET (KomekWireForm, sealed_contact) },
  { "first_name", G_STRUCT_OFFSET (KomekWireForm, first_name) },
  { "last_name", G_STRUCT_OFFSET (KomekWireForm, last_name) },
  { "email", G_STRUCT_OFFSET (KomekWireForm, email) },
  { "phone", G_STRUCT_OFFSET (KomekWireForm, phone) },
  { "api_key", G_STRUCT_OFFSET (KomekWireForm, api_key) },
  { "jurisdiction_id", G_STRUCT_OFFSET (KomekWireForm, jurisdiction) },
  { "locale", G_STRUCT_OFFSET (KomekWireForm, language) },
};

#define MEMBER(self, i) G_STRUCT_MEMBER (char *, self, plain[i].offset)

void
komek_wire_form_free (KomekWireForm *self)
{
  for (guint i = 0; i < G_N_ELEMENTS (plain); i++)
    g_free (MEMBER (self, i));
  g_clear_pointer (&self->place, komek_place_unref);
  g_clear_pointer (&self->media, g_ptr_array_unref);
  g_clear_pointer (&self->attributes, g_ptr_array_unref);
  g_free (self);
}

/* What a form says of the place comes in any order. */
typedef struct
{
  KomekWireForm *form;
  char          *latitude;
  char          *longitude;
  char          *address;
} Reading;

static void
reading_clear (Reading *self)
{
  g_free (self->latitude);
  g_free (self->longitude);
  g_free (self->address);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Reading, reading_clear)

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

static void
replace (char **member, const char *value)
{
  g_free (*member);
  *member = g_strdup (value);
}

static void
read_argument (const char *name, const char *value, gpointer data)
{
  Reading *self = data;

  for (guint i = 0; i < G_N_ELEMENTS (plain); i++)
    if (g_str_equal (name, plain[i].name))
      {
        replace (&MEMBER (self->form, i), value);
        return;
      }
  if (g_str_equal (name, "lat"))
    replace (&self->latitude, value);
  else if (g_str_equal (name, "long"))
    replace (&self->longitude, value);
  else if (g_str_equal (name, "address_string"))
    replace (&self->address, value);
  else if (g_str_equal (name, "media_url") || g_str_equal (name, "media_url[]"))
    g_ptr_array_add (self->form->media, g_strdup (value));
  else
    add_attribute (self->form, name, value);
}

static double
read_degrees (const char *text)
{
  char *end;
  double degrees = text ? g_ascii_strtod (text, &end) : NAN;

  return text && end > text && *end == '\0' ? degrees : NAN;
}

static void
read_place (const Reading *self)
{
  KomekWireForm *form = self->form;

  if (!self->latitude && !self->longitude)
    {
      form->place = komek_place_new_address (self->address, NULL);
      return;
    }
  form->place = komek_place_new (read_degrees (self->latitude), read_degrees (self->longitude),
                                 self->address, NULL);
  form->odd_point = !komek_place_has_point (form->place);
}

/**
 * komek_wire_read_form:
 * @body: the body of POST requests, form-urlencoded
 *
 * Reads what is there without judging it. Where a name comes twice the last one counts.
 *
 * Fails with %KOMEK_ERROR_UNREADABLE where @body is not form-urlencoded UTF-8.
 *
 * Returns: (transfer full): the form, its place and its lists always there
 */
KomekWireForm *
komek_wire_read_form (GBytes *body, GError **error)
{
  g_autoptr (KomekWireForm) form = g_new0 (KomekWireForm, 1);
  g_auto (Reading) reading = { form };

  form->attributes = g_ptr_array_new_with_free_func (g_free);
  form->media = g_ptr_array_new_with_free_func (g_free);
  if (!komek_wire_query_visit (body, read_argument, &reading, error))
    return NULL;
  read_place (&reading);
  return g_steal_pointer (&form);
}

static void
append_place (GString *query, KomekPlace *place)
{
  if (!place)
    return;
  if (komek_place_has_point (place))
    {
      komek_wire_query_append_degrees (query, "lat", komek_place_get_latitude (place));
      komek_wire_query_append_degrees (query, "long", komek_place_get_longitude (place));
    }
  komek_wire_query_append (query, "address_string", komek_place_get_address (place));
}

static void
append_attributes (GString *query, GPtrArray *attributes)
{
  for (guint i = 0; attributes && i < attributes->len; i += 2)
    {
      const char *code = attributes->pdata[i];
      gboolean list = g_str_has_suffix (code, "[]");
      g_autofree char *bare = g_strndup (code, strlen (code) - (list ? 2 : 0));
      g_autofree char *escaped = g_uri_escape_string (bare, NULL, FALSE);
      g_autofree char *name = g_strdup_printf ("attribute[%s]%s", escaped, list ? "[]" : "");

      komek_wire_query_append (query, name, attributes->pdata[i + 1]);
    }
}

/**
 * komek_wire_form_write:
 *
 * Returns: (transfer full): the body of POST requests, form-urlencoded
 */
char *
komek_wire_form_write (const KomekWireForm *self)
{
  GString *query = g_string_new (NULL);

  append_place (query, self->place);
  for (guint i = 0; i < G_N_ELEMENTS (plain); i++)
    komek_wire_query_append (query, plain[i].name, MEMBER (self, i));
  append_attributes (query, self->attributes);
  for (guint i = 0; self->media && i < self->media->len; i++)
    komek_wire_query_append (query, "media_url", self->media->pdata[i]);
  return g_string_free (query, FALSE);
}

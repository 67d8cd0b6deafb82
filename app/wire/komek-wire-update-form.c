/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-wire-update-form.h"

#include "komek-wire-query.h"
#include "komek-wire-status.h"
#include "komek-wire-time.h"

/* The arguments that are kept as they came. */
static const struct
{
  const char *name;
  gsize       offset;
} plain[] = {
  { "service_request_id", G_STRUCT_OFFSET (KomekWireUpdateForm, number) },
  { "update_id", G_STRUCT_OFFSET (KomekWireUpdateForm, id) },
  { "description", G_STRUCT_OFFSET (KomekWireUpdateForm, text) },
  { "service_code", G_STRUCT_OFFSET (KomekWireUpdateForm, service) },
  { "device_id", G_STRUCT_OFFSET (KomekWireUpdateForm, device) },
  { "sealed_contact", G_STRUCT_OFFSET (KomekWireUpdateForm, sealed_contact) },
  { "first_name", G_STRUCT_OFFSET (KomekWireUpdateForm, first_name) },
  { "last_name", G_STRUCT_OFFSET (KomekWireUpdateForm, last_name) },
  { "email", G_STRUCT_OFFSET (KomekWireUpdateForm, email) },
  { "phone", G_STRUCT_OFFSET (KomekWireUpdateForm, phone) },
  { "api_key", G_STRUCT_OFFSET (KomekWireUpdateForm, api_key) },
  { "jurisdiction_id", G_STRUCT_OFFSET (KomekWireUpdateForm, jurisdiction) },
};

#define MEMBER(self, i) G_STRUCT_MEMBER (char *, self, plain[i].offset)

void
komek_wire_update_form_free (KomekWireUpdateForm *self)
{
  for (guint i = 0; i < G_N_ELEMENTS (plain); i++)
    g_free (MEMBER (self, i));
  g_free (self->status_word);
  g_clear_pointer (&self->media, g_ptr_array_unref);
  g_free (self);
}

static void
replace (char **member, const char *value)
{
  g_free (*member);
  *member = g_strdup (value);
}

typedef struct
{
  KomekWireUpdateForm *form;
  GTimeZone           *zone;
} Reading;

static void
read_argument (const char *name, const char *value, gpointer data)
{
  Reading *self = data;
  KomekWireUpdateForm *form = self->form;

  for (guint i = 0; i < G_N_ELEMENTS (plain); i++)
    if (g_str_equal (name, plain[i].name))
      {
        replace (&MEMBER (form, i), value);
        return;
      }
  if (g_str_equal (name, "status"))
    replace (&form->status_word, value);
  else if (g_str_equal (name, "updated_datetime"))
    form->time = komek_wire_read_time (value, self->zone);
  else if (g_str_equal (name, "media_url") || g_str_equal (name, "media_url[]"))
    g_ptr_array_add (form->media, g_strdup (value));
  else if (g_str_equal (name, "public_anonymity_required"))
    form->anonymous = g_ascii_strcasecmp (value, "true") == 0 || g_str_equal (value, "1");
}

/**
 * komek_wire_read_update_form:
 * @body: the body of POST servicerequestupdates, form-urlencoded
 * @zone: (nullable): the city's zone, for a date without one; %NULL for UTC
 *
 * Reads what is there without judging it. Where a name comes twice the last one
 * counts, but for media_url. A status says nothing where it is "unchanged".
 *
 * Fails with %KOMEK_ERROR_UNREADABLE where @body is not form-urlencoded UTF-8.
 *
 * Returns: (transfer full): the form
 */
KomekWireUpdateForm *
komek_wire_read_update_form (GBytes *body, GTimeZone *zone, GError **error)
{
  g_autoptr (KomekWireUpdateForm) form = g_new0 (KomekWireUpdateForm, 1);
  Reading reading = { form, zone };

  form->media = g_ptr_array_new_with_free_func (g_free);
  if (!komek_wire_query_visit (body, read_argument, &reading, error))
    return NULL;
  form->has_status = form->status_word && g_ascii_strcasecmp (form->status_word, "unchanged") != 0;
  if (form->has_status)
    form->status = komek_wire_read_status (form->status_word, NULL);
  return g_steal_pointer (&form);
}

/* The words of FixMyStreet are upper case. */
static char *
dup_status_word (const KomekWireUpdateForm *self)
{
  const char *word = self->status_word ? self->status_word : komek_status_get_code (self->status);

  return g_ascii_strup (word, -1);
}

/**
 * komek_wire_update_form_write:
 * @zone: the zone to write the time in
 *
 * Returns: (transfer full): the body of POST servicerequestupdates, form-urlencoded
 */
char *
komek_wire_update_form_write (const KomekWireUpdateForm *self, GTimeZone *zone)
{
  GString *query = g_string_new (NULL);
  g_autofree char *status = self->has_status ? dup_status_word (self) : NULL;
  g_autofree char *time = self->time ? komek_wire_write_time (self->time, zone) : NULL;

  for (guint i = 0; i < G_N_ELEMENTS (plain); i++)
    komek_wire_query_append (query, plain[i].name, MEMBER (self, i));
  komek_wire_query_append (query, "status", status);
  komek_wire_query_append (query, "updated_datetime", time);
  komek_wire_query_append (query, "public_anonymity_required", self->anonymous ? "TRUE" : NULL);
  for (guint i = 0; self->media && i < self->media->len; i++)
    komek_wire_query_append (query, "media_url", self->media->pdata[i]);
  return g_string_free (query, FALSE);
}

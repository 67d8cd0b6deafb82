/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-contact.h"

/**
 * KomekContact:
 *
 * How the city may reach whoever filed a request.
 *
 * Immutable and counted. It is personal data: it is shown to nobody but the
 * person who gave it, sealed before it rests anywhere, and never logged.
 */
struct _KomekContact
{
  gatomicrefcount refs;
  char           *name;
  char           *phone;
  char           *email;
};

G_DEFINE_BOXED_TYPE (KomekContact, komek_contact, komek_contact_ref, komek_contact_unref)

/**
 * komek_contact_new:
 * @name: (nullable): as the person wrote it
 * @phone: (nullable): as the person wrote it
 * @email: (nullable): as the person wrote it
 *
 * Returns: (transfer full): the contact; what was not given is ""
 */
KomekContact *
komek_contact_new (const char *name, const char *phone, const char *email)
{
  KomekContact *self = g_new (KomekContact, 1);

  *self = (KomekContact) {
    .name = g_strdup (name ? name : ""),
    .phone = g_strdup (phone ? phone : ""),
    .email = g_strdup (email ? email : ""),
  };
  g_atomic_ref_count_init (&self->refs);
  return self;
}

KomekContact *
komek_contact_ref (KomekContact *self)
{
  g_atomic_ref_count_inc (&self->refs);
  return self;
}

void
komek_contact_unref (KomekContact *self)
{
  if (!g_atomic_ref_count_dec (&self->refs))
    return;

  g_free (self->name);
  g_free (self->phone);
  g_free (self->email);
  g_free (self);
}

const char *
komek_contact_get_name (const KomekContact *self)
{
  return self->name;
}

const char *
komek_contact_get_phone (const KomekContact *self)
{
  return self->phone;
}

const char *
komek_contact_get_email (const KomekContact *self)
{
  return self->email;
}

gboolean
komek_contact_is_empty (const KomekContact *self)
{
  return *self->name == '\0' && *self->phone == '\0' && *self->email == '\0';
}

static void
append (GString *form, const char *name, const char *value)
{
  g_autofree char *escaped = g_uri_escape_string (value, NULL, FALSE);

  if (*value)
    g_string_append_printf (form, "%s%s=%s", form->len > 0 ? "&" : "", name, escaped);
}

/**
 * komek_contact_write:
 *
 * Writes what is sealed to a city: `name`, `phone` and `email`, form-urlencoded, without the empty
 * ones.
 *
 * Returns: (transfer full): the text, in the clear
 */
char *
komek_contact_write (const KomekContact *self)
{
  GString *form = g_string_new (NULL);

  append (form, "name", self->name);
  append (form, "phone", self->phone);
  append (form, "email", self->email);
  return g_string_free (form, FALSE);
}

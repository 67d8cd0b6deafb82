/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-contact.h"

#include <string.h>

#define COUNTRY "7"         /* of Kazakhstan */
#define NATIONAL_DIGITS 10
#define SHORTEST_PHONE 8    /* digits with the country's, E.164 */
#define LONGEST_PHONE 15

#define DOTS "\342\200\242\342\200\242\342\200\242"

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

/* Only digits; %NULL where something else stands there than what people put between them. */
static char *
dup_digits (const char *text)
{
  GString *digits = g_string_new (NULL);

  for (const char *p = text; *p; p++)
    if (g_ascii_isdigit (*p))
      g_string_append_c (digits, *p);
    else if (!strchr (" ()-.\t", *p))
      return g_string_free (digits, TRUE);
  return g_string_free (digits, FALSE);
}

/**
 * komek_contact_read_phone:
 * @text: as a person wrote it
 *
 * Reads a telephone number: 8 701 …, 701 … and +7 701 … are one number of the country.
 *
 * Returns: (transfer full) (nullable): the number as E.164 has it, with its +;
 *   %NULL where it is none
 */
char *
komek_contact_read_phone (const char *text)
{
  const char *start = text + strspn (text, " \t");
  gboolean foreign = *start == '+';
  g_autofree char *digits = dup_digits (start + foreign);
  gsize length;

  if (!digits)
    return NULL;
  length = strlen (digits);
  if (!foreign && length == NATIONAL_DIGITS)
    return g_strconcat ("+" COUNTRY, digits, NULL);
  if (!foreign && length == NATIONAL_DIGITS + 1 && (*digits == '8' || *digits == '7'))
    return g_strconcat ("+" COUNTRY, digits + 1, NULL);
  if (foreign && *digits == '7' && length != NATIONAL_DIGITS + 1)
    return NULL;
  return foreign && length >= SHORTEST_PHONE && length <= LONGEST_PHONE
           ? g_strconcat ("+", digits, NULL) : NULL;
}

/**
 * komek_contact_is_email:
 *
 * Whether mail could go there: something, one @, a name of a host with a dot. Whether it arrives
 * nobody can tell.
 */
gboolean
komek_contact_is_email (const char *text)
{
  const char *at = strchr (text, '@');
  const char *dot = at ? strrchr (at, '.') : NULL;

  return at && at > text && !strchr (at + 1, '@') && dot && dot > at + 1 && dot[1] != '\0'
         && !strpbrk (text, " \t\r\n,;<>\"") && !strstr (at, "..") && strlen (text) <= 254;
}

/* Whether somebody could be reached by it: a name alone reaches nobody. */
gboolean
komek_contact_check (const KomekContact *self)
{
  g_autofree char *phone = komek_contact_read_phone (self->phone);

  return (*self->phone || *self->email) && (phone || *self->phone == '\0')
         && (*self->email == '\0' || komek_contact_is_email (self->email));
}

/* +7 7••• ••45: of which country, and what its owner knows it by. */
static char *
mask_phone (const char *text)
{
  g_autofree char *phone = komek_contact_read_phone (text);

  if (!phone)
    return g_strdup (DOTS);
  return g_strdup_printf ("%.2s %.1s" DOTS " " DOTS "%s", phone, phone + 2,
                          phone + strlen (phone) - 2);
}

static char *
mask_first_letter (const char *text, const char *rest)
{
  return g_strdup_printf ("%.*s" DOTS "%s", (int) (g_utf8_next_char (text) - text), text, rest);
}

/**
 * komek_contact_dup_masked:
 *
 * Writes it so that its owner knows it again and whoever looks over a shoulder learns nothing.
 *
 * Returns: (transfer full): what was given, masked, a line each
 */
char *
komek_contact_dup_masked (const KomekContact *self)
{
  g_autofree char *name = *self->name ? mask_first_letter (self->name, "") : NULL;
  g_autofree char *phone = *self->phone ? mask_phone (self->phone) : NULL;
  const char *at = strchr (self->email, '@');
  g_autofree char *email =
    *self->email ? mask_first_letter (self->email, at ? "@" DOTS : "") : NULL;
  g_autoptr (GStrvBuilder) lines = g_strv_builder_new ();
  g_auto (GStrv) parts = NULL;

  if (name)
    g_strv_builder_add (lines, name);
  if (phone)
    g_strv_builder_add (lines, phone);
  if (email)
    g_strv_builder_add (lines, email);
  parts = g_strv_builder_end (lines);
  return g_strjoinv ("\n", parts);
}

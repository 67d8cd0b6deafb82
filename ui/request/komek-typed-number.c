/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-typed-number.h"

#include <string.h>

#include "komek-number.h"

#define DIGITS 12

/* A number that a device gave begins with a zero and is longer; a city's may begin with one too. */
#define LOCAL_DIGITS 16

/* The QR code of a slip holds the address of the request's page; a scanner types all of it. */
static char *
take_out_of_link (const char *typed)
{
  const char *page = g_strrstr (typed, "/r/");
  g_autofree char *last = NULL;
  char *plain;

  if (!page)
    return g_strstrip (g_strdup (typed));

  last = g_strdup (page + strlen ("/r/"));
  last[strcspn (last, "?#/")] = '\0';
  plain = g_uri_unescape_string (last, NULL);
  return g_strstrip (plain ? plain : g_steal_pointer (&last));
}

static gboolean
is_digits_and_marks (const char *text)
{
  for (const char *p = text; *p; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (!g_ascii_isdigit (*p) && !g_unichar_isspace (c) && !g_utf8_strchr ("-–—‑№", -1, c))
        return FALSE;
    }
  return TRUE;
}

/**
 * komek_typed_number_read:
 * @typed: what was typed, pasted or scanned: a number or the address of a request's page
 * @ours: whether the city numbers its requests as ours does; others are taken as they are
 * @number: (out) (nullable): the number to look up where the answer is %KOMEK_TYPED_GOOD
 *
 * Reads a number.
 */
KomekTyped
komek_typed_number_read (const char *typed, gboolean ours, char **number)
{
  g_autofree char *plain = take_out_of_link (typed);

  *number = NULL;
  if (*plain == '\0')
    return KOMEK_TYPED_NOTHING;

  *number =
    ours || komek_number_is_local (plain) ? komek_number_normalise (plain) : g_strdup (plain);
  if (*number)
    return KOMEK_TYPED_GOOD;
  if (is_digits_and_marks (plain) && komek_typed_number_count_missing (plain) > 0)
    return KOMEK_TYPED_SHORT;
  return KOMEK_TYPED_WRONG;
}

guint
komek_typed_number_count_digits (const char *typed)
{
  guint n = 0;

  for (const char *p = typed; *p; p++)
    n += g_ascii_isdigit (*p);
  return n;
}

static gboolean
begins_with_zero (const char *typed)
{
  return typed[strcspn (typed, "0123456789")] == '0';
}

/* How many digits are missing of what is typed: to the city's length, or beyond it to the length of
 * a device's. */
guint
komek_typed_number_count_missing (const char *typed)
{
  guint digits = komek_typed_number_count_digits (typed);

  if (digits < DIGITS)
    return DIGITS - digits;
  return begins_with_zero (typed) && digits > DIGITS && digits < LOCAL_DIGITS
           ? LOCAL_DIGITS - digits
           : 0;
}

/**
 * komek_typed_number_group:
 *
 * Groups the digits as they stand on a slip, as far as they are typed: "2211", "221126-0",
 * and of a device's number "0123-4567-8900-0".
 *
 * Returns: (transfer full) (nullable): the grouped digits, %NULL for what is no number of ours
 */
char *
komek_typed_number_group (const char *typed)
{
  guint digits = komek_typed_number_count_digits (typed);
  gboolean local = digits > DIGITS && begins_with_zero (typed);
  GString *grouped;
  guint n = 0;

  if (!is_digits_and_marks (typed) || digits > (local ? LOCAL_DIGITS : DIGITS))
    return NULL;

  grouped = g_string_new (NULL);
  for (const char *p = typed; *p; p++)
    if (g_ascii_isdigit (*p))
      {
        if (local ? n > 0 && n % 4 == 0 : n == 6 || n == 9)
          g_string_append_c (grouped, '-');
        g_string_append_c (grouped, *p);
        n++;
      }
  return g_string_free (grouped, FALSE);
}

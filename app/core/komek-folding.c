/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-folding.h"

#include <string.h>

/* What people type for a Kazakh letter on Russian keys; ё is nearly always typed е. */
static gunichar
fold_letter (gunichar c)
{
  switch (c)
    {
    case 0x04d9: /* ә */
      return 0x0430;
    case 0x0493: /* ғ */
      return 0x0433;
    case 0x049b: /* қ */
      return 0x043a;
    case 0x04a3: /* ң */
      return 0x043d;
    case 0x04e9: /* ө */
      return 0x043e;
    case 0x04b1: /* ұ */
    case 0x04af: /* ү */
      return 0x0443;
    case 0x04bb: /* һ */
      return 0x0445;
    case 0x0456: /* і */
      return 0x0438;
    case 0x0451: /* ё */
      return 0x0435;
    default:
      return c;
    }
}

/**
 * komek_fold:
 * @text: valid UTF-8
 *
 * Brings a text and a search for it into one form: small letters, Kazakh
 * letters as the Russian ones that people type for them, and one space
 * wherever there is anything but letters and digits.
 *
 * Returns: (transfer full): the folded text, no spaces at its ends
 */
char *
komek_fold (const char *text)
{
  g_autofree char *composed = g_utf8_normalize (text, -1, G_NORMALIZE_ALL_COMPOSE);
  GString *folded = g_string_sized_new (strlen (text));

  for (const char *p = composed ? composed : ""; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (g_unichar_isalnum (c))
        g_string_append_unichar (folded, fold_letter (g_unichar_tolower (c)));
      else if (folded->len > 0 && folded->str[folded->len - 1] != ' ')
        g_string_append_c (folded, ' ');
    }
  if (folded->len > 0 && folded->str[folded->len - 1] == ' ')
    g_string_truncate (folded, folded->len - 1);
  return g_string_free (folded, FALSE);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-wire-refusal.h"

/**
 * komek_wire_get_refusal:
 *
 * Returns: (transfer none) (nullable): the words of an error, whichever of the
 *   standard, a framework or RFC 9457 has shaped it
 */
const char *
komek_wire_get_refusal (const KomekWireNode *element)
{
  static const char *const names[] = { "description", "message", "detail", "title",
                                       "error" };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      const char *words = komek_wire_get_text (element, names[i]);

      if (words)
        return words;
    }
  return NULL;
}

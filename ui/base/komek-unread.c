/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-unread.h"

#include <gio/gio.h>

#include "komek-error.h"

/**
 * komek_unread_report:
 * @what: the subject of the sentence: "The city's card"
 *
 * Tells whoever reads the log that the screen lacks something.
 *
 * Nothing is said where nobody wants it any more, nor where the device can
 * keep nothing at all: that is said once, by the line, on every page.
 */
void
komek_unread_report (const char *what, const GError *error)
{
  if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED)
      && !g_error_matches (error, KOMEK_ERROR, KOMEK_ERROR_UNSAVED))
    g_warning ("%s cannot be read: %s", what, error->message);
}

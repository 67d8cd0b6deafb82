/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-digest.h"

/* What tells whether a thing of many parts is the same as before: SHA-256 over
 * all of them, one after the other. */

KomekDigest *
komek_digest_new (void)
{
  return g_checksum_new (G_CHECKSUM_SHA256);
}

void
komek_digest_add_text (KomekDigest *self, const char *text)
{
  /* The byte at the end parts each text from the next, and from none. */
  g_checksum_update (self, (const guchar *) (text ? text : "\1"), -1);
  g_checksum_update (self, (const guchar *) "\0", 1);
}

void
komek_digest_add_number (KomekDigest *self, double number)
{
  g_checksum_update (self, (const guchar *) &number, sizeof number);
}

void
komek_digest_add_label (KomekDigest *self, KomekLabel *label)
{
  for (guint i = 0; i < KOMEK_N_LANGUAGES; i++)
    komek_digest_add_text (self, komek_label_get_exact (label, i));
}

/* Returns the digest and frees the rest. */
char *
komek_digest_end (KomekDigest *self)
{
  char *text = g_strdup (g_checksum_get_string (self));

  g_checksum_free (self);
  return text;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-seal.h"

#include <sodium.h>
#include <string.h>

#include "komek-error.h"

/* Boxes that anybody can close and one city alone can open: libsodium's
 * crypto_box_seal (X25519, XSalsa20-Poly1305). Keys and boxes are base64 here,
 * since they travel in forms, answers and files. */

/* Longer than any contact; a box from a stranger shall not cost the city memory. */
#define LONGEST_BOX (64 * 1024)

static gboolean
fail (GError **error, KomekError code, const char *what)
{
  g_set_error_literal (error, KOMEK_ERROR, code, what);
  return FALSE;
}

static gboolean
make_ready (GError **error)
{
  return sodium_init () >= 0
         || fail (error, KOMEK_ERROR_UNSAVED, "The cipher library does not start");
}

static gboolean
read_key (const char *text, guint8 *key, gsize size, GError **error)
{
  gsize length;
  g_autofree guchar *bytes = g_base64_decode (text, &length);
  gboolean read = length == size;

  if (read)
    memcpy (key, bytes, size);
  sodium_memzero (bytes, length);
  return read || fail (error, KOMEK_ERROR_UNREADABLE, "Not a key of a sealed box");
}

/**
 * komek_seal_make_pair:
 * @public_key: (out): for everybody, base64
 * @secret_key: (out): for the city alone, base64
 *
 * Makes a pair of keys by lot.
 */
gboolean
komek_seal_make_pair (char **public_key, char **secret_key, GError **error)
{
  guint8 open[crypto_box_PUBLICKEYBYTES], hidden[crypto_box_SECRETKEYBYTES];

  if (!make_ready (error))
    return FALSE;
  crypto_box_keypair (open, hidden);
  *public_key = g_base64_encode (open, sizeof open);
  *secret_key = g_base64_encode (hidden, sizeof hidden);
  sodium_memzero (hidden, sizeof hidden);
  return TRUE;
}

/**
 * komek_seal_get_public_key:
 * @secret_key: base64
 *
 * Returns: (transfer full) (nullable): the public key that belongs to it, base64
 */
char *
komek_seal_get_public_key (const char *secret_key, GError **error)
{
  guint8 open[crypto_box_PUBLICKEYBYTES], hidden[crypto_box_SECRETKEYBYTES];

  if (!make_ready (error) || !read_key (secret_key, hidden, sizeof hidden, error))
    return NULL;
  crypto_scalarmult_base (open, hidden);
  sodium_memzero (hidden, sizeof hidden);
  return g_base64_encode (open, sizeof open);
}

/**
 * komek_seal_close:
 * @public_key: of whoever may read it, base64
 *
 * Fails with %KOMEK_ERROR_UNREADABLE where the key is none.
 *
 * Returns: (transfer full) (nullable): the box, base64; another one each time
 */
char *
komek_seal_close (const char *text, const char *public_key, GError **error)
{
  guint8 recipient[crypto_box_PUBLICKEYBYTES];
  gsize length = strlen (text);
  g_autofree guint8 *box = NULL;

  if (!make_ready (error) || !read_key (public_key, recipient, sizeof recipient, error))
    return NULL;
  box = g_malloc (length + crypto_box_SEALBYTES);
  if (crypto_box_seal (box, (const guint8 *) text, length, recipient) != 0)
    {
      fail (error, KOMEK_ERROR_UNREADABLE, "Nothing can be sealed to this key");
      return NULL;
    }
  return g_base64_encode (box, length + crypto_box_SEALBYTES);
}

static char *
open_box (const guint8 *box, gsize length, const guint8 *hidden)
{
  guint8 open[crypto_box_PUBLICKEYBYTES];
  g_autofree char *text = g_malloc0 (length - crypto_box_SEALBYTES + 1);

  crypto_scalarmult_base (open, hidden);
  if (crypto_box_seal_open ((guint8 *) text, box, length, open, hidden) != 0)
    return NULL;
  /* What was sealed is a text: nothing is hidden behind its end. */
  if (strlen (text) != length - crypto_box_SEALBYTES)
    return NULL;
  return g_steal_pointer (&text);
}

/**
 * komek_seal_open:
 * @sealed: what komek_seal_close() gave
 * @secret_key: base64
 *
 * Fails with %KOMEK_ERROR_UNREADABLE where the box was changed, is none, or is somebody else's.
 *
 * Returns: (transfer full) (nullable): the text
 */
char *
komek_seal_open (const char *sealed, const char *secret_key, GError **error)
{
  guint8 hidden[crypto_box_SECRETKEYBYTES];
  g_autofree guchar *box = NULL;
  char *text = NULL;
  gsize length = 0;

  if (!make_ready (error) || !read_key (secret_key, hidden, sizeof hidden, error))
    return NULL;
  if (strlen (sealed) <= LONGEST_BOX)
    box = g_base64_decode (sealed, &length);
  if (length >= crypto_box_SEALBYTES)
    text = open_box (box, length, hidden);
  sodium_memzero (hidden, sizeof hidden);
  if (!text)
    fail (error, KOMEK_ERROR_UNREADABLE, "Not a box for this key");
  return text;
}

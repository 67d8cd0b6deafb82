/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-error.h"
#include "komek-seal.h"

#define TEXT "name=%D3%98%D1%81%D0%B5%D0%BB&phone=%2B77010000000"

typedef struct
{
  char *public_key;
  char *secret_key;
} Pair;

static void
set_up (Pair *pair, gconstpointer unused)
{
  g_assert_true (komek_seal_make_pair (&pair->public_key, &pair->secret_key, NULL));
}

static void
tear_down (Pair *pair, gconstpointer unused)
{
  g_free (pair->public_key);
  g_free (pair->secret_key);
}

static void
test_opens_what_was_sealed (Pair *pair, gconstpointer unused)
{
  g_autofree char *box = komek_seal_close (TEXT, pair->public_key, NULL);
  g_autofree char *other = komek_seal_close (TEXT, pair->public_key, NULL);
  g_autofree char *text = komek_seal_open (box, pair->secret_key, NULL);
  g_autofree char *public_key = komek_seal_get_public_key (pair->secret_key, NULL);

  g_assert_cmpstr (text, ==, TEXT);
  g_assert_cmpstr (box, !=, other);
  g_assert_cmpstr (public_key, ==, pair->public_key);
}

static void
test_only_the_citys_key_opens_it (Pair *pair, gconstpointer unused)
{
  g_autofree char *box = komek_seal_close (TEXT, pair->public_key, NULL);
  g_autoptr (GError) error = NULL;
  Pair stranger;

  set_up (&stranger, NULL);
  g_assert_null (komek_seal_open (box, stranger.secret_key, &error));
  g_assert_error (error, KOMEK_ERROR, KOMEK_ERROR_UNREADABLE);
  tear_down (&stranger, NULL);
}

/* One changed bit anywhere, and every shorter box. */
static void
test_a_changed_box_does_not_open (Pair *pair, gconstpointer unused)
{
  g_autofree char *box = komek_seal_close (TEXT, pair->public_key, NULL);
  gsize length;
  g_autofree guchar *bytes = g_base64_decode (box, &length);

  for (gsize i = 0; i < length; i++)
    {
      g_autofree char *changed = NULL;
      g_autofree char *cut = g_base64_encode (bytes, i);

      bytes[i] ^= 1;
      changed = g_base64_encode (bytes, length);
      bytes[i] ^= 1;
      g_assert_null (komek_seal_open (changed, pair->secret_key, NULL));
      g_assert_null (komek_seal_open (cut, pair->secret_key, NULL));
    }
}

static void
test_what_is_no_key_is_refused (Pair *pair, gconstpointer unused)
{
  static const char *const keys[] = { "", "AAAA", "not base64 at all!",
                                      "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA" };

  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (komek_seal_close (TEXT, keys[i], &error));
      g_assert_error (error, KOMEK_ERROR, KOMEK_ERROR_UNREADABLE);
    }
}

#define ADD(path, function) g_test_add ("/seal/" path, Pair, NULL, set_up, function, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("opens-what-was-sealed", test_opens_what_was_sealed);
  ADD ("only-the-citys-key-opens-it", test_only_the_citys_key_opens_it);
  ADD ("a-changed-box-does-not-open", test_a_changed_box_does_not_open);
  ADD ("what-is-no-key-is-refused", test_what_is_no_key_is_refused);
  return g_test_run ();
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <gdk-pixbuf/gdk-pixbuf.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "komek-darkroom.h"
#include "komek-picture-head.h"
#include "komek-picture.h"
#include "komek-refusal.h"

/* What becomes of strangers' pictures, and of what only says that it is one. */

/* A square of four inks, as print shops send them; twenty-four by sixteen
 * pixels of WebP in its three forms; and one that moves. */
static const char cmyk[] =
  "/9j/7gAOQWRvYmUAZAAAAAAC/9sAQwANCQoLCggNCwoLDg4NDxMgFRMSEhMnHB4XIC4pMTAuKS0sMzpKPjM2Rjcs"
  "LUBXQUZMTlJTUjI+WmFaUGBKUVJP/9sAQwEODg4TERMmFRUmTzUtNU9PT09PT09PT09PT09PT09PT09PT09PT09P"
  "T09PT09PT09PT09PT09PT09PT09PT09P/8AAFAgACAAIBAEiAAIRAQMRAQQiAP/EABYAAQEBAAAAAAAAAAAAAAAA"
  "AAAEBv/EABQQAQAAAAAAAAAAAAAAAAAAAAD/xAAVAQEBAAAAAAAAAAAAAAAAAAAFBv/EABQRAQAAAAAAAAAAAAAA"
  "AAAAAAD/2gAOBAEAAhEDEQQAAD8ApAJoVrAH/9k=";
static const char lossy[] =
  "UklGRl4AAABXRUJQVlA4IFIAAACwAwCdASoYABAAPtFWo0u/pKMhsAgD8BoJbDuAGMeQdwf4AB7UYAD+7ts/z2h8"
  "AMiCd/cUScadZ/8lkh+9eSn0cvjXrhdI3p8S6ThAB2yUKoAA";
static const char lossless[] =
  "UklGRkwAAABXRUJQVlA4TEAAAAAvF8ADAH8AEIT/cQsT8ff/+U+WAVVk21BBBRVUUEEFFVRQQQUVVFBBBRX8bYaI"
  "/ufn4+Xh5uLkYGdjZWFmYmQg";
static const char extended[] =
  "UklGRpYAAABXRUJQVlA4WAoAAAAQAAAAFwAADwAAQUxQSBYAAAABDzD/ERGCSNumbP4VH99BRP9jeQEAVlA4IFoA"
  "AABwAwCdASoYABAAPpE6mEeloyKhMAgAsBIJYgB2AGV/3bACQGAA/u6mP//v37M+yrbYoPmJHdRd78//9zgeav+3"
  "mPc3+WT/txdm7MbI0Lhcf/K7uXlRf9slAAA=";
static const char moving[] =
  "UklGRsAAAABXRUJQVlA4WAoAAAACAAAABwAABwAAQU5JTQYAAAD/////AABBTk1GSAAAAAAAAAAAAAcAAAcAAGQA"
  "AAJWUDggMAAAANABAJ0BKggACAACADQloAJ0ugH4AAOwAP7wxAv/ILlhdcjX/yA/5Af8gP/48gAAAEFOTUZEAAAA"
  "AAAAAAAABwAABwAAZAAAAFZQOCAsAAAAlAEAnQEqCAAIAAAANCWgAnS6AAOYAP75k2//kB//kB//kB//ID/iF3sg"
  "MABSSUZGPAAAAFdFQlBWUDggMAAAANABAJ0BKggACAACADQloAJ0ugH4AAOwAP7wxAv/ILlhdcjX/yA/5Af8gP/4"
  "8gAAAA==";

static KomekDarkroom *darkroom;

static GBytes *
unpack (const char *base64)
{
  gsize length;
  guchar *data = g_base64_decode (base64, &length);

  return g_bytes_new_take (data, length);
}

/* Red on the left and blue on the right, so that turning shows. */
static GdkPixbuf *
paint (int width, int height, gboolean alpha)
{
  GdkPixbuf *picture = gdk_pixbuf_new (GDK_COLORSPACE_RGB, alpha, 8, width, height);
  g_autoptr (GdkPixbuf) right =
    gdk_pixbuf_new_subpixbuf (picture, width / 2, 0, width - width / 2, height);

  gdk_pixbuf_fill (picture, 0xff0000ff);
  gdk_pixbuf_fill (right, alpha ? 0x0000ff00 : 0x0000ffff);
  return picture;
}

static GBytes *
save (GdkPixbuf *picture, const char *type)
{
  g_autoptr (GError) error = NULL;
  char *data;
  gsize length;

  gdk_pixbuf_save_to_buffer (picture, &data, &length, type, &error, NULL);
  g_assert_no_error (error);
  return g_bytes_new_take (data, length);
}

static GBytes *
make (int width, int height, const char *type)
{
  g_autoptr (GdkPixbuf) picture = paint (width, height, FALSE);

  return save (picture, type);
}

static GBytes *
put_in (GBytes *bytes, gsize place, const void *data, gsize length)
{
  GByteArray *array = g_byte_array_new ();
  gsize whole;
  const guint8 *old = g_bytes_get_data (bytes, &whole);

  g_byte_array_append (array, old, place);
  g_byte_array_append (array, data, length);
  g_byte_array_append (array, old + place, whole - place);
  return g_byte_array_free_to_bytes (array);
}

static gboolean
holds (GBytes *bytes, const char *text)
{
  gsize length;
  const char *data = g_bytes_get_data (bytes, &length);

  return memmem (data, length, text, strlen (text)) != NULL;
}

static GdkPixbuf *
develop (GBytes *bytes)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) jpeg = komek_darkroom_develop (darkroom, bytes, &error);
  g_autoptr (GdkPixbufLoader) loader = gdk_pixbuf_loader_new_with_type ("jpeg", NULL);

  g_assert_no_error (error);
  g_assert_true (gdk_pixbuf_loader_write_bytes (loader, jpeg, NULL));
  g_assert_true (gdk_pixbuf_loader_close (loader, NULL));
  return g_object_ref (gdk_pixbuf_loader_get_pixbuf (loader));
}

static void
assert_refused (GBytes *bytes, KomekRefusal refusal)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) jpeg = komek_darkroom_develop (darkroom, bytes, &error);

  g_assert_error (error, KOMEK_REFUSAL, (int) refusal);
  g_assert_null (jpeg);
}

static void
assert_colour (GdkPixbuf *picture, int x, int y, int red, int green, int blue)
{
  const guint8 *pixel = gdk_pixbuf_read_pixels (picture) + y * gdk_pixbuf_get_rowstride (picture)
                        + x * gdk_pixbuf_get_n_channels (picture);

  g_assert_cmpint (ABS (pixel[0] - red), <, 40);
  g_assert_cmpint (ABS (pixel[1] - green), <, 40);
  g_assert_cmpint (ABS (pixel[2] - blue), <, 40);
}

static void
test_each_kind_becomes_a_jpeg (void)
{
  const char *webps[] = { lossy, lossless, extended };
  const char *kinds[] = { "jpeg", "png" };

  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      g_autoptr (GBytes) bytes = make (40, 20, kinds[i]);
      g_autoptr (GdkPixbuf) picture = develop (bytes);

      g_assert_cmpint (gdk_pixbuf_get_width (picture), ==, 40);
      assert_colour (picture, 4, 10, 255, 0, 0);
      assert_colour (picture, 35, 10, 0, 0, 255);
    }
  for (guint i = 0; i < G_N_ELEMENTS (webps); i++)
    {
      g_autoptr (GBytes) bytes = unpack (webps[i]);
      g_autoptr (GdkPixbuf) picture = develop (bytes);

      g_assert_cmpint (gdk_pixbuf_get_width (picture), ==, 24);
      g_assert_cmpint (gdk_pixbuf_get_height (picture), ==, 16);
    }
}

static void
test_large_ones_shrink (void)
{
  g_autoptr (GBytes) wide = make (4000, 1000, "jpeg");
  g_autoptr (GBytes) tall = make (100, 5000, "png");
  g_autoptr (GdkPixbuf) wide_picture = develop (wide);
  g_autoptr (GdkPixbuf) tall_picture = develop (tall);

  g_assert_cmpint (gdk_pixbuf_get_width (wide_picture), ==, 2048);
  g_assert_cmpint (gdk_pixbuf_get_height (wide_picture), ==, 512);
  g_assert_cmpint (gdk_pixbuf_get_width (tall_picture), ==, 40);
  g_assert_cmpint (gdk_pixbuf_get_height (tall_picture), ==, 2048);
}

static void
test_what_shines_through_is_white (void)
{
  g_autoptr (GdkPixbuf) half = paint (40, 20, TRUE);
  g_autoptr (GBytes) bytes = save (half, "png");
  g_autoptr (GdkPixbuf) picture = develop (bytes);

  assert_colour (picture, 4, 10, 255, 0, 0);
  assert_colour (picture, 35, 10, 255, 255, 255);
}

/* An EXIF block that says "turned by a quarter" and where its owner lives. */
static GBytes *
add_exif (GBytes *jpeg)
{
  static const guint8 exif[] =
    "\xff\xe1\x00\x40" "Exif\0\0" "MM\0\x2a\0\0\0\x08" "\0\x02"
    "\x01\x12\0\x03\0\0\0\x01\0\x06\0\0"
    "\x01\x0e\0\x02\0\0\0\x18\0\0\0\x26" "\0\0\0\0"
    "CANARY 51.1282 71.4304\0\0";

  return put_in (jpeg, 2, exif, 2 + 0x40);
}

static void
test_cameras_are_obeyed_and_forgotten (void)
{
  g_autoptr (GBytes) plain = make (40, 20, "jpeg");
  g_autoptr (GBytes) turned = add_exif (plain);
  g_autoptr (GBytes) jpeg = komek_darkroom_develop (darkroom, turned, NULL);
  g_autoptr (GdkPixbuf) picture = develop (turned);

  g_assert_true (holds (turned, "CANARY"));
  g_assert_cmpint (gdk_pixbuf_get_width (picture), ==, 20);
  g_assert_cmpint (gdk_pixbuf_get_height (picture), ==, 40);
  assert_colour (picture, 10, 4, 255, 0, 0);
  assert_colour (picture, 10, 35, 0, 0, 255);
  g_assert_false (holds (jpeg, "CANARY"));
  g_assert_false (holds (jpeg, "Exif"));
}

static void
test_four_inks_become_three_colours (void)
{
  g_autoptr (GBytes) bytes = unpack (cmyk);
  g_autoptr (GdkPixbuf) picture = develop (bytes);

  g_assert_cmpint (gdk_pixbuf_get_n_channels (picture), ==, 3);
  assert_colour (picture, 4, 4, 200, 40, 40);
}

/* A picture that is an archive or a page too is only a picture afterwards. */
static void
test_what_hides_behind_the_pixels_is_lost (void)
{
  static const char hidden[] = "PK\3\4CANARY<script>alert(1)</script>";
  const char *kinds[] = { "jpeg", "png" };

  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      g_autoptr (GBytes) bytes = make (40, 20, kinds[i]);
      g_autoptr (GBytes) both = put_in (bytes, g_bytes_get_size (bytes), hidden, sizeof hidden);
      g_autoptr (GError) error = NULL;
      g_autoptr (GBytes) jpeg = komek_darkroom_develop (darkroom, both, &error);

      g_assert_no_error (error);
      g_assert_false (holds (jpeg, "CANARY"));
    }
}

static void
test_other_files_are_no_pictures (void)
{
  static const char *const others[] = {
    "", "x", "GIF89a\1\0\1\0", "BM", "<svg xmlns='http://www.w3.org/2000/svg'/>", "%PDF-1.7",
    "\xff\xd8", "RIFF\1\0\0\0WAVE", "<html>", "PK\3\4",
  };

  for (guint i = 0; i < G_N_ELEMENTS (others); i++)
    {
      g_autoptr (GBytes) bytes = g_bytes_new_static (others[i], strlen (others[i]));

      assert_refused (bytes, KOMEK_REFUSAL_NO_PICTURE);
    }
}

/* Sixty-seven bytes that want fourteen gigabytes. */
static void
test_a_flood_of_pixels_is_never_opened (void)
{
  g_autoptr (GBytes) bytes = make (8, 8, "png");
  g_autofree guint8 *flood = g_memdup2 (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
  g_autoptr (GBytes) large = NULL;
  g_autoptr (GBytes) just = NULL;

  memcpy (flood + 16, "\0\0\xea\x60\0\0\xea\x60", 8);
  large = g_bytes_new (flood, g_bytes_get_size (bytes));
  assert_refused (large, KOMEK_REFUSAL_PICTURE_PIXELS);
  /* 8000 by 5001 is forty megapixels and a line. */
  memcpy (flood + 16, "\0\0\x1f\x40\0\0\x13\x89", 8);
  just = g_bytes_new (flood, g_bytes_get_size (bytes));
  assert_refused (just, KOMEK_REFUSAL_PICTURE_PIXELS);
}

/* The first head says forty by twenty, a second one sixty thousand each way. */
static void
test_a_second_head_is_not_believed (void)
{
  g_autoptr (GBytes) bytes = make (40, 20, "jpeg");
  static const guint8 frame[] = { 0xff, 0xc0, 0, 17, 8, 0xea, 0x60, 0xea, 0x60, 3,
                                  1, 0x11, 0, 2, 0x11, 0, 3, 0x11, 0 };
  const guint8 *data = g_bytes_get_data (bytes, NULL);
  const guint8 *scan = memmem (data, g_bytes_get_size (bytes), "\xff\xda", 2);
  g_autoptr (GBytes) twice = put_in (bytes, scan - data, frame, sizeof frame);

  assert_refused (twice, KOMEK_REFUSAL_PICTURE_BROKEN);
}

static void
test_forty_megapixels_still_fit (void)
{
  g_autoptr (GBytes) bytes = make (8000, 5000, "jpeg");
  g_autoptr (GdkPixbuf) picture = develop (bytes);

  g_assert_cmpint (gdk_pixbuf_get_width (picture), ==, 2048);
}

static void
test_whatever_moves_is_refused (void)
{
  static const guint8 control[] = { 0, 0, 0, 8, 'a', 'c', 'T', 'L', 0, 0, 0, 2, 0, 0, 0, 0,
                                    0xf3, 0x8d, 0x93, 0x70 };
  g_autoptr (GBytes) webp = unpack (moving);
  g_autoptr (GBytes) still = make (8, 8, "png");
  g_autoptr (GBytes) apng = put_in (still, 33, control, sizeof control);

  assert_refused (webp, KOMEK_REFUSAL_PICTURE_MOVES);
  assert_refused (apng, KOMEK_REFUSAL_PICTURE_MOVES);
}

/* What was cut off anywhere is not the photo that somebody took. */
static void
test_cut_ones_are_refused (void)
{
  const char *kinds[] = { "jpeg", "png" };

  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      g_autoptr (GBytes) whole = make (64, 64, kinds[i]);
      gsize length = g_bytes_get_size (whole);

      for (gsize cut = 12; cut < length; cut += length / 12)
        {
          g_autoptr (GBytes) part = g_bytes_new_from_bytes (whole, 0, cut);

          assert_refused (part, KOMEK_REFUSAL_PICTURE_BROKEN);
        }
    }
}

static void
test_ten_megabytes_are_the_most (void)
{
  g_autoptr (GBytes) bytes = make (8, 8, "jpeg");
  g_autofree guint8 *padding = g_malloc0 (KOMEK_PICTURE_MAX_SIZE);
  gsize length = g_bytes_get_size (bytes);
  g_autoptr (GBytes) most =
    put_in (bytes, length, padding, KOMEK_PICTURE_MAX_SIZE - length);
  g_autoptr (GBytes) more = put_in (most, KOMEK_PICTURE_MAX_SIZE, "x", 1);
  g_autoptr (GBytes) jpeg = komek_darkroom_develop (darkroom, most, NULL);

  g_assert_nonnull (jpeg);
  assert_refused (more, KOMEK_REFUSAL_PICTURE_BIG);
}

/* A helper that never comes to an end costs its patience and no more. */
static void
test_patience_ends (void)
{
  g_autofree char *folder = g_dir_make_tmp ("komek-darkroom-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "helper", NULL);
  g_autoptr (GBytes) bytes = make (8, 8, "png");
  g_autoptr (KomekDarkroom) slow = NULL;
  g_autoptr (GError) error = NULL;
  gint64 before = g_get_monotonic_time ();

  g_assert_true (g_file_set_contents (path, "#!/bin/sh\nexec /bin/sleep 60\n", -1, NULL));
  g_assert_cmpint (g_chmod (path, 0700), ==, 0);
  slow = komek_darkroom_new (path, 200);
  g_assert_null (komek_darkroom_develop (slow, bytes, &error));
  g_assert_error (error, KOMEK_REFUSAL, KOMEK_REFUSAL_PICTURE_BROKEN);
  g_assert_cmpint (g_get_monotonic_time () - before, <, 5 * G_USEC_PER_SEC);
  g_unlink (path);
  g_rmdir (folder);
}

/* Whether it was developed; 2 where there was no room. */
static gpointer
develop_one (gpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) jpeg = komek_darkroom_develop (darkroom, data, &error);

  if (jpeg)
    return GINT_TO_POINTER (1);
  return GINT_TO_POINTER (g_error_matches (error, KOMEK_REFUSAL, KOMEK_REFUSAL_BUSY) ? 2 : 0);
}

static void
develop_many (guint n_threads, guint *counts)
{
  g_autoptr (GBytes) bytes = make (1600, 1200, "png");
  GThread *threads[32];

  for (guint i = 0; i < n_threads; i++)
    threads[i] = g_thread_new ("citizen", develop_one, bytes);
  for (guint i = 0; i < n_threads; i++)
    counts[GPOINTER_TO_INT (g_thread_join (threads[i]))]++;
}

/* Two are at work and four may wait; the next is sent away at once, not held up. */
static void
test_a_crowd_waits_its_turn (void)
{
  guint few[3] = { 0 }, many[3] = { 0 };

  develop_many (6, few);
  g_assert_cmpuint (few[1], ==, 6);
  develop_many (32, many);
  g_assert_cmpuint (many[0], ==, 0);
  g_assert_cmpuint (many[1], >=, 6);
  g_assert_cmpuint (many[2], >, 0);
}

#define ADD(path, function) g_test_add_func ("/city/pictures/" path, function)

int
main (int argc, char **argv)
{
  int result;

  g_test_init (&argc, &argv, NULL);
  ADD ("each-kind-becomes-a-jpeg", test_each_kind_becomes_a_jpeg);
  ADD ("large-ones-shrink", test_large_ones_shrink);
  ADD ("what-shines-through-is-white", test_what_shines_through_is_white);
  ADD ("cameras-are-obeyed-and-forgotten", test_cameras_are_obeyed_and_forgotten);
  ADD ("four-inks-become-three-colours", test_four_inks_become_three_colours);
  ADD ("what-hides-behind-the-pixels-is-lost", test_what_hides_behind_the_pixels_is_lost);
  ADD ("other-files-are-no-pictures", test_other_files_are_no_pictures);
  ADD ("a-flood-of-pixels-is-never-opened", test_a_flood_of_pixels_is_never_opened);
  ADD ("a-second-head-is-not-believed", test_a_second_head_is_not_believed);
  ADD ("forty-megapixels-still-fit", test_forty_megapixels_still_fit);
  ADD ("whatever-moves-is-refused", test_whatever_moves_is_refused);
  ADD ("cut-ones-are-refused", test_cut_ones_are_refused);
  ADD ("ten-megabytes-are-the-most", test_ten_megabytes_are_the_most);
  ADD ("patience-ends", test_patience_ends);
  ADD ("a-crowd-waits-its-turn", test_a_crowd_waits_its_turn);

  darkroom = komek_darkroom_new (g_getenv ("KOMEK_CITY"), 0);
  result = g_test_run ();
  komek_darkroom_free (darkroom);
  return result;
}

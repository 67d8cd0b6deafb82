/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "request-fakes.h"

#include <gdk-pixbuf/gdk-pixbuf.h>
#include <glib/gstdio.h>
#include <unistd.h>

#include "komek-photos.h"
#include "komek-text-page.h"

/* Photos at a desk: only what a city takes comes into the draft, and only where it takes any. */

typedef struct
{
  TestCity  *city;
  TestStage *stage;
  GtkWidget *page;
  char      *folder;
} Fixture;

typedef struct
{
  gboolean kiosk;
  gboolean plain; /* a city that takes no photos */
} Shape;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  const Shape *shape = data;
  KomekPage *page;

  fixture->folder = g_dir_make_tmp ("komek-photos-XXXXXX", NULL);
  fixture->city = test_city_new ("astana", NULL);
  if (shape->plain)
    test_city_forget_abilities (fixture->city);
  fixture->stage = test_stage_new (fixture->city, shape->kiosk);
  page = komek_text_page_new (fixture->stage->context);
  test_stage_show (fixture->stage, page);
  fixture->page = GTK_WIDGET (page);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GDir) dir = g_dir_open (fixture->folder, 0, NULL);
  const char *name;

  while ((name = g_dir_read_name (dir)))
    {
      g_autofree char *path = g_build_filename (fixture->folder, name, NULL);

      g_unlink (path);
    }
  g_rmdir (fixture->folder);
  g_free (fixture->folder);
  gtk_overlay_set_child (GTK_OVERLAY (gtk_window_get_child (GTK_WINDOW (fixture->stage->window))), NULL);
  test_settle ();
  /* A picture may still be looked at in a thread. */
  while (G_OBJECT (fixture->stage->context)->ref_count > 1)
    g_main_context_iteration (NULL, TRUE);
  test_stage_free (fixture->stage);
}

static GFile *
make_photo (Fixture *fixture, const char *format, int width, int height)
{
  g_autofree char *path = g_build_filename (fixture->folder, format, NULL);
  g_autoptr (GdkPixbuf) pixbuf = gdk_pixbuf_new (GDK_COLORSPACE_RGB, FALSE, 8, width, height);

  gdk_pixbuf_fill (pixbuf, 0x3366ccff);
  g_assert_true (gdk_pixbuf_save (pixbuf, path, format, NULL, NULL));
  return g_file_new_for_path (path);
}

static GFile *
make_file (Fixture *fixture, const char *text, goffset size)
{
  g_autofree char *path = g_build_filename (fixture->folder, "file.jpg", NULL);

  g_assert_true (g_file_set_contents (path, text, -1, NULL));
  if (size > 0)
    g_assert_cmpint (truncate (path, size), ==, 0);
  return g_file_new_for_path (path);
}

static KomekPhotos *
find_photos (GtkWidget *widget)
{
  KomekPhotos *found = NULL;

  if (KOMEK_IS_PHOTOS (widget))
    return KOMEK_PHOTOS (widget);
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child && !found; child = gtk_widget_get_next_sibling (child))
    found = find_photos (child);
  return found;
}

static guint
count (Fixture *fixture)
{
  return komek_draft_get_photos (komek_context_get_draft (fixture->stage->context))->len;
}

static void
add (Fixture *fixture, GFile *file)
{
  komek_photos_add_file (find_photos (fixture->page), file);
  g_object_unref (file);
}

static void
add_photo (Fixture *fixture, const char *format)
{
  guint before = count (fixture);

  add (fixture, make_photo (fixture, format, 640, 480));
  while (count (fixture) == before)
    g_main_context_iteration (NULL, TRUE);
}

static void
test_photos_come_and_go (Fixture *fixture, gconstpointer data)
{
  add_photo (fixture, "jpeg");
  add_photo (fixture, "png");
  g_assert_nonnull (test_find_by_text (fixture->page, "Add a photo"));

  komek_draft_remove_photo (komek_context_get_draft (fixture->stage->context), 0);
  test_settle ();
  g_assert_cmpuint (count (fixture), ==, 1);
}

static void
test_a_request_takes_five (Fixture *fixture, gconstpointer data)
{
  for (int i = 0; i < KOMEK_DRAFT_MAX_PHOTOS; i++)
    add_photo (fixture, "jpeg");
  add (fixture, make_photo (fixture, "png", 8, 8));
  g_assert_true (test_comes (fixture->page, "There is no room for one more photo"));
  g_assert_cmpuint (count (fixture), ==, KOMEK_DRAFT_MAX_PHOTOS);
}

static void
test_what_is_no_photo_stays_outside (Fixture *fixture, gconstpointer data)
{
  add (fixture, make_file (fixture, "<html>I am no photo</html>", 0));
  g_assert_true (test_comes (fixture->page, "This file is not a photo that can be sent"));

  add (fixture, make_photo (fixture, "bmp", 8, 8));
  test_settle ();
  g_assert_cmpuint (count (fixture), ==, 0);
}

/* A header alone, of a picture that nobody has memory for. */
static void
test_a_flood_of_pixels_stays_outside (Fixture *fixture, gconstpointer data)
{
  static const guchar head[] = { 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n', 0, 0, 0, 13, 'I', 'H', 'D', 'R',
                                 0, 0, 0x7f, 0xff, 0, 0, 0x7f, 0xff, 8, 6, 0, 0, 0, 0x5c, 0x9f, 0xd3, 0x08 };
  g_autofree char *path = g_build_filename (fixture->folder, "flood.png", NULL);

  g_assert_true (g_file_set_contents (path, (const char *) head, sizeof head, NULL));
  add (fixture, g_file_new_for_path (path));
  g_assert_true (test_comes (fixture->page, "This file is not a photo that can be sent"));
  g_assert_cmpuint (count (fixture), ==, 0);
}

static void
test_a_huge_file_is_not_even_read (Fixture *fixture, gconstpointer data)
{
  add (fixture, make_file (fixture, "", (goffset) 1 << 40));
  g_assert_true (test_comes (fixture->page, "The photo is too large"));
  g_assert_cmpuint (count (fixture), ==, 0);
}

static void
test_nothing_is_offered_that_nobody_takes (Fixture *fixture, gconstpointer data)
{
  g_assert_null (find_photos (fixture->page));
}

int
main (int argc, char *argv[])
{
  static const Shape desk = { FALSE, FALSE }, kiosk = { TRUE, FALSE }, plain = { FALSE, TRUE };

  gtk_test_init (&argc, &argv, NULL);
  adw_init ();

#define TEST(path, shape, function) g_test_add (path, Fixture, &shape, set_up, function, tear_down)
  TEST ("/ui/file/photos/come-and-go", desk, test_photos_come_and_go);
  TEST ("/ui/file/photos/a-request-takes-five", desk, test_a_request_takes_five);
  TEST ("/ui/file/photos/what-is-no-photo-stays-outside", desk, test_what_is_no_photo_stays_outside);
  TEST ("/ui/file/photos/a-flood-of-pixels-stays-outside", desk, test_a_flood_of_pixels_stays_outside);
  TEST ("/ui/file/photos/a-huge-file-is-not-even-read", desk, test_a_huge_file_is_not_even_read);
  TEST ("/ui/file/photos/a-kiosk-has-none", kiosk, test_nothing_is_offered_that_nobody_takes);
  TEST ("/ui/file/photos/a-plain-city-takes-none", plain, test_nothing_is_offered_that_nobody_takes);
#undef TEST

  return g_test_run ();
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-graphics.h"

#include <glib/gstdio.h>
#include <gtk/gtk.h>
#include <unistd.h>

/* A folder with one device, or with none where it is NULL. */
static char *
make_devices (const char *device)
{
  char *devices = g_dir_make_tmp ("komek-devices-XXXXXX", NULL);
  g_autofree char *path = device ? g_build_filename (devices, device, NULL) : NULL;
  g_autofree char *folder = path ? g_path_get_dirname (path) : NULL;

  g_assert_nonnull (devices);
  if (!device)
    return devices;
  g_assert_cmpint (g_mkdir_with_parents (folder, 0700), ==, 0);
  g_assert_true (g_file_set_contents (path, "", 0, NULL));
  return devices;
}

static void
remove_devices (char *devices, const char *device)
{
  g_autofree char *path = device ? g_build_filename (devices, device, NULL) : NULL;
  g_autofree char *folder = path ? g_path_get_dirname (path) : NULL;

  if (path)
    g_assert_cmpint (g_remove (path), ==, 0);
  if (folder)
    g_rmdir (folder);
  g_rmdir (devices);
  g_free (devices);
}

/* Answers which renderer is asked for then. */
static char *
settle (const char *device, const char *wish)
{
  char *devices = make_devices (device);

  g_unsetenv ("GDK_DEBUG");
  g_unsetenv ("GDK_DISABLE");
  if (wish)
    g_setenv ("GSK_RENDERER", wish, TRUE);
  else
    g_unsetenv ("GSK_RENDERER");
  komek_graphics_settle (devices);
  remove_devices (devices, device);
  return g_strdup (g_getenv ("GSK_RENDERER"));
}

static gboolean
is_opengl_off (void)
{
  return g_strcmp0 (g_getenv ("GDK_DEBUG"), "gl-disable") == 0
         || g_strcmp0 (g_getenv ("GDK_DISABLE"), "gl,vulkan") == 0;
}

static void
test_without_a_card_cairo_draws (void)
{
  static const char *const none[] = { NULL, "dri/card0", "fb0", "null" };

  for (guint i = 0; i < G_N_ELEMENTS (none); i++)
    {
      g_autofree char *renderer = settle (none[i], NULL);

      g_assert_cmpstr (renderer, ==, "cairo");
      g_assert_true (is_opengl_off ());
    }
}

static void
test_with_a_card_gtk_chooses (void)
{
  static const char *const some[] = { "dri/renderD128", "dri/renderD129", "nvidia0", "mali0" };

  for (guint i = 0; i < G_N_ELEMENTS (some); i++)
    {
      g_autofree char *renderer = settle (some[i], NULL);

      g_assert_null (renderer);
      g_assert_false (is_opengl_off ());
    }
}

static void
test_a_wish_is_kept (void)
{
  g_autofree char *without = settle (NULL, "gl");
  g_autofree char *with = NULL;

  g_assert_cmpstr (without, ==, "gl");
  g_assert_false (is_opengl_off ());
  with = settle ("dri/renderD128", "cairo");
  g_assert_cmpstr (with, ==, "cairo");
  g_assert_true (is_opengl_off ());
}

static void
test_a_browser_draws_itself (void)
{
  g_autofree char *renderer = NULL;

  g_setenv ("GDK_BACKEND", "broadway", TRUE);
  renderer = settle (NULL, NULL);
  g_unsetenv ("GDK_BACKEND");
  g_assert_null (renderer);
  g_assert_false (is_opengl_off ());
}

/* A user of a desk need not be in the group that may draw with it. */
static void
test_what_may_not_be_used_is_none (void)
{
  char *devices = make_devices ("dri/renderD128");
  g_autofree char *path = g_build_filename (devices, "dri", "renderD128", NULL);

  g_assert_true (komek_graphics_has_card (devices));
  g_assert_cmpint (g_chmod (path, 0400), ==, 0);
  if (geteuid () == 0)
    g_test_skip ("An administrator may use everything");
  else
    g_assert_false (komek_graphics_has_card (devices));
  remove_devices (devices, "dri/renderD128");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/graphics/without-a-card-cairo-draws", test_without_a_card_cairo_draws);
  g_test_add_func ("/graphics/with-a-card-gtk-chooses", test_with_a_card_gtk_chooses);
  g_test_add_func ("/graphics/a-wish-is-kept", test_a_wish_is_kept);
  g_test_add_func ("/graphics/a-browser-draws-itself", test_a_browser_draws_itself);
  g_test_add_func ("/graphics/what-may-not-be-used-is-none", test_what_may_not_be_used_is_none);
  return g_test_run ();
}

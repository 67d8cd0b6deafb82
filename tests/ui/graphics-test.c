/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-graphics.h"

#include <glib/gstdio.h>
#include <gtk/gtk.h>
#include <unistd.h>

/* A machine as Linux shows it, in a folder of its own: what is below "dev" and below "sys". */

static char *
make_path (const char *machine, const char *name)
{
  char *path = g_build_filename (machine, name, NULL);
  g_autofree char *folder = g_path_get_dirname (path);

  g_assert_cmpint (g_mkdir_with_parents (folder, 0700), ==, 0);
  return path;
}

static void
add_device (const char *machine, const char *device)
{
  g_autofree char *name = g_build_filename ("dev", device, NULL);
  g_autofree char *path = make_path (machine, name);

  g_assert_true (g_file_set_contents (path, "", 0, NULL));
}

/* With one device, or with none where it is NULL. */
static char *
make_machine (const char *device)
{
  char *machine = g_dir_make_tmp ("komek-machine-XXXXXX", NULL);

  g_assert_nonnull (machine);
  if (device)
    add_device (machine, device);
  return machine;
}

/* Says what drives a device, and what was agreed on with its host where that is told. */
static void
describe (const char *machine, const char *device, const char *driver, const char *features)
{
  g_autofree char *folder = g_build_filename ("sys/class/drm", device, NULL);
  g_autofree char *link_name = g_build_filename (folder, "driver", NULL);
  g_autofree char *link = make_path (machine, link_name);
  g_autofree char *target = g_build_filename ("../../../bus/virtio/drivers", driver, NULL);
  g_autofree char *features_name = g_build_filename (folder, "features", NULL);
  g_autofree char *path = make_path (machine, features_name);

  g_assert_cmpint (symlink (target, link), ==, 0);
  if (features)
    g_assert_true (g_file_set_contents (path, features, -1, NULL));
}

static void
remove_all (const char *path)
{
  gboolean link = g_file_test (path, G_FILE_TEST_IS_SYMLINK);
  g_autoptr (GDir) dir = link ? NULL : g_dir_open (path, 0, NULL);
  const char *name;

  while (dir && (name = g_dir_read_name (dir)))
    {
      g_autofree char *child = g_build_filename (path, name, NULL);

      remove_all (child);
    }
  g_assert_cmpint (g_remove (path), ==, 0);
}

static void
remove_machine (char *machine)
{
  remove_all (machine);
  g_free (machine);
}

/* Answers which renderer is asked for then. */
static char *
settle (const char *device, const char *wish)
{
  char *machine = make_machine (device);

  g_unsetenv ("GDK_DEBUG");
  g_unsetenv ("GDK_DISABLE");
  if (wish)
    g_setenv ("GSK_RENDERER", wish, TRUE);
  else
    g_unsetenv ("GSK_RENDERER");
  komek_graphics_settle (machine);
  remove_machine (machine);
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
  char *machine = make_machine ("dri/renderD128");
  g_autofree char *path = g_build_filename (machine, "dev/dri/renderD128", NULL);

  g_assert_true (komek_graphics_has_card (machine));
  g_assert_cmpint (g_chmod (path, 0400), ==, 0);
  if (geteuid () == 0)
    g_test_skip ("An administrator may use everything");
  else
    g_assert_false (komek_graphics_has_card (machine));
  remove_machine (machine);
}

#define NODE "renderD128/device"

/* As Linux tells them below QEMU; where nothing is told there is a card. */
static void
test_a_host_that_does_not_draw_is_no_card (void)
{
  static const struct
  {
    const char *driver, *features;
    gboolean    card;
  } rows[] = {
    { "virtio_gpu", "0100000000000000000000000000110010000000000000000000000000000000\n", FALSE },
    { "virtio_gpu", "1100000000000000000000000000110010000000000000000000000000000000\n", TRUE },
    { "virtio_gpu", "", TRUE },
    { "virtio_gpu", NULL, TRUE },
    { "i915", NULL, TRUE },
    { "amdgpu", "0", TRUE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      char *machine = make_machine ("dri/renderD128");

      describe (machine, NODE, rows[i].driver, rows[i].features);
      g_assert_cmpint (komek_graphics_has_card (machine), ==, rows[i].card);
      remove_machine (machine);
    }
}

/* To a newer Linux the card is what is on the PCI bus, and what virtio has of it is below. */
static void
test_a_host_is_asked_below_its_bus (void)
{
  static const struct
  {
    const char *child, *driver, *features;
    gboolean    card;
  } rows[] = {
    { NODE "/virtio0", "virtio_gpu", "0100000000000000\n", FALSE },
    { NODE "/virtio12", "virtio_gpu", "0100000000000000\n", FALSE },
    { NODE "/virtio0", "virtio_gpu", "1100000000000000\n", TRUE },
    { NODE "/virtio0", "virtio_gpu", NULL, TRUE },
    { NODE "/virtio0", "virtio_net", "0100000000000000\n", TRUE },
    { NODE "/drm", "virtio_gpu", "0100000000000000\n", TRUE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      char *machine = make_machine ("dri/renderD128");

      describe (machine, NODE, "virtio-pci", NULL);
      describe (machine, rows[i].child, rows[i].driver, rows[i].features);
      g_assert_cmpint (komek_graphics_has_card (machine), ==, rows[i].card);
      remove_machine (machine);
    }
}

/* Whoever hands a real card on to the guest has it beside the screen of the host. */
static void
test_a_card_beside_such_a_screen_counts (void)
{
  char *machine = make_machine ("dri/renderD128");

  describe (machine, NODE, "virtio_gpu", "0100");
  g_assert_false (komek_graphics_has_card (machine));
  add_device (machine, "dri/renderD129");
  describe (machine, "renderD129/device", "amdgpu", NULL);
  g_assert_true (komek_graphics_has_card (machine));
  remove_machine (machine);
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
  g_test_add_func ("/graphics/a-host-that-does-not-draw-is-no-card",
                   test_a_host_that_does_not_draw_is_no_card);
  g_test_add_func ("/graphics/a-host-is-asked-below-its-bus", test_a_host_is_asked_below_its_bus);
  g_test_add_func ("/graphics/a-card-beside-such-a-screen-counts",
                   test_a_card_beside_such_a_screen_counts);
  return g_test_run ();
}

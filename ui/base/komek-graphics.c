/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-graphics.h"

#include <gtk/gtk.h>
#include <unistd.h>

/* What Linux calls the cards that a program may draw with: those of Mesa, and those whose makers
 * bring drivers of their own. A screen alone, as most virtual machines have, is dri/card0. */
static const struct
{
  const char *folder, *prefix;
} cards[] = {
  { "dri", "renderD" }, { ".", "nvidia0" }, { ".", "mali0" }, { ".", "kgsl-3d0" }, { ".", "dxg" },
};

/* QEMU's card says that programs may draw with it even where the host draws nothing for it and only
 * shows pictures. What guest and host have agreed on stands in a line of zeros and ones, feature 0
 * (VIRTIO_GPU_F_VIRGL) first: that the host draws. */
static gboolean
only_shows (const char *device)
{
  g_autofree char *link = g_build_filename (device, "driver", NULL);
  g_autofree char *path = g_build_filename (device, "features", NULL);
  g_autofree char *driver = g_file_read_link (link, NULL);
  g_autofree char *features = NULL;

  return driver && g_str_has_suffix (driver, "/virtio_gpu")
         && g_file_get_contents (path, &features, NULL, NULL) && *features == '0';
}

/* To an older Linux the card is what virtio has of it, to a newer one what is on the bus above. */
static gboolean
is_screen_alone (const char *root, const char *name)
{
  g_autofree char *device =
    g_build_filename (root, "sys", "class", "drm", name, "device", NULL);
  g_autoptr (GDir) dir = g_dir_open (device, 0, NULL);
  gboolean alone = only_shows (device);
  const char *part;

  while (!alone && dir && (part = g_dir_read_name (dir)))
    {
      g_autofree char *path = g_build_filename (device, part, NULL);

      alone = g_str_has_prefix (part, "virtio") && only_shows (path);
    }
  return alone;
}

static gboolean
has_one (const char *root, const char *folder, const char *prefix)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while (dir && (name = g_dir_read_name (dir)))
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);

      if (g_str_has_prefix (name, prefix) && access (path, R_OK | W_OK) == 0
          && !is_screen_alone (root, name))
        return TRUE;
    }
  return FALSE;
}

/**
 * komek_graphics_has_card:
 * @root: what "dev" and "sys" are in: "/"
 *
 * VMware's card is taken for one even where its host does not draw: that only the card itself would
 * say, and to open a card may mean to wake it.
 *
 * Returns: whether there is a graphics card that this process may draw with
 */
gboolean
komek_graphics_has_card (const char *root)
{
  for (guint i = 0; i < G_N_ELEMENTS (cards); i++)
    {
      g_autofree char *folder = g_build_filename (root, "dev", cards[i].folder, NULL);

      if (has_one (root, folder, cards[i].prefix))
        return TRUE;
    }
  return FALSE;
}

/* Opening an X display GTK looks for OpenGL, even where nothing will be drawn with it; with Mesa in
 * the processor that alone takes some 50 ms and 15 MiB. */
static void
forgo_opengl (void)
{
  if (gtk_get_minor_version () < 16)
    g_setenv ("GDK_DEBUG", "gl-disable", FALSE);
  else
    g_setenv ("GDK_DISABLE", "gl,vulkan", FALSE);
}

/**
 * komek_graphics_settle:
 * @root: what "dev" and "sys" are in: "/"
 *
 * Has cairo draw where no graphics card is. Whoever has set GSK_RENDERER knows better.
 *
 * GTK takes OpenGL wherever it finds it, and Mesa does without a card, pixel
 * by pixel in the processor: each frame takes five times as much of it as with
 * cairo, the window comes half as late again and takes three times the memory.
 * To ask OpenGL who draws would mean to load it, which is what takes that long.
 *
 * To be called before there are threads and a display. In a browser, by way of
 * Broadway, it is the browser that draws.
 */
void
komek_graphics_settle (const char *root)
{
  if (g_strcmp0 (g_getenv ("GDK_BACKEND"), "broadway") == 0)
    return;
  if (!komek_graphics_has_card (root))
    g_setenv ("GSK_RENDERER", "cairo", FALSE);
  if (g_strcmp0 (g_getenv ("GSK_RENDERER"), "cairo") == 0)
    forgo_opengl ();
}

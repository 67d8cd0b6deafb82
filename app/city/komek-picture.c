/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-picture.h"

#include <errno.h>
#include <fcntl.h>
#include <gdk-pixbuf/gdk-pixbuf.h>
#include <unistd.h>

#include "komek-confine.h"
#include "komek-picture-head.h"

/* The whole of a process that writes a picture anew: it reads one from a pipe
 * and writes pixels and nothing else to another. What a camera noted of its
 * owner, what somebody hid behind the last pixel, and whatever is wrong with
 * the file stays in here. */

/* Forty megapixels of PNG are 160 MB, of progressive JPEG 240 MB beside them. */
#define MEGABYTES 768
#define SECONDS 20
#define QUALITY "85"

static const char *const loaders[] = {
  [KOMEK_PICTURE_JPEG] = "jpeg",
  [KOMEK_PICTURE_PNG] = "png",
  [KOMEK_PICTURE_WEBP] = "webp",
};

static GByteArray *
read_all (int fd)
{
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  guint8 chunk[65536];

  while (bytes->len <= KOMEK_PICTURE_MAX_SIZE)
    {
      gssize n = read (fd, chunk, sizeof chunk);

      if (n < 0 && errno == EINTR)
        continue;
      if (n <= 0)
        return n == 0 ? g_steal_pointer (&bytes) : NULL;
      g_byte_array_append (bytes, chunk, n);
    }
  return NULL;
}

/* Smaller from the beginning: a JPEG is then never unpacked to its full size. */
static void
on_size_prepared (GdkPixbufLoader *loader, int width, int height, gpointer data)
{
  int side = MAX (width, height);

  if (side > KOMEK_PICTURE_MAX_SIDE)
    gdk_pixbuf_loader_set_size (loader,
                                MAX ((gint64) width * KOMEK_PICTURE_MAX_SIDE / side, 1),
                                MAX ((gint64) height * KOMEK_PICTURE_MAX_SIDE / side, 1));
}

/* Where memory runs out, this process goes first and not the server. */
static void
offer_oneself (void)
{
  int fd = open ("/proc/self/oom_score_adj", O_WRONLY | O_CLOEXEC);

  if (fd < 0)
    return;
  if (write (fd, "1000", 4) != 4)
    errno = 0;
  close (fd);
}

/* A loader that has begun to load holds its code in memory: it can be made
 * only while files can still be opened. */
static GdkPixbufLoader *
make_loader (KomekPictureKind kind)
{
  GdkPixbufLoader *loader = gdk_pixbuf_loader_new_with_type (loaders[kind], NULL);

  if (loader)
    g_signal_connect (loader, "size-prepared", G_CALLBACK (on_size_prepared), NULL);
  return loader;
}

/* A JPEG knows no transparency: what shone through becomes white, as on paper. */
static GdkPixbuf *
lay_on_white (GdkPixbuf *picture)
{
  int width = gdk_pixbuf_get_width (picture), height = gdk_pixbuf_get_height (picture);

  if (!gdk_pixbuf_get_has_alpha (picture))
    return g_object_ref (picture);
  return gdk_pixbuf_composite_color_simple (picture, width, height, GDK_INTERP_NEAREST, 255, 8,
                                            0xffffff, 0xffffff);
}

static GdkPixbuf *
decode (GdkPixbufLoader *loader, const GByteArray *bytes)
{
  gboolean read = gdk_pixbuf_loader_write (loader, bytes->data, bytes->len, NULL);
  gboolean whole = gdk_pixbuf_loader_close (loader, NULL);
  GdkPixbuf *picture = gdk_pixbuf_loader_get_pixbuf (loader);
  g_autoptr (GdkPixbuf) upright = NULL;

  if (!read || !whole || !picture
      || !gdk_pixbuf_animation_is_static_image (gdk_pixbuf_loader_get_animation (loader)))
    return NULL;
  upright = gdk_pixbuf_apply_embedded_orientation (picture);
  return upright ? lay_on_white (upright) : NULL;
}

static gboolean
on_encoded (const char *data, gsize length, GError **error, gpointer fd)
{
  while (length > 0)
    {
      gssize n = write (GPOINTER_TO_INT (fd), data, length);

      if (n < 0 && errno == EINTR)
        continue;
      if (n < 0)
        {
          g_set_error_literal (error, GDK_PIXBUF_ERROR, GDK_PIXBUF_ERROR_FAILED, "Nobody reads");
          return FALSE;
        }
      data += n;
      length -= n;
    }
  return TRUE;
}

static gboolean
may_be_read (const GByteArray *bytes, KomekPictureHead *head)
{
  return komek_picture_head_read (bytes->data, bytes->len, head) && head->whole && !head->moves
         && (guint64) head->width * head->height <= KOMEK_PICTURE_MAX_PIXELS;
}

/**
 * komek_picture_rewrite:
 * @from: where a JPEG, PNG or WebP comes from, to its end
 * @to: where the JPEG goes: upright, no larger than %KOMEK_PICTURE_MAX_SIDE either way
 *
 * Locks the process in for good before it looks at any pixel.
 *
 * Returns: the exit status, a #KomekPictureEnd
 */
int
komek_picture_rewrite (int from, int to)
{
  g_autoptr (GByteArray) bytes = NULL;
  g_autoptr (GdkPixbufLoader) loader = NULL;
  g_autoptr (GdkPixbuf) picture = NULL;
  KomekPictureHead head;

  offer_oneself ();
  if (!komek_confine_limit (MEGABYTES, SECONDS))
    return KOMEK_PICTURE_FAILED;
  bytes = read_all (from);
  if (!bytes || !may_be_read (bytes, &head))
    return KOMEK_PICTURE_BROKEN;
  loader = make_loader (head.kind);
  if (!loader)
    return KOMEK_PICTURE_UNKNOWN;
  if (!komek_confine_seal ())
    return KOMEK_PICTURE_FAILED;
  picture = decode (loader, bytes);
  if (!picture)
    return KOMEK_PICTURE_BROKEN;
  return gdk_pixbuf_save_to_callback (picture, on_encoded, GINT_TO_POINTER (to), "jpeg", NULL,
                                      "quality", QUALITY, NULL)
           ? KOMEK_PICTURE_WRITTEN
           : KOMEK_PICTURE_FAILED;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-photo.h"

#include <gdk-pixbuf/gdk-pixbuf.h>

#include "komek-error.h"

/* Looks at a photo from a file: whether it is one that a city takes, and how it looks small. A
 * stranger's file may promise more pixels than there is memory, so its size is read first. */

typedef struct
{
  GBytes *photo;
  int     edge;
} Look;

typedef struct
{
  int      edge;
  gboolean too_large;
} Size;

static void
look_free (Look *self)
{
  g_bytes_unref (self->photo);
  g_free (self);
}

static void
on_size_prepared (GdkPixbufLoader *loader, int width, int height, gpointer data)
{
  Size *size = data;
  double scale = (double) size->edge / MAX (width, height);

  size->too_large = (gint64) width * height > KOMEK_PHOTO_MAX_PIXELS;
  if (size->too_large)
    gdk_pixbuf_loader_set_size (loader, 1, 1);
  else if (scale < 1)
    gdk_pixbuf_loader_set_size (loader, MAX (1, width * scale), MAX (1, height * scale));
}

static gboolean
is_taken (GdkPixbufLoader *loader)
{
  static const char *const taken[] = { "jpeg", "png", "webp", NULL };
  GdkPixbufFormat *format = gdk_pixbuf_loader_get_format (loader);
  g_autofree char *name = format ? gdk_pixbuf_format_get_name (format) : NULL;

  return name && g_strv_contains (taken, name);
}

static GdkTexture *
look (GBytes *photo, int edge, GError **error)
{
  g_autoptr (GdkPixbufLoader) loader = gdk_pixbuf_loader_new ();
  g_autoptr (GdkPixbuf) upright = NULL;
  g_autoptr (GError) reason = NULL;
  Size size = { edge, FALSE };
  gboolean read;

  g_signal_connect (loader, "size-prepared", G_CALLBACK (on_size_prepared), &size);
  read = gdk_pixbuf_loader_write_bytes (loader, photo, &reason);
  /* Closing tells of what is cut off; a second mistake says nothing new. */
  read = gdk_pixbuf_loader_close (loader, read ? &reason : NULL) && read;
  if (!read || size.too_large || !is_taken (loader))
    {
      g_set_error (error, KOMEK_ERROR, KOMEK_ERROR_UNREADABLE, "The photo cannot be used: %s",
                   reason ? reason->message : size.too_large ? "too large" : "of another format");
      return NULL;
    }
  upright = gdk_pixbuf_apply_embedded_orientation (gdk_pixbuf_loader_get_pixbuf (loader));
  return gdk_texture_new_for_pixbuf (upright);
}

static void
look_in_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  const Look *self = data;
  GError *error = NULL;
  GdkTexture *texture = look (self->photo, self->edge, &error);

  if (texture)
    g_task_return_pointer (task, texture, g_object_unref);
  else
    g_task_return_error (task, error);
}

/**
 * komek_photo_look_async:
 * @photo: the bytes of a file
 * @edge: how long the longer edge is to be, in pixels
 *
 * Looks at a photo, in a thread.
 */
void
komek_photo_look_async (GBytes *photo, int edge, GCancellable *cancellable,
                        GAsyncReadyCallback callback, gpointer data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, data);
  Look *self = g_new (Look, 1);

  self->photo = g_bytes_ref (photo);
  self->edge = edge;
  g_task_set_source_tag (task, komek_photo_look_async);
  g_task_set_task_data (task, self, (GDestroyNotify) look_free);
  g_task_run_in_thread (task, look_in_thread);
}

/**
 * komek_photo_look_finish:
 *
 * Fails with %KOMEK_ERROR_UNREADABLE for what is no JPEG, PNG or WebP of at most
 * %KOMEK_PHOTO_MAX_PIXELS.
 *
 * Returns: (transfer full): the photo, small
 */
GdkTexture *
komek_photo_look_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

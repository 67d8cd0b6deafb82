/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tiles-fakes.h"

#include <gdk-pixbuf/gdk-pixbuf.h>

/**
 * FakeTiles:
 *
 * The same picture everywhere, or none; it answers at once or when it is let.
 */
struct _FakeTiles
{
  GObject          parent;
  char            *name;
  char            *attribution;
  KomekBounds     *bounds;
  KomekMapTrouble  trouble;
  gboolean         remote;
  gboolean         holding;
  GPtrArray       *held; /* of GTask */
  GBytes          *picture;
  guint            zoom;
  guint            n_asked;
};

enum
{
  PROP_NAME = 1,
  PROP_ATTRIBUTION,
  PROP_TROUBLE,
  PROP_BOUNDS,
};

static void fake_tiles_init_tiles (KomekTilesInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (FakeTiles, fake_tiles, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (KOMEK_TYPE_TILES, fake_tiles_init_tiles))

static gboolean
fake_tiles_is_remote (KomekTiles *tiles)
{
  return FAKE_TILES (tiles)->remote;
}

static void
answer (FakeTiles *self, GTask *task)
{
  if (!g_task_return_error_if_cancelled (task))
    g_task_return_pointer (task, self->picture ? g_bytes_ref (self->picture) : NULL,
                           (GDestroyNotify) g_bytes_unref);
}

static void
fake_tiles_load_async (KomekTiles *tiles, guint zoom, guint column, guint row,
                       GCancellable *cancellable, GAsyncReadyCallback callback, gpointer data)
{
  FakeTiles *self = FAKE_TILES (tiles);
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, data);

  self->n_asked++;
  if (self->holding)
    g_ptr_array_add (self->held, g_steal_pointer (&task));
  else
    answer (self, task);
}

static GBytes *
fake_tiles_load_finish (KomekTiles *tiles, GAsyncResult *result, guint *zoom, GError **error)
{
  *zoom = FAKE_TILES (tiles)->zoom;
  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
fake_tiles_init_tiles (KomekTilesInterface *iface)
{
  iface->is_remote = fake_tiles_is_remote;
  iface->load_async = fake_tiles_load_async;
  iface->load_finish = fake_tiles_load_finish;
}

static void
fake_tiles_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  FakeTiles *self = FAKE_TILES (object);

  switch (prop_id)
    {
    case PROP_NAME:
      g_value_set_string (value, self->name);
      break;
    case PROP_ATTRIBUTION:
      g_value_set_string (value, self->attribution);
      break;
    case PROP_TROUBLE:
      g_value_set_enum (value, (int) self->trouble);
      break;
    case PROP_BOUNDS:
      g_value_set_boxed (value, self->bounds);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
fake_tiles_finalize (GObject *object)
{
  FakeTiles *self = FAKE_TILES (object);

  g_ptr_array_unref (self->held);
  g_clear_pointer (&self->picture, g_bytes_unref);
  g_clear_pointer (&self->bounds, komek_bounds_unref);
  g_free (self->attribution);
  g_free (self->name);
  G_OBJECT_CLASS (fake_tiles_parent_class)->finalize (object);
}

static void
fake_tiles_class_init (FakeTilesClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = fake_tiles_get_property;
  object_class->finalize = fake_tiles_finalize;
  g_object_class_override_property (object_class, PROP_NAME, "name");
  g_object_class_override_property (object_class, PROP_ATTRIBUTION, "attribution");
  g_object_class_override_property (object_class, PROP_TROUBLE, "trouble");
  g_object_class_override_property (object_class, PROP_BOUNDS, "bounds");
}

static void
fake_tiles_init (FakeTiles *self)
{
  self->held = g_ptr_array_new_with_free_func (g_object_unref);
}

FakeTiles *
fake_tiles_new (const char *name, gboolean remote)
{
  FakeTiles *self = g_object_new (FAKE_TYPE_TILES, NULL);

  self->name = g_strdup (name);
  self->remote = remote;
  return self;
}

/* @picture: (nullable): what it gives from now on, of that zoom */
void
fake_tiles_put (FakeTiles *self, GBytes *picture, guint zoom)
{
  g_clear_pointer (&self->picture, g_bytes_unref);
  self->picture = picture ? g_bytes_ref (picture) : NULL;
  self->zoom = zoom;
}

/* While it holds, nobody gets an answer; then all do. */
void
fake_tiles_hold (FakeTiles *self, gboolean hold)
{
  self->holding = hold;
  for (guint i = 0; !hold && i < self->held->len; i++)
    answer (self, self->held->pdata[i]);
  if (!hold)
    g_ptr_array_set_size (self->held, 0);
}

void
fake_tiles_set_trouble (FakeTiles *self, KomekMapTrouble trouble)
{
  self->trouble = trouble;
  g_object_notify (G_OBJECT (self), "trouble");
}

void
fake_tiles_set_attribution (FakeTiles *self, const char *attribution)
{
  g_free (self->attribution);
  self->attribution = g_strdup (attribution);
  g_object_notify (G_OBJECT (self), "attribution");
}

void
fake_tiles_set_bounds (FakeTiles *self, KomekBounds *bounds)
{
  self->bounds = komek_bounds_ref (bounds);
  g_object_notify (G_OBJECT (self), "bounds");
}

guint
fake_tiles_get_n_asked (FakeTiles *self)
{
  return self->n_asked;
}

/* A PNG of two halves, in colours 0xrrggbbaa. */
GBytes *
fake_picture (guint side, guint32 left, guint32 right)
{
  g_autoptr (GdkPixbuf) pixbuf = gdk_pixbuf_new (GDK_COLORSPACE_RGB, TRUE, 8, (int) side,
                                                 (int) side);
  g_autoptr (GdkPixbuf) half =
    gdk_pixbuf_new_subpixbuf (pixbuf, (int) side / 2, 0, (int) (side - side / 2), (int) side);
  g_autoptr (GError) error = NULL;
  char *data;
  gsize size;

  gdk_pixbuf_fill (pixbuf, left);
  gdk_pixbuf_fill (half, right);
  gdk_pixbuf_save_to_buffer (pixbuf, &data, &size, "png", &error, NULL);
  g_assert_no_error (error);
  return g_bytes_new_take (data, size);
}

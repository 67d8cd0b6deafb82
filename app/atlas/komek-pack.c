/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-pack.h"

#include "komek-pack-file.h"

/**
 * KomekPack:
 *
 * A map in a file: the pictures of an MBTiles pack, read in a thread of its own.
 *
 * It opens by itself. Where it cannot be used it has nothing anywhere, and `trouble` says why.
 *
 * What it calls by name is read when somebody asks for it, and kept.
 *
 * Signal `named`: its names have been read.
 */
struct _KomekPack
{
  GObject          parent;
  char            *path;
  char            *name;
  GThreadPool     *pool;
  KomekPackFile   *file; /* of the thread alone */
  char            *attribution;
  KomekBounds     *bounds;
  KomekMapTrouble  trouble;
  KomekBounds     *named; /* where its names were asked for, or NULL */
  KomekPackNames  *names; /* or NULL */
};

enum
{
  NAMED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

enum
{
  PROP_NAME = 1,
  PROP_ATTRIBUTION,
  PROP_TROUBLE,
  PROP_BOUNDS,
};

/* What the thread is asked for, and what it has found. */
typedef struct
{
  gboolean         opening;
  guint            zoom, column, row;
  guint            found;
  KomekMapTrouble  trouble;
  char            *attribution;
  KomekBounds     *bounds;
} Errand;

static void komek_pack_tiles_init (KomekTilesInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (KomekPack, komek_pack, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (KOMEK_TYPE_TILES, komek_pack_tiles_init))

static void
errand_free (Errand *self)
{
  g_free (self->attribution);
  g_clear_pointer (&self->bounds, komek_bounds_unref);
  g_free (self);
}

static void
open_in_thread (KomekPack *self, Errand *errand)
{
  g_autofree char *why = NULL;
  const KomekPackMetadata *metadata;

  self->file = komek_pack_file_open (self->path, &errand->trouble, &why);
  if (!self->file)
    {
      g_message ("The map pack %s cannot be used: %s", self->path,
                 why ? why : "it is none of ours");
      return;
    }
  metadata = komek_pack_file_get_metadata (self->file);
  errand->attribution = g_strdup (metadata->attribution);
  errand->bounds = metadata->bounds ? komek_bounds_ref (metadata->bounds) : NULL;
}

static void
run_in_thread (gpointer data, gpointer user_data)
{
  g_autoptr (GTask) task = data;
  KomekPack *self = g_task_get_source_object (task);
  Errand *errand = g_task_get_task_data (task);
  GBytes *tile = NULL;

  if (g_task_return_error_if_cancelled (task))
    return;
  if (errand->opening)
    open_in_thread (self, errand);
  else if (self->file)
    tile = komek_pack_file_read (self->file, errand->zoom, errand->column, errand->row,
                                 &errand->found, &errand->trouble);
  g_task_return_pointer (task, tile, (GDestroyNotify) g_bytes_unref);
}

static void
take_trouble (KomekPack *self, KomekMapTrouble trouble)
{
  if (trouble == KOMEK_MAP_TROUBLE_NONE || self->trouble != KOMEK_MAP_TROUBLE_NONE)
    return;
  self->trouble = trouble;
  g_object_notify (G_OBJECT (self), "trouble");
}

static void
on_opened (GObject *source, GAsyncResult *result, gpointer data)
{
  KomekPack *self = KOMEK_PACK (source);
  Errand *errand = g_task_get_task_data (G_TASK (result));

  take_trouble (self, errand->trouble);
  self->attribution = g_steal_pointer (&errand->attribution);
  self->bounds = g_steal_pointer (&errand->bounds);
  g_object_notify (G_OBJECT (self), "attribution");
  g_object_notify (G_OBJECT (self), "bounds");
}

static void
send (KomekPack *self, GTask *task, gpointer tag, Errand *errand)
{
  g_task_set_source_tag (task, tag);
  g_task_set_task_data (task, errand, (GDestroyNotify) errand_free);
  g_thread_pool_push (self->pool, task, NULL);
}

static void
read_names_in_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  g_task_return_pointer (task, komek_pack_names_read (KOMEK_PACK (source)->path, data, NULL),
                         (GDestroyNotify) komek_pack_names_unref);
}

static void
on_names_read (GObject *source, GAsyncResult *result, gpointer data)
{
  KomekPack *self = KOMEK_PACK (source);
  g_autoptr (KomekPackNames) names = g_task_propagate_pointer (G_TASK (result), NULL);

  /* Somebody may have asked for another place since. */
  if (g_task_get_task_data (G_TASK (result)) != self->named)
    return;
  self->names = g_steal_pointer (&names);
  g_signal_emit (self, signals[NAMED], 0);
}

static gboolean
komek_pack_is_remote (KomekTiles *tiles)
{
  return FALSE;
}

static void
komek_pack_load_async (KomekTiles *tiles, guint zoom, guint column, guint row,
                       GCancellable *cancellable, GAsyncReadyCallback callback, gpointer data)
{
  KomekPack *self = KOMEK_PACK (tiles);
  Errand *errand = g_new0 (Errand, 1);

  *errand = (Errand) { .zoom = zoom, .column = column, .row = row };
  send (self, g_task_new (self, cancellable, callback, data), komek_pack_load_async, errand);
}

static GBytes *
komek_pack_load_finish (KomekTiles *tiles, GAsyncResult *result, guint *zoom, GError **error)
{
  Errand *errand = g_task_get_task_data (G_TASK (result));

  *zoom = errand->found;
  take_trouble (KOMEK_PACK (tiles), errand->trouble);
  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
komek_pack_tiles_init (KomekTilesInterface *iface)
{
  iface->is_remote = komek_pack_is_remote;
  iface->load_async = komek_pack_load_async;
  iface->load_finish = komek_pack_load_finish;
}

static void
komek_pack_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  KomekPack *self = KOMEK_PACK (object);

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
komek_pack_finalize (GObject *object)
{
  KomekPack *self = KOMEK_PACK (object);

  /* Each task holds the pack, so that none is left; the last of them may have
   * dropped it in the pool's own thread, which must not be waited for. */
  g_thread_pool_free (self->pool, FALSE, FALSE);
  g_clear_pointer (&self->file, komek_pack_file_close);
  g_clear_pointer (&self->bounds, komek_bounds_unref);
  g_clear_pointer (&self->named, komek_bounds_unref);
  g_clear_pointer (&self->names, komek_pack_names_unref);
  g_free (self->attribution);
  g_free (self->name);
  g_free (self->path);
  G_OBJECT_CLASS (komek_pack_parent_class)->finalize (object);
}

static void
komek_pack_class_init (KomekPackClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = komek_pack_get_property;
  object_class->finalize = komek_pack_finalize;
  g_object_class_override_property (object_class, PROP_NAME, "name");
  g_object_class_override_property (object_class, PROP_ATTRIBUTION, "attribution");
  g_object_class_override_property (object_class, PROP_TROUBLE, "trouble");
  g_object_class_override_property (object_class, PROP_BOUNDS, "bounds");

  signals[NAMED] = g_signal_new ("named", KOMEK_TYPE_PACK, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                 G_TYPE_NONE, 0);
}

static void
komek_pack_init (KomekPack *self)
{
  self->pool = g_thread_pool_new (run_in_thread, NULL, 1, FALSE, NULL);
}

/**
 * komek_pack_new:
 * @path: of an MBTiles file
 *
 * Returns: (transfer full): a pack that is being opened; what it is asked for meanwhile waits
 */
KomekPack *
komek_pack_new (const char *path)
{
  KomekPack *self = g_object_new (KOMEK_TYPE_PACK, NULL);
  Errand *errand = g_new0 (Errand, 1);

  errand->opening = TRUE;
  self->path = g_strdup (path);
  self->name = g_path_get_basename (path);
  send (self, g_task_new (self, NULL, on_opened, NULL), komek_pack_new, errand);
  return self;
}

static gboolean
is_same (const KomekBounds *a, const KomekBounds *b)
{
  return komek_bounds_get_south (a) == komek_bounds_get_south (b)
         && komek_bounds_get_west (a) == komek_bounds_get_west (b)
         && komek_bounds_get_north (a) == komek_bounds_get_north (b)
         && komek_bounds_get_east (a) == komek_bounds_get_east (b);
}

/**
 * komek_pack_ask_names:
 * @bounds: of the city
 *
 * Has its names read in a thread, beside the tiles; `named` follows. Who asks again for the same
 * place costs nothing.
 */
void
komek_pack_ask_names (KomekPack *self, KomekBounds *bounds)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (KOMEK_IS_PACK (self));

  if (self->named && is_same (self->named, bounds))
    return;
  g_clear_pointer (&self->named, komek_bounds_unref);
  g_clear_pointer (&self->names, komek_pack_names_unref);
  self->named = komek_bounds_ref (bounds);
  task = g_task_new (self, NULL, on_names_read, NULL);
  g_task_set_source_tag (task, komek_pack_ask_names);
  g_task_set_priority (task, G_PRIORITY_LOW);
  g_task_set_task_data (task, komek_bounds_ref (bounds), (GDestroyNotify) komek_bounds_unref);
  g_task_run_in_thread (task, read_names_in_thread);
}

/**
 * komek_pack_get_names:
 *
 * Returns: (nullable) (transfer none): its names, %NULL until they have been read
 */
KomekPackNames *
komek_pack_get_names (KomekPack *self)
{
  g_return_val_if_fail (KOMEK_IS_PACK (self), NULL);

  return self->names;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-tile-cache.h"

#include <glib/gstdio.h>
#include <string.h>
#include <utime.h>

#include "komek-tile-form.h"

#define MAGIC "komek-tile 1 "
#define LONGEST_HEAD 300 /* bytes */
#define LARGEST_FILE (4 << 20)
#define WIDEST 3         /* zooms that a picture of a square around may be away */
#define KEPT_SHARE 0.8   /* of the most, after the oldest have been thrown away */

/**
 * KomekTileCache:
 *
 * Pictures of a map in files, so that what was seen once shows again without a network.
 *
 * A file is ZOOM/COLUMN/ROW: a line with the time at which it was right and what the server calls
 * it, and then the picture. Its date is that of its last use. The folder may be emptied at any
 * time by anybody. A thread of its own does it all, in turn.
 */
struct _KomekTileCache
{
  GObject      parent;
  char        *folder;
  guint64      most_bytes;
  GThreadPool *pool;
  /* Of the thread alone */
  gboolean     counted;
  guint64      n_bytes;
};

typedef enum
{
  READ,
  WRITE,
  DRAIN,
} Kind;

typedef struct
{
  Kind    kind;
  guint   zoom, column, row;
  guint   around; /* zooms */
  GBytes *bytes;
  char   *etag;
  gint64  checked;
} Job;

typedef struct
{
  char   *path;
  guint64 size;
  gint64  used;
} Leaf;

G_DEFINE_FINAL_TYPE (KomekTileCache, komek_tile_cache, G_TYPE_OBJECT)

void
komek_cached_tile_free (KomekCachedTile *self)
{
  g_bytes_unref (self->bytes);
  g_free (self->etag);
  g_free (self);
}

static void
job_free (Job *self)
{
  g_clear_pointer (&self->bytes, g_bytes_unref);
  g_free (self->etag);
  g_free (self);
}

static char *
build_path (KomekTileCache *self, guint zoom, guint column, guint row)
{
  return g_strdup_printf ("%s/%u/%u/%u", self->folder, zoom, column, row);
}

/* Returns: (nullable): what the file holds, %NULL where that is nothing of ours */
static KomekCachedTile *
parse (char *data, gsize size, guint zoom)
{
  g_autoptr (GBytes) whole = g_bytes_new_take (data, size);
  const char *end = memchr (data, '\n', MIN (size, LONGEST_HEAD));
  g_autoptr (GBytes) picture = NULL;
  KomekCachedTile *tile;
  char *etag;
  gint64 checked;
  gsize head;

  if (!end || !g_str_has_prefix (data, MAGIC))
    return NULL;
  checked = g_ascii_strtoll (data + strlen (MAGIC), &etag, 10);
  head = (gsize) (end + 1 - data);
  picture = g_bytes_new_from_bytes (whole, head, size - head);
  if (*etag != ' ' || checked < 0 || !komek_tile_form_is_picture (komek_tile_form_of (picture)))
    return NULL;

  tile = g_new (KomekCachedTile, 1);
  *tile = (KomekCachedTile) { .bytes = g_steal_pointer (&picture),
                              .zoom = zoom,
                              .checked = checked,
                              .etag = g_strndup (etag + 1, (gsize) (end - etag - 1)) };
  return tile;
}

static KomekCachedTile *
read_one (KomekTileCache *self, guint zoom, guint column, guint row)
{
  g_autofree char *path = build_path (self, zoom, column, row);
  KomekCachedTile *tile = NULL;
  GStatBuf info;
  char *data;
  gsize size;

  if (g_stat (path, &info) != 0 || !S_ISREG (info.st_mode) || info.st_size > LARGEST_FILE
      || !g_file_get_contents (path, &data, &size, NULL))
    return NULL;
  tile = parse (data, size, zoom);
  if (tile)
    g_utime (path, NULL);
  else
    g_unlink (path);
  return tile;
}

static KomekCachedTile *
read_tile (KomekTileCache *self, const Job *job)
{
  for (guint up = 0; up <= MIN (job->around, job->zoom); up++)
    {
      KomekCachedTile *tile = read_one (self, job->zoom - up, job->column >> up, job->row >> up);

      if (tile)
        return tile;
    }
  return NULL;
}

static void
leaf_free (Leaf *self)
{
  g_free (self->path);
  g_free (self);
}

/* @levels: how many folders stand round the files; nothing else is looked at */
static void
list_leaves (const char *folder, guint levels, GPtrArray *leaves)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while (dir && (name = g_dir_read_name (dir)))
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);
      GStatBuf info;
      Leaf *leaf;

      if (!g_ascii_isdigit (*name) || g_lstat (path, &info) != 0)
        continue;
      if (levels > 0 && S_ISDIR (info.st_mode))
        list_leaves (path, levels - 1, leaves);
      if (levels > 0 || !S_ISREG (info.st_mode))
        continue;
      leaf = g_new (Leaf, 1);
      *leaf = (Leaf) { g_steal_pointer (&path), (guint64) info.st_size, info.st_mtime };
      g_ptr_array_add (leaves, leaf);
    }
}

static int
compare_leaves (gconstpointer a, gconstpointer b)
{
  const Leaf *la = *(Leaf *const *) a, *lb = *(Leaf *const *) b;

  return (la->used > lb->used) - (la->used < lb->used);
}

/* Counts what there is, and throws away what was longest not used where it is too much. */
static void
tidy (KomekTileCache *self)
{
  g_autoptr (GPtrArray) leaves = g_ptr_array_new_with_free_func ((GDestroyNotify) leaf_free);
  guint64 goal = (guint64) ((double) self->most_bytes * KEPT_SHARE);

  list_leaves (self->folder, 2, leaves);
  self->counted = TRUE;
  self->n_bytes = 0;
  for (guint i = 0; i < leaves->len; i++)
    self->n_bytes += ((Leaf *) leaves->pdata[i])->size;
  if (self->n_bytes <= self->most_bytes)
    return;

  g_ptr_array_sort (leaves, compare_leaves);
  for (guint i = 0; i < leaves->len && self->n_bytes > goal; i++)
    {
      const Leaf *leaf = leaves->pdata[i];

      if (g_unlink (leaf->path) == 0)
        self->n_bytes -= leaf->size;
    }
}

/* A name of the server's that would break the line is not kept. */
static const char *
tame (const char *etag)
{
  return etag && strlen (etag) < LONGEST_HEAD / 2 && !strpbrk (etag, "\r\n") ? etag : "";
}

static void
write_tile (KomekTileCache *self, const Job *job)
{
  g_autofree char *path = build_path (self, job->zoom, job->column, job->row);
  g_autofree char *folder = g_path_get_dirname (path);
  g_autoptr (GString) content = g_string_new (MAGIC);
  g_autoptr (GError) error = NULL;
  gsize size;
  const char *data = g_bytes_get_data (job->bytes, &size);

  g_string_append_printf (content, "%" G_GINT64_FORMAT " %s\n", job->checked, tame (job->etag));
  g_string_append_len (content, data, (gssize) size);
  if (g_mkdir_with_parents (folder, 0700) != 0
      || !g_file_set_contents_full (path, content->str, (gssize) content->len,
                                    G_FILE_SET_CONTENTS_CONSISTENT, 0600, &error))
    {
      g_message ("A tile of the map cannot be kept: %s", error ? error->message : folder);
      return;
    }
  self->n_bytes += content->len;
  if (!self->counted || self->n_bytes > self->most_bytes)
    tidy (self);
}

static void
run_in_thread (gpointer data, gpointer user_data)
{
  g_autoptr (GTask) task = data;
  KomekTileCache *self = g_task_get_source_object (task);
  const Job *job = g_task_get_task_data (task);

  switch (job->kind)
    {
    case READ:
      g_task_return_pointer (task, read_tile (self, job), (GDestroyNotify) komek_cached_tile_free);
      break;
    case WRITE:
      write_tile (self, job);
      g_task_return_pointer (task, NULL, NULL);
      break;
    case DRAIN:
    default:
      g_task_return_pointer (task, NULL, NULL);
      break;
    }
}

static void
komek_tile_cache_finalize (GObject *object)
{
  KomekTileCache *self = KOMEK_TILE_CACHE (object);

  /* Each job holds the cache: none is left. */
  g_thread_pool_free (self->pool, FALSE, FALSE);
  g_free (self->folder);
  G_OBJECT_CLASS (komek_tile_cache_parent_class)->finalize (object);
}

static void
komek_tile_cache_class_init (KomekTileCacheClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = komek_tile_cache_finalize;
}

static void
komek_tile_cache_init (KomekTileCache *self)
{
  self->pool = g_thread_pool_new (run_in_thread, NULL, 1, FALSE, NULL);
}

/**
 * komek_tile_cache_new:
 * @folder: where it keeps them; nobody else keeps anything there
 * @most_bytes: how much at most
 *
 * Returns: (transfer full): a cache
 */
KomekTileCache *
komek_tile_cache_new (const char *folder, guint64 most_bytes)
{
  KomekTileCache *self = g_object_new (KOMEK_TYPE_TILE_CACHE, NULL);

  self->folder = g_strdup (folder);
  self->most_bytes = most_bytes;
  return self;
}

static void
send (KomekTileCache *self, Job job, GAsyncReadyCallback callback, gpointer data)
{
  GTask *task = g_task_new (self, NULL, callback, data);

  g_task_set_source_tag (task, send);
  g_task_set_task_data (task, g_memdup2 (&job, sizeof job), (GDestroyNotify) job_free);
  g_thread_pool_push (self->pool, task, NULL);
}

/**
 * komek_tile_cache_read_async:
 * @around: whether the picture of a square around will do
 */
void
komek_tile_cache_read_async (KomekTileCache *self, guint zoom, guint column, guint row,
                             gboolean around, GAsyncReadyCallback callback, gpointer data)
{
  g_return_if_fail (KOMEK_IS_TILE_CACHE (self));

  send (self,
        (Job) { .kind = READ, .zoom = zoom, .column = column, .row = row,
                .around = around ? WIDEST : 0 },
        callback, data);
}

/* Returns: (transfer full) (nullable): what was kept */
KomekCachedTile *
komek_tile_cache_read_finish (KomekTileCache *self, GAsyncResult *result)
{
  return g_task_propagate_pointer (G_TASK (result), NULL);
}

/* Keeps a picture some time soon; where that fails it will have to be fetched again. */
void
komek_tile_cache_write (KomekTileCache *self, guint zoom, guint column, guint row, GBytes *bytes,
                        const char *etag, gint64 checked)
{
  g_return_if_fail (KOMEK_IS_TILE_CACHE (self));

  send (self,
        (Job) { .kind = WRITE, .zoom = zoom, .column = column, .row = row,
                .bytes = g_bytes_ref (bytes), .etag = g_strdup (etag), .checked = checked },
        NULL, NULL);
}

static void
on_drained (GObject *source, GAsyncResult *result, gpointer done)
{
  *(gboolean *) done = TRUE;
}

/* Waits until all that was said to it is done. */
void
komek_tile_cache_drain (KomekTileCache *self)
{
  gboolean done = FALSE;

  send (self, (Job) { .kind = DRAIN }, on_drained, &done);
  while (!done)
    g_main_context_iteration (NULL, TRUE);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-tile-server.h"

#include <libsoup/soup.h>
#include <string.h>

#include "komek-exchange.h"
#include "komek-tile-cache.h"
#include "komek-tile-question.h"

#define USUAL_CONNECT 10000
#define USUAL_TOTAL 20000
#define USUAL_FIRST_PAUSE 5000
#define USUAL_LONGEST_PAUSE 120000
#define USUAL_FRESH (7 * 86400)  /* what the tile usage policy of OpenStreetMap asks for at least */
#define USUAL_CACHE_BYTES (200 << 20)
#define MOST_AT_ONCE 2           /* the same policy */
#define LARGEST_TILE (2 << 20)   /* bytes */
#define LAST_ZOOM 19
#define MOST_REFUSALS 3           /* in turn: until then it is but these tiles */

/**
 * KomekTileServer:
 *
 * Pictures of the map from a server on the network, of which what was seen before is kept on disk.
 *
 *   kept and fresh → given
 *   else asked for: a picture → kept and given; as before → given; there is none → nothing
 *   no answer, or one that is no picture → what is kept, however old, or of a square around
 *
 * A server that fails is left alone for a while that doubles each time, until nothing has failed
 * for long; then one tile is tried, and once that comes, the others are told to be `changed`. Two
 * tiles that it refuses are but two tiles. What is waited for last is asked for first: it is
 * what somebody looks at now.
 */
struct _KomekTileServer
{
  GObject                parent;
  char                  *url; /* with {z}, {x} and {y} */
  char                  *host;
  char                  *attribution;
  KomekTileServerLimits  limits;
  SoupSession           *session;
  KomekTileCache        *cache;
  KomekClock            *clock;
  GQueue                 waiting;  /* of GTask */
  guint                  n_asked;
  KomekMapTrouble        trouble;
  guint                  pause;    /* milliseconds */
  guint                  pause_id; /* source; while it runs nothing is asked for */
  guint                  failed_zoom, failed_column, failed_row;
  guint                  n_refused; /* in turn */
  gint64                 failed;    /* monotonic time of the last failure */
};

typedef struct
{
  guint            zoom, column, row;
  guint            found;
  KomekCachedTile *kept;
  gboolean         probing;
} Errand;

enum
{
  PROP_NAME = 1,
  PROP_ATTRIBUTION,
  PROP_TROUBLE,
  PROP_BOUNDS,
};

static void komek_tile_server_tiles_init (KomekTilesInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (KomekTileServer, komek_tile_server, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (KOMEK_TYPE_TILES,
                                                      komek_tile_server_tiles_init))

static void pump (KomekTileServer *self);
static gboolean on_pause_over (gpointer data);

static void
errand_free (Errand *self)
{
  g_clear_pointer (&self->kept, komek_cached_tile_free);
  g_free (self);
}

static void
set_trouble (KomekTileServer *self, KomekMapTrouble trouble)
{
  if (self->trouble == trouble)
    return;
  self->trouble = trouble;
  g_object_notify (G_OBJECT (self), "trouble");
}

static void
give (GTask *task, GBytes *bytes, guint zoom)
{
  Errand *errand = g_task_get_task_data (task);

  errand->found = zoom;
  g_task_return_pointer (task, bytes ? g_bytes_ref (bytes) : NULL, (GDestroyNotify) g_bytes_unref);
}

static void
on_read_around (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  g_autoptr (KomekCachedTile) tile =
    komek_tile_cache_read_finish (KOMEK_TILE_CACHE (source), result);

  give (task, tile ? tile->bytes : NULL, tile ? tile->zoom : 0);
}

/* Without the server: what is kept of it, or of a square around. */
static void
give_kept (KomekTileServer *self, GTask *task)
{
  Errand *errand = g_task_get_task_data (task);

  if (errand->kept)
    give (task, errand->kept->bytes, errand->zoom);
  else
    komek_tile_cache_read_async (self->cache, errand->zoom, errand->column, errand->row, TRUE,
                                 on_read_around, g_object_ref (task));
}

/* Whether it is the server that fails, and not a tile of it. */
static gboolean
is_serious (KomekTileServer *self, KomekMapTrouble trouble)
{
  return trouble == KOMEK_MAP_TROUBLE_UNREACHABLE || trouble == KOMEK_MAP_TROUBLE_SLOW
         || self->trouble != KOMEK_MAP_TROUBLE_NONE || ++self->n_refused >= MOST_REFUSALS;
}

/* The name of the host only: an address may hold somebody's key. */
static void
fail (KomekTileServer *self, const Errand *errand, KomekMapTrouble trouble,
      const KomekAnswer *answer)
{
  gint64 now = g_get_monotonic_time ();

  g_message ("No tile from %s: status %u, %s", self->host, answer->status,
             answer->what ? answer->what : "which is no picture");
  if (!is_serious (self, trouble))
    return;
  self->failed_zoom = errand->zoom;
  self->failed_column = errand->column;
  self->failed_row = errand->row;
  set_trouble (self, trouble);
  if (self->pause_id != 0)
    return;
  if (now - self->failed > (gint64) self->limits.longest_pause * 2000)
    self->pause = self->limits.first_pause;
  self->failed = now;
  self->pause_id = g_timeout_add (self->pause, on_pause_over, self);
  self->pause = MIN (self->pause * 2, self->limits.longest_pause);
}

/* What was on its way when it failed says nothing: the one that is tried does. */
static void
succeed (KomekTileServer *self)
{
  self->n_refused = 0;
  if (self->trouble == KOMEK_MAP_TROUBLE_NONE || self->pause_id != 0)
    return;
  set_trouble (self, KOMEK_MAP_TROUBLE_NONE);
  komek_tiles_changed (KOMEK_TILES (self));
}

static void
take_answer (KomekTileServer *self, GTask *task, const KomekAnswer *answer)
{
  Errand *errand = g_task_get_task_data (task);
  GBytes *picture = NULL;

  if (answer->status == SOUP_STATUS_OK)
    picture = answer->body;
  else if (answer->status == SOUP_STATUS_NOT_MODIFIED && errand->kept)
    picture = errand->kept->bytes;
  if (picture)
    komek_tile_cache_write (self->cache, errand->zoom, errand->column, errand->row, picture,
                            answer->etag ? answer->etag : errand->kept ? errand->kept->etag : NULL,
                            komek_clock_now (self->clock));
  give (task, picture, errand->zoom);
}

static void
on_answered (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  KomekTileServer *self = g_task_get_source_object (task);
  Errand *errand = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  g_autoptr (KomekAnswer) answer = komek_exchange_finish (result, &error);
  KomekMapTrouble trouble = answer ? komek_tile_question_judge (answer) : KOMEK_MAP_TROUBLE_NONE;

  self->n_asked--;
  if (!answer)
    g_task_return_error (task, g_steal_pointer (&error));
  else if (trouble != KOMEK_MAP_TROUBLE_NONE)
    {
      fail (self, errand, trouble, answer);
      give_kept (self, task);
    }
  else
    {
      take_answer (self, task, answer);
      succeed (self);
    }
  pump (self);
}

static void
ask (KomekTileServer *self, GTask *task)
{
  Errand *errand = g_task_get_task_data (task);
  g_autoptr (SoupMessage) message =
    komek_tile_question_new (self->url, errand->zoom, errand->column, errand->row,
                             errand->kept ? errand->kept->etag : "");
  KomekExchangePlan plan = { self->limits.total, self->limits.connect, LARGEST_TILE };

  if (!message)
    {
      set_trouble (self, KOMEK_MAP_TROUBLE_UNREACHABLE);
      give_kept (self, task);
      return;
    }
  self->n_asked++;
  komek_exchange_async (self->session, message, &plan, self->clock, g_task_get_cancellable (task),
                        on_answered, g_object_ref (task));
}

static void
pump (KomekTileServer *self)
{
  while (self->n_asked < MOST_AT_ONCE || self->pause_id != 0)
    {
      g_autoptr (GTask) task = g_queue_pop_head (&self->waiting);

      if (!task)
        return;
      if (g_task_return_error_if_cancelled (task))
        continue;
      if (self->pause_id != 0)
        give_kept (self, task);
      else
        ask (self, task);
    }
}

static gboolean
is_fresh (KomekTileServer *self, const KomekCachedTile *tile)
{
  gint64 age = komek_clock_now (self->clock) - tile->checked;

  return age >= 0 && age < self->limits.fresh;
}

static void
on_read (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  KomekTileServer *self = g_task_get_source_object (task);
  Errand *errand = g_task_get_task_data (task);

  errand->kept = komek_tile_cache_read_finish (KOMEK_TILE_CACHE (source), result);
  if (g_task_return_error_if_cancelled (task))
    return;
  if (errand->kept && is_fresh (self, errand->kept))
    {
      give (task, errand->kept->bytes, errand->zoom);
      return;
    }
  g_queue_push_head (&self->waiting, g_steal_pointer (&task));
  pump (self);
}

static gboolean
komek_tile_server_is_remote (KomekTiles *tiles)
{
  return TRUE;
}

static void
komek_tile_server_load_async (KomekTiles *tiles, guint zoom, guint column, guint row,
                              GCancellable *cancellable, GAsyncReadyCallback callback,
                              gpointer data)
{
  KomekTileServer *self = KOMEK_TILE_SERVER (tiles);
  GTask *task = g_task_new (self, cancellable, callback, data);
  guint deeper = zoom > LAST_ZOOM ? zoom - LAST_ZOOM : 0;
  Errand *errand = g_new0 (Errand, 1);

  *errand = (Errand) { .zoom = zoom - deeper, .column = column >> deeper, .row = row >> deeper };
  g_task_set_source_tag (task, komek_tile_server_load_async);
  g_task_set_task_data (task, errand, (GDestroyNotify) errand_free);
  komek_tile_cache_read_async (self->cache, errand->zoom, errand->column, errand->row, FALSE,
                               on_read, task);
}

static GBytes *
komek_tile_server_load_finish (KomekTiles *tiles, GAsyncResult *result, guint *zoom, GError **error)
{
  Errand *errand = g_task_get_task_data (G_TASK (result));

  *zoom = errand->found;
  return g_task_propagate_pointer (G_TASK (result), error);
}

/* The one that failed is asked for once more, and the others behind it. */
static gboolean
on_pause_over (gpointer data)
{
  KomekTileServer *self = data;

  self->pause_id = 0;
  komek_tile_server_load_async (KOMEK_TILES (self), self->failed_zoom, self->failed_column,
                                self->failed_row, NULL, NULL, NULL);
  return G_SOURCE_REMOVE;
}

static void
komek_tile_server_tiles_init (KomekTilesInterface *iface)
{
  iface->is_remote = komek_tile_server_is_remote;
  iface->load_async = komek_tile_server_load_async;
  iface->load_finish = komek_tile_server_load_finish;
}

static void
komek_tile_server_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  KomekTileServer *self = KOMEK_TILE_SERVER (object);

  switch (prop_id)
    {
    case PROP_NAME:
      g_value_set_string (value, self->host);
      break;
    case PROP_ATTRIBUTION:
      g_value_set_string (value, self->attribution);
      break;
    case PROP_TROUBLE:
      g_value_set_enum (value, (int) self->trouble);
      break;
    case PROP_BOUNDS:
      g_value_set_boxed (value, NULL);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
komek_tile_server_finalize (GObject *object)
{
  KomekTileServer *self = KOMEK_TILE_SERVER (object);

  g_clear_handle_id (&self->pause_id, g_source_remove);
  g_clear_object (&self->session);
  g_clear_object (&self->cache);
  g_clear_object (&self->clock);
  g_free (self->attribution);
  g_free (self->host);
  g_free (self->url);
  G_OBJECT_CLASS (komek_tile_server_parent_class)->finalize (object);
}

static void
komek_tile_server_class_init (KomekTileServerClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = komek_tile_server_get_property;
  object_class->finalize = komek_tile_server_finalize;
  g_object_class_override_property (object_class, PROP_NAME, "name");
  g_object_class_override_property (object_class, PROP_ATTRIBUTION, "attribution");
  g_object_class_override_property (object_class, PROP_TROUBLE, "trouble");
  g_object_class_override_property (object_class, PROP_BOUNDS, "bounds");
}

static void
komek_tile_server_init (KomekTileServer *self)
{
  g_queue_init (&self->waiting);
}

static void
read_limits (KomekTileServerLimits *self, const KomekTileServerLimits *limits)
{
  if (limits)
    *self = *limits;
  self->connect = self->connect ? self->connect : USUAL_CONNECT;
  self->total = self->total ? self->total : USUAL_TOTAL;
  self->first_pause = self->first_pause ? self->first_pause : USUAL_FIRST_PAUSE;
  self->longest_pause = self->longest_pause ? self->longest_pause : USUAL_LONGEST_PAUSE;
  self->fresh = self->fresh ? self->fresh : USUAL_FRESH;
  self->cache_bytes = self->cache_bytes ? self->cache_bytes : USUAL_CACHE_BYTES;
}

/* Each address has a folder of its own, whose name does not tell a key that may be in it. */
static KomekTileCache *
make_cache (const char *url, const char *folder, guint64 most_bytes)
{
  g_autofree char *sum = g_compute_checksum_for_string (G_CHECKSUM_SHA256, url, -1);
  g_autofree char *name = g_strndup (sum, 16);
  g_autofree char *path = g_build_filename (folder, name, NULL);

  return komek_tile_cache_new (path, most_bytes);
}

/**
 * komek_tile_server_new:
 * @url: the address of a tile with {z}, {x} and {y} in it
 * @attribution: (nullable): who made what it gives
 * @contact: (nullable): an address at which those who run it reach those who run this
 * @cache_folder: below which it keeps what was seen
 * @limits: (nullable): what it may take
 *
 * Returns: (transfer full): a server that has not been asked yet
 */
KomekTileServer *
komek_tile_server_new (const char *url, const char *attribution, const char *contact,
                       const char *cache_folder, KomekClock *clock,
                       const KomekTileServerLimits *limits)
{
  KomekTileServer *self = g_object_new (KOMEK_TYPE_TILE_SERVER, NULL);

  read_limits (&self->limits, limits);
  self->url = g_strdup (url);
  self->host = komek_tile_question_dup_host (url);
  self->attribution = g_strdup (attribution);
  self->clock = g_object_ref (clock);
  self->session = komek_tile_question_new_session (contact, MOST_AT_ONCE);
  self->cache = make_cache (url, cache_folder, self->limits.cache_bytes);
  self->pause = self->limits.first_pause;
  self->failed = g_get_monotonic_time ();
  return self;
}

/* Waits until all that was given is kept. */
void
komek_tile_server_drain (KomekTileServer *self)
{
  g_return_if_fail (KOMEK_IS_TILE_SERVER (self));

  komek_tile_cache_drain (self->cache);
}

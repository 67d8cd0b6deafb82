/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-stock.h"

#include "komek-snapshot.h"
#include "komek-unread.h"

#define SETTLE 10000
#define APART 600000

/**
 * KomekStock:
 *
 * All requests as the map needs them, in the order of their places, current with the feed.
 *
 * The first comes out of the file that was kept last time; what has changed
 * since then is read and merged, and so is every later change, in a thread. A
 * file that is missing or damaged only means that all is read and sorted. The
 * file is written anew once changes have settled, and seldom, since an old one
 * is merged nearly as quickly; never at exit, where somebody waits.
 */
struct _KomekStock
{
  GObject         parent;
  KomekFeed      *feed;
  char           *snapshot; /* NULL where nothing is kept */
  KomekStockTimes times;
  GCancellable   *cancellable;
  KomekMorton    *kept;  /* of the file, not checked against the feed yet */
  KomekMorton    *order; /* NULL until it is there */
  GError         *problem;
  gboolean        reading, read_again;
  gboolean        saving;
  guint           save_source;
  gint64          saved; /* when, on the monotonic clock; 0 for never */
};

enum
{
  PROP_ORDER = 1,
  PROP_PROBLEM,
  N_PROPS
};

static GParamSpec *props[N_PROPS];

G_DEFINE_FINAL_TYPE (KomekStock, komek_stock, G_TYPE_OBJECT)

static void read_points (KomekStock *self);
static gboolean on_settled (gpointer data);

static void
set_problem (KomekStock *self, const GError *problem)
{
  if (!problem && !self->problem)
    return;
  g_clear_error (&self->problem);
  self->problem = problem ? g_error_copy (problem) : NULL;
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_PROBLEM]);
}

static void
on_saved (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (KomekStock) self = data;
  g_autoptr (GError) error = NULL;

  self->saving = FALSE;
  /* The next start takes longer, and that is all. */
  if (!komek_snapshot_write_finish (result, &error)
      && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    g_message ("%s", error->message);
}

static void
save_in (KomekStock *self, gint64 milliseconds)
{
  g_clear_handle_id (&self->save_source, g_source_remove);
  self->save_source = g_timeout_add (MAX (0, milliseconds), on_settled, self);
}

static gboolean
on_settled (gpointer data)
{
  KomekStock *self = data;
  gint64 now = g_get_monotonic_time ();
  gint64 left = self->saved > 0 ? self->times.apart - (now - self->saved) / 1000 : 0;

  self->save_source = 0;
  if (left > 0 || self->saving)
    {
      save_in (self, MAX (left, self->times.settle));
      return G_SOURCE_REMOVE;
    }
  self->saving = TRUE;
  self->saved = now;
  komek_snapshot_write_async (self->snapshot, self->order, self->cancellable, on_saved,
                              g_object_ref (self));
  return G_SOURCE_REMOVE;
}

/* A feed that stamps nothing could not say next time what has changed. */
static void
save_later (KomekStock *self)
{
  if (self->snapshot && komek_points_get_stamp (komek_morton_get_points (self->order)))
    save_in (self, self->times.settle);
}

static void
take_order (KomekStock *self, KomekMorton *order)
{
  g_autoptr (KomekMorton) former = g_steal_pointer (&self->order);

  self->order = komek_morton_ref (order);
  g_clear_pointer (&self->kept, komek_morton_unref);
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_ORDER]);
}

static void
done_reading (KomekStock *self)
{
  self->reading = FALSE;
  if (self->read_again)
    read_points (self);
}

static void
on_sorted (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (KomekStock) self = data;
  g_autoptr (KomekMorton) order = g_task_propagate_pointer (G_TASK (result), NULL);

  if (!order)
    return;
  take_order (self, order);
  save_later (self);
  done_reading (self);
}

/* What is known already, and the points that are to be put in order by help of it. */
typedef struct
{
  KomekMorton *last;
  KomekPoints *points;
} Sort;

static void
sort_free (gpointer data)
{
  Sort *sort = data;

  g_clear_pointer (&sort->last, komek_morton_unref);
  komek_points_unref (sort->points);
  g_free (sort);
}

static void
sort_in_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  const Sort *sort = data;
  KomekMorton *order = sort->last ? komek_morton_new_update (sort->last, sort->points)
                                  : komek_morton_new (sort->points);

  g_task_return_pointer (task, order, (GDestroyNotify) komek_morton_unref);
}

static KomekMorton *
get_last (KomekStock *self)
{
  return self->order ? self->order : self->kept;
}

static void
sort_points (KomekStock *self, KomekPoints *points)
{
  KomekMorton *last = get_last (self);
  g_autoptr (GTask) task = g_task_new (NULL, self->cancellable, on_sorted, g_object_ref (self));
  Sort *sort = g_new (Sort, 1);

  *sort = (Sort) { last ? komek_morton_ref (last) : NULL, komek_points_ref (points) };
  g_task_set_source_tag (task, sort_points);
  g_task_set_task_data (task, sort, sort_free);
  g_task_run_in_thread (task, sort_in_thread);
}

static void
take_points (KomekStock *self, KomekPoints *points)
{
  KomekMorton *last = get_last (self);

  if (!last || komek_morton_get_points (last) != points)
    {
      sort_points (self, points);
      return;
    }
  if (last != self->order)
    take_order (self, last);
  done_reading (self);
}

static void
on_points_ready (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (KomekStock) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (KomekPoints) points =
    get_last (self) ? komek_feed_points_since_finish (KOMEK_FEED (source), result, &error)
                    : komek_feed_points_finish (KOMEK_FEED (source), result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  set_problem (self, error);
  if (points)
    {
      take_points (self, points);
      return;
    }
  komek_unread_report ("The city's requests", error);
  done_reading (self);
}

/* While a reading runs, further changes are one more reading after it. */
static void
read_points (KomekStock *self)
{
  KomekMorton *last = get_last (self);

  self->read_again = self->reading;
  if (self->reading)
    return;
  self->reading = TRUE;
  if (last)
    komek_feed_points_since_async (self->feed, komek_morton_get_points (last), self->cancellable,
                                   on_points_ready, g_object_ref (self));
  else
    komek_feed_points_async (self->feed, self->cancellable, on_points_ready, g_object_ref (self));
}

static void
on_kept_read (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (KomekStock) self = data;
  g_autoptr (GError) error = NULL;

  self->kept = komek_snapshot_read_finish (result, &error);
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (error)
    g_debug ("All requests are read: %s", error->message);
  self->reading = FALSE;
  read_points (self);
}

static void
begin (KomekStock *self)
{
  if (!self->snapshot)
    {
      read_points (self);
      return;
    }
  self->reading = TRUE;
  komek_snapshot_read_async (self->snapshot, self->cancellable, on_kept_read, g_object_ref (self));
}

static void
komek_stock_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  KomekStock *self = KOMEK_STOCK (object);

  switch (prop_id)
    {
    case PROP_ORDER:
      g_value_set_boxed (value, self->order);
      break;
    case PROP_PROBLEM:
      g_value_set_boxed (value, self->problem);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
komek_stock_dispose (GObject *object)
{
  KomekStock *self = KOMEK_STOCK (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_handle_id (&self->save_source, g_source_remove);
  g_clear_object (&self->feed);
  G_OBJECT_CLASS (komek_stock_parent_class)->dispose (object);
}

static void
komek_stock_finalize (GObject *object)
{
  KomekStock *self = KOMEK_STOCK (object);

  g_object_unref (self->cancellable);
  g_free (self->snapshot);
  g_clear_pointer (&self->kept, komek_morton_unref);
  g_clear_pointer (&self->order, komek_morton_unref);
  g_clear_error (&self->problem);
  G_OBJECT_CLASS (komek_stock_parent_class)->finalize (object);
}

static void
komek_stock_class_init (KomekStockClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS;

  object_class->get_property = komek_stock_get_property;
  object_class->dispose = komek_stock_dispose;
  object_class->finalize = komek_stock_finalize;

  props[PROP_ORDER] = g_param_spec_boxed ("order", NULL, NULL, KOMEK_TYPE_MORTON, flags);
  props[PROP_PROBLEM] = g_param_spec_boxed ("problem", NULL, NULL, G_TYPE_ERROR, flags);
  g_object_class_install_properties (object_class, N_PROPS, props);
}

static void
komek_stock_init (KomekStock *self)
{
  self->cancellable = g_cancellable_new ();
}

/**
 * komek_stock_new:
 * @snapshot: (nullable): the file to begin with and to keep them in, in a folder that is there
 * @times: (nullable): %NULL for the usual
 *
 * Returns: (transfer full): a stock that begins to read
 */
KomekStock *
komek_stock_new (KomekFeed *feed, const char *snapshot, const KomekStockTimes *times)
{
  KomekStock *self = g_object_new (KOMEK_TYPE_STOCK, NULL);

  self->feed = g_object_ref (feed);
  self->snapshot = g_strdup (snapshot);
  self->times = times ? *times : (KomekStockTimes) { 0 };
  if (self->times.settle == 0)
    self->times.settle = SETTLE;
  if (self->times.apart == 0)
    self->times.apart = APART;
  g_signal_connect_object (feed, "requests-changed", G_CALLBACK (read_points), self,
                           G_CONNECT_SWAPPED);
  begin (self);
  return self;
}

/**
 * komek_stock_get_order:
 *
 * Returns: (transfer none) (nullable): the requests by their places, %NULL until they are read
 */
KomekMorton *
komek_stock_get_order (KomekStock *self)
{
  return self->order;
}

/**
 * komek_stock_get_points:
 *
 * Returns: (transfer none) (nullable): the requests, the newest first, %NULL until they are read
 */
KomekPoints *
komek_stock_get_points (KomekStock *self)
{
  return self->order ? komek_morton_get_points (self->order) : NULL;
}

/**
 * komek_stock_get_problem:
 *
 * Returns: (transfer none) (nullable): why they cannot be read; what was read before stays
 */
const GError *
komek_stock_get_problem (KomekStock *self)
{
  return self->problem;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-entries.h"

#include "komek-unread.h"

#define BATCH 24    /* requests that are read at once: about what a screen shows */
#define KEPT 256    /* entries that outlive their rows: scrolling back finds them loaded */
#define SLOW_MS 300 /* a wait that is worth showing */
#define SIEVE 65536 /* bits; see renumber() */

/**
 * KomekEntries:
 *
 * The entries that the rows of a list hold now, and some that they held a moment ago; each is
 * loaded from the feed, in batches, once somebody wants it.
 *
 * An entry lives as long as its row and a little longer; this only knows of
 * it. What lies nearest to where somebody looks is read first.
 */
struct _KomekEntries
{
  GObject       parent;
  KomekFeed    *feed;
  GCancellable *cancellable;
  GHashTable   *ties;   /* of Tie by key */
  GQueue        kept;   /* of KomekEntry, the newest first */
  GHashTable   *wanted; /* keys that nobody has asked the feed for yet */
  GArray       *asked;  /* keys that are on their way, or NULL */
  guint         ask_source;
  guint         slow_source;
  guint         focus;
  gboolean      slow;
};

/* What leads from a key to its entry while there is one. */
typedef struct
{
  KomekEntries *entries;
  guint32       key;
  KomekEntry   *entry; /* weak */
} Tie;

/* A key and how far its place in the list is from where somebody looks. */
typedef struct
{
  guint32 key;
  guint   distance;
} Want;

enum
{
  PROP_SLOW = 1,
  N_PROPS
};

static GParamSpec *props[N_PROPS];

G_DEFINE_FINAL_TYPE (KomekEntries, komek_entries, G_TYPE_OBJECT)

static void ask_later (KomekEntries *self);

static gboolean
on_slow (gpointer data)
{
  KomekEntries *self = data;

  self->slow_source = 0;
  self->slow = TRUE;
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_SLOW]);
  return G_SOURCE_REMOVE;
}

static void
watch_slowness (KomekEntries *self)
{
  gboolean waits = self->asked || g_hash_table_size (self->wanted) > 0;

  if (waits && !self->slow && self->slow_source == 0)
    self->slow_source = g_timeout_add (SLOW_MS, on_slow, self);
  if (waits)
    return;

  g_clear_handle_id (&self->slow_source, g_source_remove);
  if (!self->slow)
    return;
  self->slow = FALSE;
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_SLOW]);
}

static void
keep (KomekEntries *self, KomekEntry *entry)
{
  g_queue_push_head (&self->kept, g_object_ref (entry));
  if (g_queue_get_length (&self->kept) > KEPT)
    g_object_unref (g_queue_pop_tail (&self->kept));
}

static void
fill_entries (KomekEntries *self, GPtrArray *requests)
{
  for (guint i = 0; i < self->asked->len; i++)
    {
      guint32 key = g_array_index (self->asked, guint32, i);
      KomekEntry *entry = komek_entries_look_up (self, key);

      /* One that is gone stays as it was until the list without it comes. */
      if (!entry || !requests->pdata[i])
        continue;
      if (!komek_entry_get_request (entry))
        keep (self, entry);
      komek_entry_set_request (entry, requests->pdata[i]);
    }
}

static void
on_loaded (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) requests = komek_feed_load_finish (KOMEK_FEED (source), result, &error);
  g_autoptr (KomekEntries) self = data;

  if (requests)
    fill_entries (self, requests);
  else
    komek_unread_report ("A part of the list", error);

  g_clear_pointer (&self->asked, g_array_unref);
  if (g_hash_table_size (self->wanted) > 0)
    ask_later (self);
  watch_slowness (self);
}

static int
compare_wants (gconstpointer a, gconstpointer b)
{
  const Want *wa = a, *wb = b;

  return wa->distance < wb->distance ? -1 : wa->distance > wb->distance;
}

/* What nobody waits for any more is dropped: its row has gone, or shows another request. */
static GArray *
sort_wanted (KomekEntries *self)
{
  GArray *wants = g_array_new (FALSE, FALSE, sizeof (Want));
  GHashTableIter iter;
  gpointer key;

  g_hash_table_iter_init (&iter, self->wanted);
  while (g_hash_table_iter_next (&iter, &key, NULL))
    {
      KomekEntry *entry = komek_entries_look_up (self, GPOINTER_TO_UINT (key));
      guint position = entry ? komek_entry_get_position (entry) : 0;

      if (entry)
        g_array_append_val (wants, ((Want) { GPOINTER_TO_UINT (key),
                                             ABS ((int) position - (int) self->focus) }));
      else
        g_hash_table_iter_remove (&iter);
    }
  g_array_sort (wants, compare_wants);
  return wants;
}

static gboolean
on_ask (gpointer data)
{
  KomekEntries *self = data;
  g_autoptr (GArray) wants = sort_wanted (self);

  self->ask_source = 0;
  if (wants->len == 0)
    {
      watch_slowness (self);
      return G_SOURCE_REMOVE;
    }

  self->asked = g_array_new (FALSE, FALSE, sizeof (guint32));
  for (guint i = 0; i < wants->len && i < BATCH; i++)
    {
      guint32 key = g_array_index (wants, Want, i).key;

      g_array_append_val (self->asked, key);
      g_hash_table_remove (self->wanted, GUINT_TO_POINTER (key));
    }
  komek_feed_load_async (self->feed, self->asked, self->cancellable, on_loaded,
                         g_object_ref (self));
  return G_SOURCE_REMOVE;
}

/* After the rows of this turn have said what they want, and never before a frame that is due. */
static void
ask_later (KomekEntries *self)
{
  if (self->ask_source == 0 && !self->asked)
    self->ask_source = g_idle_add (on_ask, self);
  watch_slowness (self);
}

/* Frees the entry's place in the table; the key is what tells it, the object is gone. */
static void
on_entry_gone (gpointer data, GObject *where_the_object_was)
{
  Tie *tie = data;

  g_hash_table_remove (tie->entries->ties, GUINT_TO_POINTER (tie->key));
}

static void
komek_entries_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  switch (prop_id)
    {
    case PROP_SLOW:
      g_value_set_boolean (value, KOMEK_ENTRIES (object)->slow);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
komek_entries_dispose (GObject *object)
{
  KomekEntries *self = KOMEK_ENTRIES (object);
  GHashTableIter iter;
  gpointer data;

  g_cancellable_cancel (self->cancellable);
  g_clear_handle_id (&self->ask_source, g_source_remove);
  g_clear_handle_id (&self->slow_source, g_source_remove);
  g_queue_clear_full (&self->kept, g_object_unref);
  g_hash_table_iter_init (&iter, self->ties);
  while (g_hash_table_iter_next (&iter, NULL, &data))
    {
      Tie *tie = data;

      g_object_weak_unref (G_OBJECT (tie->entry), on_entry_gone, tie);
      g_hash_table_iter_remove (&iter);
    }
  g_clear_object (&self->feed);
  G_OBJECT_CLASS (komek_entries_parent_class)->dispose (object);
}

static void
komek_entries_finalize (GObject *object)
{
  KomekEntries *self = KOMEK_ENTRIES (object);

  g_object_unref (self->cancellable);
  g_hash_table_unref (self->ties);
  g_hash_table_unref (self->wanted);
  g_clear_pointer (&self->asked, g_array_unref);
  G_OBJECT_CLASS (komek_entries_parent_class)->finalize (object);
}

static void
komek_entries_class_init (KomekEntriesClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = komek_entries_get_property;
  object_class->dispose = komek_entries_dispose;
  object_class->finalize = komek_entries_finalize;

  props[PROP_SLOW] = g_param_spec_boolean ("slow", NULL, NULL, FALSE,
                                           G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, props);
}

static void
komek_entries_init (KomekEntries *self)
{
  self->cancellable = g_cancellable_new ();
  self->ties = g_hash_table_new_full (NULL, NULL, NULL, g_free);
  self->wanted = g_hash_table_new (NULL, NULL);
  g_queue_init (&self->kept);
}

KomekEntries *
komek_entries_new (KomekFeed *feed)
{
  KomekEntries *self = g_object_new (KOMEK_TYPE_ENTRIES, NULL);

  self->feed = g_object_ref (feed);
  return self;
}

/**
 * komek_entries_look_up:
 *
 * Returns: (transfer none) (nullable): the entry of a key where anybody holds it
 */
KomekEntry *
komek_entries_look_up (KomekEntries *self, guint32 key)
{
  Tie *tie = g_hash_table_lookup (self->ties, GUINT_TO_POINTER (key));

  return tie ? tie->entry : NULL;
}

/**
 * komek_entries_obtain:
 * @position: where the key stands in the list
 *
 * Returns: (transfer full): the entry of a key, a new one where nobody holds one
 */
KomekEntry *
komek_entries_obtain (KomekEntries *self, guint32 key, guint position)
{
  KomekEntry *held = komek_entries_look_up (self, key);
  Tie *tie;

  if (held)
    return g_object_ref (held);
  tie = g_new (Tie, 1);
  *tie = (Tie) { self, key, komek_entry_new (key, position) };
  g_object_weak_ref (G_OBJECT (tie->entry), on_entry_gone, tie);
  g_hash_table_insert (self->ties, GUINT_TO_POINTER (key), tie);
  return tie->entry;
}

static guint
hash (guint32 key)
{
  return (key * 2654435761u) >> 16;
}

static void
mark (guint64 *sieve, guint32 key)
{
  sieve[hash (key) / 64] |= G_GUINT64_CONSTANT (1) << (hash (key) % 64);
}

static gboolean
is_marked (const guint64 *sieve, guint32 key)
{
  return (sieve[hash (key) / 64] >> (hash (key) % 64) & 1) != 0;
}

/**
 * komek_entries_renumber:
 * @keys: (element-type guint32): the list as it is now
 *
 * Rows that stay may stand elsewhere now and show another number. A few
 * hundred keys are looked for among up to a million: the sieve keeps all but
 * one in a hundred of these from being looked up, which takes twenty times as long.
 */
void
komek_entries_renumber (KomekEntries *self, GArray *keys)
{
  guint64 sieve[SIEVE / 64] = { 0 };
  GHashTableIter iter;
  gpointer tie;

  g_hash_table_iter_init (&iter, self->ties);
  while (g_hash_table_iter_next (&iter, NULL, &tie))
    mark (sieve, ((Tie *) tie)->key);

  for (guint i = 0; i < keys->len; i++)
    {
      guint32 key = g_array_index (keys, guint32, i);
      KomekEntry *entry = is_marked (sieve, key) ? komek_entries_look_up (self, key) : NULL;

      if (entry)
        komek_entry_set_position (entry, i);
    }
}

static gboolean
is_asked (KomekEntries *self, guint32 key)
{
  for (guint i = 0; self->asked && i < self->asked->len; i++)
    if (g_array_index (self->asked, guint32, i) == key)
      return TRUE;
  return FALSE;
}

/* Asks for the request of a key to be loaded into its entry, which says so by notify::request. */
void
komek_entries_want (KomekEntries *self, guint32 key)
{
  KomekEntry *entry;

  g_return_if_fail (KOMEK_IS_ENTRIES (self));

  entry = komek_entries_look_up (self, key);
  if (!entry || komek_entry_get_request (entry) || is_asked (self, key))
    return;
  g_hash_table_add (self->wanted, GUINT_TO_POINTER (key));
  ask_later (self);
}

/* Asks for all that rows show once more, it may have changed; until it comes the old stays. */
void
komek_entries_want_all (KomekEntries *self)
{
  GHashTableIter iter;
  gpointer key;

  g_return_if_fail (KOMEK_IS_ENTRIES (self));

  g_hash_table_iter_init (&iter, self->ties);
  while (g_hash_table_iter_next (&iter, &key, NULL))
    g_hash_table_add (self->wanted, key);
  ask_later (self);
}

/* Where in the list somebody looks: what is near it is loaded first. */
void
komek_entries_look_at (KomekEntries *self, guint position)
{
  self->focus = position;
}

guint
komek_entries_get_focus (KomekEntries *self)
{
  return self->focus;
}

/* Whether rows have waited for so long that it should show. */
gboolean
komek_entries_is_slow (KomekEntries *self)
{
  return self->slow;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-listing.h"

#include "komek-unread.h"
#define BATCH 24       /* requests that are read at once: about what a screen shows */
#define KEPT 256       /* entries that outlive their rows: scrolling back finds them loaded */
#define SLOW_MS 300    /* a wait that is worth showing */
#define SEARCHED 50000 /* see replace_keys() */

/**
 * KomekListing:
 *
 * The requests of a list as keys; each becomes an entry when a row asks for it, and is loaded
 * from the feed in batches after that.
 *
 * Nothing is read in get_item(): a row that comes into being calls
 * komek_listing_want(). What lies nearest to where somebody looks is read first.
 *
 * It is its own selection: the chosen request is remembered by its key, so it
 * stays chosen through every change of the list, and while it is not in it.
 * GtkSingleSelection would ask for all twenty thousand entries to find it again.
 */
struct _KomekListing
{
  GObject       parent;
  KomekFeed    *feed;
  GCancellable *cancellable;
  GArray       *keys;
  GHashTable   *ties; /* of Tie by key */
  GQueue        kept;    /* of KomekEntry, the newest first */
  GHashTable   *wanted;  /* keys that nobody has asked the feed for yet */
  GArray       *asked;   /* keys that are on their way, or NULL */
  guint         ask_source;
  guint         slow_source;
  guint         focus;
  guint32       selected;
  gboolean      slow;
};

/* An entry lives as long as its row and a little longer; the listing only knows of it. */
typedef struct
{
  KomekListing *listing;
  guint32       key;
  KomekEntry   *entry; /* weak */
} Tie;

enum
{
  PROP_SELECTED = 1,
  PROP_SLOW,
  N_PROPS
};

static GParamSpec *props[N_PROPS];

static void ask_later (KomekListing *self);
static void list_model_init (GListModelInterface *iface);
static void selection_model_init (GtkSelectionModelInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (KomekListing, komek_listing, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, list_model_init)
                               G_IMPLEMENT_INTERFACE (GTK_TYPE_SELECTION_MODEL,
                                                      selection_model_init))

static guint32
key_at (KomekListing *self, guint position)
{
  return g_array_index (self->keys, guint32, position);
}

static KomekEntry *
look_up (KomekListing *self, guint32 key)
{
  Tie *tie = g_hash_table_lookup (self->ties, GUINT_TO_POINTER (key));

  return tie ? tie->entry : NULL;
}

static gboolean
on_slow (gpointer data)
{
  KomekListing *self = data;

  self->slow_source = 0;
  self->slow = TRUE;
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_SLOW]);
  return G_SOURCE_REMOVE;
}

static void
watch_slowness (KomekListing *self)
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
keep (KomekListing *self, KomekEntry *entry)
{
  g_queue_push_head (&self->kept, g_object_ref (entry));
  if (g_queue_get_length (&self->kept) > KEPT)
    g_object_unref (g_queue_pop_tail (&self->kept));
}

static void
fill_entries (KomekListing *self, GPtrArray *requests)
{
  for (guint i = 0; i < self->asked->len; i++)
    {
      guint32 key = g_array_index (self->asked, guint32, i);
      KomekEntry *entry = look_up (self, key);

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
  g_autoptr (KomekListing) self = data;

  if (requests)
    fill_entries (self, requests);
  else
    komek_unread_report ("A part of the list", error);

  g_clear_pointer (&self->asked, g_array_unref);
  if (g_hash_table_size (self->wanted) > 0)
    ask_later (self);
  watch_slowness (self);
}

/* A key and how far its place in the list is from where somebody looks. */
typedef struct
{
  guint32 key;
  guint   distance;
} Want;

static int
compare_wants (gconstpointer a, gconstpointer b)
{
  const Want *wa = a, *wb = b;

  return wa->distance < wb->distance ? -1 : wa->distance > wb->distance;
}

/* What nobody waits for any more is dropped: its row has gone, or shows another request. */
static GArray *
sort_wanted (KomekListing *self)
{
  GArray *wants = g_array_new (FALSE, FALSE, sizeof (Want));
  GHashTableIter iter;
  gpointer key;

  g_hash_table_iter_init (&iter, self->wanted);
  while (g_hash_table_iter_next (&iter, &key, NULL))
    {
      KomekEntry *entry = look_up (self, GPOINTER_TO_UINT (key));
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
  KomekListing *self = data;
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
ask_later (KomekListing *self)
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

  g_hash_table_remove (tie->listing->ties, GUINT_TO_POINTER (tie->key));
}

static KomekEntry *
make_entry (KomekListing *self, guint position)
{
  guint32 key = key_at (self, position);
  Tie *tie = g_new (Tie, 1);

  *tie = (Tie) { self, key, komek_entry_new (key, position) };
  g_object_weak_ref (G_OBJECT (tie->entry), on_entry_gone, tie);
  g_hash_table_insert (self->ties, GUINT_TO_POINTER (tie->key), tie);
  return tie->entry;
}

static GType
komek_listing_get_item_type (GListModel *model)
{
  return KOMEK_TYPE_ENTRY;
}

static guint
komek_listing_get_n_items (GListModel *model)
{
  return KOMEK_LISTING (model)->keys->len;
}

static gpointer
komek_listing_get_item (GListModel *model, guint position)
{
  KomekListing *self = KOMEK_LISTING (model);
  KomekEntry *entry;

  if (position >= self->keys->len)
    return NULL;
  entry = look_up (self, key_at (self, position));
  return entry ? g_object_ref (entry) : make_entry (self, position);
}

static void
list_model_init (GListModelInterface *iface)
{
  iface->get_item_type = komek_listing_get_item_type;
  iface->get_n_items = komek_listing_get_n_items;
  iface->get_item = komek_listing_get_item;
}

static gboolean
komek_listing_is_selected (GtkSelectionModel *model, guint position)
{
  KomekListing *self = KOMEK_LISTING (model);

  return self->selected != 0 && position < self->keys->len
         && key_at (self, position) == self->selected;
}

static GtkBitset *
komek_listing_get_selection_in_range (GtkSelectionModel *model, guint position, guint n_items)
{
  GtkBitset *chosen = gtk_bitset_new_empty ();
  guint found = komek_listing_find (KOMEK_LISTING (model), KOMEK_LISTING (model)->selected);

  if (found != GTK_INVALID_LIST_POSITION)
    gtk_bitset_add (chosen, found);
  return chosen;
}

static gboolean
komek_listing_select_item (GtkSelectionModel *model, guint position, gboolean unselect_rest)
{
  KomekListing *self = KOMEK_LISTING (model);

  if (position >= self->keys->len)
    return FALSE;
  komek_listing_set_selected (self, key_at (self, position));
  return TRUE;
}

static gboolean
komek_listing_unselect_item (GtkSelectionModel *model, guint position)
{
  if (!komek_listing_is_selected (model, position))
    return FALSE;
  komek_listing_set_selected (KOMEK_LISTING (model), 0);
  return TRUE;
}

static void
selection_model_init (GtkSelectionModelInterface *iface)
{
  iface->is_selected = komek_listing_is_selected;
  iface->get_selection_in_range = komek_listing_get_selection_in_range;
  iface->select_item = komek_listing_select_item;
  iface->unselect_item = komek_listing_unselect_item;
}

static void
komek_listing_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  KomekListing *self = KOMEK_LISTING (object);

  switch (prop_id)
    {
    case PROP_SELECTED:
      g_value_set_uint (value, self->selected);
      break;
    case PROP_SLOW:
      g_value_set_boolean (value, self->slow);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
untie (gpointer data)
{
  Tie *tie = data;

  g_object_weak_unref (G_OBJECT (tie->entry), on_entry_gone, tie);
}

static void
komek_listing_dispose (GObject *object)
{
  KomekListing *self = KOMEK_LISTING (object);
  GHashTableIter iter;
  gpointer tie;

  g_cancellable_cancel (self->cancellable);
  g_clear_handle_id (&self->ask_source, g_source_remove);
  g_clear_handle_id (&self->slow_source, g_source_remove);
  g_queue_clear_full (&self->kept, g_object_unref);
  g_hash_table_iter_init (&iter, self->ties);
  while (g_hash_table_iter_next (&iter, NULL, &tie))
    {
      untie (tie);
      g_hash_table_iter_remove (&iter);
    }
  g_clear_object (&self->feed);
  G_OBJECT_CLASS (komek_listing_parent_class)->dispose (object);
}

static void
komek_listing_finalize (GObject *object)
{
  KomekListing *self = KOMEK_LISTING (object);

  g_object_unref (self->cancellable);
  g_array_unref (self->keys);
  g_hash_table_unref (self->ties);
  g_hash_table_unref (self->wanted);
  g_clear_pointer (&self->asked, g_array_unref);
  G_OBJECT_CLASS (komek_listing_parent_class)->finalize (object);
}

static void
komek_listing_class_init (KomekListingClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS;

  object_class->get_property = komek_listing_get_property;
  object_class->dispose = komek_listing_dispose;
  object_class->finalize = komek_listing_finalize;

  props[PROP_SELECTED] = g_param_spec_uint ("selected", NULL, NULL, 0, G_MAXUINT32, 0, flags);
  props[PROP_SLOW] = g_param_spec_boolean ("slow", NULL, NULL, FALSE, flags);
  g_object_class_install_properties (object_class, N_PROPS, props);
}

static void
komek_listing_init (KomekListing *self)
{
  self->cancellable = g_cancellable_new ();
  self->keys = g_array_new (FALSE, FALSE, sizeof (guint32));
  self->ties = g_hash_table_new_full (NULL, NULL, NULL, g_free);
  self->wanted = g_hash_table_new (NULL, NULL);
  g_queue_init (&self->kept);
}

KomekListing *
komek_listing_new (KomekFeed *feed)
{
  KomekListing *self = g_object_new (KOMEK_TYPE_LISTING, NULL);

  self->feed = g_object_ref (feed);
  return self;
}

static guint
count_common_start (GArray *a, GArray *b)
{
  guint n = 0;

  while (n < MIN (a->len, b->len) && g_array_index (a, guint32, n) == g_array_index (b, guint32, n))
    n++;
  return n;
}

static guint
count_common_end (GArray *a, GArray *b, guint start)
{
  guint n = 0, most = MIN (a->len, b->len) - start;

  while (n < most && g_array_index (a, guint32, a->len - 1 - n) == g_array_index (b, guint32,
                                                                                  b->len - 1 - n))
    n++;
  return n;
}

/* Rows that stay may stand elsewhere now and show another number. */
static void
renumber (KomekListing *self)
{
  g_autoptr (GHashTable) positions = g_hash_table_new (NULL, NULL);
  GHashTableIter iter;
  gpointer key, data;

  for (guint i = 0; i < self->keys->len; i++)
    if (g_hash_table_contains (self->ties, GUINT_TO_POINTER (key_at (self, i))))
      g_hash_table_insert (positions, GUINT_TO_POINTER (key_at (self, i)),
                           GUINT_TO_POINTER (i + 1));

  g_hash_table_iter_init (&iter, positions);
  while (g_hash_table_iter_next (&iter, &key, &data))
    komek_entry_set_position (look_up (self, GPOINTER_TO_UINT (key)), GPOINTER_TO_UINT (data) - 1);
}

static void
replace_keys (KomekListing *self, GArray *keys, guint position, guint removed, guint added)
{
  g_array_ref (keys);
  g_array_unref (self->keys);
  self->keys = keys;
  renumber (self);
  g_list_model_items_changed (G_LIST_MODEL (self), position, removed, added);
}

/* A list view searches all that was added for the row that it held on to. Where
 * that takes longer than a frame it is told in two steps, and holds on to nothing. */
static void
remove_keys (KomekListing *self, guint position, guint n)
{
  g_autoptr (GArray) rest = g_array_copy (self->keys);

  g_array_remove_range (rest, position, n);
  replace_keys (self, rest, position, n, 0);
}

/**
 * komek_listing_set_keys:
 * @keys: (element-type guint32): what the list shows, in this order; nobody writes to it any more
 *
 * What is the same at the start and at the end stays as it is, so a request
 * that comes in does not move the list away under a finger.
 */
void
komek_listing_set_keys (KomekListing *self, GArray *keys)
{
  guint start, end, removed, added;

  g_return_if_fail (KOMEK_IS_LISTING (self));

  start = count_common_start (self->keys, keys);
  if (start == keys->len && start == self->keys->len)
    return;
  end = count_common_end (self->keys, keys, start);
  removed = self->keys->len - start - end;
  added = keys->len - start - end;
  if (added > SEARCHED && removed > 0)
    {
      remove_keys (self, start, removed);
      removed = 0;
    }
  replace_keys (self, keys, start, removed, added);
}

/* The key at a place in the list, 0 beyond its end. */
guint32
komek_listing_get_key (KomekListing *self, guint position)
{
  return position < self->keys->len ? key_at (self, position) : 0;
}

/**
 * komek_listing_find:
 *
 * Returns: where a request stands in the list, %GTK_INVALID_LIST_POSITION where it does not
 */
guint
komek_listing_find (KomekListing *self, guint32 key)
{
  for (guint i = 0; key != 0 && i < self->keys->len; i++)
    if (key_at (self, i) == key)
      return i;
  return GTK_INVALID_LIST_POSITION;
}

/* The key of the chosen request, 0 for none; it need not be in the list. */
guint32
komek_listing_get_selected (KomekListing *self)
{
  return self->selected;
}

void
komek_listing_set_selected (KomekListing *self, guint32 key)
{
  guint before, after, first;

  g_return_if_fail (KOMEK_IS_LISTING (self));

  if (self->selected == key)
    return;
  before = komek_listing_find (self, self->selected);
  after = komek_listing_find (self, key);
  self->selected = key;

  /* GTK_INVALID_LIST_POSITION is the highest number there is. */
  first = MIN (before, after);
  if (before != GTK_INVALID_LIST_POSITION && after != GTK_INVALID_LIST_POSITION)
    gtk_selection_model_selection_changed (GTK_SELECTION_MODEL (self), first,
                                           MAX (before, after) - first + 1);
  else if (first != GTK_INVALID_LIST_POSITION)
    gtk_selection_model_selection_changed (GTK_SELECTION_MODEL (self), first, 1);
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_SELECTED]);
}

/**
 * komek_listing_want:
 *
 * Asks for the request at a place to be loaded into its entry, which says so by notify::request.
 */
void
komek_listing_want (KomekListing *self, guint position)
{
  KomekEntry *entry;

  g_return_if_fail (KOMEK_IS_LISTING (self));

  if (position >= self->keys->len)
    return;
  entry = look_up (self, key_at (self, position));
  if (!entry || komek_entry_get_request (entry))
    return;
  g_hash_table_add (self->wanted, GUINT_TO_POINTER (komek_entry_get_key (entry)));
  ask_later (self);
}

/* Where in the list somebody looks: what is near it is loaded first. */
void
komek_listing_look_at (KomekListing *self, guint position)
{
  self->focus = position;
}

/**
 * komek_listing_reload:
 *
 * Asks for all that rows show once more, since it may have changed; until it comes the old stays.
 */
void
komek_listing_reload (KomekListing *self)
{
  GHashTableIter iter;
  gpointer key;

  g_return_if_fail (KOMEK_IS_LISTING (self));

  g_hash_table_iter_init (&iter, self->ties);
  while (g_hash_table_iter_next (&iter, &key, NULL))
    g_hash_table_add (self->wanted, key);
  ask_later (self);
}

/* Whether rows have waited for so long that it should show. */
gboolean
komek_listing_is_slow (KomekListing *self)
{
  return self->slow;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-listing.h"

#include "komek-entries.h"

#define SEARCHED 50000 /* see komek_listing_set_keys() */

/**
 * KomekListing:
 *
 * The requests of a list as keys; each becomes an entry when a row asks for it, and is loaded
 * after that.
 *
 * Nothing is read in get_item(): a row that comes into being calls
 * komek_listing_want().
 *
 * It is its own selection: the chosen request is remembered by its key, so it
 * stays chosen through every change of the list, and while it is not in it.
 * GtkSingleSelection would ask for all the entries of a list of a million to find it again.
 */
struct _KomekListing
{
  GObject       parent;
  KomekEntries *entries;
  GArray       *keys;
  guint32       selected;
};

enum
{
  PROP_SELECTED = 1,
  PROP_SLOW,
  N_PROPS
};

static GParamSpec *props[N_PROPS];

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

static void
on_slow_changed (KomekListing *self)
{
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_SLOW]);
}

static guint
find_key (GArray *keys, guint32 key)
{
  for (guint i = 0; key != 0 && i < keys->len; i++)
    if (g_array_index (keys, guint32, i) == key)
      return i;
  return GTK_INVALID_LIST_POSITION;
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
  entry = komek_entries_obtain (self->entries, key_at (self, position), position);
  /* One that was prepared for a list that never came knows another place. */
  komek_entry_set_position (entry, position);
  return entry;
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
      g_value_set_boolean (value, komek_entries_is_slow (self->entries));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
komek_listing_dispose (GObject *object)
{
  g_clear_object (&KOMEK_LISTING (object)->entries);
  G_OBJECT_CLASS (komek_listing_parent_class)->dispose (object);
}

static void
komek_listing_finalize (GObject *object)
{
  g_array_unref (KOMEK_LISTING (object)->keys);
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
  self->keys = g_array_new (FALSE, FALSE, sizeof (guint32));
}

KomekListing *
komek_listing_new (KomekFeed *feed)
{
  KomekListing *self = g_object_new (KOMEK_TYPE_LISTING, NULL);

  self->entries = komek_entries_new (feed);
  g_signal_connect_object (self->entries, "notify::slow", G_CALLBACK (on_slow_changed), self,
                           G_CONNECT_SWAPPED);
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

static void
replace_keys (KomekListing *self, GArray *keys, guint position, guint removed, guint added)
{
  g_array_ref (keys);
  g_array_unref (self->keys);
  self->keys = keys;
  komek_entries_renumber (self->entries, keys);
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

/* Shows nothing until it is told what. */
void
komek_listing_empty (KomekListing *self)
{
  g_return_if_fail (KOMEK_IS_LISTING (self));

  if (self->keys->len > 0)
    remove_keys (self, 0, self->keys->len);
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
  return find_key (self->keys, key);
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
  g_return_if_fail (KOMEK_IS_LISTING (self));

  if (position < self->keys->len)
    komek_entries_want (self->entries, key_at (self, position));
}

/* Where in the list somebody looks: what is near it is loaded first. */
void
komek_listing_look_at (KomekListing *self, guint position)
{
  komek_entries_look_at (self->entries, position);
}

/* Where in a new list somebody will look: a list that is another from its first row on is shown
 * from there, or where the chosen one is. */
static guint
foresee_look (KomekListing *self, GArray *keys)
{
  guint chosen;

  if (count_common_start (self->keys, keys) > 0)
    return MIN (komek_entries_get_focus (self->entries), keys->len);
  chosen = find_key (keys, self->selected);
  return chosen != GTK_INVALID_LIST_POSITION ? chosen : 0;
}

/**
 * komek_listing_prepare_async:
 * @patience_ms: after how many milliseconds it ends anyhow
 *
 * Loads what will be seen of @keys before they are set, see komek_entries_prepare_async().
 */
void
komek_listing_prepare_async (KomekListing *self, GArray *keys, guint patience_ms,
                             GCancellable *cancellable, GAsyncReadyCallback callback, gpointer data)
{
  komek_entries_prepare_async (self->entries, keys, foresee_look (self, keys), patience_ms,
                               cancellable, callback, data);
}

/* Returns: whether all is loaded; fails only where it was cancelled */
gboolean
komek_listing_prepare_finish (KomekListing *self, GAsyncResult *result, GError **error)
{
  return komek_entries_prepare_finish (self->entries, result, error);
}

/**
 * komek_listing_reload:
 *
 * Asks for all that rows show once more, since it may have changed; until it comes the old stays.
 */
void
komek_listing_reload (KomekListing *self)
{
  g_return_if_fail (KOMEK_IS_LISTING (self));

  komek_entries_want_all (self->entries);
}

/* Whether rows have waited for so long that it should show. */
gboolean
komek_listing_is_slow (KomekListing *self)
{
  return komek_entries_is_slow (self->entries);
}

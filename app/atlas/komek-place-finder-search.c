/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-place-finder-private.h"

#include <string.h>

#include "komek-folding.h"

#define MOST_STREETS 2 /* of what is found, whose houses are looked for */
#define MOST_HITS 40   /* requests that name a house */
#define MOST_LOOSE 200 /* requests that may have the words in their address */

/* A search on its way: first the names, then the houses. Where nothing is called so, people may
 * have written it into an address, a landmark most often: then the words are looked for there. */
typedef struct
{
  KomekPlaceLore *lore;
  char           *words; /* as they were typed, folded */
  gboolean        loose; /* nothing is called quite so */
  KomekAddress   *address;
  guint           limit;
  GArray         *finds;     /* of KomekGazetteerFind */
  GPtrArray      *questions; /* what to search the requests for, one after another */
  guint           asked;
  GPtrArray      *places;    /* of KomekPlace, what the requests answer */
} Search;

static void
search_free (Search *self)
{
  komek_place_lore_unref (self->lore);
  g_free (self->words);
  komek_address_free (self->address);
  g_clear_pointer (&self->finds, g_array_unref);
  g_clear_pointer (&self->questions, g_ptr_array_unref);
  g_clear_pointer (&self->places, g_ptr_array_unref);
  g_free (self);
}

/* The requests that name a house name it in the language of whoever wrote them. */
static void
add_questions (Search *self, const KomekGazetteerName *name)
{
  for (guint i = 0; i < KOMEK_N_LANGUAGES; i++)
    {
      const char *street = komek_label_get_exact (name->label, i);

      if (street)
        g_ptr_array_add (self->questions,
                         g_strdup_printf ("\"%s %s\"", street, self->address->house));
    }
}

static void
find_names (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Search *self = data;
  guint n_streets = 0;

  self->finds = komek_gazetteer_search (komek_place_lore_get_gazetteer (self->lore), self->address,
                                        self->limit);
  for (guint i = 0; i < self->finds->len && n_streets < MOST_STREETS; i++)
    {
      const KomekGazetteerFind *find = &g_array_index (self->finds, KomekGazetteerFind, i);

      if (!find->house)
        continue;
      add_questions (self, find->name);
      n_streets++;
    }
  self->loose =
    *self->words != '\0'
    && (self->finds->len == 0 || g_array_index (self->finds, KomekGazetteerFind, 0).partial);
  if (self->loose)
    g_ptr_array_add (self->questions, g_strdup (self->words));
  g_task_return_boolean (task, TRUE);
}

static KomekPlaceFind *
make_find (const Search *self, const KomekGazetteerFind *found, const KomekHouses *houses)
{
  const KomekGazetteerName *name = found->name;
  KomekPlaceFind *find = komek_place_find_new (name->label, name->kind, name->district,
                                               name->latitude, name->longitude);

  find->alike = found->fit == KOMEK_GAZETTEER_SLIP || found->partial;
  if (!found->house)
    return find;
  find->house = g_strdup (self->address->house);
  find->house_is_known =
    komek_houses_find (houses, name, find->house, &find->latitude, &find->longitude)
    || komek_houses_find (komek_place_lore_get_houses (self->lore), name, find->house,
                          &find->latitude, &find->longitude);
  return find;
}

/* Whether each of the words begins one of the address. */
static gboolean
is_meant (const Search *self, KomekPlace *place)
{
  g_autofree char *folded = komek_fold (komek_place_get_address (place));
  g_autofree char *address = g_strconcat (" ", folded, NULL);
  g_auto (GStrv) words = g_strsplit (self->words, " ", -1);

  for (guint i = 0; words[i]; i++)
    {
      g_autofree char *word = g_strconcat (" ", words[i], NULL);

      if (!strstr (address, word))
        return FALSE;
    }
  return komek_place_has_point (place);
}

/* Addresses of requests that hold what was typed, each once. */
static void
add_addresses (const Search *self, GPtrArray *finds)
{
  g_autoptr (GHashTable) met = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < self->places->len && finds->len < self->limit; i++)
    {
      KomekPlace *place = self->places->pdata[i];
      const char *address = komek_place_get_address (place);
      g_autoptr (KomekLabel) label = NULL;

      if (!is_meant (self, place) || !g_hash_table_add (met, (gpointer) address))
        continue;
      label = komek_label_new (address, NULL, NULL);
      g_ptr_array_add (finds, komek_place_find_new (label, KOMEK_ADDRESS_ANY,
                                                    komek_place_get_district (place),
                                                    komek_place_get_latitude (place),
                                                    komek_place_get_longitude (place)));
    }
}

static void
put_houses (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  const Search *self = data;
  g_autoptr (KomekHouses) houses = komek_houses_new (komek_place_lore_get_gazetteer (self->lore));
  GPtrArray *finds = g_ptr_array_new_with_free_func ((GDestroyNotify) komek_place_find_free);

  for (guint i = 0; i < self->places->len; i++)
    komek_houses_add (houses, self->places->pdata[i]);
  if (self->loose)
    add_addresses (self, finds);
  for (guint i = 0; i < self->finds->len && finds->len < self->limit; i++)
    g_ptr_array_add (finds,
                     make_find (self, &g_array_index (self->finds, KomekGazetteerFind, i), houses));
  g_task_return_pointer (task, finds, (GDestroyNotify) g_ptr_array_unref);
}

static void
on_put (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;

  g_task_return_pointer (task, g_task_propagate_pointer (G_TASK (result), NULL),
                         (GDestroyNotify) g_ptr_array_unref);
}

static void ask_next (GTask *task);

/* A mirror that cannot be read costs the house, not the street. */
static void
note (const GError *error)
{
  if (error && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    g_message ("A house cannot be looked for: %s", error->message);
}

static void
on_loaded (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  g_autoptr (GError) error = NULL;
  Search *self = g_task_get_task_data (task);
  g_autoptr (GPtrArray) requests = komek_feed_load_finish (KOMEK_FEED (source), result, &error);

  note (error);
  for (guint i = 0; requests && i < requests->len; i++)
    if (requests->pdata[i])
      g_ptr_array_add (self->places,
                       komek_place_ref (komek_request_get_place (requests->pdata[i])));
  ask_next (task);
}

static void
on_searched (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (KomekHits) hits = komek_feed_search_finish (KOMEK_FEED (source), result, &error);

  note (error);
  if (hits && komek_hits_get_keys (hits)->len > 0)
    komek_feed_load_async (KOMEK_FEED (source), komek_hits_get_keys (hits),
                           g_task_get_cancellable (task), on_loaded, g_object_ref (task));
  else
    ask_next (task);
}

static void
ask_next (GTask *task)
{
  KomekPlaceFinder *finder = g_task_get_source_object (task);
  Search *self = g_task_get_task_data (task);

  if (self->asked < self->questions->len
      && !g_cancellable_is_cancelled (g_task_get_cancellable (task)))
    komek_feed_search_async (finder->feed, self->questions->pdata[self->asked++],
                             self->loose ? KOMEK_SEARCH_BEST : KOMEK_SEARCH_NEWEST,
                             self->loose ? MOST_LOOSE : MOST_HITS, g_task_get_cancellable (task),
                             on_searched, g_object_ref (task));
  else
    komek_place_finder_run (task, put_houses, on_put);
}

static void
on_names_found (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;

  ask_next (task);
}

/**
 * komek_place_finder_search_async:
 * @text: what was typed
 * @limit: how many places at most
 *
 * Looks for places by name, see komek_gazetteer_search(), and for the house where there is one in
 * the text, among the addresses of requests and in map packs. What no place is called is looked for
 * in these addresses too: people write landmarks into them.
 */
void
komek_place_finder_search_async (KomekPlaceFinder *self, const char *text, guint limit,
                                 GCancellable *cancellable, GAsyncReadyCallback callback,
                                 gpointer data)
{
  g_autoptr (GTask) task = NULL;
  Search *search;

  g_return_if_fail (KOMEK_IS_PLACE_FINDER (self));

  task = g_task_new (self, cancellable, callback, data);
  g_task_set_source_tag (task, komek_place_finder_search_async);
  search = g_new0 (Search, 1);
  search->lore = g_atomic_rc_box_acquire (self->lore);
  search->words = komek_fold (text);
  search->address = komek_address_parse (text);
  search->limit = limit;
  search->questions = g_ptr_array_new_with_free_func (g_free);
  search->places = g_ptr_array_new_with_free_func ((GDestroyNotify) komek_place_unref);
  g_task_set_task_data (task, search, (GDestroyNotify) search_free);
  komek_place_finder_run (task, find_names, on_names_found);
}

static void
list_districts (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  GPtrArray *finds = g_ptr_array_new_with_free_func ((GDestroyNotify) komek_place_find_free);
  const KomekGazetteerName *name;
  guint n;

  name = komek_gazetteer_peek (komek_place_lore_get_gazetteer (data), &n);
  for (; n > 0; n--, name++)
    if (name->kind == KOMEK_ADDRESS_DISTRICT && *name->district != '\0')
      g_ptr_array_add (finds, komek_place_find_new (name->label, name->kind, name->district,
                                                    name->latitude, name->longitude));
  g_task_return_pointer (task, finds, (GDestroyNotify) g_ptr_array_unref);
}

/**
 * komek_place_finder_list_districts_async:
 *
 * Asks for all districts of the plan; komek_place_finder_search_finish() gives them.
 */
void
komek_place_finder_list_districts_async (KomekPlaceFinder *self, GCancellable *cancellable,
                                         GAsyncReadyCallback callback, gpointer data)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (KOMEK_IS_PLACE_FINDER (self));

  task = g_task_new (self, cancellable, callback, data);
  g_task_set_source_tag (task, komek_place_finder_list_districts_async);
  g_task_set_task_data (task, g_atomic_rc_box_acquire (self->lore),
                        (GDestroyNotify) komek_place_lore_unref);
  komek_place_finder_run (task, list_districts, on_put);
}

/**
 * komek_place_finder_search_finish:
 *
 * Returns: (transfer full) (element-type KomekPlaceFind): the likeliest first; of districts, in
 *   the order of the alphabet
 */
GPtrArray *
komek_place_finder_search_finish (KomekPlaceFinder *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

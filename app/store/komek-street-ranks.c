/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-street-ranks.h"

#include <string.h>

#include "komek-folding.h"

#define HOUSE_BITS 12 /* a house beyond the last is the last */
#define NO_STREET G_MAXUINT32

/* The order of all requests by their streets. A city has some thousand streets and a million
 * requests: each street is folded and sorted once, and of a request only its house is read. */

typedef struct
{
  char *folded;
  guint id; /* in the order in which they were met */
} Street;

typedef struct
{
  GHashTable *ids; /* of a street's text its id plus 1 */
  GArray     *streets;
  GArray     *ranks; /* of each key: street's id and house, at first */
} Ranks;

static void
clear_street (gpointer data)
{
  g_free (((Street *) data)->folded);
}

/* The number behind the first comma that has one behind it. */
static const char *
find_house (const char *address)
{
  for (const char *comma = strchr (address, ','); comma; comma = strchr (comma + 1, ','))
    {
      const char *house = comma + 1 + strspn (comma + 1, " ");

      if (g_ascii_isdigit (*house))
        return house;
    }
  return NULL;
}

static guint
read_house (const char *house)
{
  guint64 number = house ? g_ascii_strtoull (house, NULL, 10) : 0;

  return MIN (number, (1u << HOUSE_BITS) - 1);
}

static guint
find_street (Ranks *self, const char *address, const char *house)
{
  g_autofree char *name = house ? g_strndup (address, house - address) : g_strdup (address);
  guint id = GPOINTER_TO_UINT (g_hash_table_lookup (self->ids, name));
  Street street;

  if (id > 0)
    return id - 1;
  street = (Street) { komek_fold (name), self->streets->len };
  g_array_append_val (self->streets, street);
  g_hash_table_insert (self->ids, g_steal_pointer (&name), GUINT_TO_POINTER (self->streets->len));
  return street.id;
}

/* So many streets have no room beside their houses; the rest of them shares the last place. */
static guint32
make_rank (guint street, guint house)
{
  return MIN (street, (NO_STREET >> HOUSE_BITS) - 1) << HOUSE_BITS | house;
}

static void
add_row (Ranks *self, KomekStatement *row)
{
  gint64 key = komek_statement_get_number (row, 0);
  const char *address = komek_statement_get_text (row, 1);
  const char *house = find_house (address);
  guint before = self->ranks->len;

  if (key < 0 || key >= G_MAXUINT32 / 8)
    return;
  if (key >= before)
    {
      g_array_set_size (self->ranks, key + 1);
      for (guint i = before; i <= key; i++)
        g_array_index (self->ranks, guint32, i) = NO_STREET;
    }
  if (*address && g_utf8_validate (address, -1, NULL))
    g_array_index (self->ranks, guint32, key) =
      make_rank (find_street (self, address, house), read_house (house));
}

static int
compare_streets (gconstpointer a, gconstpointer b)
{
  return strcmp (((const Street *) a)->folded, ((const Street *) b)->folded);
}

/* Puts the place of each street among the sorted ones where its id was. */
static void
sort_streets (Ranks *self)
{
  g_autofree guint *places = g_new (guint, self->streets->len + 1);

  g_array_sort (self->streets, compare_streets);
  for (guint i = 0, place = 0; i < self->streets->len; i++)
    {
      const Street *street = &g_array_index (self->streets, Street, i);

      if (i > 0 && compare_streets (street - 1, street) != 0)
        place = i;
      places[street->id] = place;
    }
  for (guint i = 0; i < self->ranks->len; i++)
    {
      guint32 *rank = &g_array_index (self->ranks, guint32, i);

      if (*rank != NO_STREET)
        *rank = make_rank (places[*rank >> HOUSE_BITS], *rank & ((1u << HOUSE_BITS) - 1));
    }
}

static void
ranks_clear (Ranks *self)
{
  g_hash_table_unref (self->ids);
  g_array_unref (self->streets);
  g_clear_pointer (&self->ranks, g_array_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Ranks, ranks_clear)

/**
 * komek_street_ranks_read:
 *
 * Returns: (transfer full) (nullable) (element-type guint32): see komek_feed_street_ranks_async()
 */
GArray *
komek_street_ranks_read (KomekDatabase *database, GError **error)
{
  g_autoptr (GError) reason = NULL;
  g_autoptr (KomekStatement) row =
    komek_database_prepare (database, "SELECT key, address FROM request", error);
  g_auto (Ranks) self = {
    g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL),
    g_array_new (FALSE, FALSE, sizeof (Street)),
    g_array_new (FALSE, FALSE, sizeof (guint32)),
  };

  g_array_set_clear_func (self.streets, clear_street);
  if (!row)
    return NULL;
  while (komek_database_step (database, row, &reason))
    add_row (&self, row);
  if (reason)
    {
      g_propagate_error (error, g_steal_pointer (&reason));
      return NULL;
    }
  sort_streets (&self);
  return g_steal_pointer (&self.ranks);
}

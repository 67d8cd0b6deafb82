/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "komek-error.h"
#include "komek-morton-private.h"
#include "komek-snapshot-layout.h"
#include "komek-status.h"

/* A file as it lies in memory, and where its parts begin. */
typedef struct
{
  GBytes                    *bytes;
  const KomekSnapshotHeader *header;
  const guint64             *codes;
  const KomekPoint          *points;
  const guint32             *indexes;
  const char                *words;
} Snapshot;

static gboolean
fail (GError **error, const char *what)
{
  g_set_error (error, KOMEK_ERROR, KOMEK_ERROR_UNREADABLE, "The snapshot of the map %s", what);
  return FALSE;
}

static gboolean
check_header (const KomekSnapshotHeader *header, GError **error)
{
  if (memcmp (header->magic, KOMEK_SNAPSHOT_MAGIC, sizeof header->magic) != 0)
    return fail (error, "is none");
  if (header->version != KOMEK_SNAPSHOT_VERSION || header->order != KOMEK_SNAPSHOT_ORDER)
    return fail (error, "is of another version or machine");
  if (header->sum
      != komek_snapshot_sum (header, G_STRUCT_OFFSET (KomekSnapshotHeader, sum)))
    return fail (error, "has a damaged head");
  if (memchr (header->stamp, '\0', sizeof header->stamp) == NULL)
    return fail (error, "has a stamp without an end");

  return TRUE;
}

/* Finds the parts; nothing but the header has been looked at yet. */
static gboolean
locate (Snapshot *self, GError **error)
{
  gsize size;
  const char *data = g_bytes_get_data (self->bytes, &size);
  guint64 lengths[KOMEK_SNAPSHOT_N_PARTS], left = size - sizeof *self->header;
  const char *parts[KOMEK_SNAPSHOT_N_PARTS];

  komek_snapshot_measure (self->header, lengths);
  data += sizeof *self->header;
  for (guint i = 0; i < KOMEK_SNAPSHOT_N_PARTS; i++)
    {
      if (lengths[i] > left)
        return fail (error, "is cut off");
      parts[i] = data;
      data += lengths[i];
      left -= lengths[i];
    }
  if (left > 0)
    return fail (error, "has something behind its end");

  self->codes = (const guint64 *) (gconstpointer) parts[KOMEK_SNAPSHOT_CODES];
  self->points = (const KomekPoint *) (gconstpointer) parts[KOMEK_SNAPSHOT_POINTS];
  self->indexes = (const guint32 *) (gconstpointer) parts[KOMEK_SNAPSHOT_INDEXES];
  self->words = parts[KOMEK_SNAPSHOT_WORDS];
  for (guint i = 0; i < KOMEK_SNAPSHOT_N_PARTS; i++)
    if (self->header->sums[i] != komek_snapshot_sum (parts[i], lengths[i]))
      return fail (error, "is damaged");
  return TRUE;
}

/* What the index relies on, whatever the sums say: they keep out accidents and nobody's intent. */
static gboolean
check_order (const Snapshot *self, GError **error)
{
  gboolean good = TRUE;

  for (guint i = 0; i < self->header->n_placed; i++)
    good &= self->indexes[i] < self->header->n_points;
  for (guint i = 1; i < self->header->n_placed; i++)
    good &= self->codes[i - 1] < self->codes[i]
            || (self->codes[i - 1] == self->codes[i] && self->indexes[i - 1] < self->indexes[i]);

  return good || fail (error, "is not in order");
}

static gboolean
check_points (const Snapshot *self, GError **error)
{
  guint n_services = MAX (1, self->header->n_services);
  guint n_districts = MAX (1, self->header->n_districts);
  gboolean good = TRUE;

  for (guint i = 0; i < self->header->n_points; i++)
    good &= self->points[i].status < KOMEK_N_STATUSES && self->points[i].service < n_services
            && self->points[i].district < n_districts;

  return good || fail (error, "knows requests that cannot be");
}

/* Takes so many words off the beginning of the text; NULL where there are not as many. */
static char **
take_words (const char **text, const char *end, guint n)
{
  g_autoptr (GPtrArray) words = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < n; i++)
    {
      const char *behind = *text < end ? memchr (*text, '\0', end - *text) : NULL;

      if (!behind || !g_utf8_validate (*text, behind - *text, NULL))
        return NULL;
      g_ptr_array_add (words, g_strdup (*text));
      *text = behind + 1;
    }
  g_ptr_array_add (words, NULL);
  return (char **) g_ptr_array_free (g_steal_pointer (&words), FALSE);
}

static KomekMorton *
take (const Snapshot *self, GError **error)
{
  const KomekSnapshotHeader *header = self->header;
  const char *text = self->words, *end = self->words + header->words_length;
  g_auto (GStrv) services = take_words (&text, end, header->n_services);
  g_auto (GStrv) districts = services ? take_words (&text, end, header->n_districts) : NULL;
  g_autoptr (KomekPoints) points = NULL;

  if (!districts || text != end)
    {
      fail (error, "lacks the names of services or districts");
      return NULL;
    }
  points = komek_points_new_from_bytes (self->bytes, self->points, header->n_points,
                                        (const char *const *) services,
                                        (const char *const *) districts);
  komek_points_set_stamp (points, header->stamp);
  return komek_morton_new_borrowed (points, header->n_placed, self->codes, self->indexes,
                                    self->bytes);
}

/**
 * komek_snapshot_parse:
 * @bytes: what komek_snapshot_write() wrote, at an address that 8 divides; held on to
 *
 * Fails with %KOMEK_ERROR_UNREADABLE where the file is damaged or not ours. The
 * codes are not computed again: a forged file may show requests at wrong
 * places, but nothing outside of it is ever read.
 *
 * Returns: (transfer full): the order, with the points that it is of; their stamp says how old
 *   they are
 */
KomekMorton *
komek_snapshot_parse (GBytes *bytes, GError **error)
{
  gsize size;
  Snapshot self = { .bytes = bytes, .header = g_bytes_get_data (bytes, &size) };

  g_return_val_if_fail (GPOINTER_TO_SIZE (self.header) % sizeof (guint64) == 0, NULL);

  if (size < sizeof *self.header)
    {
      fail (error, "is cut off");
      return NULL;
    }
  if (!check_header (self.header, error) || !locate (&self, error)
      || !check_order (&self, error) || !check_points (&self, error))
    return NULL;

  return take (&self, error);
}

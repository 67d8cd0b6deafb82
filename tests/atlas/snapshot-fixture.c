/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "snapshot-fixture.h"

#include <glib/gstdio.h>

#include "komek-snapshot.h"
#include "komek-status.h"

#define STAMP "astana 17"

static const char *const services[] = { "road", "жарық", "", NULL };
static const char *const districts[] = { "esil", "nura", NULL };

void
snapshot_set_up (SnapshotFixture *self, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  self->folder = g_dir_make_tmp ("komek-snapshot-XXXXXX", &error);
  g_assert_no_error (error);
  self->path = g_build_filename (self->folder, "map.snapshot", NULL);
}

void
snapshot_tear_down (SnapshotFixture *self, gconstpointer data)
{
  g_remove (self->path);
  g_assert_cmpint (g_rmdir (self->folder), ==, 0);
  g_free (self->path);
  g_free (self->folder);
}

KomekMorton *
snapshot_make_order (guint n)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (n);
  GArray *array = g_array_new (FALSE, FALSE, sizeof (KomekPoint));
  g_autoptr (KomekPoints) points = NULL;

  for (guint32 key = n; key > 0; key--)
    {
      KomekPoint point = {
        .key = key,
        .latitude = key % 10 == 0 ? KOMEK_POINT_NOWHERE : 510000000 + g_rand_int_range (rand, 0, 99) * 9999,
        .longitude = key % 10 == 0 ? KOMEK_POINT_NOWHERE : 712000000 + g_rand_int_range (rand, 0, 99) * 9999,
        .requested = SNAPSHOT_NOW + key,
        .service = key % 3,
        .status = key % KOMEK_N_STATUSES,
        .district = key % 2,
      };

      g_array_append_val (array, point);
    }
  points = komek_points_new (array, services, districts);
  komek_points_set_stamp (points, STAMP);
  return komek_morton_new (points);
}

GBytes *
snapshot_load (SnapshotFixture *self, guint n)
{
  g_autoptr (KomekMorton) order = snapshot_make_order (n);
  char *text;
  gsize length;

  g_assert_true (komek_snapshot_write (self->path, order, NULL));
  g_assert_true (g_file_get_contents (self->path, &text, &length, NULL));
  return g_bytes_new_take (text, length);
}

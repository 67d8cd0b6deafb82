/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gstdio.h>
#include <math.h>
#include <string.h>
#include <unistd.h>

#include "komek-pack-file.h"
#include "komek-pack-names.h"
#include "komek-pack-square.h"
#include "komek-plan.h"
#include "komek-tile-form.h"
#include "komek-vector-tile.h"
#include "targets.h"

/* Whatever a plan is made of, what draws it may rely on this. */
static void
check_line (const KomekPlanFeature *feature, const KomekPlanLine *line)
{
  const KomekPlanVertex *last = &line->vertices[line->n_vertices - 1];

  g_assert_cmpuint (line->n_vertices, >=, feature->area ? 4 : 2);
  g_assert_true (isfinite (line->length) && line->length >= 0);
  if (feature->area)
    g_assert_true (last->x == line->vertices->x && last->y == line->vertices->y);
  for (guint i = 0; i < line->n_vertices; i++)
    {
      const KomekPlanVertex *v = &line->vertices[i];

      g_assert_true (v->x >= feature->box.x0 && v->x <= feature->box.x1 && v->y >= feature->box.y0
                     && v->y <= feature->box.y1);
      g_assert_true (v->x >= 0 && v->x <= 1 && v->y >= 0 && v->y <= 1);
      g_assert_true (i == 0 || v->x != v[-1].x || v->y != v[-1].y);
    }
}

/* Reads it and asks all that the map asks. */
void
komek_fuzz_plan (GBytes *body)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (KomekPlan) plan = komek_plan_new (body, &error);
  const KomekPlanFeature *features;
  KomekBounds *bounds;
  double latitude, longitude;
  guint n;

  g_assert_true ((plan == NULL) == (error != NULL));
  if (!plan)
    return;
  features = komek_plan_peek_features (plan, &n);
  g_assert_cmpuint (n, >, 0);
  for (guint i = 0; i < n; i++)
    {
      g_assert_cmpuint (features[i].n_lines, >, 0);
      for (guint j = 0; j < features[i].n_lines; j++)
        check_line (&features[i], &features[i].lines[j]);
    }
  bounds = komek_plan_get_bounds (plan);
  g_assert_nonnull (bounds);
  g_assert_nonnull (komek_plan_get_built_up (plan));
  latitude = (komek_bounds_get_south (bounds) + komek_bounds_get_north (bounds)) / 2;
  longitude = (komek_bounds_get_west (bounds) + komek_bounds_get_east (bounds)) / 2;
  komek_plan_find_district (plan, latitude, longitude);
  komek_plan_describe (plan, latitude, longitude, KOMEK_LANGUAGE_KAZAKH, NULL);
}

/* Rows as "name=value", one a line. */
void
komek_fuzz_metadata (GBytes *body)
{
  gsize size;
  const char *data = g_bytes_get_data (body, &size);
  g_autofree char *text = g_strndup (data ? data : "", size);
  g_auto (GStrv) rows = g_strsplit (text, "\n", -1);
  g_auto (KomekPackMetadata) metadata;

  komek_pack_metadata_init (&metadata);
  for (guint i = 0; rows[i]; i++)
    {
      char *value = strchr (rows[i], '=');

      if (!value)
        continue;
      *value = '\0';
      komek_pack_metadata_take (&metadata, rows[i], value + 1);
    }
  if (metadata.attribution)
    {
      g_assert_true (g_utf8_validate (metadata.attribution, -1, NULL));
      g_assert_cmpint (g_utf8_strlen (metadata.attribution, -1), <=, 200);
      g_assert_null (strpbrk (metadata.attribution, "\r\n\t"));
    }
}

/* A whole file, as somebody may hand it over. */
void
komek_fuzz_pack (GBytes *body)
{
  g_autofree char *path = g_strdup_printf ("%s/komek-fuzz-%d.mbtiles", g_get_tmp_dir (),
                                           (int) getpid ());
  KomekMapTrouble trouble;
  g_autofree char *why = NULL;
  g_autoptr (KomekPackFile) pack = NULL;
  gsize size;
  const char *data = g_bytes_get_data (body, &size);

  g_assert_true (g_file_set_contents_full (path, data ? data : "", (gssize) size,
                                           G_FILE_SET_CONTENTS_NONE, 0600, NULL));
  pack = komek_pack_file_open (path, &trouble, &why);
  g_assert_true ((pack == NULL) == (trouble != KOMEK_MAP_TROUBLE_NONE));
  for (guint zoom = 0; pack && zoom < 20; zoom++)
    {
      guint found, side = 1u << zoom;
      g_autoptr (GBytes) tile =
        komek_pack_file_read (pack, zoom, side * 7 / 10, side / 3, &found, &trouble);

      if (!tile)
        continue;
      g_assert_true (komek_tile_form_of (tile) != KOMEK_TILE_FORM_UNKNOWN);
      g_assert_cmpuint (found, <=, zoom);
    }
  g_unlink (path);
}

static void
check_name (const KomekGazetteerPlace *place)
{
  for (guint i = 0; i < KOMEK_N_LANGUAGES; i++)
    {
      const char *name = komek_label_get_exact (place->label, i);

      g_assert_true (!name || (*name != '\0' && g_utf8_validate (name, -1, NULL)));
    }
  g_assert_true (isfinite (place->x) && isfinite (place->y));
  g_assert_true (place->box.x0 <= place->box.x1 && place->box.y0 <= place->box.y1);
}

static void
check_street (const KomekPackLines *lines, guint position, guint n_places)
{
  guint street, n;
  const KomekMercatorPoint *corners = komek_pack_lines_get (lines, position, &street, &n);

  g_assert_cmpuint (street, <, n_places);
  g_assert_cmpuint (n, >=, 2);
  for (guint i = 0; i < n; i++)
    g_assert_true (isfinite (corners[i].x) && isfinite (corners[i].y));
}

/* Whatever a tile calls by name, and wherever it says that is. */
static void
read_names (GBytes *body)
{
  g_autoptr (KomekGazetteerPlaces) places = komek_gazetteer_places_new ();
  g_autoptr (GArray) houses = g_array_new (FALSE, FALSE, sizeof (KomekPackHouse));
  g_autoptr (KomekPackLines) lines = komek_pack_lines_new ();
  g_autoptr (GError) error = NULL;
  gboolean whole = komek_pack_square_read (body, 14, 11442, 5450, places, houses, lines, &error);

  g_assert_true (whole == (error == NULL));
  for (guint i = 0; i < komek_gazetteer_places_get_n (places); i++)
    if (komek_gazetteer_places_get (places, i))
      check_name (komek_gazetteer_places_get (places, i));
  for (guint i = 0; i < houses->len; i++)
    {
      KomekPackHouse *house = &g_array_index (houses, KomekPackHouse, i);

      g_assert_cmpuint (house->street, <, komek_gazetteer_places_get_n (places));
      g_free (house->number);
    }
  for (guint i = 0; i < komek_pack_lines_get_n (lines); i++)
    check_street (lines, i, komek_gazetteer_places_get_n (places));
}

/* A vector tile, packed or not. */
void
komek_fuzz_vector (GBytes *body)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (KomekVectorTile) tile = komek_vector_tile_new (body, &error);

  g_assert_true ((tile == NULL) == (error != NULL));
  for (guint i = 0; tile && i < komek_vector_tile_get_n_lines (tile); i++)
    {
      KomekVectorLine line = komek_vector_tile_get_line (tile, i);

      g_assert_cmpuint (line.n_points, >=, line.area ? 3 : 2);
      g_assert_cmpuint (line.kind, <, KOMEK_N_PLAN_KINDS);
      for (guint j = 0; j < line.n_points; j++)
        g_assert_true (fabsf (line.points[j].x) <= 8 && fabsf (line.points[j].y) <= 8);
    }
  read_names (body);
}

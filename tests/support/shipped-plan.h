/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "komek-plan.h"

/* The plan of the city that Komek comes with. Inline, for each test is a program of its own. */
static inline KomekPlan *
read_shipped_plan (void)
{
  g_autofree char *path =
    g_test_build_filename (G_TEST_DIST, "..", "data", "plan", "astana.geojson", NULL);
  g_autofree char *json = NULL;
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GError) error = NULL;
  KomekPlan *plan;
  gsize size;

  g_file_get_contents (path, &json, &size, &error);
  g_assert_no_error (error);
  bytes = g_bytes_new_take (g_steal_pointer (&json), size);
  plan = komek_plan_new (bytes, &error);
  g_assert_no_error (error);
  return plan;
}

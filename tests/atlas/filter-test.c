/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-filter.h"

#define NOW 1700000000

static const guint16 services[] = { 3, 65535 };
static const guint32 keys[] = { 5, 7, 4000000000 };
static const KomekPoint open_request = {
  .key = 7, .requested = NOW - 100, .due = NOW + 100, .service = 3, .status = KOMEK_STATUS_IN_WORK,
};

static const struct
{
  const char       *name;
  KomekFilterFields fields;
  guint             missed;
} rows[] = {
  { "nothing-asked", { .now = NOW }, 0 },
  { "its-service", { .now = NOW, .services = services, .n_services = 2 }, 0 },
  { "another-service", { .now = NOW, .services = services + 1, .n_services = 1 }, KOMEK_FILTER_SERVICES },
  { "no-service", { .now = NOW, .services = services }, KOMEK_FILTER_SERVICES },
  { "its-group", { .now = NOW, .groups = KOMEK_GROUP_BIT (KOMEK_GROUP_WORK) }, 0 },
  { "late-before-its-deadline", { .now = NOW, .groups = KOMEK_GROUP_BIT (KOMEK_GROUP_LATE) }, KOMEK_FILTER_GROUPS },
  { "late-after-its-deadline", { .now = NOW + 200, .groups = KOMEK_GROUP_BIT (KOMEK_GROUP_LATE) }, 0 },
  { "from-its-second", { .now = NOW, .from = NOW - 100 }, 0 },
  { "from-later", { .now = NOW, .from = NOW - 99 }, KOMEK_FILTER_PERIOD },
  { "to-its-second", { .now = NOW, .to = NOW - 100 }, KOMEK_FILTER_PERIOD },
  { "to-later", { .now = NOW, .to = NOW - 99 }, 0 },
  { "its-key", { .now = NOW, .keys = keys, .n_keys = 3 }, 0 },
  { "another-key", { .now = NOW, .keys = keys + 2, .n_keys = 1 }, KOMEK_FILTER_KEYS },
  { "a-text-found-nowhere", { .now = NOW, .keys = keys, .n_keys = 0 }, KOMEK_FILTER_KEYS },
  { "two-parts",
    { .now = NOW, .to = NOW - 200, .groups = KOMEK_GROUP_BIT (KOMEK_GROUP_SHUT) },
    KOMEK_FILTER_PERIOD | KOMEK_FILTER_GROUPS },
};

static void
test_tells_what_holds_back (gconstpointer row)
{
  gsize i = GPOINTER_TO_SIZE (row);
  g_autoptr (KomekFilter) filter = komek_filter_new (&rows[i].fields);

  g_assert_cmpuint (komek_filter_test (filter, &open_request), ==, rows[i].missed);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *path = g_strdup_printf ("/filter/%s", rows[i].name);

      g_test_add_data_func (path, GSIZE_TO_POINTER (i), test_tells_what_holds_back);
    }
  return g_test_run ();
}

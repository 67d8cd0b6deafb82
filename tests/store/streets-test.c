/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "await.h"
#include "device.h"

/* In the order in which they are to be listed. */
static const char *const addresses[] = {
  "Абай даңғылы",
  "Абай даңғылы, 2",
  "Абай даңғылы, 10",
  "Абай даңғылы, 10/3",
  "Әл-Фараби даңғылы, 7",
  "Кенесары көшесі, 5",
  "Кенесары көшесі, 40, 2-кіреберіс",
  "Ұлы Дала даңғылы, 99999",
};

static GArray *
read_ranks (Device *device)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  GArray *ranks;

  komek_feed_street_ranks_async (device->feed, NULL, on_awaited, &result);
  ranks = komek_feed_street_ranks_finish (device->feed, await (&result), &error);
  g_assert_no_error (error);
  return ranks;
}

static void
put (Device *device, const char *number, const char *address, gint64 time)
{
  const Report report = { number, "Шұңқыр", address, NULL, KOMEK_STATUS_NEW, time };

  device_put (device, &report, 1);
}

/* Of the request with this number. */
static guint32
find_rank (Device *device, GArray *ranks, const char *number)
{
  g_autoptr (GArray) keys = device_match (device, number);

  g_assert_cmpuint (keys->len, ==, 1);
  return g_array_index (ranks, guint32, g_array_index (keys, guint32, 0));
}

/* Put in another order than that of the streets, so that neither keys nor times give it away. */
static void
test_streets_and_houses_are_in_order (Device *device, gconstpointer unused)
{
  g_autoptr (GArray) ranks = NULL;
  guint32 last = 0;

  for (guint i = 0; i < G_N_ELEMENTS (addresses); i++)
    {
      guint place = i * 5 % G_N_ELEMENTS (addresses);
      g_autofree char *number = g_strdup_printf ("A-%u", 100 + place);

      put (device, number, addresses[place], 1000 + i);
    }
  ranks = read_ranks (device);
  for (guint i = 0; i < G_N_ELEMENTS (addresses); i++)
    {
      g_autofree char *number = g_strdup_printf ("A-%u", 100 + i);
      guint32 rank = find_rank (device, ranks, number);

      if (i > 0 && !g_str_has_prefix (addresses[i], "Абай даңғылы, 10/"))
        g_assert_cmpuint (rank, >, last);
      last = rank;
    }
}

static void
test_what_has_no_street_comes_last (Device *device, gconstpointer unused)
{
  g_autoptr (GArray) ranks = NULL;

  put (device, "A-101", "", 1000);
  put (device, "A-102", "Абай даңғылы, 5", 1001);
  ranks = read_ranks (device);
  g_assert_cmpuint (find_rank (device, ranks, "A-101"), ==, G_MAXUINT32);
  g_assert_cmpuint (find_rank (device, ranks, "A-102"), <, G_MAXUINT32);
}

/* A city that writes streets now with capitals and now without. */
static void
test_a_street_is_the_same_in_any_writing (Device *device, gconstpointer unused)
{
  g_autoptr (GArray) ranks = NULL;

  put (device, "A-101", "АБАЙ ДАҢҒЫЛЫ, 7", 1000);
  put (device, "A-102", "Бөгенбай батыр көшесі, 1", 1001);
  put (device, "A-103", "Абай даңғылы, 7", 1002);
  ranks = read_ranks (device);
  g_assert_cmpuint (find_rank (device, ranks, "A-101"), ==, find_rank (device, ranks, "A-103"));
}

static void
test_an_empty_mirror_has_none (Device *device, gconstpointer unused)
{
  g_autoptr (GArray) ranks = read_ranks (device);

  g_assert_cmpuint (ranks->len, ==, 0);
}

#define ADD(name, func)                                                                            \
  g_test_add ("/streets/" name, Device, NULL, device_set_up, func, device_tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("streets-and-houses-are-in-order", test_streets_and_houses_are_in_order);
  ADD ("what-has-no-street-comes-last", test_what_has_no_street_comes_last);
  ADD ("a-street-is-the-same-in-any-writing", test_a_street_is_the_same_in_any_writing);
  ADD ("an-empty-mirror-has-none", test_an_empty_mirror_has_none);
  return g_test_run ();
}

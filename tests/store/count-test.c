/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "device.h"

static void
fill (Device *device, guint n, const char *text)
{
  g_autoptr (GPtrArray) requests = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < n; i++)
    {
      g_autofree char *number = g_strdup_printf ("F-%u", i);

      g_ptr_array_add (requests, make_request (&(Report) { number, text, "", NULL, 0, i }));
    }
  device_put_all (device, requests);
}

static void
assert_count (Device *device, const char *text, guint count, gboolean exact)
{
  for (KomekSearchOrder order = KOMEK_SEARCH_NEWEST; order <= KOMEK_SEARCH_BEST; order++)
    {
      g_autoptr (KomekHits) hits = device_search (device, text, order, 0);
      g_autoptr (KomekHits) first = device_search (device, text, order, 5);

      g_assert_cmpuint (komek_hits_get_count (hits), ==, count);
      g_assert_cmpint (komek_hits_is_exact (hits), ==, exact);
      g_assert_cmpuint (komek_hits_get_keys (hits)->len, ==, 0);
      g_assert_cmpuint (komek_hits_get_keys (first)->len, ==, 5);
      g_assert_cmpuint (komek_hits_get_count (first), ==, 5);
      g_assert_false (komek_hits_is_exact (first));
    }
}

static void
test_counts_up_to_ten_thousand (Device *device, gconstpointer unused)
{
  const Report one_more = { "F-more", "қар көп", "", NULL, 0, 20000 };

  fill (device, 10000, "қар көп");
  assert_count (device, "қар", 10000, TRUE);
  assert_count (device, "\"қар көп\"", 10000, TRUE);
  device_put (device, &one_more, 1);
  assert_count (device, "қар", 10000, FALSE);
  assert_count (device, "қар көп", 10000, FALSE);
  assert_count (device, "\"қар көп\"", 10000, FALSE);
}

/* What was counted when the words were learnt is no longer so. */
static void
test_a_count_is_never_of_the_past (Device *device, gconstpointer unused)
{
  fill (device, 10001, "қар");
  assert_count (device, "қар", 10000, FALSE);
  fill (device, 9000, "мұз");
  assert_count (device, "қар", 1001, TRUE);
}

/* Of many words some are counted first; they may all stand in the same requests, or each in its
 * own. */
static void
test_a_part_of_many_words_is_counted (Device *device, gconstpointer unused)
{
  g_autoptr (GString) all = g_string_new (NULL);
  g_autoptr (GPtrArray) requests = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < 70; i++)
    g_string_append_printf (all, "балшық%u ", i);
  fill (device, 300, all->str);
  assert_count (device, "алшык", 300, TRUE);
  for (guint i = 0; i < 14000; i++)
    {
      g_autofree char *number = g_strdup_printf ("M-%u", i);
      g_autofree char *text = g_strdup_printf ("балшық%u", i % 70);

      g_ptr_array_add (requests, make_request (&(Report) { number, text, "", NULL, 0, i }));
    }
  device_put_all (device, requests);
  assert_count (device, "алшык", 10000, FALSE);
  assert_count (device, "балшык", 10000, FALSE);
}

/* So many at once become searchable in pieces, whose words are counted together: what the table of
 * words says is what the index finds. */
static void
test_words_of_many_are_counted_once (Device *device, gconstpointer unused)
{
  g_autoptr (GPtrArray) requests = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GArray) keys = NULL;

  for (guint i = 0; i < 63000; i++)
    {
      g_autofree char *number = g_strdup_printf ("P-%u", i);
      g_autofree char *text = g_strdup_printf ("балшық%c балшық%c", 'a' + i % 7, 'a' + i % 7);

      g_ptr_array_add (requests, make_request (&(Report) { number, text, "", NULL, 0, i }));
    }
  device_put_all (device, requests);
  assert_count (device, "балшықc", 9000, TRUE);
  keys = device_match (device, "балшықc");
  g_assert_cmpuint (keys->len, ==, 9000);
}

/* A part that most numbers have, the year, and one that few have. */
static void
test_parts_of_numbers_are_counted (Device *device, gconstpointer unused)
{
  g_autoptr (GPtrArray) requests = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < 10001; i++)
    {
      g_autofree char *number = g_strdup_printf ("1126-0%05u", i);

      g_ptr_array_add (requests, make_request (&(Report) { number, "қар", "", NULL, 0, i }));
    }
  device_put_all (device, requests);
  assert_count (device, "126-0", 10000, FALSE);
  assert_count (device, "126-007", 1000, TRUE);
}

#define ADD(path, function) \
  g_test_add ("/search/" path, Device, NULL, device_set_up, function, device_tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("counts-up-to-ten-thousand", test_counts_up_to_ten_thousand);
  ADD ("a-count-is-never-of-the-past", test_a_count_is_never_of_the_past);
  ADD ("a-part-of-many-words-is-counted", test_a_part_of_many_words_is_counted);
  ADD ("words-of-many-are-counted-once", test_words_of_many_are_counted_once);
  ADD ("parts-of-numbers-are-counted", test_parts_of_numbers_are_counted);
  return g_test_run ();
}

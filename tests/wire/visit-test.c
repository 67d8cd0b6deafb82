/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <malloc.h>
#include <string.h>

#include "komek-error.h"
#include "komek-wire-request.h"

/* A long list is read piece by piece. */

#define MANY 100000

/* What a visit may hold besides the answer itself. */
#define MOST_BYTES (2 * 1024 * 1024)

static KomekRequest *
make_request (guint number)
{
  g_autofree char *name = g_strdup_printf ("211126-%06u", number);
  g_autoptr (KomekPlace) place =
    komek_place_new (51.1 + number * 1e-6, 71.4, "Абай даңғылы, 18 · дүкен жанында", "esil");

  return komek_request_new (&(KomekRequestFields) {
    .number = name, .service = "ROA.pothole", .service_name = "Жолдағы шұңқыр",
    .status = KOMEK_STATUS_IN_WORK, .status_name = "Жұмыста",
    .text = "Жолда үлкен шұңқыр бар, көліктер зақымдалып жатыр. Тез арада жөндеуді сұраймыз.",
    .place = place, .agency = "roads", .agency_name = "Жол басқармасы (үлгі)",
    .requested = 1795269902 - number, .updated = 1795269902, .due = 1795356302 });
}

static GBytes *
write_many (guint count, KomekWireFormat format)
{
  g_autoptr (GTimeZone) zone = g_time_zone_new_offset (5 * 3600);
  g_autoptr (GPtrArray) requests = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < count; i++)
    g_ptr_array_add (requests, make_request (i));
  return komek_wire_write_requests (requests, zone, TRUE, format);
}

static gsize
measure_heap (void)
{
  struct mallinfo2 info = mallinfo2 ();

  return info.uordblks + info.hblkhd;
}

typedef struct
{
  guint count;
  guint most;
  gsize heap;
} Tally;

static gboolean
tally (KomekRequest *request, gpointer data)
{
  Tally *self = data;

  if (self->count++ % 1000 == 0)
    self->heap = MAX (self->heap, measure_heap ());
  return self->count != self->most;
}

/* Measured where the heap is glibc's own; under a sanitizer only the count is held. */
static void
test_many_requests_need_little_memory (gconstpointer format)
{
  g_autoptr (GBytes) body = write_many (MANY, GPOINTER_TO_UINT (format));
  g_autoptr (GError) error = NULL;
  Tally seen = { 0 };
  gsize before = measure_heap ();
  gint64 start = g_get_monotonic_time ();

  g_assert_true (komek_wire_visit_requests (body, NULL, tally, &seen, &error));
  g_test_message ("%u requests of %zu bytes in %" G_GINT64_FORMAT " ms with %zu bytes more",
                  seen.count, g_bytes_get_size (body), (g_get_monotonic_time () - start) / 1000,
                  seen.heap - MIN (seen.heap, before));
  g_assert_no_error (error);
  g_assert_cmpuint (seen.count, ==, MANY);
  g_assert_cmpuint (seen.heap, <, before + MOST_BYTES);
}

static void
test_a_visitor_may_stop (gconstpointer format)
{
  g_autoptr (GBytes) body = write_many (50, GPOINTER_TO_UINT (format));
  g_autoptr (GError) error = NULL;
  Tally seen = { .most = 7 };

  g_assert_true (komek_wire_visit_requests (body, NULL, tally, &seen, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (seen.count, ==, 7);
}

/* What came whole before the line broke is good; that not all came is said. */
static void
test_whole_ones_before_a_cut_are_visited (gconstpointer format)
{
  g_autoptr (GBytes) body = write_many (50, GPOINTER_TO_UINT (format));
  g_autoptr (GBytes) half = g_bytes_new_from_bytes (body, 0, g_bytes_get_size (body) / 2);
  g_autoptr (GError) error = NULL;
  Tally seen = { 0 };

  g_assert_false (komek_wire_visit_requests (half, NULL, tally, &seen, &error));
  g_assert_error (error, KOMEK_ERROR, KOMEK_ERROR_UNREADABLE);
  g_assert_cmpuint (seen.count, >=, 20);
  g_assert_cmpuint (seen.count, <=, 25);
}

/* Lists that stand within objects are visited in the same way. */
static void
test_wrapped_lists_are_visited_too (void)
{
  static const char *const wrappers[] = { "{\"service_requests\":%s,\"page\":1}", "{\"data\":%s}",
                                          "{\"a\":{\"requests\":{\"request\":%s}}}" };
  g_autoptr (GBytes) body = write_many (50, KOMEK_WIRE_JSON);
  g_autofree char *list = g_strndup (g_bytes_get_data (body, NULL), g_bytes_get_size (body));

  for (guint i = 0; i < G_N_ELEMENTS (wrappers); i++)
    {
      g_auto (GStrv) parts = g_strsplit (wrappers[i], "%s", 2);
      g_autofree char *text = g_strconcat (parts[0], list, parts[1], NULL);
      g_autoptr (GBytes) wrapped = g_bytes_new (text, strlen (text));
      g_autoptr (GError) error = NULL;
      Tally seen = { 0 };

      g_assert_true (komek_wire_visit_requests (wrapped, NULL, tally, &seen, &error));
      g_assert_no_error (error);
      g_assert_cmpuint (seen.count, ==, 50);
    }
}

static const struct
{
  const char   *name;
  GTestDataFunc test;
} both[] = {
  { "many-requests-need-little-memory", test_many_requests_need_little_memory },
  { "a-visitor-may-stop", test_a_visitor_may_stop },
  { "whole-ones-before-a-cut-are-visited", test_whole_ones_before_a_cut_are_visited },
};

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (both); i++)
    for (guint format = KOMEK_WIRE_JSON; format <= KOMEK_WIRE_XML; format++)
      {
        g_autofree char *path = g_strdup_printf ("/wire/visit/%s/%s", both[i].name,
                                                 komek_wire_format_get_suffix (format));

        g_test_add_data_func (path, GUINT_TO_POINTER (format), both[i].test);
      }
  g_test_add_func ("/wire/visit/wrapped-lists-are-visited-too", test_wrapped_lists_are_visited_too);
  return g_test_run ();
}

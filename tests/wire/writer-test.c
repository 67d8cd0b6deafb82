/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <string.h>

#include "komek-wire-writer.h"

/* How the writer spells numbers and texts. */

static char *
write_degrees (double degrees)
{
  g_autoptr (KomekWireWriter) writer = komek_wire_writer_new (KOMEK_WIRE_JSON, 64);
  g_autoptr (GBytes) body = NULL;

  komek_wire_writer_begin_list (writer, "edges");
  komek_wire_writer_degrees (writer, "edge", degrees);
  komek_wire_writer_end (writer);
  body = komek_wire_writer_finish (writer);
  return g_strndup (g_bytes_get_data (body, NULL), g_bytes_get_size (body));
}

static void
test_angles_have_seven_places (void)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (109);

  for (guint i = 0; i < 20000; i++)
    {
      double degrees = g_rand_int_range (random, -1800000000, 1800000001) / 1e7;
      g_autofree char *written = write_degrees (degrees);
      char expected[32], digits[24];

      g_ascii_formatd (digits, sizeof digits, "%.7f", degrees);
      g_snprintf (expected, sizeof expected, "[%s]", digits);
      g_assert_cmpstr (written, ==, expected);
    }
}

static const struct
{
  double      degrees;
  const char *written;
} angles[] = {
  { 0, "[0.0000000]" },           { 0.00000006, "[0.0000001]" }, { -0.5, "[-0.5000000]" },
  { 9.99999996, "[10.0000000]" }, { 180, "[180.0000000]" },      { -180, "[-180.0000000]" },
  { 180.1, "[null]" },            { NAN, "[null]" },             { -INFINITY, "[null]" },
};

static void
test_what_is_no_angle_is_null (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (angles); i++)
    {
      g_autofree char *written = write_degrees (angles[i].degrees);

      g_assert_cmpstr (written, ==, angles[i].written);
    }
}

static void
test_what_json_cannot_hold_is_escaped (void)
{
  g_autoptr (KomekWireWriter) writer = komek_wire_writer_new (KOMEK_WIRE_JSON, 64);
  g_autoptr (GBytes) body = NULL;
  static const char expected[] = "{\"a\":\"\\\"қ\\\\\\n\\u0001\\u007fz\\\"\",\"b\":\"plain\"}";

  komek_wire_writer_begin_object (writer, "root");
  komek_wire_writer_text (writer, "a", "\"қ\\\n\x01\x7fz\"");
  komek_wire_writer_text (writer, "b", "plain");
  komek_wire_writer_end (writer);
  body = komek_wire_writer_finish (writer);
  g_assert_cmpmem (g_bytes_get_data (body, NULL), g_bytes_get_size (body), expected,
                   strlen (expected));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/wire/angles-have-seven-places", test_angles_have_seven_places);
  g_test_add_func ("/wire/what-is-no-angle-is-null", test_what_is_no_angle_is_null);
  g_test_add_func ("/wire/what-json-cannot-hold-is-escaped",
                   test_what_json_cannot_hold_is_escaped);
  return g_test_run ();
}

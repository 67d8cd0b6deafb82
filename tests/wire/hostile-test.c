/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "komek-wire-city.h"
#include "komek-wire-definition.h"
#include "komek-wire-error.h"
#include "komek-wire-filing.h"
#include "komek-wire-form.h"
#include "komek-wire-request.h"
#include "komek-wire-service.h"
#include "komek-wire-update.h"

/* Every reader, fed with answers that were damaged on the way: it reads them
 * or says why not, and nothing else happens. */

#define ROUNDS 4000

static const char *const answers[] = {
  "[{\"service_request_id\":\"211126-000-019\",\"status\":\"open\",\"service_code\":006,\"lat\":51."
  "1282,"
  "\"long\":\"71.4304\",\"description\":\"\\u04d9 \\ud83d\\ude00 <b>\",\"requested_datetime\":"
  "\"2026-11-21T14:05:02+05:00\",\"extended_attributes\":{\"detailed_status\":\"in_work\","
  "\"support_count\":3}}]",
  "{\"services\":[{\"service_code\":\"A\",\"metadata\":\"true\",\"group\":[\"x\",\"y\"],"
  "\"extended_attributes\":{\"names\":{\"kk\":\"Қ\",\"ru\":\"К\"},\"days\":7}}]}",
  "{\"service_code\":6,\"attributes\":{\"0\":{\"code\":1,\"order\":2,\"datatype\":\"text\","
  "\"values\":[{\"key\":1,\"name\":\"a\"}]}}}",
  "{\"discovery\":{\"changeset\":1,\"endpoints\":[{\"url\":\"http://a/"
  "\",\"formats\":[\"application/json\"]}],"
  "\"extended_attributes\":{\"bbox\":[50,71,52,72],\"statuses\":[{\"code\":\"new\",\"kk\":\"Ж\"}]}}"
  "}",
  "{\"service_request_updates\":[{\"update_id\":1,\"service_request_id\":7,\"updated_datetime\":"
  "\"2011-09-1 17:35\"}]}",
  "[{\"service_request_id\":293944,\"token\":null,\"service_notice\":\"x\"}]",
  "{\"errors\":[{\"code\":404,\"description\":\"not found\"}]}",
};

static const char form[] =
    "service_code=A&lat=51.1&long=71.4&attribute[x][]=1&description=%D2%9B+b%20c";

typedef gpointer (*Reader) (GBytes *body, GError **error);

static gpointer
read_requests (GBytes *body, GError **error)
{
  return komek_wire_read_requests (body, NULL, error);
}

static gpointer
read_updates (GBytes *body, GError **error)
{
  return komek_wire_read_updates (body, NULL, error);
}

static const struct
{
  Reader         read;
  GDestroyNotify free;
} readers[] = {
  { read_requests, (GDestroyNotify) g_ptr_array_unref },
  { read_updates, (GDestroyNotify) g_ptr_array_unref },
  { (Reader) komek_wire_read_services, (GDestroyNotify) g_ptr_array_unref },
  { (Reader) komek_wire_read_definition, (GDestroyNotify) g_ptr_array_unref },
  { (Reader) komek_wire_read_city, g_object_unref },
  { (Reader) komek_wire_read_endpoint, g_free },
  { (Reader) komek_wire_read_filing, (GDestroyNotify) komek_wire_filing_free },
  { (Reader) komek_wire_read_errors, g_free },
  { (Reader) komek_wire_read_form, (GDestroyNotify) komek_wire_form_free },
};

static void
feed_all (const char *data, gsize length)
{
  g_autoptr (GBytes) body = g_bytes_new (data, length);

  for (guint i = 0; i < G_N_ELEMENTS (readers); i++)
    {
      g_autoptr (GError) error = NULL;
      gpointer result = readers[i].read (body, &error);

      g_assert_true ((result == NULL) == (error != NULL));
      if (result)
        readers[i].free (result);
    }
}

/* One damage: a byte changed, a piece cut out, doubled or moved. */
static void
damage (GString *text, GRand *random)
{
  static const char signs[] = "[]{}\",:\\0-.eE\xff\x00<u8'";
  gsize place = text->len > 0 ? g_rand_int_range (random, 0, text->len) : 0;
  gsize length = text->len > 0 ? g_rand_int_range (random, 0, MIN (text->len - place, 40) + 1) : 0;
  g_autofree char *piece = g_memdup2 (text->str + place, length + 1);

  switch (g_rand_int_range (random, 0, 5))
    {
    case 0:
      if (text->len > 0)
        text->str[place] = signs[g_rand_int_range (random, 0, sizeof signs)];
      break;
    case 1:
      g_string_erase (text, place, length);
      break;
    case 2:
      g_string_insert_len (text, place, piece, length);
      break;
    case 3:
      g_string_truncate (text, place);
      break;
    default:
      g_string_insert_c (text, place, signs[g_rand_int_range (random, 0, sizeof signs)]);
    }
}

static void
test_damaged_answers_are_read_or_refused (void)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (109);

  for (guint round = 0; round < ROUNDS; round++)
    {
      const char *answer = round % 8 == 7 ? form : answers[round % 8];
      g_autoptr (GString) text = g_string_new (answer);

      for (int i = g_rand_int_range (random, 1, 6); i > 0; i--)
        damage (text, random);
      feed_all (text->str, text->len);
    }
}

static void
test_nothing_is_refused_too (void)
{
  g_autoptr (GBytes) nothing = g_bytes_new (NULL, 0);
  g_autoptr (GError) error = NULL;

  g_assert_null (komek_wire_read_services (nothing, &error));
  g_assert_nonnull (error);
}

/* Objects within objects are as deep as lists within lists. */
static void
test_depth_has_a_limit_in_every_shape (void)
{
  static const char *const shapes[] = { "[", "{\"a\":", "[{\"services\":", "{\"requests\":[" };

  for (guint i = 0; i < G_N_ELEMENTS (shapes); i++)
    {
      g_autoptr (GString) text = g_string_new (NULL);

      for (guint j = 0; j < 50000; j++)
        g_string_append (text, shapes[i]);
      feed_all (text->str, text->len);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/hostile/damaged-answers-are-read-or-refused",
                   test_damaged_answers_are_read_or_refused);
  g_test_add_func ("/hostile/nothing-is-refused-too", test_nothing_is_refused_too);
  g_test_add_func ("/hostile/depth-has-a-limit-in-every-shape",
                   test_depth_has_a_limit_in_every_shape);
  return g_test_run ();
}

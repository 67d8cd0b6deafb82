/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "komek-error.h"
#include "komek-wire-city.h"
#include "komek-wire-comment.h"
#include "komek-wire-definition.h"
#include "komek-wire-error.h"
#include "komek-wire-filing.h"
#include "komek-wire-form.h"
#include "komek-wire-media.h"
#include "komek-wire-request.h"
#include "komek-wire-service.h"
#include "komek-wire-token.h"
#include "komek-wire-update-form.h"
#include "komek-wire-update.h"
#include "komek-wire-votes.h"

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
  "<?xml version=\"1.0\" encoding=\"utf-8\"?><service_requests type=\"array\"><request>"
  "<service-request-id>7</service-request-id><status>open</status><description>\u04d9 &amp; &#16; "
  "<![CDATA[<b>]]></description><media_url>http://a/1</media_url><media_url>http://a/2</media_url>"
  "<lat nil=\"true\"/><long>71.4</long><extended_attributes><support_count>3</support_count>"
  "</extended_attributes></request><request><service_request_id>8</service_request_id></request>"
  "</service_requests>",
  "<services><service><service_code>A</service_code><keywords><keyword>a</keyword></keywords>"
  "</service></services>",
  "<service_definition><attribute><code>1</code><value><key>1</key></value></attribute>"
  "</service_definition>",
  "<discovery><!-- x --><changeset>1</changeset><endpoints><endpoint><url>http://a</url><formats>"
  "<format>text/xml</format></formats></endpoint></endpoints><profile><abilities><ability>votes"
  "</ability></abilities></profile></discovery>",
  "<service_request_updates><request_update><update_id>1</update_id><service_request_id>7"
  "</service_request_id></request_update></service_request_updates>",
  "<errors><error><code>404</code><description>not found</description></error></errors>",
  "[{\"token\":\"t\",\"service_request_id\":null}]",
  "[{\"media_id\":1,\"media_url\":\"http://a/1\",\"votes\":3}]",
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

static gpointer
read_update_form (GBytes *body, GError **error)
{
  return komek_wire_read_update_form (body, NULL, error);
}

static gpointer
read_votes (GBytes *body, GError **error)
{
  guint votes;

  return komek_wire_read_votes (body, &votes, error) ? g_strdup ("") : NULL;
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
  { (Reader) komek_wire_read_endpoints, (GDestroyNotify) g_ptr_array_unref },
  { (Reader) komek_wire_read_token, (GDestroyNotify) komek_wire_token_free },
  { (Reader) komek_wire_read_comment, (GDestroyNotify) komek_wire_comment_free },
  { (Reader) komek_wire_read_media, (GDestroyNotify) komek_wire_media_free },
  { read_votes, g_free },
  { read_update_form, (GDestroyNotify) komek_wire_update_form_free },
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
      guint which = round % (G_N_ELEMENTS (answers) + 1);
      const char *answer = which == G_N_ELEMENTS (answers) ? form : answers[which];
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
  static const char *const shapes[] = { "[", "{\"a\":", "[{\"services\":", "{\"requests\":[",
                                        "<a>", "<requests><request>" };

  for (guint i = 0; i < G_N_ELEMENTS (shapes); i++)
    {
      g_autoptr (GString) text = g_string_new (NULL);

      for (guint j = 0; j < 50000; j++)
        g_string_append (text, shapes[i]);
      feed_all (text->str, text->len);
    }
}

static gboolean
is_form (Reader read)
{
  return read == (Reader) komek_wire_read_form || read == read_update_form;
}

/* No answer that broke off anywhere is taken for a whole one. */
static void
test_an_answer_that_breaks_off_is_none (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (answers); i++)
    for (gsize length = 0; length < strlen (answers[i]); length++)
      {
        g_autoptr (GBytes) body = g_bytes_new (answers[i], length);

        for (guint j = 0; j < G_N_ELEMENTS (readers); j++)
          {
            g_autoptr (GError) error = NULL;

            if (is_form (readers[j].read))
              continue;
            g_assert_null (readers[j].read (body, &error));
            g_assert_error (error, KOMEK_ERROR, KOMEK_ERROR_UNREADABLE);
          }
      }
}

/* What must not be: each would otherwise be long, large or look elsewhere. */
static const struct
{
  const char *name;
  const char *before, *repeated, *after;
  guint       times;
} bombs[] = {
  { "entities",
    "<!DOCTYPE a [<!ENTITY b \"ha\"><!ENTITY c \"&b;&b;\">]><requests><request>"
    "<service_request_id>", "&c;", "</service_request_id></request></requests>", 1 },
  { "a-file",
    "<!DOCTYPE a [<!ENTITY b SYSTEM \"file:///etc/passwd\">]><requests><request>"
    "<service_request_id>", "&b;", "</service_request_id></request></requests>", 1 },
  { "a-document-type-after-a-comment",
    "<!-- > --><!DOCTYPE a SYSTEM \"http://127.0.0.1:1/a.dtd\"><requests/>", "", "", 0 },
  { "an-unknown-entity", "<requests><request><service_request_id>", "&b;",
    "</service_request_id></request></requests>", 1 },
  { "attributes", "<requests", " a=\"b\"", "/>", 50000 },
  { "a-tag-without-an-end", "<requests a=\"", "bbbb", "", 1000000 },
  { "a-long-name", "<", "requests", "/>", 1000000 },
  { "pieces-of-json", "[{\"service_request_id\":\"7\",\"a\":[", "[],", "]}]", 3000000 },
  { "pieces-of-xml", "<requests><request><service_request_id>7</service_request_id>", "<a/>",
    "</request></requests>", 2000000 },
  { "fields", "<requests><request><service_request_id>7</service_request_id>", NULL,
    "</request></requests>", 5000 },
};

static void
test_bombs (gconstpointer row)
{
  gsize i = GPOINTER_TO_SIZE (row);
  g_autoptr (GString) text = g_string_new (bombs[i].before);
  g_autoptr (GBytes) body = NULL;
  g_autoptr (GError) error = NULL;
  gint64 start = g_get_monotonic_time ();

  for (guint j = 0; j < bombs[i].times; j++)
    if (bombs[i].repeated)
      g_string_append (text, bombs[i].repeated);
    else
      g_string_append_printf (text, "<f%u/>", j);
  g_string_append (text, bombs[i].after);
  body = g_bytes_new (text->str, text->len);
  g_assert_null (komek_wire_read_requests (body, NULL, &error));
  g_assert_error (error, KOMEK_ERROR, KOMEK_ERROR_UNREADABLE);
  g_assert_cmpint (g_get_monotonic_time () - start, <, 2 * G_USEC_PER_SEC);
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
  g_test_add_func ("/hostile/an-answer-that-breaks-off-is-none",
                   test_an_answer_that_breaks_off_is_none);
  for (gsize i = 0; i < G_N_ELEMENTS (bombs); i++)
    {
      g_autofree char *path = g_strdup_printf ("/hostile/bombs/%s", bombs[i].name);

      g_test_add_data_func (path, GSIZE_TO_POINTER (i), test_bombs);
    }
  return g_test_run ();
}

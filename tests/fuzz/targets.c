/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "targets.h"

#include <string.h>

#include "komek-wire-city.h"
#include "komek-wire-comment.h"
#include "komek-wire-definition.h"
#include "komek-wire-error.h"
#include "komek-wire-filing.h"
#include "komek-wire-form.h"
#include "komek-wire-media.h"
#include "komek-wire-request.h"
#include "komek-wire-service.h"
#include "komek-wire-time.h"
#include "komek-wire-token.h"
#include "komek-wire-update-form.h"
#include "komek-wire-update.h"
#include "komek-wire-votes.h"

/* Each reads or says why not. What it read can be written in both formats and
 * comes back: a reader of foreign bytes must not make what its own writer cannot carry. */

static const KomekWireFormat formats[] = { KOMEK_WIRE_JSON, KOMEK_WIRE_XML };

static void
assert_said (gconstpointer result, GError *error)
{
  g_assert_true ((result == NULL) == (error != NULL));
}

/* XML has no way to write some letters, and takes the space around an id for space. */
static void
assert_same (const char *read, const char *again, KomekWireFormat format)
{
  g_assert_true (g_utf8_validate (read, -1, NULL));
  if (format == KOMEK_WIRE_JSON)
    g_assert_cmpstr (read, ==, again);
}

static void
rewrite_requests (GPtrArray *requests, KomekWireFormat format)
{
  g_autoptr (GTimeZone) zone = g_time_zone_new_utc ();
  g_autoptr (GBytes) body = komek_wire_write_requests (requests, zone, TRUE, format);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) again = komek_wire_read_requests (body, zone, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (again->len, ==, requests->len);
  for (guint i = 0; i < requests->len; i++)
    {
      const KomekRequestFields *a = komek_request_peek (requests->pdata[i]);
      const KomekRequestFields *b = komek_request_peek (again->pdata[i]);

      assert_same (a->number, b->number, format);
      g_assert_cmpint (a->withdrawn, ==, b->withdrawn);
      g_assert_cmpint (a->requested, ==, b->requested);
      if (a->withdrawn)
        continue;
      assert_same (a->text, b->text, format);
      assert_same (a->service, b->service, format);
      g_assert_cmpint (komek_place_has_point (a->place), ==, komek_place_has_point (b->place));
      g_assert_cmpuint (a->media ? g_strv_length ((char **) a->media) : 0, ==,
                        b->media ? g_strv_length ((char **) b->media) : 0);
    }
}

static void
run_requests (GBytes *body)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) requests = komek_wire_read_requests (body, NULL, &error);

  assert_said (requests, error);
  for (guint i = 0; requests && i < G_N_ELEMENTS (formats); i++)
    rewrite_requests (requests, formats[i]);
}

static void
run_updates (GBytes *body)
{
  g_autoptr (GTimeZone) zone = g_time_zone_new_utc ();
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) updates = komek_wire_read_updates (body, NULL, &error);

  assert_said (updates, error);
  for (guint i = 0; updates && i < G_N_ELEMENTS (formats); i++)
    {
      g_autoptr (GBytes) written = komek_wire_write_updates (updates, zone, TRUE, formats[i]);
      g_autoptr (GPtrArray) again = komek_wire_read_updates (written, zone, NULL);

      g_assert_nonnull (again);
      if (formats[i] == KOMEK_WIRE_JSON)
        g_assert_cmpuint (again->len, ==, updates->len);
    }
}

static void
run_services (GBytes *body)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) services = komek_wire_read_services (body, &error);

  assert_said (services, error);
  for (guint i = 0; services && i < G_N_ELEMENTS (formats); i++)
    {
      g_autoptr (GBytes) written =
        komek_wire_write_services (services, KOMEK_LANGUAGE_RUSSIAN, TRUE, FALSE, formats[i]);
      g_autoptr (GPtrArray) again = komek_wire_read_services (written, NULL);

      g_assert_nonnull (again);
      g_assert_cmpuint (again->len, ==, services->len);
      for (guint j = 0; j < again->len; j++)
        assert_same (komek_service_get_code (services->pdata[j]),
                     komek_service_get_code (again->pdata[j]), formats[i]);
    }
}

static void
run_definition (GBytes *body)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) attributes = komek_wire_read_definition (body, &error);

  assert_said (attributes, error);
  for (guint i = 0; attributes && i < G_N_ELEMENTS (formats); i++)
    {
      g_autoptr (GBytes) written = komek_wire_write_definition (
        "A", attributes, KOMEK_LANGUAGE_KAZAKH, TRUE, formats[i]);
      g_autoptr (GPtrArray) again = komek_wire_read_definition (written, NULL);

      g_assert_nonnull (again);
      g_assert_cmpuint (again->len, ==, attributes->len);
    }
}

static void
run_discovery (GBytes *body)
{
  g_autoptr (GError) error = NULL, reason = NULL;
  g_autoptr (KomekCity) city = komek_wire_read_city (body, &error);
  g_autoptr (GPtrArray) endpoints = komek_wire_read_endpoints (body, &reason);

  assert_said (city, error);
  assert_said (endpoints, reason);
  for (guint i = 0; city && endpoints && i < G_N_ELEMENTS (formats); i++)
    {
      g_autoptr (GBytes) written = komek_wire_write_city (city, endpoints, "c", "k", formats[i]);
      g_autoptr (KomekCity) again = komek_wire_read_city (written, NULL);

      g_assert_nonnull (again);
      g_assert_cmpint (komek_city_peek (again)->abilities, ==, komek_city_peek (city)->abilities);
    }
}

static void
run_filing (GBytes *body)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (KomekWireFiling) filing = komek_wire_read_filing (body, &error);

  assert_said (filing, error);
  g_assert_true (!filing || (filing->number != NULL) != (filing->token != NULL));
  for (guint i = 0; filing && i < G_N_ELEMENTS (formats); i++)
    {
      g_autoptr (GBytes) written = komek_wire_write_filing (filing, formats[i]);
      g_autoptr (KomekWireFiling) again = komek_wire_read_filing (written, NULL);

      g_assert_nonnull (again);
      if (formats[i] == KOMEK_WIRE_JSON)
        g_assert_cmpstr (again->number, ==, filing->number);
    }
}

static void
run_token (GBytes *body)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (KomekWireToken) token = komek_wire_read_token (body, &error);

  assert_said (token, error);
  g_assert_true (!token || token->number || token->token);
}

static void
run_comment (GBytes *body)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (KomekWireComment) comment = komek_wire_read_comment (body, &error);

  assert_said (comment, error);
}

static void
run_media (GBytes *body)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (KomekWireMedia) media = komek_wire_read_media (body, &error);

  assert_said (media, error);
}

static void
run_votes (GBytes *body)
{
  g_autoptr (GError) error = NULL;
  guint votes;

  g_assert_true (komek_wire_read_votes (body, &votes, &error) == (error == NULL));
}

static void
run_errors (GBytes *body)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *words = komek_wire_read_errors (body, &error);

  assert_said (words, error);
  g_assert_true (!words || (*words != '\0' && g_utf8_validate (words, -1, NULL)));
}

static void
run_form (GBytes *body)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (KomekWireForm) form = komek_wire_read_form (body, &error);
  g_autoptr (KomekWireForm) again = NULL;
  g_autoptr (GBytes) written = NULL;
  char *text;

  assert_said (form, error);
  if (!form)
    return;
  text = komek_wire_form_write (form);
  written = g_bytes_new_take (text, strlen (text));
  again = komek_wire_read_form (written, NULL);
  g_assert_nonnull (again);
  g_assert_cmpstr (again->text, ==, form->text);
  g_assert_cmpstr (again->key, ==, form->key);
  g_assert_cmpuint (again->media->len, ==, form->media->len);
  g_assert_cmpuint (again->attributes->len, ==, form->attributes->len);
}

static void
run_update_form (GBytes *body)
{
  g_autoptr (GTimeZone) zone = g_time_zone_new_utc ();
  g_autoptr (GError) error = NULL;
  g_autoptr (KomekWireUpdateForm) form = komek_wire_read_update_form (body, NULL, &error);
  g_autoptr (KomekWireUpdateForm) again = NULL;
  g_autoptr (GBytes) written = NULL;
  char *text;

  assert_said (form, error);
  if (!form)
    return;
  text = komek_wire_update_form_write (form, zone);
  written = g_bytes_new_take (text, strlen (text));
  again = komek_wire_read_update_form (written, NULL, NULL);
  g_assert_nonnull (again);
  g_assert_cmpstr (again->text, ==, form->text);
  g_assert_cmpint (again->time, ==, form->time);
  g_assert_cmpint (again->has_status, ==, form->has_status);
}

static void
run_time (GBytes *body)
{
  gsize length;
  const char *data = g_bytes_get_data (body, &length);
  g_autofree char *text = g_strndup (data ? data : "", length);
  g_autoptr (GTimeZone) zone = g_time_zone_new_offset (5 * 3600);
  gint64 time = komek_wire_read_time (text, zone);
  g_autofree char *written = komek_wire_write_time (time, zone);

  g_assert_true (time == 0 || komek_wire_read_time (written, NULL) == time);
}

static const KomekFuzzTarget targets[] = {
  { "requests", "answers", run_requests },     { "updates", "answers", run_updates },
  { "services", "answers", run_services },     { "definition", "answers", run_definition },
  { "discovery", "answers", run_discovery },   { "filing", "answers", run_filing },
  { "token", "answers", run_token },           { "comment", "answers", run_comment },
  { "media", "answers", run_media },           { "votes", "answers", run_votes },
  { "errors", "answers", run_errors },         { "form", "forms", run_form },
  { "update-form", "forms", run_update_form }, { "time", "times", run_time },
  { "snapshot", "snapshots", komek_fuzz_snapshot },
  { "plan", "plans", komek_fuzz_plan },
  { "metadata", "metadata", komek_fuzz_metadata },
  { "pack", "packs", komek_fuzz_pack },
  { "vector", "vectors", komek_fuzz_vector },
  { "address", "addresses", komek_fuzz_address },
};

/**
 * komek_fuzz_get:
 *
 * Returns: (transfer none) (nullable): one target after the other, %NULL behind the last
 */
const KomekFuzzTarget *
komek_fuzz_get (guint position)
{
  return position < G_N_ELEMENTS (targets) ? &targets[position] : NULL;
}

/**
 * komek_fuzz_find:
 *
 * Returns: (transfer none) (nullable): the target of that name
 */
const KomekFuzzTarget *
komek_fuzz_find (const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (targets); i++)
    if (g_str_equal (targets[i].name, name))
      return &targets[i];
  return NULL;
}

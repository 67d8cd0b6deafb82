/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "komek-wire-form.h"
#include "komek-wire-update-form.h"

/* What is filed in a form is read as it was, whatever it was. */

#define NOW 1795269902 /* 2026-11-21 14:05:02 in UTC, 19:05:02 in Astana */

/* All that is special in a form, and a space at both ends. */
#define TEXT " \"Шұңқыр\" <b>терең</b> & ]]> &amp; \\ \t 'ә'\r\n✓ 🚧 "

static const char *const media[] = { "https://city.example/1.jpg", "https://city.example/2?a=1&b=2",
                                     NULL };

static GPtrArray *
strings (const char *const *texts)
{
  GPtrArray *array = g_ptr_array_new_with_free_func (g_free);

  for (; *texts; texts++)
    g_ptr_array_add (array, g_strdup (*texts));
  return array;
}

static void
test_every_field_of_a_form_arrives (void)
{
  static const char *const answers[] = { "colour[]", "қызыл", "colour[]", "blue & green", "floor",
                                         "3", NULL };
  g_autoptr (KomekPlace) place = komek_place_new (51.1282, 71.4304, "Абай, 18", NULL);
  g_autoptr (GPtrArray) attributes = strings (answers);
  g_autoptr (GPtrArray) pictures = strings (media);
  KomekWireForm written = {
    .service = (char *) "A", .place = place, .address_id = (char *) "a1", .text = (char *) TEXT,
    .key = (char *) "k", .local = (char *) "0123", .device = (char *) "d",
    .account = (char *) "acc",
    .sealed_contact = (char *) "AAA+/==", .first_name = (char *) "Әлия", .last_name = (char *) "Б",
    .email = (char *) "a@b.kz", .phone = (char *) "+7 700", .api_key = (char *) "key",
    .jurisdiction = (char *) "astana", .language = (char *) "kk", .media = pictures,
    .attributes = attributes,
  };
  g_autofree char *form = komek_wire_form_write (&written);
  g_autoptr (GBytes) body = g_bytes_new (form, strlen (form));
  g_autoptr (KomekWireForm) read = komek_wire_read_form (body, NULL);

  g_assert_nonnull (strstr (form, "attribute[colour][]=blue%20%26%20green&attribute[floor]=3"));
  g_assert_cmpstr (read->service, ==, "A");
  g_assert_cmpstr (read->address_id, ==, "a1");
  g_assert_cmpstr (read->text, ==, TEXT);
  g_assert_cmpstr (read->key, ==, "k");
  g_assert_cmpstr (read->local, ==, "0123");
  g_assert_cmpstr (read->device, ==, "d");
  g_assert_cmpstr (read->account, ==, "acc");
  g_assert_cmpstr (read->sealed_contact, ==, "AAA+/==");
  g_assert_cmpstr (read->first_name, ==, "Әлия");
  g_assert_cmpstr (read->last_name, ==, "Б");
  g_assert_cmpstr (read->email, ==, "a@b.kz");
  g_assert_cmpstr (read->phone, ==, "+7 700");
  g_assert_cmpstr (read->api_key, ==, "key");
  g_assert_cmpstr (read->jurisdiction, ==, "astana");
  g_assert_cmpstr (read->language, ==, "kk");
  g_assert_cmpuint (read->media->len, ==, 2);
  g_assert_cmpuint (read->attributes->len, ==, 6);
  g_assert_cmpstr (read->attributes->pdata[3], ==, "blue & green");
}

static void
test_every_field_of_a_comment_arrives (void)
{
  g_autoptr (GTimeZone) zone = g_time_zone_new_offset (5 * 3600);
  g_autoptr (GPtrArray) pictures = strings (media);
  KomekWireUpdateForm written = {
    .number = (char *) "211126-000-014", .id = (char *) "u1", .has_status = TRUE,
    .status = KOMEK_STATUS_REOPENED, .time = NOW, .text = (char *) TEXT, .service = (char *) "B",
    .device = (char *) "d", .sealed_contact = (char *) "AAA+", .email = (char *) "a@b.kz",
    .api_key = (char *) "key", .anonymous = TRUE, .media = pictures,
  };
  g_autofree char *form = komek_wire_update_form_write (&written, zone);
  g_autoptr (GBytes) body = g_bytes_new (form, strlen (form));
  g_autoptr (KomekWireUpdateForm) read = komek_wire_read_update_form (body, NULL, NULL);

  g_assert_nonnull (strstr (form, "status=REOPENED"));
  g_assert_cmpstr (read->number, ==, "211126-000-014");
  g_assert_cmpstr (read->id, ==, "u1");
  g_assert_true (read->has_status);
  g_assert_cmpint (read->status, ==, KOMEK_STATUS_REOPENED);
  g_assert_cmpint (read->time, ==, NOW);
  g_assert_cmpstr (read->text, ==, TEXT);
  g_assert_cmpstr (read->service, ==, "B");
  g_assert_cmpstr (read->email, ==, "a@b.kz");
  g_assert_cmpstr (read->api_key, ==, "key");
  g_assert_true (read->anonymous);
  g_assert_cmpuint (read->media->len, ==, 2);
}

static void
test_an_unchanged_status_is_none (void)
{
  g_autoptr (GBytes) body = g_bytes_new_static ("service_request_id=7&status=UNCHANGED", 37);
  g_autoptr (KomekWireUpdateForm) form = komek_wire_read_update_form (body, NULL, NULL);

  g_assert_false (form->has_status);
  g_assert_cmpstr (form->number, ==, "7");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/wire/every-field-of-a-form-arrives", test_every_field_of_a_form_arrives);
  g_test_add_func ("/wire/every-field-of-a-comment-arrives", test_every_field_of_a_comment_arrives);
  g_test_add_func ("/wire/an-unchanged-status-is-none", test_an_unchanged_status_is_none);
  return g_test_run ();
}

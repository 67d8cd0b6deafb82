/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-seal.h"
#include "post.h"
#include "safe-city.h"

/* To whom what a citizen wrote goes, and in which form. */

/* The certificate of somebody else, one that is over, one of nobody that we know: the citizen's
 * words go to none of them, and to the city once it is itself again. */
typedef struct
{
  const char *name, *certificate;
  gboolean    trusted;
  KomekCause  cause;
} Stranger;

static const Stranger strangers[] = {
  { "wrong-name", "stranger.pem", TRUE, KOMEK_CAUSE_STRANGER },
  { "expired", "expired.pem", TRUE, KOMEK_CAUSE_CLOCK },
  { "not-valid-yet", "early.pem", TRUE, KOMEK_CAUSE_CLOCK },
  { "unknown-authority", "good.pem", FALSE, KOMEK_CAUSE_UNTRUSTED },
};

static void
connect_safely (Post *post, SafeCity *city, gboolean trusting)
{
  const KomekExchangeLimits limits = { .total = 2000, .connect = 1000 };
  g_autoptr (SoupSession) session = safe_city_make_session (trusting);
  g_autoptr (KomekGeoReport) client = komek_geo_report_new_full (city->url, session, &limits);

  komek_delivery_connect (post->delivery, client);
}

static void
wait_for_problem (Post *post, gboolean there)
{
  g_autoptr (GError) problem = komek_outbox_dup_problem (post->outbox);

  while ((problem != NULL) != there)
    {
      g_main_context_iteration (NULL, TRUE);
      g_clear_error (&problem);
      problem = komek_outbox_dup_problem (post->outbox);
    }
}

static void
test_nothing_goes_to_a_stranger (Post *post, gconstpointer data)
{
  const Stranger *stranger = data;
  SafeCity *city = safe_city_new (stranger->certificate);
  g_autoptr (KomekReceipt) receipt = submit (post, "Аулада шұңқыр бар");
  g_autoptr (GError) problem = NULL;

  connect_safely (post, city, stranger->trusted);
  wait_for_problem (post, TRUE);
  problem = komek_outbox_dup_problem (post->outbox);
  g_assert_cmpint (komek_error_get_cause (problem), ==, stranger->cause);
  let_pass (100);
  g_assert_cmpuint (city->filed, ==, 0);
  g_assert_cmpint (komek_receipt_get_state (receipt), ==, KOMEK_RECEIPT_WAITING);
  safe_city_change (city, "good.pem");
  if (!stranger->trusted)
    connect_safely (post, city, TRUE);
  wait_for (receipt, KOMEK_RECEIPT_DELIVERED);
  wait_for_problem (post, FALSE);
  g_assert_cmpuint (city->filed, ==, 1);
  safe_city_free (city);
}

/* While the queue is being sent: it pauses and says so, and goes on by itself. */
static void
test_a_city_may_turn_into_a_stranger (Post *post, gconstpointer data)
{
  const Stranger *stranger = data;
  SafeCity *city = safe_city_new ("good.pem");
  g_autoptr (KomekReceipt) first = submit (post, "Бірінші");
  g_autoptr (KomekReceipt) second = NULL;

  connect_safely (post, city, TRUE);
  wait_for (first, KOMEK_RECEIPT_DELIVERED);
  safe_city_change (city, stranger->certificate);
  second = submit (post, "Екінші");
  wait_for_problem (post, TRUE);
  assert_waiting (post, 1, 0);
  g_assert_cmpuint (city->filed, ==, 1);
  safe_city_change (city, "good.pem");
  wait_for (second, KOMEK_RECEIPT_DELIVERED);
  wait_for_problem (post, FALSE);
  g_assert_cmpuint (city->filed, ==, 2);
  safe_city_free (city);
}

static void
put_card (Post *post, const char *seal_key)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (KomekLabel) name = komek_label_new ("Қала", NULL, NULL);
  g_autoptr (KomekCity) card = komek_city_new (&(KomekCityFields) { .id = "city-1", .name = name,
                                                                    .seal_key = seal_key });
  g_autoptr (GPtrArray) none = g_ptr_array_new ();

  komek_mirror_put_city_async (post->mirror, card, none, NULL, on_awaited, &result);
  g_assert_true (komek_mirror_write_finish (post->mirror, await (&result), NULL));
}

static char *
file_draft (Post *post, KomekDraft *draft, const char *name)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (KomekReceipt) receipt = NULL;
  const char *form = NULL;

  komek_outbox_submit_async (post->outbox, draft, NULL, on_awaited, &result);
  receipt = komek_outbox_submit_finish (post->outbox, await (&result), NULL);
  connect_city (post);
  wait_for (receipt, KOMEK_RECEIPT_DELIVERED);
  for (guint i = 0; i < post->city->log->len; i++)
    if (g_str_has_prefix (post->city->log->pdata[i], "POST requests"))
      form = post->city->bodies->pdata[i];
  return find_field (form, name);
}

static char *
file_with_contact (Post *post, const char *name)
{
  g_autoptr (KomekDraft) draft = make_draft ("Аулада шұңқыр бар");
  g_autoptr (KomekContact) contact = komek_contact_new ("Әсел", PHONE, NULL);

  komek_draft_set_contact (draft, contact);
  return file_draft (post, draft, name);
}

/* Though only one of it was chosen. */
static void
test_a_list_goes_as_a_list (Post *post, gconstpointer unused)
{
  g_autoptr (KomekDraft) draft = make_draft ("Аулада шұңқыр бар");
  g_autoptr (KomekLabel) label = komek_label_new ("Кімді көрдіңіз?", NULL, NULL);
  g_autoptr (KomekAttribute) attribute =
    komek_attribute_new ("kind", KOMEK_ATTRIBUTE_MULTI_VALUE_LIST, TRUE, TRUE, label);
  g_autoptr (GPtrArray) attributes = g_ptr_array_new ();
  g_autofree char *value = NULL;

  komek_attribute_add_value (attribute, "rats", label);
  g_ptr_array_add (attributes, attribute);
  komek_draft_set_attributes (draft, attributes);
  komek_draft_set_answer (draft, "kind", (const char *[]) { "rats", NULL });
  value = file_draft (post, draft, "attribute[kind][]");
  g_assert_cmpstr (value, ==, "rats");
}

static void
test_a_contact_is_sealed_where_the_city_has_a_key (Post *post, gconstpointer unused)
{
  g_autofree char *public_key = NULL;
  g_autofree char *secret_key = NULL;
  g_autofree char *sealed = NULL;
  g_autofree char *contact = NULL;

  g_assert_true (komek_seal_make_pair (&public_key, &secret_key, NULL));
  put_card (post, public_key);
  sealed = file_with_contact (post, "sealed_contact");
  contact = komek_seal_open (sealed, secret_key, NULL);
  g_assert_cmpstr (contact, ==, "name=%D3%98%D1%81%D0%B5%D0%BB&phone=%2B77010000000");
}

static void
test_a_contact_goes_in_fields_where_it_has_none (Post *post, gconstpointer unused)
{
  g_autofree char *phone = file_with_contact (post, "phone");

  g_assert_cmpstr (phone, ==, PHONE);
}

static void
add_strangers (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (strangers); i++)
    {
      g_autofree char *from_the_start =
        g_strdup_printf ("/delivery/nothing-goes-to-a-stranger/%s", strangers[i].name);
      g_autofree char *later =
        g_strdup_printf ("/delivery/a-city-may-turn-into-a-stranger/%s", strangers[i].name);

      g_test_add (from_the_start, Post, &strangers[i], set_up, test_nothing_goes_to_a_stranger,
                  tear_down);
      if (strangers[i].trusted)
        g_test_add (later, Post, &strangers[i], set_up, test_a_city_may_turn_into_a_stranger,
                    tear_down);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  add_strangers ();
  ADD ("a-list-goes-as-a-list", test_a_list_goes_as_a_list);
  ADD ("a-contact-is-sealed-where-the-city-has-a-key",
       test_a_contact_is_sealed_where_the_city_has_a_key);
  ADD ("a-contact-goes-in-fields-where-it-has-none",
       test_a_contact_goes_in_fields_where_it_has_none);
  return g_test_run ();
}

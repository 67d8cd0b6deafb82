/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "post.h"

#include "komek-device-vault.h"

const KomekDeliveryTimes hasty = {
  .backoff_base = 20,
  .backoff_cap = 60,
  .heartbeat = 60,
  .guard = 20,
  .outstanding = 10,
  .look = 50,
};

char *
in_folder (Post *post, const char *name)
{
  return g_build_filename (post->folder, name, NULL);
}

void
open_outbox (Post *post)
{
  g_autofree char *path = in_folder (post, "outbox.db");
  g_autofree char *mirror = in_folder (post, "mirror.db");
  const KomekOutboxLimits limits = { .least_free = 1 };

  post->mirror = komek_mirror_new (mirror);
  post->store = komek_outbox_store_new (path, post->vault, &limits);
  post->delivery = komek_delivery_new (post->store, post->vault, post->mirror, post->clock, &hasty);
  post->outbox = KOMEK_OUTBOX (post->delivery);
}

/* What is on its way keeps them until it has ended. */
void
close_outbox (Post *post)
{
  gpointer left[] = { post->delivery, post->store, post->mirror };

  g_object_run_dispose (left[0]);
  for (guint i = 0; i < G_N_ELEMENTS (left); i++)
    {
      g_object_add_weak_pointer (left[i], &left[i]);
      g_object_unref (left[i]);
    }
  while (left[0] || left[1] || left[2])
    g_main_context_iteration (NULL, TRUE);
}

void
connect_city (Post *post)
{
  const KomekExchangeLimits limits = { .token_first = 10, .token_total = 15 };
  g_autoptr (KomekGeoReport) client = komek_geo_report_new_full (post->city->url, NULL, &limits);

  komek_delivery_connect (post->delivery, client);
}

void
set_up (Post *post, gconstpointer unused)
{
  g_autofree char *key = NULL;

  post->folder = g_dir_make_tmp ("komek-delivery-XXXXXX", NULL);
  post->city = fake_city_new ("city-1", "1");
  fake_city_announce (post->city, ~0);
  post->clock = komek_clock_new_fixed (NOW);
  key = in_folder (post, "outbox.key");
  post->vault = komek_device_vault_new (key, NULL);
  open_outbox (post);
}

void
tear_down (Post *post, gconstpointer unused)
{
  const char *argv[] = { "rm", "-rf", post->folder, NULL };

  close_outbox (post);
  g_assert_true (g_spawn_sync (NULL, (char **) argv, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, NULL,
                               NULL, NULL, NULL));
  g_object_unref (post->vault);
  g_object_unref (post->clock);
  g_free (post->folder);
  fake_city_free (post->city);
}

/* A city that takes the same key twice for two requests, and says so. */
void
forget_keys (Post *post)
{
  post->city->abilities &= ~KOMEK_ABILITY_IDEMPOTENCY;
  fake_city_announce (post->city, post->city->abilities);
}

KomekDraft *
make_draft (const char *text)
{
  KomekDraft *draft = komek_draft_new ();
  g_autoptr (KomekLabel) name = komek_label_new ("Шұңқыр", "Яма", "Pothole");
  g_autoptr (KomekPlace) place = komek_place_new (51.1281743, 71.4304619, "Абай даңғылы, 5", NULL);
  g_autoptr (KomekService) service = komek_service_new (&(KomekServiceFields) {
    .code = "ROA.pothole", .name = name, .needs_place = TRUE });

  komek_draft_set_service (draft, service);
  komek_draft_set_place (draft, place);
  komek_draft_set_landmark (draft, "дүкен жанында");
  komek_draft_set_text (draft, text);
  return draft;
}

KomekReceipt *
submit (Post *post, const char *text)
{
  g_autoptr (KomekDraft) draft = make_draft (text);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  KomekReceipt *receipt;

  komek_outbox_submit_async (post->outbox, draft, NULL, on_awaited, &result);
  receipt = komek_outbox_submit_finish (post->outbox, await (&result), &error);
  g_assert_no_error (error);
  return receipt;
}

void
wait_for (KomekReceipt *receipt, KomekReceiptState state)
{
  while (komek_receipt_get_state (receipt) != state)
    g_main_context_iteration (NULL, TRUE);
}

void
wait_for_posts (Post *post, guint posts)
{
  while (fake_city_count (post->city, "POST requests") < posts)
    g_main_context_iteration (NULL, TRUE);
}

void
assert_waiting (Post *post, guint waiting, guint parked)
{
  while (komek_outbox_get_waiting (post->outbox) != waiting
         || komek_outbox_get_parked (post->outbox) != parked)
    g_main_context_iteration (NULL, TRUE);
}

void
say_no_more (Post *post)
{
  fake_city_say (post->city, "POST requests.json", 0, NULL, NULL, FAKE_CITY_ANSWERS);
  fake_city_say (post->city, "POST requests.xml", 0, NULL, NULL, FAKE_CITY_ANSWERS);
}

void
release (Post *post, const char *key)
{
  g_autoptr (GAsyncResult) result = NULL;

  komek_outbox_release_async (post->outbox, key, NULL, on_awaited, &result);
  g_assert_true (komek_outbox_release_finish (post->outbox, await (&result), NULL));
}

char *
find_field (const char *form, const char *name)
{
  g_autoptr (GHashTable) fields = g_uri_parse_params (form, -1, "&", G_URI_PARAMS_WWW_FORM, NULL);

  return g_strdup (g_hash_table_lookup (fields, name));
}

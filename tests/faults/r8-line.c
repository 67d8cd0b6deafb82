/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "await.h"
#include "fake-city.h"
#include "folder.h"
#include "komek-delivery.h"
#include "komek-device-vault.h"
#include "proxy.h"

/* R8: whatever the line does to a filing and to the answer to it, the outbox
 * that is shipped brings it to the city that is shipped, where there is one
 * record of it in the end, and no try takes longer than it may. What is filed
 * goes through the queue as a citizen's does: kept, sealed, sent, sent again. What
 * TLS finds wrong with a city is in tests/sync/delivery-trust-test.c: it has no
 * bytes to cut. The line is cut at every byte of the question and of the answer, by a
 * close and by a reset; it drips, ends half, swallows what it is given, and a
 * gate before the network answers in the place of the city.
 *
 * Short, each seventh byte is cut, by a close; with KOMEK_FAULTS_LONG=1 each
 * byte, by a close and by a reset.
 *
 * Times are a hundredth of the usual: a drip of a byte in 10 ms stands for one
 * of a byte a second, 300 ms for the 30 s that an answer may take. */

#define TOTAL 300
#define GRACE 1000
#define DRIP 10
#define STEP 7
#define MOST_TRIES 50
#define PAGE 500

/* A hundredth of the usual. */
static const KomekDeliveryTimes hasty = {
  .backoff_base = 5,
  .backoff_cap = 20,
  .heartbeat = 50,
  .guard = 20,
  .outstanding = 5,
  .look = 20,
};

/* The outbox of a device. */
typedef struct
{
  char             *folder;
  KomekClock       *clock;
  KomekVault       *vault;
  KomekOutboxStore *store;
  KomekDelivery    *delivery;
  KomekOutbox      *port; /* the same */
} Device;

/* How a delivery ended, counted over all of them. */
typedef struct
{
  guint parked;
  guint acknowledged;
  guint lost;
  guint doubled;
  guint orphaned;
  guint late;
} Counts;

typedef struct
{
  char           *folder;
  GSubprocess    *city;
  guint           port;
  FaultProxy     *proxy;
  KomekGeoReport *client;  /* for photos */
  Device          device;
  GHashTable     *numbers; /* text → the number that was acknowledged */
  gboolean        staffed; /* what is parked is sent again by hand */
  Counts          counts;
} Rig;

static const char *program;
static gboolean    is_long;

/* What drips is dripping still when the next ones come, on more lines than one address may have. */
#define SETTINGS "[guard]\nconnections-per-address = 1000\n"

static void
start_city (Rig *rig)
{
  g_autofree char *path = g_build_filename (rig->folder, "city.db", NULL);
  g_autofree char *settings = g_build_filename (rig->folder, "settings.ini", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (GDataInputStream) lines = NULL;
  g_autofree char *url = NULL;
  g_autoptr (GUri) uri = NULL;

  g_assert_true (g_file_set_contents (settings, SETTINGS, -1, NULL));
  rig->city = g_subprocess_new (
    G_SUBPROCESS_FLAGS_STDIN_PIPE | G_SUBPROCESS_FLAGS_STDOUT_PIPE, &error, program, "--listen",
    "127.0.0.1:0", "--database", path, "--sample", "0", "--settings", settings,
    "--until-stdin-closes", NULL);
  g_assert_no_error (error);
  lines = g_data_input_stream_new (g_subprocess_get_stdout_pipe (rig->city));
  url = g_data_input_stream_read_line (lines, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_nonnull (url);
  uri = g_uri_parse (url, G_URI_FLAGS_NONE, NULL);
  rig->port = g_uri_get_port (uri);
}

static KomekGeoReport *
make_client (guint port, guint total)
{
  const KomekExchangeLimits limits = { .total = total, .connect = total };
  g_autofree char *url = g_strdup_printf ("http://127.0.0.1:%u/open311/v2/", port);
  KomekGeoReport *client = komek_geo_report_new_full (url, NULL, &limits);
  g_autoptr (KomekCity) card = NULL;

  while (!card)
    {
      g_autoptr (GAsyncResult) result = NULL;

      komek_geo_report_discover_async (client, NULL, on_awaited, &result);
      card = komek_geo_report_discover_finish (client, await (&result), NULL);
    }
  return client;
}

static void
open_device (Device *device, guint port, gint64 now)
{
  const KomekExchangeLimits patience = { .total = TOTAL, .connect = TOTAL };
  const KomekOutboxLimits limits = { .least_free = 1 };
  g_autofree char *url = g_strdup_printf ("http://127.0.0.1:%u/open311/v2/", port);
  g_autoptr (KomekGeoReport) client = komek_geo_report_new_full (url, NULL, &patience);
  g_autofree char *path = NULL;
  g_autofree char *key = NULL;

  device->folder = g_dir_make_tmp ("komek-r8-device-XXXXXX", NULL);
  path = g_build_filename (device->folder, "outbox.db", NULL);
  key = g_build_filename (device->folder, "outbox.key", NULL);
  device->clock = now ? komek_clock_new_fixed (now) : komek_clock_new ();
  device->vault = komek_device_vault_new (key, NULL);
  device->store = komek_outbox_store_new (path, device->vault, &limits);
  device->delivery = komek_delivery_new (device->store, device->vault, NULL, device->clock, &hasty);
  device->port = KOMEK_OUTBOX (device->delivery);
  komek_delivery_connect (device->delivery, client);
}

/* What is on its way keeps them until it has ended. */
static void
close_device (Device *device)
{
  gpointer left[] = { device->delivery, device->store };
  const char *argv[] = { "rm", "-rf", device->folder, NULL };

  g_object_run_dispose (left[0]);
  for (guint i = 0; i < G_N_ELEMENTS (left); i++)
    {
      g_object_add_weak_pointer (left[i], &left[i]);
      g_object_unref (left[i]);
    }
  while (left[0] || left[1])
    g_main_context_iteration (NULL, TRUE);
  g_object_unref (device->vault);
  g_object_unref (device->clock);
  g_assert_true (g_spawn_sync (NULL, (char **) argv, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, NULL,
                               NULL, NULL, NULL));
  g_free (device->folder);
}

static KomekDraft *
make_draft (const char *text)
{
  KomekDraft *draft = komek_draft_new ();
  g_autoptr (KomekLabel) name = komek_label_new ("Шұңқыр", NULL, NULL);
  g_autoptr (KomekPlace) place = komek_place_new (51.1281743, 71.4304619, "Абай, 5", NULL);
  g_autoptr (KomekService) service = komek_service_new (&(KomekServiceFields) {
    .code = "ROA.pothole", .name = name, .needs_place = TRUE });

  komek_draft_set_service (draft, service);
  komek_draft_set_place (draft, place);
  komek_draft_set_text (draft, text);
  return draft;
}

static KomekReceipt *
submit (Device *device, const char *text)
{
  g_autoptr (KomekDraft) draft = make_draft (text);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  KomekReceipt *receipt;

  komek_outbox_submit_async (device->port, draft, NULL, on_awaited, &result);
  receipt = komek_outbox_submit_finish (device->port, await (&result), &error);
  g_assert_no_error (error);
  return receipt;
}

static void
set_up (Rig *rig, gconstpointer unused)
{
  rig->folder = g_dir_make_tmp ("komek-r8-XXXXXX", NULL);
  rig->numbers = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  start_city (rig);
  rig->proxy = fault_proxy_new (rig->port);
  rig->client = make_client (fault_proxy_get_port (rig->proxy), TOTAL);
  g_assert_true (komek_geo_report_can (rig->client, KOMEK_ABILITY_IDEMPOTENCY));
  open_device (&rig->device, fault_proxy_get_port (rig->proxy), 0);
}

static void
tear_down (Rig *rig, gconstpointer unused)
{
  close_device (&rig->device);
  g_assert_finalize_object (rig->client);
  fault_proxy_free (rig->proxy);
  g_subprocess_force_exit (rig->city);
  g_subprocess_wait (rig->city, NULL, NULL);
  g_object_unref (rig->city);
  g_hash_table_unref (rig->numbers);
  folder_remove (rig->folder);
  g_free (rig->folder);
}

/* By hand, as staff do it. */
static void
release (Rig *rig, KomekReceipt *receipt)
{
  g_autoptr (GAsyncResult) result = NULL;

  if (!rig->staffed)
    g_error ("The city would not take a request");
  rig->counts.parked++;
  komek_outbox_release_async (rig->device.port, NULL, NULL, on_awaited, &result);
  g_assert_true (komek_outbox_release_finish (rig->device.port, await (&result), NULL));
  while (komek_receipt_get_state (receipt) == KOMEK_RECEIPT_PARKED)
    g_main_context_iteration (NULL, TRUE);
}

/* A fault strikes once: the try that it spoils ends in its time, and the next one arrives. */
static void
deliver (Rig *rig, const char *text)
{
  gint64 start = g_get_monotonic_time ();
  g_autoptr (KomekReceipt) receipt = submit (&rig->device, text);

  while (!komek_receipt_get_number (receipt))
    {
      if (komek_receipt_get_state (receipt) == KOMEK_RECEIPT_PARKED)
        release (rig, receipt);
      g_main_context_iteration (NULL, TRUE);
    }
  rig->counts.acknowledged++;
  g_hash_table_insert (rig->numbers, g_strdup (text),
                       g_strdup (komek_receipt_get_number (receipt)));
  if (g_get_monotonic_time () - start > (TOTAL + GRACE) * G_TIME_SPAN_MILLISECOND)
    {
      rig->counts.late++;
      g_print ("r8-line: %s took %d ms\n", text, (int) ((g_get_monotonic_time () - start) / 1000));
    }
}

static void
strike (Rig *rig, FaultKind kind, guint amount)
{
  g_autofree char *text = g_strdup_printf ("Шұңқыр %d/%u", kind, amount);

  fault_proxy_arm (rig->proxy, kind, amount);
  deliver (rig, text);
  g_assert_true (fault_proxy_has_struck (rig->proxy));
}

/* What the city has, by its own account. */
static GHashTable *
count_texts (Rig *rig)
{
  g_autoptr (KomekGeoReport) client = make_client (rig->port, 30000);
  GHashTable *counts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  guint found = PAGE;

  for (guint page = 1; found == PAGE; page++)
    {
      const KomekPage which = { .page = page, .size = PAGE };
      g_autoptr (GAsyncResult) result = NULL;
      g_autoptr (GError) error = NULL;
      g_autoptr (GPtrArray) requests = NULL;

      komek_geo_report_requests_async (client, &which, NULL, on_awaited, &result);
      requests = komek_geo_report_requests_finish (client, await (&result), &error);
      g_assert_no_error (error);
      found = requests->len;
      for (guint i = 0; i < requests->len; i++)
        {
          const char *text = komek_request_peek (requests->pdata[i])->text;
          guint n = GPOINTER_TO_UINT (g_hash_table_lookup (counts, text));

          g_hash_table_insert (counts, g_strdup (text), GUINT_TO_POINTER (n + 1));
        }
    }
  return counts;
}

static void
compare (Rig *rig)
{
  g_autoptr (GHashTable) texts = count_texts (rig);
  GHashTableIter iter;
  gpointer text, n;

  g_hash_table_iter_init (&iter, rig->numbers);
  while (g_hash_table_iter_next (&iter, &text, NULL))
    if (!g_hash_table_contains (texts, text))
      rig->counts.lost++;
  g_hash_table_iter_init (&iter, texts);
  while (g_hash_table_iter_next (&iter, &text, &n))
    {
      rig->counts.doubled += GPOINTER_TO_UINT (n) - 1;
      if (!g_hash_table_contains (rig->numbers, text))
        rig->counts.orphaned++;
    }
}

static void
report (Rig *rig, const char *what)
{
  const Counts *counts = &rig->counts;

  compare (rig);
  g_print ("r8-line: %s: parked %u, acknowledged %u, lost %u, doubled %u, orphaned %u, late %u\n",
           what, counts->parked, counts->acknowledged, counts->lost, counts->doubled,
           counts->orphaned, counts->late);
  g_assert_cmpuint (counts->acknowledged, ==, g_hash_table_size (rig->numbers));
  g_assert_cmpuint (counts->lost, ==, 0);
  g_assert_cmpuint (counts->doubled, ==, 0);
  g_assert_cmpuint (counts->orphaned, ==, 0);
  g_assert_cmpuint (counts->late, ==, 0);
}

static void
cut_everywhere (Rig *rig, FaultKind kind, guint length, guint step)
{
  for (guint i = 0; i <= length; i += step)
    strike (rig, kind, i);
}

static void
test_cut_at_every_byte (Rig *rig, gconstpointer unused)
{
  guint step = is_long ? 1 : STEP;
  guint n_request, n_reply;

  fault_proxy_arm (rig->proxy, FAULT_NONE, 0);
  deliver (rig, "Шұңқыр 0/0000");
  n_request = fault_proxy_get_n_request (rig->proxy);
  n_reply = fault_proxy_get_n_reply (rig->proxy);
  g_assert_cmpuint (n_request, >, 300);
  g_assert_cmpuint (n_reply, >, 100);
  g_print ("r8-line: question %u bytes, answer %u bytes\n", n_request, n_reply);
  cut_everywhere (rig, FAULT_CUT_REQUEST, n_request, step);
  cut_everywhere (rig, FAULT_CUT_REPLY, n_reply, step);
  if (is_long)
    {
      cut_everywhere (rig, FAULT_RESET_REQUEST, n_request, 1);
      cut_everywhere (rig, FAULT_RESET_REPLY, n_reply, 1);
    }
  report (rig, "cut");
}

static void
test_reset_after_commit (Rig *rig, gconstpointer unused)
{
  for (guint i = 0; i < (is_long ? 1000 : 30); i++)
    {
      g_autofree char *text = g_strdup_printf ("Шұңқыр after commit %u", i);

      fault_proxy_arm (rig->proxy, FAULT_RESET_REPLY, 0);
      deliver (rig, text);
    }
  report (rig, "reset after commit");
}

/* A server that hears the end of a question in its middle may answer 400 while there is still
 * somebody to hear it. By the table that is a matter for staff, who find nothing wrong with it and
 * send it again. */
static void
test_half_closes (Rig *rig, gconstpointer unused)
{
  guint step = is_long ? 5 : 100;

  rig->staffed = TRUE;
  for (guint i = 0; i < 700; i += step)
    {
      strike (rig, FAULT_HALF_CLOSE_REQUEST, i);
      strike (rig, FAULT_HALF_CLOSE_REPLY, i);
    }
  report (rig, "half-close");
}

static void
test_silence_and_drips (Rig *rig, gconstpointer unused)
{
  static const FaultKind kinds[] = { FAULT_DRIP_REQUEST, FAULT_DRIP_REPLY, FAULT_BLACK_HOLE,
                                     FAULT_BLACK_HOLE_REPLY };

  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    for (guint round = 0; round < (is_long ? 20 : 3); round++)
      strike (rig, kinds[i], DRIP + round);
  report (rig, "silence and drips");
}

static void
test_gates (Rig *rig, gconstpointer unused)
{
  for (guint round = 0; round < (is_long ? 50 : 5); round++)
    {
      strike (rig, FAULT_PORTAL_REDIRECT, round);
      strike (rig, FAULT_PORTAL_PAGE, round);
    }
  report (rig, "gates");
}

/* Eight by eight pixels. */
static const char png[] =
  "iVBORw0KGgoAAAANSUhEUgAAAAgAAAAICAIAAABLbSncAAAAbElEQVR42g3JQQEAMAgDMZSgpEqqhOepQAlKqmjLN1VF"
  "FypcTLHFFSmqmm7UuJlmm2vSP0QLCYsRK05EP0wbGZsxa87EP4YeNHiYYYcbMj+WXrR4mWWXW7I/jj50+JhjjztyP0IH"
  "BYcJGy4kPLAsVIH5pgt5AAAAAElFTkSuQmCC";

static void
send_photo (Rig *rig, const char *number, GBytes *photo)
{
  for (guint i = 0; i < MOST_TRIES; i++)
    {
      g_autoptr (GAsyncResult) result = NULL;
      g_autoptr (KomekFilingReply) reply = NULL;

      komek_geo_report_upload_async (rig->client, number, number, photo, "image/png", NULL,
                                     on_awaited, &result);
      reply = komek_geo_report_upload_finish (rig->client, await (&result), NULL);
      if (reply->kind == KOMEK_FILING_DONE)
        return;
      if (reply->kind == KOMEK_FILING_PAUSE || reply->kind == KOMEK_FILING_PARK)
        g_error ("%s: %u, %s", number, reply->status, reply->reason->message);
      let_pass (1);
    }
  g_error ("%s: its photo was never delivered", number);
}

static guint
count_photos (Rig *rig, const char *number)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (KomekRequest) request = NULL;
  const char *const *media;

  komek_geo_report_request_async (rig->client, number, NULL, on_awaited, &result);
  request = komek_geo_report_request_finish (rig->client, await (&result), &error);
  g_assert_no_error (error);
  media = komek_request_peek (request)->media;
  return media ? g_strv_length ((char **) media) : 0;
}

/* A request for each: the city takes five photos of one at most. */
static void
strike_photo (Rig *rig, FaultKind kind, guint amount, GBytes *photo)
{
  g_autofree char *text = g_strdup_printf ("Шұңқыр %d/%u", kind, amount);
  const char *number;

  fault_proxy_arm (rig->proxy, FAULT_NONE, 0);
  deliver (rig, text);
  number = g_hash_table_lookup (rig->numbers, text);
  fault_proxy_arm (rig->proxy, kind, amount);
  send_photo (rig, number, photo);
  fault_proxy_arm (rig->proxy, FAULT_NONE, 0);
  g_assert_cmpuint (count_photos (rig, number), ==, 1);
}

static void
test_photos (Rig *rig, gconstpointer unused)
{
  gsize length;
  guchar *bytes = g_base64_decode (png, &length);
  g_autoptr (GBytes) photo = g_bytes_new_take (bytes, length);
  guint step = is_long ? 3 : 40;

  for (guint i = 0; i < 600; i += step)
    {
      strike_photo (rig, FAULT_CUT_REQUEST, i, photo);
      strike_photo (rig, FAULT_CUT_REPLY, i, photo);
    }
  report (rig, "photos, each once");
}

/* A city that files the same key again each time: what keeps its requests single is that it is
 * asked for ours before it is given one that it may have. */
typedef struct
{
  FakeCity   *city;
  FaultProxy *proxy;
  Device      device;
} Keyless;

static void
set_up_keyless (Keyless *rig, gconstpointer unused)
{
  rig->city = fake_city_new (NULL, "1");
  rig->city->plain = TRUE;
  rig->city->forgetful = TRUE;
  rig->city->now = g_get_real_time () / G_USEC_PER_SEC;
  rig->proxy = fault_proxy_new (rig->city->port);
  open_device (&rig->device, fault_proxy_get_port (rig->proxy), rig->city->now);
}

static void
tear_down_keyless (Keyless *rig, gconstpointer unused)
{
  close_device (&rig->device);
  fault_proxy_free (rig->proxy);
  fake_city_free (rig->city);
}

static void
deliver_once (Keyless *rig, const char *text)
{
  g_autoptr (KomekReceipt) receipt = submit (&rig->device, text);

  while (!komek_receipt_get_number (receipt))
    g_main_context_iteration (NULL, TRUE);
}

static guint
count_in_city (Keyless *rig, const char *text)
{
  guint n = 0;

  for (guint i = 0; i < rig->city->requests->len; i++)
    if (g_str_equal (komek_request_peek (rig->city->requests->pdata[i])->text, text))
      n++;
  return n;
}

static void
strike_keyless (Keyless *rig, FaultKind kind, guint length, guint step)
{
  for (guint i = 0; i <= length; i += step)
    {
      g_autofree char *text = g_strdup_printf ("Шұңқыр %d/%u", kind, i);

      rig->city->now++;
      fault_proxy_arm (rig->proxy, kind, i);
      deliver_once (rig, text);
      g_assert_cmpuint (count_in_city (rig, text), ==, 1);
    }
}

static void
test_a_city_without_keys (Keyless *rig, gconstpointer unused)
{
  guint step = is_long ? 1 : STEP;
  guint n_request, n_reply;

  fault_proxy_arm (rig->proxy, FAULT_NONE, 0);
  deliver_once (rig, "Шұңқыр 0/0000");
  n_request = fault_proxy_get_n_request (rig->proxy);
  n_reply = fault_proxy_get_n_reply (rig->proxy);
  strike_keyless (rig, FAULT_CUT_REQUEST, n_request, step);
  strike_keyless (rig, FAULT_CUT_REPLY, n_reply, step);
  strike_keyless (rig, FAULT_RESET_REPLY, n_reply, step);
  g_print ("r8-line: without keys: acknowledged %u, each once\n", rig->city->requests->len);
}

/* Nobody has that name; the answer to this comes from the resolver. */
static void
test_a_name_that_nobody_has (void)
{
  const KomekExchangeLimits limits = { .total = TOTAL, .connect = TOTAL };
  g_autoptr (KomekGeoReport) client =
    komek_geo_report_new_full ("http://komek.invalid/open311/v2/", NULL, &limits);
  g_autofree char *key = g_uuid_string_random ();
  g_autoptr (KomekFiling) filing =
    komek_filing_new (&(KomekFilingFields) { .key = key, .service = "a", .text = "Шұңқыр" });
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (KomekFilingReply) reply = NULL;

  komek_geo_report_file_async (client, filing, NULL, on_awaited, &result);
  reply = komek_geo_report_file_finish (client, await (&result), NULL);
  g_assert_cmpint (reply->kind, ==, KOMEK_FILING_INDETERMINATE);
  g_assert_false (reply->perhaps_filed);
}

#define ADD(path, function) \
  g_test_add ("/faults/r8/" path, Rig, NULL, set_up, function, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_assert_cmpint (argc, ==, 2);
  program = argv[1];
  is_long = g_getenv ("KOMEK_FAULTS_LONG") != NULL;
  ADD ("cut-at-every-byte", test_cut_at_every_byte);
  ADD ("reset-after-commit", test_reset_after_commit);
  ADD ("half-closes", test_half_closes);
  ADD ("silence-and-drips", test_silence_and_drips);
  ADD ("gates", test_gates);
  ADD ("photos", test_photos);
  g_test_add ("/faults/r8/a-city-without-keys", Keyless, NULL, set_up_keyless,
              test_a_city_without_keys, tear_down_keyless);
  g_test_add_func ("/faults/r8/a-name-that-nobody-has", test_a_name_that_nobody_has);
  return g_test_run ();
}

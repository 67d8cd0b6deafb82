/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <gdk-pixbuf/gdk-pixbuf.h>
#include <locale.h>

#include "komek-delivery.h"
#include "komek-device-vault.h"
#include "komek-outbox-former.h"
#include "komek-secrecy.h"

/* The outbox of komek without its window: the same store, vault, delivery and
 * client, told what to do by its arguments. It is what the fault tests kill,
 * starve and cut off.
 *
 *     outbox [--city URL] [--photos N] [--contact NAME/PHONE/EMAIL] [--text TEXT] [--wait SECONDS]
 *            [--usual-times] [--tell-times] [--clock SECONDS] [--jump SECONDS] [--adopt]
 *            [--address NAME] [--vote NUMBER]… FOLDER N
 *
 * says of requests that they concern it, too, a line "voted NUMBER" for each that
 * was kept, files N requests, a line "acknowledged KEY LOCAL" for each receipt (and how
 * many microseconds it took), then waits until nothing is left to send: "drained
 * MILLISECONDS". Without a city it ends when all are durable. A request that
 * could not be kept is "refused CODE", a device that says so beforehand
 * "unprepared CODE". "ready MILLISECONDS" tells how long the start took. Its
 * clock is so many seconds off, and may jump to and fro. Each address has an
 * outbox of its own; what waits in the others is brought over where that is asked
 * for, as staff do it. */

typedef struct
{
  GMainLoop        *loop;
  KomekOutbox      *outbox;
  KomekDelivery    *delivery;
  KomekOutboxStore *store;
  char             *copies; /* a folder that is empty when nothing is left, not even a photo */
  guint             n_voted;
  gboolean          asking; /* whether votes are left */
  guint             left;
  gint64            born;
  gint64            start;
  gint64            tapped;
  int               status;
} Stand;

static struct
{
  char    *city, *contact, *text, *address;
  int      photos, wait;
  gint64   clock, jump;
  char   **votes;
  gboolean slow, times, adopt;
} given = { .wait = 60 };

static const GOptionEntry options[] = {
  { "city", 0, 0, G_OPTION_ARG_STRING, &given.city, NULL, NULL },
  { "contact", 0, 0, G_OPTION_ARG_STRING, &given.contact, NULL, NULL },
  { "text", 0, 0, G_OPTION_ARG_STRING, &given.text, NULL, NULL },
  { "photos", 0, 0, G_OPTION_ARG_INT, &given.photos, NULL, NULL },
  { "wait", 0, 0, G_OPTION_ARG_INT, &given.wait, NULL, NULL },
  { "clock", 0, 0, G_OPTION_ARG_INT64, &given.clock, NULL, NULL },
  { "jump", 0, 0, G_OPTION_ARG_INT64, &given.jump, NULL, NULL },
  { "usual-times", 0, 0, G_OPTION_ARG_NONE, &given.slow, NULL, NULL },
  { "tell-times", 0, 0, G_OPTION_ARG_NONE, &given.times, NULL, NULL },
  { "adopt", 0, 0, G_OPTION_ARG_NONE, &given.adopt, NULL, NULL },
  { "vote", 0, 0, G_OPTION_ARG_STRING_ARRAY, &given.votes, NULL, NULL },
  { "address", 0, 0, G_OPTION_ARG_STRING, &given.address, NULL, NULL },
  { NULL },
};

/* A hundredth of the usual. */
static const KomekDeliveryTimes hasty = {
  .backoff_base = 20,
  .backoff_cap = 200,
  .heartbeat = 100,
  .guard = 50,
  .outstanding = 10,
  .look = 50,
};

static void file_next (Stand *stand);

static void
end (Stand *stand, int status)
{
  stand->status = status;
  g_main_loop_quit (stand->loop);
}

/* No two are equal, for a city keeps the same picture of a request once. */
static GBytes *
make_photo (void)
{
  g_autoptr (GdkPixbuf) picture = gdk_pixbuf_new (GDK_COLORSPACE_RGB, FALSE, 8, 16, 16);
  guint8 *pixels = gdk_pixbuf_get_pixels (picture);
  char *png;
  gsize length;

  for (gsize i = 0; i < gdk_pixbuf_get_byte_length (picture); i++)
    pixels[i] = g_random_int ();
  g_assert_true (gdk_pixbuf_save_to_buffer (picture, &png, &length, "png", NULL, NULL));
  return g_bytes_new_take (png, length);
}

static void
add_contact (KomekDraft *draft)
{
  g_auto (GStrv) parts = given.contact ? g_strsplit (given.contact, "/", 3) : NULL;
  g_autoptr (KomekContact) contact =
    parts ? komek_contact_new (parts[0], parts[1], parts[1] ? parts[2] : NULL) : NULL;

  komek_draft_set_contact (draft, contact);
}

static KomekDraft *
make_draft (void)
{
  KomekDraft *draft = komek_draft_new ();
  g_autofree char *mark = g_uuid_string_random ();
  g_autofree char *text = g_strdup_printf ("%s <%s>", given.text ? given.text : "Аулада шұңқыр бар",
                                           mark);
  g_autoptr (KomekLabel) name = komek_label_new ("Шұңқыр", NULL, NULL);
  g_autoptr (KomekPlace) place = komek_place_new (51.1281743, 71.4304619, "Абай даңғылы, 5", NULL);
  g_autoptr (KomekService) service = komek_service_new (&(KomekServiceFields) {
    .code = "ROA.pothole", .name = name, .needs_place = TRUE });

  komek_draft_set_service (draft, service);
  komek_draft_set_place (draft, place);
  komek_draft_set_text (draft, text);
  add_contact (draft);
  for (int i = 0; i < given.photos; i++)
    {
      g_autoptr (GBytes) photo = make_photo ();

      komek_draft_add_photo (draft, photo);
    }
  return draft;
}

/* What a write that was cut short has left there is no copy. */
static gboolean
has_copies (Stand *stand)
{
  g_autoptr (GDir) copies = g_dir_open (stand->copies, 0, NULL);
  const char *name;

  while (copies && (name = g_dir_read_name (copies)))
    if (g_uuid_string_is_valid (name))
      return TRUE;
  return FALSE;
}

static void
on_votes_listed (GObject *source, GAsyncResult *result, gpointer data)
{
  Stand *stand = data;
  g_autoptr (GPtrArray) votes =
    komek_outbox_store_votes_finish (KOMEK_OUTBOX_STORE (source), result, NULL);

  stand->asking = FALSE;
  if (!votes || votes->len > 0)
    return;
  g_print ("drained %" G_GINT64_FORMAT "\n", (g_get_monotonic_time () - stand->start) / 1000);
  end (stand, 0);
}

static void
check_drained (Stand *stand)
{
  if (stand->asking || komek_outbox_get_waiting (stand->outbox) > 0 || has_copies (stand))
    return;
  stand->asking = TRUE;
  komek_outbox_store_votes_async (stand->store, NULL, on_votes_listed, stand);
}

static void
on_submitted (GObject *source, GAsyncResult *result, gpointer data)
{
  Stand *stand = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (KomekReceipt) receipt =
    komek_outbox_submit_finish (KOMEK_OUTBOX (source), result, &error);

  if (receipt)
    g_print ("acknowledged %s %s", komek_receipt_get_key (receipt),
             komek_receipt_get_local (receipt));
  else
    g_print ("refused %d", error->code);
  if (given.times)
    g_print (" %" G_GINT64_FORMAT, g_get_monotonic_time () - stand->tapped);
  g_print ("\n");
  stand->left--;
  file_next (stand);
}

static void
file_next (Stand *stand)
{
  g_autoptr (KomekDraft) draft = NULL;

  if (stand->left == 0)
    {
      stand->start = g_get_monotonic_time ();
      if (!given.city)
        end (stand, 0);
      return;
    }
  draft = make_draft ();
  stand->tapped = g_get_monotonic_time ();
  komek_outbox_submit_async (stand->outbox, draft, NULL, on_submitted, stand);
}

static gboolean
on_look (gpointer data)
{
  Stand *stand = data;

  if (stand->left == 0 && stand->start && given.city)
    check_drained (stand);
  return G_SOURCE_CONTINUE;
}

static gboolean
on_patience_over (gpointer data)
{
  Stand *stand = data;

  g_print ("left %u\n", komek_outbox_get_waiting (stand->outbox));
  end (stand, 3);
  return G_SOURCE_REMOVE;
}

static void vote_next (Stand *stand);

static void
on_supported (GObject *source, GAsyncResult *result, gpointer data)
{
  Stand *stand = data;
  g_autoptr (GError) error = NULL;
  guint supporters;

  if (komek_outbox_support_finish (KOMEK_OUTBOX (source), result, &supporters, &error))
    g_print ("voted %s\n", given.votes[stand->n_voted]);
  else
    g_print ("refused %d\n", error->code);
  stand->n_voted++;
  vote_next (stand);
}

static void
vote_next (Stand *stand)
{
  if (given.votes && given.votes[stand->n_voted])
    komek_outbox_support_async (stand->outbox, given.votes[stand->n_voted], NULL, on_supported,
                                stand);
  else
    file_next (stand);
}

static void
on_adopted (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GError) error = NULL;

  if (komek_outbox_adopt_finish (KOMEK_OUTBOX (source), result, &error))
    g_print ("adopted\n");
  else
    g_print ("not adopted: %s\n", error->message);
  vote_next (data);
}

/* What of the counts is known only after the first look at the file. */
static void
on_prepared (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GError) error = NULL;

  if (!komek_outbox_prepare_finish (KOMEK_OUTBOX (source), result, &error))
    g_print ("unprepared %d\n", error->code);
  g_print ("ready %" G_GINT64_FORMAT "\n",
           (g_get_monotonic_time () - ((Stand *) data)->born) / 1000);
  if (given.adopt)
    komek_outbox_adopt_async (KOMEK_OUTBOX (source), NULL, on_adopted, data);
  else
    vote_next (data);
}

/* To and fro, each tenth of a second. */
static gboolean
on_jump (gpointer clock)
{
  static gint64 way = 1;

  komek_clock_advance (clock, way * given.jump);
  way = -way;
  return G_SOURCE_CONTINUE;
}

static KomekClock *
make_clock (void)
{
  KomekClock *clock = given.clock || given.jump
                        ? komek_clock_new_fixed (g_get_real_time () / G_USEC_PER_SEC + given.clock)
                        : komek_clock_new ();

  if (given.jump)
    g_timeout_add_full (G_PRIORITY_DEFAULT, 100, on_jump, g_object_ref (clock), g_object_unref);
  return clock;
}

/* Until all is closed that is on its way. */
static void
close_outbox (Stand *stand)
{
  gpointer left[] = { stand->delivery, stand->store };

  g_object_run_dispose (left[0]);
  for (guint i = 0; i < G_N_ELEMENTS (left); i++)
    {
      g_object_add_weak_pointer (left[i], &left[i]);
      g_object_unref (left[i]);
    }
  while (left[0] || left[1])
    g_main_context_iteration (NULL, TRUE);
}

/* As komek names them: by a sum of the address. */
static char *
choose_file (const char *folder)
{
  g_autofree char *sum = NULL;
  g_autofree char *name = NULL;

  if (!given.address)
    return g_build_filename (folder, "data", "outbox.db", NULL);
  sum = g_compute_checksum_for_string (G_CHECKSUM_SHA256, given.address, -1);
  name = g_strdup_printf ("outbox-%.16s.db", sum);
  return g_build_filename (folder, "data", name, NULL);
}

static KomekDelivery *
open_outbox (Stand *stand, const char *folder)
{
  g_autofree char *path = choose_file (folder);
  g_auto (GStrv) former = komek_outbox_former_find (path);
  g_autofree char *key = g_build_filename (folder, "state", "outbox.key", NULL);
  g_autofree char *machine = g_build_filename (folder, "machine-id", NULL);
  const char *least = g_getenv ("KOMEK_LEAST_FREE");
  const KomekOutboxLimits limits = { .least_free = least ? g_ascii_strtoull (least, NULL, 10) : 1,
                                     .machine = machine,
                                     .address = given.address,
                                     .former = (const char *const *) former };
  g_autoptr (KomekVault) vault = komek_device_vault_new (key, NULL);
  g_autoptr (KomekClock) clock = make_clock ();

  stand->copies = g_strconcat (path, ".items", NULL);
  stand->store = komek_outbox_store_new (path, vault, &limits);
  return komek_delivery_new (stand->store, vault, NULL, clock, given.slow ? NULL : &hasty);
}

int
main (int argc, char **argv)
{
  g_autoptr (GOptionContext) context = g_option_context_new ("FOLDER N");
  g_autoptr (GError) error = NULL;
  guint look, patience;
  Stand stand = { .status = 1, .born = g_get_monotonic_time () };

  setlocale (LC_ALL, "C.UTF-8");
  komek_secrecy_forbid_cores ();
  setvbuf (stdout, NULL, _IOLBF, 0);
  g_option_context_add_main_entries (context, options, NULL);
  if (!g_option_context_parse (context, &argc, &argv, &error) || argc != 3)
    {
      g_printerr ("outbox: %s\n", error ? error->message : "FOLDER and N are needed");
      return 2;
    }
  stand.loop = g_main_loop_new (NULL, FALSE);
  stand.delivery = open_outbox (&stand, argv[1]);
  stand.outbox = KOMEK_OUTBOX (stand.delivery);
  stand.left = g_ascii_strtoull (argv[2], NULL, 10);
  if (given.city)
    {
      g_autoptr (KomekGeoReport) client = komek_geo_report_new (given.city);

      komek_delivery_connect (stand.delivery, client);
    }
  look = g_timeout_add (20, on_look, &stand);
  patience = g_timeout_add_seconds (given.wait, on_patience_over, &stand);
  komek_outbox_prepare_async (stand.outbox, NULL, on_prepared, &stand);
  g_main_loop_run (stand.loop);
  g_source_remove (look);
  if (stand.status != 3)
    g_source_remove (patience);
  close_outbox (&stand);
  g_main_loop_unref (stand.loop);
  g_free (stand.copies);
  return stand.status;
}

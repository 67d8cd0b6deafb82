/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-delivery-errand-private.h"

#include <string.h>

#include "komek-fault.h"

/* How the photos of a request that has its number get to the city, one after the other:
 *
 *     open ─► upload ─► note ─► open … ─► DELIVERED
 *                └─► nobody takes any ─► HELD
 */

static void
on_photo_ended (GObject *source, GAsyncResult *result, gpointer data)
{
  GTask *task = data;
  GError *error = NULL;

  if (komek_outbox_store_finish (KOMEK_OUTBOX_STORE (source), result, &error))
    komek_errand_send_photos (task);
  else
    komek_errand_fail (task, error);
}

static void
end_photo (GTask *task, gboolean sent)
{
  KomekErrandStep *step = g_task_get_task_data (task);

  if (!sent)
    g_message ("The city refuses photo %u of item %" G_GINT64_FORMAT " of the outbox (%u)",
               step->photo, step->item->sequence, step->errand->status);
  komek_outbox_store_end_photo_async (step->store, step->item->sequence, step->photo, sent, NULL,
                                      on_photo_ended, task);
}

/* A city that takes no photos now may take them another day; nothing is thrown away, and nobody
 * waits for it. */
static void
hold_photos (GTask *task)
{
  KomekErrandStep *step = g_task_get_task_data (task);

  g_message ("The city takes no photos now (%u): those of item %" G_GINT64_FORMAT
             " of the outbox are held", step->errand->status, step->item->sequence);
  g_clear_error (&step->errand->problem);
  step->errand->kind = KOMEK_FILING_DONE;
  step->errand->state = KOMEK_OUTBOX_HELD;
  komek_errand_store_then (task, komek_errand_end);
}

/* There is nothing at that address, or nothing any more; filing may go on as ever. */
static gboolean
takes_no_photos (const KomekFilingReply *reply)
{
  return reply->kind == KOMEK_FILING_PAUSE
         && (reply->status == 404 || reply->status == 405 || reply->status == 410);
}

static void
on_photo_sent (GObject *source, GAsyncResult *result, gpointer data)
{
  GTask *task = data;
  KomekErrandStep *step = g_task_get_task_data (task);
  GError *error = NULL;
  g_autoptr (KomekFilingReply) reply =
    komek_geo_report_upload_finish (KOMEK_GEO_REPORT (source), result, &error);

  komek_fault_point ("delivery.photo_sent");
  if (!reply)
    {
      komek_errand_fail (task, error);
      return;
    }
  komek_errand_note_reply (step->errand, reply);
  if (reply->kind == KOMEK_FILING_DONE || reply->kind == KOMEK_FILING_TOKEN)
    end_photo (task, TRUE);
  else if (reply->kind == KOMEK_FILING_PARK)
    end_photo (task, FALSE);
  else if (takes_no_photos (reply))
    hold_photos (task);
  else
    komek_errand_end (task);
}

static const char *
sniff_type (GBytes *photo)
{
  gsize length;
  const char *bytes = g_bytes_get_data (photo, &length);

  if (length >= 8 && memcmp (bytes, "\x89PNG", 4) == 0)
    return "image/png";
  if (length >= 12 && memcmp (bytes, "RIFF", 4) == 0 && memcmp (bytes + 8, "WEBP", 4) == 0)
    return "image/webp";
  return "image/jpeg";
}

static void
on_photo_opened (GObject *source, GAsyncResult *result, gpointer data)
{
  GTask *task = data;
  KomekErrandStep *step = g_task_get_task_data (task);
  GError *error = NULL;
  g_autoptr (KomekOutboxPhoto) photo =
    komek_outbox_store_photo_finish (KOMEK_OUTBOX_STORE (source), result, &error);
  g_autofree char *key = NULL;

  if (error)
    {
      komek_errand_fail (task, error);
      return;
    }
  if (!photo)
    {
      step->errand->kind = KOMEK_FILING_DONE;
      step->errand->state = KOMEK_OUTBOX_DELIVERED;
      komek_errand_store_then (task, komek_errand_end);
      return;
    }
  step->photo = photo->position;
  komek_fault_point ("delivery.photo_opened");
  key = g_strdup_printf ("%s-%u", step->item->key, photo->position);
  komek_geo_report_set_device (step->client, photo->device);
  komek_geo_report_upload_async (step->client, step->errand->number, key, photo->bytes,
                                 sniff_type (photo->bytes), g_task_get_cancellable (task),
                                 on_photo_sent, task);
}

/* Takes the task; ends with all of them sent, or with what stands in the way. */
void
komek_errand_send_photos (GTask *task)
{
  KomekErrandStep *step = g_task_get_task_data (task);

  if (komek_geo_report_can (step->client, KOMEK_ABILITY_MEDIA))
    komek_outbox_store_photo_async (step->store, step->item->sequence,
                                    g_task_get_cancellable (task), on_photo_opened, task);
  else
    hold_photos (task);
}

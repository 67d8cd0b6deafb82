/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-delivery.h"

#include "komek-receipt.h"

/* Brings a draft to the city and what became of it into the mirror:
 *
 *     post ─► fetch ─► put ─► done
 *
 * Once the city has given a number nothing may turn it into a failure: what
 * cannot be fetched is made of the number and the draft. */
typedef struct
{
  KomekMirror  *mirror;
  KomekRequest *request; /* at first as the draft has it, without a number */
  char         *key;
} Filing;

static void
filing_free (Filing *self)
{
  g_clear_object (&self->mirror);
  g_clear_object (&self->request);
  g_free (self->key);
  g_free (self);
}

static void
on_put (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  Filing *self = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  KomekReceipt *receipt;

  if (!komek_mirror_write_finish (KOMEK_MIRROR (source), result, &error))
    g_message ("A filed request is not in the mirror yet: %s", error->message);
  receipt = komek_receipt_new (self->key, "", komek_request_peek (self->request)->requested);
  komek_receipt_deliver (receipt, komek_request_get_number (self->request));
  g_task_return_pointer (task, receipt, g_object_unref);
}

static void
put (GTask *task)
{
  Filing *self = g_task_get_task_data (task);
  g_autoptr (GPtrArray) requests = g_ptr_array_new_with_free_func (g_object_unref);

  g_ptr_array_add (requests, g_object_ref (self->request));
  komek_mirror_put_requests_async (self->mirror, requests, NULL, NULL, on_put, task);
}

static void
on_request_fetched (GObject *source, GAsyncResult *result, gpointer data)
{
  GTask *task = data;
  Filing *self = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  g_autoptr (KomekRequest) request =
    komek_geo_report_request_finish (KOMEK_GEO_REPORT (source), result, &error);

  if (request)
    g_set_object (&self->request, request);
  else
    g_message ("A filed request cannot be fetched yet: %s", error->message);
  put (task);
}

static void
on_posted (GObject *source, GAsyncResult *result, gpointer data)
{
  GTask *task = data;
  Filing *self = g_task_get_task_data (task);
  KomekGeoReport *client = KOMEK_GEO_REPORT (source);
  GError *error = NULL;
  g_autofree char *number = komek_geo_report_post_finish (client, result, &error);
  g_autoptr (KomekRequest) nameless = NULL;
  KomekRequestFields fields;

  if (!number)
    {
      g_task_return_error (task, error);
      g_object_unref (task);
      return;
    }
  nameless = g_steal_pointer (&self->request);
  fields = *komek_request_peek (nameless);
  fields.number = number;
  self->request = komek_request_new (&fields);
  komek_geo_report_request_async (client, number, NULL, on_request_fetched, task);
}

static KomekRequest *
copy_draft (KomekDraft *draft, gint64 now)
{
  KomekPlace *place = komek_draft_get_place (draft);
  gboolean on_map = place && komek_place_has_point (place);
  g_autofree char *address = komek_draft_dup_address (draft);
  g_autoptr (KomekPlace) sent =
    on_map ? komek_place_new (komek_place_get_latitude (place), komek_place_get_longitude (place),
                              address, komek_place_get_district (place))
           : komek_place_new_address (address, NULL);

  return komek_request_new (&(KomekRequestFields) {
    .service = komek_service_get_code (komek_draft_get_service (draft)),
    .status = KOMEK_STATUS_NEW,
    .text = komek_draft_get_text (draft),
    .place = sent,
    .requested = now,
    .updated = now,
  });
}

/**
 * komek_delivery_run:
 * @task: (transfer full): returns a #KomekReceipt; cancelled after the city has
 *   given a number it still brings that request into the mirror
 * @draft: a checked one, read at once
 *
 * Files a request with the city.
 */
void
komek_delivery_run (GTask *task, KomekMirror *mirror, KomekGeoReport *client, KomekClock *clock,
                  KomekDraft *draft)
{
  Filing *self = g_new0 (Filing, 1);

  self->mirror = g_object_ref (mirror);
  self->key = g_strdup (komek_draft_get_key (draft));
  self->request = copy_draft (draft, komek_clock_now (clock));
  g_task_set_task_data (task, self, (GDestroyNotify) filing_free);
  komek_geo_report_post_async (client, draft, g_task_get_cancellable (task), on_posted, task);
}

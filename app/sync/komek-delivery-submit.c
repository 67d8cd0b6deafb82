/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-delivery-private.h"

#include "komek-error.h"
#include "komek-fault.h"

/* How the outbox takes what is submitted: packed, the contact sealed, kept, and only then a
 * receipt. */

static void
on_prepared (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  GError *error = NULL;

  komek_fault_point ("delivery.prepared");
  if (komek_outbox_store_finish (KOMEK_OUTBOX_STORE (source), result, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static void
komek_delivery_prepare_async (KomekOutbox *outbox, GCancellable *cancellable,
                              GAsyncReadyCallback callback, gpointer data)
{
  GTask *task = g_task_new (outbox, cancellable, callback, data);

  g_task_set_source_tag (task, komek_delivery_prepare_async);
  komek_outbox_store_prepare_async (KOMEK_DELIVERY (outbox)->store, NULL, on_prepared, task);
}

static gboolean
komek_delivery_prepare_finish (KomekOutbox *outbox, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, outbox), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

static void
on_added (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  KomekDelivery *self = g_task_get_source_object (task);
  GError *error = NULL;
  g_autoptr (KomekOutboxItem) item =
    komek_outbox_store_add_finish (KOMEK_OUTBOX_STORE (source), result, &error);
  KomekReceipt *receipt;

  if (!item)
    {
      g_task_return_error (task, error);
      return;
    }
  komek_fault_point ("delivery.receipt");
  receipt = g_hash_table_lookup (self->receipts, item->key);
  if (!receipt)
    {
      receipt = komek_receipt_new (item->key, item->local, item->filed);
      g_hash_table_insert (self->receipts, g_strdup (item->key), receipt);
      komek_delivery_note_state (self, item);
    }
  g_task_return_pointer (task, g_object_ref (receipt), g_object_unref);
  komek_delivery_survey (self);
}

/* The address as it is sent: with the landmark behind it. */
static KomekPlace *
make_place (KomekDraft *draft)
{
  KomekPlace *place = komek_draft_get_place (draft);
  g_autofree char *address = komek_draft_dup_address (draft);

  if (place && komek_place_has_point (place))
    return komek_place_new (komek_place_get_latitude (place), komek_place_get_longitude (place),
                            address, komek_place_get_district (place));
  return komek_place_new_address (address, NULL);
}

/* What is submitted while the card of the city is looked up. */
typedef struct
{
  KomekFiling *filing;
  GPtrArray   *photos;
} Parcel;

static void
parcel_free (Parcel *parcel)
{
  komek_filing_unref (parcel->filing);
  g_ptr_array_unref (parcel->photos);
  g_free (parcel);
}

static gboolean
is_list (GPtrArray *attributes, const char *code)
{
  for (guint i = 0; i < attributes->len; i++)
    if (g_str_equal (komek_attribute_get_code (attributes->pdata[i]), code))
      return komek_attribute_get_datatype (attributes->pdata[i])
             == KOMEK_ATTRIBUTE_MULTI_VALUE_LIST;
  return FALSE;
}

/* The standard sends a list as attribute[CODE][], however few were chosen of it, and only here
 * is it known still what is a list. */
static GHashTable *
name_answers (KomekDraft *draft)
{
  GPtrArray *attributes = komek_draft_get_attributes (draft);
  GHashTable *named = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  GHashTableIter iter;
  gpointer code, values;

  g_hash_table_iter_init (&iter, komek_draft_get_answers (draft));
  while (g_hash_table_iter_next (&iter, &code, &values))
    g_hash_table_insert (named, g_strconcat (code, is_list (attributes, code) ? "[]" : NULL, NULL),
                         values);
  return named;
}

static Parcel *
pack (KomekDelivery *self, KomekDraft *draft)
{
  Parcel *parcel = g_new (Parcel, 1);
  g_autoptr (KomekPlace) place = make_place (draft);
  g_autoptr (GHashTable) answers = name_answers (draft);

  parcel->filing = komek_filing_new (&(KomekFilingFields) {
    .key = komek_draft_get_key (draft),
    .service = komek_service_get_code (komek_draft_get_service (draft)),
    .place = place,
    .text = komek_draft_get_text (draft),
    .answers = answers,
    .contact = komek_draft_get_contact (draft),
    .language = komek_language_guess (komek_draft_get_text (draft)),
    .time = komek_delivery_now (self),
  });
  parcel->photos = g_ptr_array_copy (komek_draft_get_photos (draft),
                                     (GCopyFunc) (void (*) (void)) g_bytes_ref, NULL);
  g_ptr_array_set_free_func (parcel->photos, (GDestroyNotify) g_bytes_unref);
  return parcel;
}

/* From here on not even this device can read the contact. A key that is none is the city's mistake:
 * the request is kept all the same, locked with our own. */
static char *
seal_contact (KomekDelivery *self, KomekContact *contact, const char *seal_key)
{
  g_autofree char *text = contact ? komek_contact_write (contact) : NULL;
  g_autoptr (GError) error = NULL;
  char *sealed;

  if (!text || !seal_key)
    return NULL;
  sealed = komek_vault_seal (self->vault, text, seal_key, &error);
  if (!sealed)
    g_message ("A contact cannot be sealed to the city's key: %s", error->message);
  return sealed;
}

static void
add (GTask *task, const char *seal_key)
{
  KomekDelivery *self = g_task_get_source_object (task);
  Parcel *parcel = g_task_get_task_data (task);
  KomekFilingFields fields = *komek_filing_peek (parcel->filing);
  g_autofree char *sealed = seal_contact (self, fields.contact, seal_key);

  komek_fault_point ("delivery.packed");
  fields.sealed_contact = sealed;
  if (sealed)
    fields.contact = NULL;
  komek_outbox_store_add_async (self->store, &fields, parcel->photos, NULL, on_added, task);
}

static void
on_card_ready (GObject *source, GAsyncResult *result, gpointer data)
{
  GTask *task = data;
  g_autoptr (KomekCity) city = komek_feed_city_finish (KOMEK_FEED (source), result, NULL);

  add (task, city ? komek_city_peek (city)->seal_key : NULL);
}

static void
komek_delivery_submit_async (KomekOutbox *outbox, KomekDraft *draft, GCancellable *cancellable,
                             GAsyncReadyCallback callback, gpointer data)
{
  KomekDelivery *self = KOMEK_DELIVERY (outbox);
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, data);
  GError *error = NULL;

  g_task_set_source_tag (task, komek_delivery_submit_async);
  if (!komek_draft_check (draft, &error))
    {
      g_task_return_error (task, error);
      return;
    }
  g_task_set_task_data (task, pack (self, draft), (GDestroyNotify) parcel_free);
  if (self->mirror && komek_draft_get_contact (draft))
    komek_feed_city_async (KOMEK_FEED (self->mirror), NULL, on_card_ready, g_steal_pointer (&task));
  else
    add (g_steal_pointer (&task), NULL);
}

static KomekReceipt *
komek_delivery_submit_finish (KomekOutbox *outbox, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, outbox), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

static KomekReceipt *
komek_delivery_look_up (KomekOutbox *outbox, const char *name)
{
  KomekDelivery *self = KOMEK_DELIVERY (outbox);
  GHashTableIter iter;
  gpointer key, receipt;

  g_hash_table_iter_init (&iter, self->receipts);
  while (g_hash_table_iter_next (&iter, &key, &receipt))
    if (g_str_equal (key, name) || g_str_equal (komek_receipt_get_local (receipt), name)
        || g_strcmp0 (komek_receipt_get_number (receipt), name) == 0)
      return g_object_ref (receipt);
  return NULL;
}

void
komek_delivery_implement_outbox (KomekOutboxInterface *iface)
{
  iface->prepare_async = komek_delivery_prepare_async;
  iface->prepare_finish = komek_delivery_prepare_finish;
  iface->submit_async = komek_delivery_submit_async;
  iface->submit_finish = komek_delivery_submit_finish;
  iface->look_up = komek_delivery_look_up;
  komek_delivery_implement_staff (iface);
  komek_delivery_implement_support (iface);
}

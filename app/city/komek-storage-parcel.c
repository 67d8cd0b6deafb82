/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-storage-parcel.h"

#include <string.h>

/* A whole record in one piece: one that waits for its number, or one that was
 * taken out of the lists. Little endian on every machine. */

#define STEP_TYPE "(sxsmsmssb)"
#define TYPE "(ssssddsssxxxumsmsmsasa" STEP_TYPE ")"

static GVariant *
pack_steps (const KomekRecord *record)
{
  GVariantBuilder builder;

  g_variant_builder_init (&builder, G_VARIANT_TYPE ("a" STEP_TYPE));
  for (guint i = 0; i < record->n_steps; i++)
    {
      const KomekStep *step = &record->steps[i];

      g_variant_builder_add (&builder, STEP_TYPE, komek_status_get_code (step->status), step->time,
                             step->agency, step->event, step->text,
                             komek_language_get_code (step->language), step->answer);
    }
  return g_variant_builder_end (&builder);
}

static GVariant *
order_bytes (GVariant *value)
{
  return G_BYTE_ORDER == G_BIG_ENDIAN ? g_variant_byteswap (value) : g_variant_ref (value);
}

/**
 * komek_storage_parcel_pack:
 * @record: its number, its key and what is only on the way out do not count
 *
 * Returns: (transfer full): the record in one piece
 */
GBytes *
komek_storage_parcel_pack (const KomekRecord *record)
{
  static const char *const none[] = { NULL };
  g_autoptr (GVariant) value = g_variant_ref_sink (g_variant_new (
      "(ssssddsssxxxumsmsms^as@a" STEP_TYPE ")", record->service,
      komek_status_get_code (record->status), record->text,
      komek_language_get_code (record->language), record->latitude, record->longitude,
      record->address, record->district, record->agency, record->requested, record->updated,
      record->due, record->supporters, record->device, record->contact, record->search,
      record->attributes ? record->attributes : none, pack_steps (record)));
  g_autoptr (GVariant) ordered = order_bytes (value);

  return g_variant_get_data_as_bytes (ordered);
}

static void
unpack_steps (GVariant *steps, GArray *unpacked)
{
  GVariantIter iter;
  const char *status, *language;
  KomekStep step = { 0 };

  g_variant_iter_init (&iter, steps);
  while (g_variant_iter_next (&iter, "(&sx&sm&sm&s&sb)", &status, &step.time, &step.agency,
                              &step.event, &step.text, &language, &step.answer))
    {
      step.status = komek_status_from_code (status, TRUE);
      komek_language_from_code (language, &step.language);
      g_array_append_val (unpacked, step);
    }
}

/**
 * komek_storage_parcel_unpack:
 *
 * Shows what komek_storage_parcel_pack() packed.
 *
 * Returns: whether it is a parcel
 */
gboolean
komek_storage_parcel_unpack (GBytes *bytes, KomekParcelVisitor visit, gpointer data)
{
  g_autoptr (GVariant) value =
    g_variant_ref_sink (g_variant_new_from_bytes (G_VARIANT_TYPE (TYPE), bytes, FALSE));
  g_autoptr (GVariant) ordered = order_bytes (value);
  g_autoptr (GVariant) steps = NULL;
  g_autoptr (GArray) unpacked = g_array_new (FALSE, FALSE, sizeof (KomekStep));
  g_autofree const char **attributes = NULL;
  const char *status, *language;
  KomekRecord record = { 0 };

  if (!g_variant_is_normal_form (ordered))
    return FALSE;
  g_variant_get (ordered, "(&s&s&s&sdd&s&s&sxxxum&sm&sm&s^a&s@a" STEP_TYPE ")", &record.service,
                 &status, &record.text, &language, &record.latitude, &record.longitude,
                 &record.address, &record.district, &record.agency, &record.requested,
                 &record.updated, &record.due, &record.supporters, &record.device, &record.contact,
                 &record.search, &attributes, &steps);
  record.status = komek_status_from_code (status, TRUE);
  komek_language_from_code (language, &record.language);
  record.attributes = attributes;
  unpack_steps (steps, unpacked);
  record.steps = (const KomekStep *) unpacked->data;
  record.n_steps = unpacked->len;
  visit (&record, data);
  return TRUE;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-outbox-payload.h"

#include "komek-error.h"

/* What a citizen wrote, as bytes to be locked: a dictionary of GVariant, so that
 * a later version may add to it. What the row says already is not in it. The
 * device is: a city without accounts knows a key only together with it, so that
 * an item keeps it even where the device has become another. */

static void
add_text (GVariantDict *dict, const char *name, const char *text)
{
  if (text && *text)
    g_variant_dict_insert (dict, name, "s", text);
}

static void
add_place (GVariantDict *dict, KomekPlace *place)
{
  if (!place)
    return;
  if (komek_place_has_point (place))
    g_variant_dict_insert (dict, "point", "(dd)", komek_place_get_latitude (place),
                           komek_place_get_longitude (place));
  add_text (dict, "address", komek_place_get_address (place));
  add_text (dict, "district", komek_place_get_district (place));
}

static void
add_answers (GVariantDict *dict, GHashTable *answers)
{
  GVariantBuilder builder;
  GHashTableIter iter;
  gpointer code, values;

  g_variant_builder_init (&builder, G_VARIANT_TYPE ("a{sas}"));
  if (answers)
    {
      g_hash_table_iter_init (&iter, answers);
      while (g_hash_table_iter_next (&iter, &code, &values))
        g_variant_builder_add (&builder, "{s^as}", code, values);
    }
  g_variant_dict_insert_value (dict, "answers", g_variant_builder_end (&builder));
}

static void
add_contact (GVariantDict *dict, const KomekContact *contact)
{
  if (contact)
    g_variant_dict_insert (dict, "contact", "(sss)", komek_contact_get_name (contact),
                           komek_contact_get_phone (contact), komek_contact_get_email (contact));
}

/**
 * komek_outbox_payload_write:
 * @fields: its key, numbers and time are not written
 *
 * Returns: (transfer full): the bytes, in the clear
 */
GBytes *
komek_outbox_payload_write (const KomekFilingFields *fields)
{
  g_auto (GVariantDict) dict = G_VARIANT_DICT_INIT (NULL);
  g_autoptr (GVariant) variant = NULL;

  add_text (&dict, "service", fields->service);
  add_text (&dict, "text", fields->text);
  add_text (&dict, "sealed-contact", fields->sealed_contact);
  add_text (&dict, "device", fields->device);
  add_text (&dict, "language", komek_language_get_code (fields->language));
  add_place (&dict, fields->place);
  add_answers (&dict, fields->answers);
  add_contact (&dict, fields->contact);
  variant = g_variant_ref_sink (g_variant_dict_end (&dict));
  return g_variant_get_data_as_bytes (variant);
}

static const char *
get_text (GVariantDict *dict, const char *name)
{
  const char *text = NULL;

  g_variant_dict_lookup (dict, name, "&s", &text);
  return text;
}

static KomekPlace *
read_place (GVariantDict *dict)
{
  const char *address = get_text (dict, "address");
  const char *district = get_text (dict, "district");
  double latitude, longitude;

  if (g_variant_dict_lookup (dict, "point", "(dd)", &latitude, &longitude))
    return komek_place_new (latitude, longitude, address, district);
  return address ? komek_place_new_address (address, district) : NULL;
}

static GHashTable *
read_answers (GVariantDict *dict)
{
  GHashTable *answers = g_hash_table_new_full (g_str_hash, g_str_equal, g_free,
                                               (GDestroyNotify) g_strfreev);
  g_autoptr (GVariantIter) iter = NULL;
  char *code;
  char **values;

  if (g_variant_dict_lookup (dict, "answers", "a{sas}", &iter))
    while (g_variant_iter_next (iter, "{s^as}", &code, &values))
      g_hash_table_insert (answers, code, values);
  return answers;
}

static KomekContact *
read_contact (GVariantDict *dict)
{
  const char *name, *phone, *email;

  if (!g_variant_dict_lookup (dict, "contact", "(&s&s&s)", &name, &phone, &email))
    return NULL;
  return komek_contact_new (name, phone, email);
}

/**
 * komek_outbox_payload_read:
 * @item: the row that it belongs to
 *
 * Fails with %KOMEK_ERROR_UNREADABLE where @payload holds no request.
 *
 * Returns: (transfer full) (nullable): what is to be sent
 */
KomekFiling *
komek_outbox_payload_read (GBytes *payload, const KomekOutboxItem *item, GError **error)
{
  g_autoptr (GVariant) variant =
    g_variant_ref_sink (g_variant_new_from_bytes (G_VARIANT_TYPE_VARDICT, payload, FALSE));
  g_autoptr (GVariant) normal = g_variant_get_normal_form (variant);
  g_auto (GVariantDict) dict = G_VARIANT_DICT_INIT (normal);
  g_autoptr (KomekPlace) place = read_place (&dict);
  g_autoptr (GHashTable) answers = read_answers (&dict);
  g_autoptr (KomekContact) contact = read_contact (&dict);
  KomekFilingFields fields = {
    .key = item->key, .local = item->local, .time = item->filed,
    .device = get_text (&dict, "device"),
    .service = get_text (&dict, "service"), .text = get_text (&dict, "text"),
    .sealed_contact = get_text (&dict, "sealed-contact"),
    .place = place, .answers = answers, .contact = contact,
  };

  if (!fields.service)
    {
      g_set_error (error, KOMEK_ERROR, KOMEK_ERROR_UNREADABLE, "Item %" G_GINT64_FORMAT
                   " of the outbox holds no request", item->sequence);
      return NULL;
    }
  komek_language_from_code (get_text (&dict, "language"), &fields.language);
  return komek_filing_new (&fields);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-geo-report-private.h"

#include <string.h>

#include "komek-error.h"
#include "komek-filing.h"
#include "komek-wire-form.h"

#define FORM "application/x-www-form-urlencoded"

static gboolean
is_list (const char *code, const char *const *values)
{
  return !g_str_has_suffix (code, "[]") && values[0] && values[1];
}

static GPtrArray *
flatten_answers (GHashTable *answers)
{
  GPtrArray *flat = g_ptr_array_new_with_free_func (g_free);
  GHashTableIter iter;
  gpointer code, values;

  if (!answers)
    return flat;
  g_hash_table_iter_init (&iter, answers);
  while (g_hash_table_iter_next (&iter, &code, &values))
    for (char **value = values; *value; value++)
      {
        g_ptr_array_add (flat, g_strconcat (code, is_list (code, values) ? "[]" : NULL, NULL));
        g_ptr_array_add (flat, g_strdup (*value));
      }
  return flat;
}

/* The standard has two names where people have one field. */
static void
split_name (KomekWireForm *form, const char *name)
{
  const char *space = name ? strchr (name, ' ') : NULL;

  form->first_name = space ? g_strndup (name, space - name) : g_strdup (name);
  form->last_name = g_strdup (space ? space + 1 : NULL);
}

static char *
write_form (KomekGeoReport *self, const KomekFilingFields *fields)
{
  g_autoptr (KomekWireForm) form = g_new0 (KomekWireForm, 1);
  const KomekContact *contact = fields->contact;

  form->service = g_strdup (fields->service);
  form->place = fields->place ? komek_place_ref (fields->place) : NULL;
  form->text = g_strdup (fields->text);
  form->key = g_strdup (fields->key);
  form->local = g_strdup (fields->local);
  form->device = g_strdup (fields->device);
  form->sealed_contact = g_strdup (fields->sealed_contact);
  if (contact && !fields->sealed_contact)
    {
      split_name (form, komek_contact_get_name (contact));
      form->email = g_strdup (komek_contact_get_email (contact));
      form->phone = g_strdup (komek_contact_get_phone (contact));
    }
  form->api_key = g_strdup (self->api_key);
  form->jurisdiction = g_strdup (self->jurisdiction);
  form->language = g_strdup (komek_language_get_code (fields->language));
  form->attributes = flatten_answers (fields->answers);
  return komek_wire_form_write (form);
}

/**
 * komek_geo_report_file_async:
 * @filing: read at once
 *
 * Files a request, once; whoever holds the queue sees to it that it is tried again.
 */
void
komek_geo_report_file_async (KomekGeoReport *self, const KomekFiling *filing,
                             GCancellable *cancellable, GAsyncReadyCallback callback, gpointer data)
{
  const KomekFilingFields *fields;
  g_autoptr (GBytes) body = NULL;
  char *form;
  GTask *task;

  g_return_if_fail (KOMEK_IS_GEO_REPORT (self));

  fields = komek_filing_peek (filing);
  if (!self->device)
    self->device = g_strdup (fields->device);
  form = write_form (self, fields);
  body = g_bytes_new_take (form, strlen (form));
  task = g_task_new (self, cancellable, callback, data);
  g_task_set_source_tag (task, komek_geo_report_file_async);
  komek_geo_report_write (self, task, &(KomekWriting) {
    .call = KOMEK_CALL_FILE,
    .method = SOUP_METHOD_POST,
    .path = "requests",
    .type = FORM,
    .body = body,
    .key = fields->key,
    .reader = komek_filing_reply_read,
    .total = self->limits.total,
  });
}

/**
 * komek_geo_report_file_finish:
 *
 * Fails where it was cancelled, with %G_IO_ERROR_CANCELLED, and where the
 * address of the city is none; everything else is told in the reply.
 *
 * Returns: (transfer full) (nullable): what became of it
 */
KomekFilingReply *
komek_geo_report_file_finish (KomekGeoReport *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

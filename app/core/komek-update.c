/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-update.h"

/**
 * KomekUpdate:
 *
 * One step in the life of a request: what happened, when, by whom, and what they wrote.
 *
 * Immutable. The official answer is an update too.
 */
struct _KomekUpdate
{
  GObject           parent;
  KomekUpdateFields fields;
};

G_DEFINE_FINAL_TYPE (KomekUpdate, komek_update, G_TYPE_OBJECT)

static void
komek_update_finalize (GObject *object)
{
  KomekUpdateFields *fields = &KOMEK_UPDATE (object)->fields;

  g_free ((char *) fields->id);
  g_free ((char *) fields->number);
  g_free ((char *) fields->status_name);
  g_free ((char *) fields->text);
  g_free ((char *) fields->agency);
  g_strfreev ((char **) fields->media);
  g_free ((char *) fields->external_status);
  g_free ((char *) fields->reference);
  G_OBJECT_CLASS (komek_update_parent_class)->finalize (object);
}

static void
komek_update_class_init (KomekUpdateClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = komek_update_finalize;
}

static void
komek_update_init (KomekUpdate *self)
{
}

static char *
copy (const char *text)
{
  return g_strdup (text ? text : "");
}

/**
 * komek_update_new_of:
 * @fields: copied, the strings too
 *
 * Returns: (transfer full): the step of these fields
 */
KomekUpdate *
komek_update_new_of (const KomekUpdateFields *fields)
{
  KomekUpdate *self = g_object_new (KOMEK_TYPE_UPDATE, NULL);

  self->fields = *fields;
  self->fields.id = copy (fields->id);
  self->fields.number = copy (fields->number);
  self->fields.status_name = copy (fields->status_name);
  self->fields.text = copy (fields->text);
  self->fields.agency = copy (fields->agency);
  self->fields.media = (const char *const *) g_strdupv ((char **) fields->media);
  self->fields.external_status = copy (fields->external_status);
  self->fields.reference = copy (fields->reference);
  return self;
}

/**
 * komek_update_new:
 * @id: the city's id of the step
 * @number: the request's number
 * @time: seconds since 1970, UTC
 * @text: (nullable): what was written, as it was written
 * @agency: (nullable): the code of the organisation that acted
 * @answer: whether @text is the official answer
 *
 * Returns: (transfer full): a step of these alone
 */
KomekUpdate *
komek_update_new (const char *id, const char *number, KomekStatus status, gint64 time,
                  const char *text, const char *agency, gboolean answer)
{
  return komek_update_new_of (&(KomekUpdateFields) {
    .id = id,
    .number = number,
    .status = status,
    .time = time,
    .text = text,
    .agency = agency,
    .answer = answer,
  });
}

/**
 * komek_update_peek:
 *
 * Returns: (transfer none): all the fields, the strings never %NULL; they live as long as the step
 */
const KomekUpdateFields *
komek_update_peek (KomekUpdate *self)
{
  g_return_val_if_fail (KOMEK_IS_UPDATE (self), NULL);

  return &self->fields;
}

const char *
komek_update_get_id (KomekUpdate *self)
{
  return self->fields.id;
}

const char *
komek_update_get_number (KomekUpdate *self)
{
  return self->fields.number;
}

KomekStatus
komek_update_get_status (KomekUpdate *self)
{
  return self->fields.status;
}

gint64
komek_update_get_time (KomekUpdate *self)
{
  return self->fields.time;
}

const char *
komek_update_get_text (KomekUpdate *self)
{
  return self->fields.text;
}

const char *
komek_update_get_agency (KomekUpdate *self)
{
  return self->fields.agency;
}

gboolean
komek_update_is_answer (KomekUpdate *self)
{
  return self->fields.answer;
}

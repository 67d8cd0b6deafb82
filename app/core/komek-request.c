/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-request.h"

/**
 * KomekRequest:
 *
 * One request to the city as everybody may see it.
 *
 * Immutable, so that any thread may make one and the screen may keep one; when
 * the city changes a request, a new object takes its place. Its strings are
 * read through komek_request_peek() and are never %NULL; its media are, where there are none.
 */
struct _KomekRequest
{
  GObject            parent;
  KomekRequestFields fields;
};

G_DEFINE_FINAL_TYPE (KomekRequest, komek_request, G_TYPE_OBJECT)

static void
komek_request_finalize (GObject *object)
{
  KomekRequestFields *fields = &KOMEK_REQUEST (object)->fields;

  g_free ((char *) fields->number);
  g_free ((char *) fields->service);
  g_free ((char *) fields->service_name);
  g_free ((char *) fields->status_name);
  g_free ((char *) fields->text);
  g_free ((char *) fields->notes);
  g_clear_pointer (&fields->place, komek_place_unref);
  g_free ((char *) fields->agency);
  g_free ((char *) fields->agency_name);
  g_strfreev ((char **) fields->media);
  g_free ((char *) fields->key);
  G_OBJECT_CLASS (komek_request_parent_class)->finalize (object);
}

static void
komek_request_class_init (KomekRequestClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = komek_request_finalize;
}

static void
komek_request_init (KomekRequest *self)
{
}

static char *
copy (const char *text)
{
  return g_strdup (text ? text : "");
}

/**
 * komek_request_new:
 * @fields: copied, the strings too
 *
 * Returns: (transfer full): a request of these fields
 */
KomekRequest *
komek_request_new (const KomekRequestFields *fields)
{
  KomekRequest *self = g_object_new (KOMEK_TYPE_REQUEST, NULL);

  self->fields = *fields;
  self->fields.number = copy (fields->number);
  self->fields.service = copy (fields->service);
  self->fields.service_name = copy (fields->service_name);
  self->fields.status_name = copy (fields->status_name);
  self->fields.text = copy (fields->text);
  self->fields.notes = copy (fields->notes);
  self->fields.agency = copy (fields->agency);
  self->fields.agency_name = copy (fields->agency_name);
  self->fields.media = (const char *const *) g_strdupv ((char **) fields->media);
  self->fields.key = copy (fields->key);
  self->fields.place = fields->place ? komek_place_ref (fields->place)
                                     : komek_place_new_address (NULL, NULL);
  return self;
}

/**
 * komek_request_peek:
 *
 * Returns: (transfer none): all the fields; they live as long as the request
 */
const KomekRequestFields *
komek_request_peek (KomekRequest *self)
{
  g_return_val_if_fail (KOMEK_IS_REQUEST (self), NULL);

  return &self->fields;
}

const char *
komek_request_get_number (KomekRequest *self)
{
  return self->fields.number;
}

const char *
komek_request_get_service (KomekRequest *self)
{
  return self->fields.service;
}

KomekStatus
komek_request_get_status (KomekRequest *self)
{
  return self->fields.status;
}

KomekPlace *
komek_request_get_place (KomekRequest *self)
{
  return self->fields.place;
}

KomekGroup
komek_request_get_group (KomekRequest *self, gint64 now)
{
  return komek_status_get_group (self->fields.status, self->fields.due, now);
}

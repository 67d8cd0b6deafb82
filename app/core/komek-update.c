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
  GObject     parent;
  char       *id;
  char       *number;
  KomekStatus status;
  gint64      time;
  char       *text;
  char       *agency;
  gboolean    answer;
};

G_DEFINE_FINAL_TYPE (KomekUpdate, komek_update, G_TYPE_OBJECT)

static void
komek_update_finalize (GObject *object)
{
  KomekUpdate *self = KOMEK_UPDATE (object);

  g_free (self->id);
  g_free (self->number);
  g_free (self->text);
  g_free (self->agency);
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

/**
 * komek_update_new:
 * @id: the city's id of the step
 * @number: the request's number
 * @time: seconds since 1970, UTC
 * @text: (nullable): what was written, as it was written
 * @agency: (nullable): the code of the organisation that acted
 * @answer: whether @text is the official answer
 *
 * Returns: (transfer full): the step
 */
KomekUpdate *
komek_update_new (const char *id, const char *number, KomekStatus status, gint64 time,
                  const char *text, const char *agency, gboolean answer)
{
  KomekUpdate *self = g_object_new (KOMEK_TYPE_UPDATE, NULL);

  self->id = g_strdup (id);
  self->number = g_strdup (number);
  self->status = status;
  self->time = time;
  self->text = g_strdup (text ? text : "");
  self->agency = g_strdup (agency ? agency : "");
  self->answer = answer;
  return self;
}

const char *
komek_update_get_id (KomekUpdate *self)
{
  return self->id;
}

const char *
komek_update_get_number (KomekUpdate *self)
{
  return self->number;
}

KomekStatus
komek_update_get_status (KomekUpdate *self)
{
  return self->status;
}

gint64
komek_update_get_time (KomekUpdate *self)
{
  return self->time;
}

const char *
komek_update_get_text (KomekUpdate *self)
{
  return self->text;
}

const char *
komek_update_get_agency (KomekUpdate *self)
{
  return self->agency;
}

gboolean
komek_update_is_answer (KomekUpdate *self)
{
  return self->answer;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-pending.h"

/**
 * KomekPending:
 *
 * One request of the outbox as staff see it: which, since when, and what stands in its way.
 *
 * Nothing in it tells who filed it or what was written, but the city's words may
 * repeat some of that: they are for the screen of a desk and for nothing else.
 */
struct _KomekPending
{
  GObject            parent;
  KomekPendingFields fields;
};

G_DEFINE_FINAL_TYPE (KomekPending, komek_pending, G_TYPE_OBJECT)

static void
komek_pending_finalize (GObject *object)
{
  KomekPendingFields *fields = &KOMEK_PENDING (object)->fields;

  g_free ((char *) fields->key);
  g_free ((char *) fields->number);
  g_free ((char *) fields->service);
  g_free ((char *) fields->reason);
  g_free ((char *) fields->address);
  G_OBJECT_CLASS (komek_pending_parent_class)->finalize (object);
}

static void
komek_pending_class_init (KomekPendingClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = komek_pending_finalize;
}

static void
komek_pending_init (KomekPending *self)
{
}

KomekPending *
komek_pending_new (const KomekPendingFields *fields)
{
  KomekPending *self = g_object_new (KOMEK_TYPE_PENDING, NULL);

  self->fields = *fields;
  self->fields.key = g_strdup (fields->key);
  self->fields.number = g_strdup (fields->number);
  self->fields.service = g_strdup (fields->service ? fields->service : "");
  self->fields.reason = g_strdup (fields->reason);
  self->fields.address = g_strdup (fields->address);
  return self;
}

const KomekPendingFields *
komek_pending_peek (KomekPending *self)
{
  g_return_val_if_fail (KOMEK_IS_PENDING (self), NULL);

  return &self->fields;
}

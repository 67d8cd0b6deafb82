/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-entry.h"

/**
 * KomekEntry:
 *
 * A place in the list of requests: its request is there as soon as somebody looked at it.
 */
struct _KomekEntry
{
  GObject       parent;
  guint32       key;
  guint         position;
  KomekRequest *request;
};

enum
{
  PROP_POSITION = 1,
  PROP_REQUEST,
  N_PROPS
};

static GParamSpec *props[N_PROPS];

G_DEFINE_FINAL_TYPE (KomekEntry, komek_entry, G_TYPE_OBJECT)

static void
komek_entry_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  KomekEntry *self = KOMEK_ENTRY (object);

  switch (prop_id)
    {
    case PROP_POSITION:
      g_value_set_uint (value, self->position);
      break;
    case PROP_REQUEST:
      g_value_set_object (value, self->request);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
komek_entry_dispose (GObject *object)
{
  g_clear_object (&KOMEK_ENTRY (object)->request);
  G_OBJECT_CLASS (komek_entry_parent_class)->dispose (object);
}

static void
komek_entry_class_init (KomekEntryClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS;

  object_class->get_property = komek_entry_get_property;
  object_class->dispose = komek_entry_dispose;

  props[PROP_POSITION] = g_param_spec_uint ("position", NULL, NULL, 0, G_MAXUINT, 0, flags);
  props[PROP_REQUEST] = g_param_spec_object ("request", NULL, NULL, KOMEK_TYPE_REQUEST, flags);
  g_object_class_install_properties (object_class, N_PROPS, props);
}

static void
komek_entry_init (KomekEntry *self)
{
}

KomekEntry *
komek_entry_new (guint32 key, guint position)
{
  KomekEntry *self = g_object_new (KOMEK_TYPE_ENTRY, NULL);

  self->key = key;
  self->position = position;
  return self;
}

guint32
komek_entry_get_key (KomekEntry *self)
{
  return self->key;
}

guint
komek_entry_get_position (KomekEntry *self)
{
  return self->position;
}

void
komek_entry_set_position (KomekEntry *self, guint position)
{
  if (self->position == position)
    return;
  self->position = position;
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_POSITION]);
}

/**
 * komek_entry_get_request:
 *
 * Returns: (transfer none) (nullable): the request, %NULL until it is loaded
 */
KomekRequest *
komek_entry_get_request (KomekEntry *self)
{
  return self->request;
}

void
komek_entry_set_request (KomekEntry *self, KomekRequest *request)
{
  if (g_set_object (&self->request, request))
    g_object_notify_by_pspec (G_OBJECT (self), props[PROP_REQUEST]);
}

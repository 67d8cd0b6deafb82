/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-receipt.h"

/**
 * KomekReceipt:
 *
 * What a citizen holds once a request is safe: a number to follow it by, and what became of it.
 *
 * There is one as soon as the request is durable on this device, before any
 * network. It lives on and tells when the city has given its own number.
 */
struct _KomekReceipt
{
  GObject           parent;
  char             *key;
  char             *local;
  char             *number;
  KomekReceiptState state;
  gint64            time;
};

enum
{
  PROP_KEY = 1,
  PROP_LOCAL,
  PROP_NUMBER,
  PROP_STATE,
  PROP_TIME,
  N_PROPS
};

static GParamSpec *props[N_PROPS];

G_DEFINE_ENUM_TYPE (KomekReceiptState, komek_receipt_state,
                    G_DEFINE_ENUM_VALUE (KOMEK_RECEIPT_WAITING, "waiting"),
                    G_DEFINE_ENUM_VALUE (KOMEK_RECEIPT_DELIVERED, "delivered"),
                    G_DEFINE_ENUM_VALUE (KOMEK_RECEIPT_PARKED, "parked"))

G_DEFINE_FINAL_TYPE (KomekReceipt, komek_receipt, G_TYPE_OBJECT)

static void
set_state (KomekReceipt *self, KomekReceiptState state)
{
  if (self->state == state)
    return;
  self->state = state;
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_STATE]);
}

static void
komek_receipt_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  KomekReceipt *self = KOMEK_RECEIPT (object);

  switch (prop_id)
    {
    case PROP_KEY:
      g_value_set_string (value, self->key);
      break;
    case PROP_LOCAL:
      g_value_set_string (value, self->local);
      break;
    case PROP_NUMBER:
      g_value_set_string (value, self->number);
      break;
    case PROP_STATE:
      g_value_set_enum (value, self->state);
      break;
    case PROP_TIME:
      g_value_set_int64 (value, self->time);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
komek_receipt_finalize (GObject *object)
{
  KomekReceipt *self = KOMEK_RECEIPT (object);

  g_free (self->key);
  g_free (self->local);
  g_free (self->number);
  G_OBJECT_CLASS (komek_receipt_parent_class)->finalize (object);
}

static void
komek_receipt_class_init (KomekReceiptClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS;

  object_class->get_property = komek_receipt_get_property;
  object_class->finalize = komek_receipt_finalize;

  props[PROP_KEY] = g_param_spec_string ("key", NULL, NULL, NULL, flags);
  props[PROP_LOCAL] = g_param_spec_string ("local", NULL, NULL, NULL, flags);
  props[PROP_NUMBER] = g_param_spec_string ("number", NULL, NULL, NULL, flags);
  props[PROP_STATE] = g_param_spec_enum ("state", NULL, NULL, KOMEK_TYPE_RECEIPT_STATE,
                                         KOMEK_RECEIPT_WAITING, flags);
  props[PROP_TIME] = g_param_spec_int64 ("time", NULL, NULL, 0, G_MAXINT64, 0, flags);
  g_object_class_install_properties (object_class, N_PROPS, props);
}

static void
komek_receipt_init (KomekReceipt *self)
{
}

/**
 * komek_receipt_new:
 * @key: the UUID under which it travels
 * @local: the number that this device has given it
 * @time: when it was handed in, in seconds since 1970
 *
 * Returns: (transfer full): a receipt for a request that waits
 */
KomekReceipt *
komek_receipt_new (const char *key, const char *local, gint64 time)
{
  KomekReceipt *self = g_object_new (KOMEK_TYPE_RECEIPT, NULL);

  self->key = g_strdup (key);
  self->local = g_strdup (local);
  self->time = time;
  return self;
}

const char *
komek_receipt_get_key (KomekReceipt *self)
{
  g_return_val_if_fail (KOMEK_IS_RECEIPT (self), NULL);

  return self->key;
}

/**
 * komek_receipt_get_local:
 *
 * Returns: (transfer none): the number given here; the city's public page finds the request by it
 * too
 */
const char *
komek_receipt_get_local (KomekReceipt *self)
{
  g_return_val_if_fail (KOMEK_IS_RECEIPT (self), NULL);

  return self->local;
}

/**
 * komek_receipt_get_number:
 *
 * Returns: (transfer none) (nullable): the number that the city gave
 */
const char *
komek_receipt_get_number (KomekReceipt *self)
{
  g_return_val_if_fail (KOMEK_IS_RECEIPT (self), NULL);

  return self->number;
}

/**
 * komek_receipt_get_shown:
 *
 * Returns: (transfer none): the city's number where there is one, else the local one
 */
const char *
komek_receipt_get_shown (KomekReceipt *self)
{
  g_return_val_if_fail (KOMEK_IS_RECEIPT (self), NULL);

  return self->number ? self->number : self->local;
}

KomekReceiptState
komek_receipt_get_state (KomekReceipt *self)
{
  g_return_val_if_fail (KOMEK_IS_RECEIPT (self), KOMEK_RECEIPT_WAITING);

  return self->state;
}

/* When it was handed in, in seconds since 1970. */
gint64
komek_receipt_get_time (KomekReceipt *self)
{
  g_return_val_if_fail (KOMEK_IS_RECEIPT (self), 0);

  return self->time;
}

/**
 * komek_receipt_deliver:
 * @number: what the city calls it from now on
 *
 * Says that the city has it. Whoever hears of the number finds the new state in its place.
 */
void
komek_receipt_deliver (KomekReceipt *self, const char *number)
{
  g_return_if_fail (KOMEK_IS_RECEIPT (self));
  g_return_if_fail (number);

  g_object_freeze_notify (G_OBJECT (self));
  if (g_strcmp0 (self->number, number) != 0)
    {
      g_free (self->number);
      self->number = g_strdup (number);
      g_object_notify_by_pspec (G_OBJECT (self), props[PROP_NUMBER]);
    }
  set_state (self, KOMEK_RECEIPT_DELIVERED);
  g_object_thaw_notify (G_OBJECT (self));
}

/* The city would not take it as it is; nothing of it is lost. */
void
komek_receipt_park (KomekReceipt *self)
{
  g_return_if_fail (KOMEK_IS_RECEIPT (self));

  if (self->state == KOMEK_RECEIPT_WAITING)
    set_state (self, KOMEK_RECEIPT_PARKED);
}

/* Staff have put it back into the queue. */
void
komek_receipt_resume (KomekReceipt *self)
{
  g_return_if_fail (KOMEK_IS_RECEIPT (self));

  if (self->state == KOMEK_RECEIPT_PARKED)
    set_state (self, KOMEK_RECEIPT_WAITING);
}

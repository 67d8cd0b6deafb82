/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-delivery-private.h"

#define USUAL_BACKOFF_BASE 2000
#define USUAL_BACKOFF_CAP 300000
#define USUAL_HEARTBEAT 300000
#define USUAL_GUARD 5000
#define USUAL_OUTSTANDING 1000
#define USUAL_LOOK 2000
#define USUAL_TIDY 3600000
#define USUAL_OVERDUE (72 * 60 * 60)
#define USUAL_WINDOW 4

enum
{
  PROP_WAITING = 1,
  PROP_PARKED,
  PROP_HELD,
  PROP_STRAYS,
  PROP_OLDEST,
  PROP_OVERDUE,
  PROP_PROBLEM,
};

enum
{
  DELIVERED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE_WITH_CODE (KomekDelivery, komek_delivery, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (KOMEK_TYPE_OUTBOX,
                                                      komek_delivery_implement_outbox))

/* The city's clock where it has told it in this run, else ours: a slip with the date of a dead
 * battery is no slip. In seconds since 1970. */
gint64
komek_delivery_now (KomekDelivery *self)
{
  return komek_clock_now (self->clock) + self->offset;
}

void
komek_delivery_set_problem (KomekDelivery *self, const GError *problem)
{
  if (!problem && !self->problem)
    return;
  g_clear_error (&self->problem);
  self->problem = problem ? g_error_copy (problem) : NULL;
  g_object_notify (G_OBJECT (self), "problem");
}

static void
set_count (KomekDelivery *self, guint *count, guint now, const char *name)
{
  if (*count == now)
    return;
  *count = now;
  g_object_notify (G_OBJECT (self), name);
}

/* Whoever hears of one of them finds all of them in their places. */
void
komek_delivery_set_counts (KomekDelivery *self, const KomekOutboxSurvey *survey, gboolean overdue)
{
  g_object_freeze_notify (G_OBJECT (self));
  set_count (self, &self->waiting, survey->counts.waiting, "waiting");
  set_count (self, &self->parked, survey->counts.parked, "parked");
  set_count (self, &self->held, survey->counts.held, "held");
  set_count (self, &self->strays, survey->strays, "strays");
  if (self->oldest != survey->counts.oldest)
    g_object_notify (G_OBJECT (self), "oldest");
  if (self->overdue != overdue)
    g_object_notify (G_OBJECT (self), "overdue");
  self->oldest = survey->counts.oldest;
  self->overdue = overdue;
  g_object_thaw_notify (G_OBJECT (self));
}

void
komek_delivery_emit_delivered (KomekDelivery *self, const char *key, const char *number)
{
  g_signal_emit (self, signals[DELIVERED], 0, key, number);
}

static void
komek_delivery_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  KomekDelivery *self = KOMEK_DELIVERY (object);

  switch (prop_id)
    {
    case PROP_WAITING:
      g_value_set_uint (value, self->waiting);
      break;
    case PROP_PARKED:
      g_value_set_uint (value, self->parked);
      break;
    case PROP_HELD:
      g_value_set_uint (value, self->held);
      break;
    case PROP_STRAYS:
      g_value_set_uint (value, self->strays);
      break;
    case PROP_OLDEST:
      g_value_set_int64 (value, self->oldest);
      break;
    case PROP_OVERDUE:
      g_value_set_boolean (value, self->overdue);
      break;
    case PROP_PROBLEM:
      g_value_set_boxed (value, self->problem);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
komek_delivery_dispose (GObject *object)
{
  KomekDelivery *self = KOMEK_DELIVERY (object);

  g_clear_handle_id (&self->pump, g_source_remove);
  g_clear_handle_id (&self->look, g_source_remove);
  g_clear_handle_id (&self->tidy, g_source_remove);
  g_clear_handle_id (&self->vote, g_source_remove);
  g_cancellable_cancel (self->calls);
  g_clear_object (&self->client);
  g_clear_object (&self->mirror);
  G_OBJECT_CLASS (komek_delivery_parent_class)->dispose (object);
}

static void
komek_delivery_finalize (GObject *object)
{
  KomekDelivery *self = KOMEK_DELIVERY (object);

  g_object_unref (self->calls);
  g_clear_object (&self->store);
  g_clear_object (&self->vault);
  g_clear_object (&self->clock);
  g_clear_pointer (&self->queue, komek_queue_free);
  g_hash_table_unref (self->receipts);
  g_clear_error (&self->problem);
  G_OBJECT_CLASS (komek_delivery_parent_class)->finalize (object);
}

static void
komek_delivery_class_init (KomekDeliveryClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = komek_delivery_get_property;
  object_class->dispose = komek_delivery_dispose;
  object_class->finalize = komek_delivery_finalize;

  g_object_class_override_property (object_class, PROP_WAITING, "waiting");
  g_object_class_override_property (object_class, PROP_PARKED, "parked");
  g_object_class_override_property (object_class, PROP_HELD, "held");
  g_object_class_override_property (object_class, PROP_STRAYS, "strays");
  g_object_class_override_property (object_class, PROP_OLDEST, "oldest");
  g_object_class_override_property (object_class, PROP_OVERDUE, "overdue");
  g_object_class_override_property (object_class, PROP_PROBLEM, "problem");

  /**
   * KomekDelivery::delivered:
   * @key: under which it travelled
   * @number: the number that the city gave
   *
   * The city has one more request.
   */
  signals[DELIVERED] = g_signal_new ("delivered", KOMEK_TYPE_DELIVERY, G_SIGNAL_RUN_LAST, 0, NULL,
                                     NULL, NULL, G_TYPE_NONE, 2, G_TYPE_STRING, G_TYPE_STRING);
}

static void
komek_delivery_init (KomekDelivery *self)
{
  self->calls = g_cancellable_new ();
  self->receipts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_object_unref);
}

static gboolean
on_look_due (gpointer data)
{
  komek_delivery_survey (data);
  return G_SOURCE_CONTINUE;
}

static gboolean
on_tidy_due (gpointer data)
{
  KomekDelivery *self = data;

  komek_delivery_tidy (self);
  komek_delivery_vote (self);
  /* Whoever took no photos yesterday may take some today, and says so when asked. */
  if (self->held > 0 && self->known)
    komek_delivery_discover (self);
  return G_SOURCE_CONTINUE;
}

static guint
or_usual (guint given, guint usual)
{
  return given ? given : usual;
}

static void
read_times (KomekDelivery *self, const KomekDeliveryTimes *given)
{
  KomekDeliveryTimes none = { 0 };
  const KomekDeliveryTimes *times = given ? given : &none;

  self->times = (KomekDeliveryTimes) {
    .backoff_base = or_usual (times->backoff_base, USUAL_BACKOFF_BASE),
    .backoff_cap = or_usual (times->backoff_cap, USUAL_BACKOFF_CAP),
    .heartbeat = or_usual (times->heartbeat, USUAL_HEARTBEAT),
    .guard = or_usual (times->guard, USUAL_GUARD),
    .outstanding = or_usual (times->outstanding, USUAL_OUTSTANDING),
    .look = or_usual (times->look, USUAL_LOOK),
    .tidy = or_usual (times->tidy, USUAL_TIDY),
    .overdue = or_usual (times->overdue, USUAL_OVERDUE),
    .window = or_usual (times->window, USUAL_WINDOW),
  };
  self->backoff.base = self->times.backoff_base;
  self->backoff.cap = self->times.backoff_cap;
  self->vote_backoff = self->backoff;
  self->queue = komek_queue_new (&self->backoff);
}

/**
 * komek_delivery_new:
 * @vault: seals contacts to the city
 * @mirror: (nullable): where the city's card is, and where filed requests are to be seen
 * @times: (nullable): how often it tries
 *
 * Returns: (transfer full): an outbox that keeps, and sends once it is connected
 */
KomekDelivery *
komek_delivery_new (KomekOutboxStore *store, KomekVault *vault, KomekMirror *mirror,
                    KomekClock *clock, const KomekDeliveryTimes *times)
{
  KomekDelivery *self = g_object_new (KOMEK_TYPE_DELIVERY, NULL);

  self->store = g_object_ref (store);
  self->vault = g_object_ref (vault);
  self->mirror = mirror ? g_object_ref (mirror) : NULL;
  self->clock = g_object_ref (clock);
  read_times (self, times);
  self->look = g_timeout_add (self->times.look, on_look_due, self);
  self->tidy = g_timeout_add (self->times.tidy, on_tidy_due, self);
  komek_delivery_tidy (self);
  komek_delivery_survey (self);
  return self;
}

/**
 * komek_delivery_connect:
 * @client: the city from now on, in the place of any former one; the outbox has it alone
 *
 * Begins to deliver to a city, once it has said who it is.
 */
void
komek_delivery_connect (KomekDelivery *self, KomekGeoReport *client)
{
  g_return_if_fail (KOMEK_IS_DELIVERY (self));
  g_return_if_fail (KOMEK_IS_GEO_REPORT (client));

  g_cancellable_cancel (self->calls);
  g_object_unref (self->calls);
  self->calls = g_cancellable_new ();
  g_set_object (&self->client, client);
  self->known = FALSE;
  self->due = 0;
  self->open = FALSE;
  komek_backoff_reset (&self->backoff);
  komek_queue_hurry (self->queue);
  komek_delivery_discover (self);
}

/**
 * komek_delivery_nudge:
 *
 * Says that the line has come back: what waits for nothing else goes now.
 */
void
komek_delivery_nudge (KomekDelivery *self)
{
  g_return_if_fail (KOMEK_IS_DELIVERY (self));

  if (!self->client || (self->known && self->problem))
    return;
  if (!self->known)
    {
      komek_delivery_wake_at (self, 0);
      return;
    }
  self->due = self->quiet;
  komek_queue_hurry (self->queue);
  komek_delivery_pump (self);
  komek_delivery_vote (self);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "komek-backoff.h"
#include "komek-delivery-queue.h"
#include "komek-delivery.h"

/**
 * KomekDelivery:
 *
 * The outbox: keeps what is submitted, hands out receipts, and brings one item after the other to
 * the city.
 *
 * Items set out in the order of their sequence numbers, a few at a time once the
 * city is known to answer. After a failure that any other item would meet too
 * all wait and one goes first to try; after one of an item's own that item alone
 * waits. It never gives up. Of several processes on one store one delivers.
 */
struct _KomekDelivery
{
  GObject            parent;
  KomekOutboxStore  *store;
  KomekVault        *vault;
  KomekMirror       *mirror; /* NULL where there is none */
  KomekClock        *clock;
  KomekDeliveryTimes times;
  KomekGeoReport    *client;
  GCancellable      *calls;  /* of the client */
  gboolean           known;  /* whether the client has discovered the city */
  KomekQueue        *queue;
  KomekBackoff       backoff;
  gint64             due;    /* monotonic: before it nothing sets out */
  gint64             quiet;  /* monotonic: before it the city wants to be left alone */
  gboolean           open;   /* the last answer was one: several may set out */
  gint64             offset; /* of the city's clock from ours, seconds */
  guint              pump;   /* sources */
  guint              look;
  guint              tidy;
  guint              vote;
  gboolean           voting; /* a round of votes is on its way */
  KomekBackoff       vote_backoff;
  gboolean           surveying, again;
  gboolean           leads;
  GHashTable        *receipts; /* key → receipt */
  guint              waiting, parked, held, strays;
  gint64             oldest;
  gboolean           overdue;
  GError            *problem;
};

/* Of komek-delivery-send.c */
void komek_delivery_discover (KomekDelivery *self);
void komek_delivery_pump (KomekDelivery *self);
void komek_delivery_wake_at (KomekDelivery *self, gint64 due);
void komek_delivery_note_state (KomekDelivery *self, const KomekOutboxItem *item);

/* Of komek-delivery-watch.c */
void komek_delivery_survey (KomekDelivery *self);
void komek_delivery_tidy (KomekDelivery *self);

/* Of komek-delivery-staff.c */
void komek_delivery_implement_staff (KomekOutboxInterface *iface);

/* Of komek-delivery-support.c */
void komek_delivery_implement_support (KomekOutboxInterface *iface);

/* Of komek-delivery-submit.c */
void komek_delivery_implement_outbox (KomekOutboxInterface *iface);

/* Of komek-delivery-votes.c */
void komek_delivery_vote (KomekDelivery *self);
void komek_delivery_vote_later (KomekDelivery *self);

/* Of komek-delivery.c */
gint64 komek_delivery_now (KomekDelivery *self);
void komek_delivery_set_problem (KomekDelivery *self, const GError *problem);
void
komek_delivery_set_counts (KomekDelivery *self, const KomekOutboxSurvey *survey, gboolean overdue);
void komek_delivery_emit_delivered (KomekDelivery *self, const char *key, const char *number);

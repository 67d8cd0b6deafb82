/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-delivery-private.h"

#include "komek-error.h"

/* How the votes that were kept get to the city:
 *
 *     device ─► list ─► vote ─► forget ─► vote … ─► over
 *                        └─► no answer ─► another round later
 *
 * One round at a time, one vote after the other: nobody waits for them. */

typedef struct
{
  KomekDelivery *delivery;
  char          *device;
  GPtrArray     *numbers;
  guint          at;
} Round;

static void
round_free (Round *round)
{
  g_free (round->device);
  g_clear_pointer (&round->numbers, g_ptr_array_unref);
  g_object_unref (round->delivery);
  g_free (round);
}

/* Takes the round. */
static void
end (Round *round, gboolean again)
{
  KomekDelivery *self = round->delivery;

  self->voting = FALSE;
  if (again)
    komek_delivery_vote_later (self);
  else
    komek_backoff_reset (&self->vote_backoff);
  round_free (round);
}

static void next (Round *round);

static void
on_forgotten (GObject *source, GAsyncResult *result, gpointer data)
{
  Round *round = data;
  g_autoptr (GError) error = NULL;

  if (komek_outbox_store_finish (KOMEK_OUTBOX_STORE (source), result, &error))
    {
      round->at++;
      next (round);
      return;
    }
  g_message ("A vote that was counted cannot be forgotten yet: %s", error->message);
  end (round, TRUE);
}

static void
on_voted (GObject *source, GAsyncResult *result, gpointer data)
{
  Round *round = data;
  g_autoptr (GError) error = NULL;
  guint votes;
  gboolean counted =
    komek_geo_report_vote_finish (KOMEK_GEO_REPORT (source), result, &votes, &error);

  if (!counted && !g_error_matches (error, KOMEK_ERROR, KOMEK_ERROR_REFUSED))
    {
      end (round, TRUE);
      return;
    }
  if (!counted)
    g_message ("The city does not count a vote that was kept");
  komek_outbox_store_end_vote_async (round->delivery->store, round->numbers->pdata[round->at],
                                     NULL, on_forgotten, round);
}

static gboolean
may_vote (KomekDelivery *self)
{
  return self->client && self->known && self->leads
         && komek_geo_report_can (self->client, KOMEK_ABILITY_VOTES);
}

/* Takes the round. */
static void
next (Round *round)
{
  KomekDelivery *self = round->delivery;

  if (round->at < round->numbers->len && may_vote (self))
    komek_geo_report_vote_async (self->client, round->numbers->pdata[round->at], round->device,
                                 self->calls, on_voted, round);
  else
    end (round, round->at > 0);
}

static void
on_listed (GObject *source, GAsyncResult *result, gpointer data)
{
  Round *round = data;
  g_autoptr (GError) error = NULL;

  round->numbers = komek_outbox_store_votes_finish (KOMEK_OUTBOX_STORE (source), result, &error);
  if (round->numbers)
    next (round);
  else
    end (round, TRUE);
}

static void
on_device_known (GObject *source, GAsyncResult *result, gpointer data)
{
  Round *round = data;
  g_autoptr (GError) error = NULL;

  round->device = komek_outbox_store_device_finish (KOMEK_OUTBOX_STORE (source), result, &error);
  if (round->device)
    komek_outbox_store_votes_async (KOMEK_OUTBOX_STORE (source), NULL, on_listed, round);
  else
    end (round, TRUE);
}

/* Tells the city of the votes that were kept, where it can be told; else that comes when it can. */
void
komek_delivery_vote (KomekDelivery *self)
{
  Round *round;

  g_clear_handle_id (&self->vote, g_source_remove);
  if (self->voting || !may_vote (self))
    return;
  self->voting = TRUE;
  round = g_new0 (Round, 1);
  round->delivery = g_object_ref (self);
  komek_outbox_store_device_async (self->store, NULL, on_device_known, round);
}

static gboolean
on_vote_due (gpointer data)
{
  KomekDelivery *self = data;

  self->vote = 0;
  komek_delivery_vote (self);
  return G_SOURCE_REMOVE;
}

void
komek_delivery_vote_later (KomekDelivery *self)
{
  if (!self->vote && self->client)
    self->vote = g_timeout_add (komek_backoff_next (&self->vote_backoff), on_vote_due, self);
}

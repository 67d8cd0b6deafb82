/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "komek-gate.h"

/**
 * KomekJob:
 * @gate: that the call has to pass
 * @edition: changes with whatever changes an answer and is not in the storage
 * @hall: that it came to
 * @message: to answer
 * @call: what is asked
 * @route: (nullable): what answers it
 * @arrival: how the call came in
 * @begun: when, monotonic, in µs
 * @gzip: whether the body of the reply is compressed
 * @late: (nullable): fires where the answer takes too long to wait for
 * @answered: (atomic): whether the message was answered without waiting for the reply
 * @spare: (nullable): the same call, to be answered with what is known where the answer is late
 * @failed: whether the storage failed
 * @allowance: what is left to the caller
 * @reply: (nullable): the answer, once there is one
 *
 * A call on its way through the server.
 */
typedef struct _KomekJob KomekJob;

struct _KomekJob
{
  KomekGate         *gate;
  const char        *edition;
  gpointer           hall;
  SoupServerMessage *message;
  KomekCall         *call;
  const KomekRoute  *route;
  KomekArrival       arrival;
  gint64             begun;
  gboolean           gzip;
  GSource           *late;
  gboolean           answered;
  KomekJob          *spare;
  gboolean           failed;
  KomekAllowance     allowance;
  KomekReply        *reply;
};

void komek_job_free (KomekJob *self);
void komek_job_work (KomekJob *self);
void komek_job_refuse (KomekJob *self, int refusal);
void komek_job_send_instead (KomekJob *self, const KomekReply *reply);
void komek_job_send (KomekJob *self);

/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

/**
 * KomekEnvelope:
 * @first_name: (nullable): of the citizen
 * @last_name: (nullable): of the citizen
 * @email: (nullable): how to reach them
 * @phone: (nullable): how to reach them
 * @sealed: (nullable): or all of it in a box that the sender closed already
 *
 * How to reach a citizen. It is a person's: it never reaches an answer, a page or a log.
 */
typedef struct
{
  const char *first_name;
  const char *last_name;
  const char *email;
  const char *phone;
  const char *sealed;
} KomekEnvelope;

void komek_envelope_check (const KomekEnvelope *self, GPtrArray *complaints);
gboolean komek_envelope_seal (const KomekEnvelope *self, const char *seal_key, char **sealed,
                             GError **error);

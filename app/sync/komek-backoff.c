/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-backoff.h"

/**
 * komek_backoff_next:
 *
 * Says how long to wait after one more failure: anything up to a time that
 * doubles, so that two hundred kiosks do not come back in the same second after
 * an outage, but never less than half of @base.
 *
 * Returns: milliseconds
 */
guint
komek_backoff_next (KomekBackoff *self)
{
  guint most = self->base;

  for (guint i = 0; i < self->failures && most < self->cap; i++)
    most = MIN ((guint64) most * 2, self->cap);
  self->failures++;
  return g_random_int_range (self->base / 2, most + 1);
}

/* After a try that did not fail. */
void
komek_backoff_reset (KomekBackoff *self)
{
  self->failures = 0;
}

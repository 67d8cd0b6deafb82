/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

/**
 * KomekBackoff:
 * @base: milliseconds within which the first new try comes
 * @cap: milliseconds within which every later one comes
 * @failures: how many tries have failed in a row
 *
 * How long to wait after a failure.
 */
typedef struct
{
  guint base;
  guint cap;
  guint failures;
} KomekBackoff;

guint komek_backoff_next (KomekBackoff *self);
void komek_backoff_reset (KomekBackoff *self);

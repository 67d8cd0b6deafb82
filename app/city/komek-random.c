/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-random.h"

#include <math.h>

/* splitmix64, so that no seed leaves the state at zero. */
static guint64
spread_seed (guint64 *seed)
{
  guint64 z = (*seed += G_GUINT64_CONSTANT (0x9e3779b97f4a7c15));

  z = (z ^ (z >> 30)) * G_GUINT64_CONSTANT (0xbf58476d1ce4e5b9);
  z = (z ^ (z >> 27)) * G_GUINT64_CONSTANT (0x94d049bb133111eb);
  return z ^ (z >> 31);
}

void
komek_random_init (KomekRandom *self, guint64 seed)
{
  for (guint i = 0; i < G_N_ELEMENTS (self->state); i++)
    self->state[i] = spread_seed (&seed);
}

static guint64
rotate (guint64 x, int bits)
{
  return (x << bits) | (x >> (64 - bits));
}

guint64
komek_random_draw (KomekRandom *self)
{
  guint64 *s = self->state;
  guint64 drawn = rotate (s[1] * 5, 7) * 9, t = s[1] << 17;

  s[2] ^= s[0];
  s[3] ^= s[1];
  s[1] ^= s[2];
  s[0] ^= s[3];
  s[2] ^= t;
  s[3] = rotate (s[3], 45);
  return drawn;
}

/* 0 to @limit - 1. */
guint
komek_random_below (KomekRandom *self, guint limit)
{
  return (komek_random_draw (self) >> 32) * limit >> 32;
}

/* 0 to less than 1. */
double
komek_random_unit (KomekRandom *self)
{
  return (komek_random_draw (self) >> 11) * 0x1p-53;
}

double
komek_random_between (KomekRandom *self, double from, double to)
{
  return from + komek_random_unit (self) * (to - from);
}

gboolean
komek_random_chance (KomekRandom *self, double share)
{
  return komek_random_unit (self) < share;
}

/* A factor round 1 whose logarithm is spread like a bell. */
double
komek_random_spread (KomekRandom *self, double sigma)
{
  double u = 1 - komek_random_unit (self), v = komek_random_unit (self);

  return exp (sigma * sqrt (-2 * log (u)) * cos (2 * G_PI * v));
}

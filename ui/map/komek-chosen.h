/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "komek-exploration.h"

/**
 * KomekChosen:
 * @word: what it is
 * @action: what takes it away again
 * @target: (nullable): with which target
 *
 * A filter that somebody has chosen and that no chip of a state shows.
 */
typedef struct
{
  char       *word;
  const char *action;
  GVariant   *target;
} KomekChosen;

GArray *komek_chosen_list (KomekContext *context, KomekExploration *exploration);

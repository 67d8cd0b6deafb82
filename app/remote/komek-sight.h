/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "komek-answer.h"

/**
 * KomekSight:
 * @numbers: (element-type utf8) (nullable): of the requests in it
 * @word: (nullable): a word from the text of one of them
 * @names: (nullable): of the services in it, one after the other
 * @extended: whether there is anything beyond the standard
 *
 * What an answer tells of the city that gave it, when it is found out what that city can do.
 */
typedef struct
{
  GPtrArray *numbers;
  char      *word;
  char      *names;
  gboolean   extended;
} KomekSight;

void komek_sight_free (KomekSight *self);
gpointer komek_sight_read_requests (const KomekAnswer *answer, GTimeZone *zone, GError **error);
gpointer komek_sight_read_services (const KomekAnswer *answer, GTimeZone *zone, GError **error);
gpointer komek_sight_read_updates (const KomekAnswer *answer, GTimeZone *zone, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (KomekSight, komek_sight_free)

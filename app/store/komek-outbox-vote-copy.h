/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

/**
 * KomekOutboxVote:
 * @sequence: by which votes are ordered
 * @number: of the request, as the city has it
 * @machine: that it was given on, as the outbox knows it
 * @device: the name under which the city hears of it
 *
 * A vote, as it is written beside the database.
 */
typedef struct
{
  gint64 sequence;
  char  *number;
  char  *machine;
  char  *device;
} KomekOutboxVote;

gboolean komek_outbox_vote_copy_write (const char *folder, const KomekOutboxVote *vote,
                                       GError **error);
GPtrArray *komek_outbox_vote_copy_list (const char *folder);
void komek_outbox_vote_copy_remove (const char *folder, const char *number);

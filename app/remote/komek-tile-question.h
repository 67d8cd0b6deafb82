/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <libsoup/soup.h>

#include "komek-answer.h"
#include "komek-tiles.h"

SoupMessage *komek_tile_question_new (const char *url, guint zoom, guint column, guint row,
                                      const char *etag);
KomekMapTrouble komek_tile_question_judge (const KomekAnswer *answer);
SoupSession *komek_tile_question_new_session (const char *contact, guint at_once);
char *komek_tile_question_dup_host (const char *url);

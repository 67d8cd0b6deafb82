/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "line.h"

/* A city with one of the thirty habits, by its number, and what a client makes of it. */

#define REQUEST(id, more) \
  "{\"service_request_id\":" id ",\"status\":\"open\",\"service_code\":\"006\"," \
  "\"requested_datetime\":\"2026-11-21T14:05:00+05:00\"" more "}"

/* All requests, which must be read; and those of a city whose list has these words. */
GPtrArray *get_requests (Line *line);
GPtrArray *get_requests_of (Line *line, const char *body);
const KomekRequestFields *peek (GPtrArray *requests, guint position);

void quirk_01 (Line *line);
void quirk_02 (Line *line);
void quirk_03 (Line *line);
void quirk_04 (Line *line);
void quirk_05 (Line *line);
void quirk_06 (Line *line);
void quirk_07 (Line *line);
void quirk_08 (Line *line);
void quirk_09 (Line *line);
void quirk_10 (Line *line);
void quirk_11 (Line *line);
void quirk_12 (Line *line);
void quirk_13 (Line *line);
void quirk_14 (Line *line);
void quirk_15 (Line *line);
void quirk_16 (Line *line);
void quirk_17 (Line *line);
void quirk_18 (Line *line);
void quirk_19 (Line *line);
void quirk_20 (Line *line);
void quirk_21 (Line *line);
void quirk_22 (Line *line);
void quirk_23 (Line *line);
void quirk_24 (Line *line);
void quirk_25 (Line *line);
void quirk_26 (Line *line);
void quirk_27 (Line *line);
void quirk_28 (Line *line);
void quirk_29 (Line *line);
void quirk_30 (Line *line);

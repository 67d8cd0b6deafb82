/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "komek-attribute.h"
#include "komek-request.h"
#include "komek-service.h"

/* Reads what real servers of GeoReport send. Their quirks have the numbers under which they are
 * known; one that is in neither of the two tests only shows on the line, see tests/remote. */

GBytes *bytes (const char *text);
GPtrArray *read_requests (const char *text);
KomekRequest *read_one (const char *text);
KomekRequest *read_members (const char *members);
KomekService *read_service (const char *text);
GPtrArray *read_definition (const char *text);
void assert_numbers (const char *text, const char *expected);

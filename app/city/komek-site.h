/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "komek-call.h"
#include "komek-reply.h"

/* Pages are text, one style sheet of their own and the photos of this city: nothing runs. */
#define KOMEK_SITE_POLICY \
  "default-src 'none'; style-src 'unsafe-inline'; img-src 'self'; form-action 'self'; " \
  "base-uri 'none'; " \
  "frame-ancestors 'none'"

KomekReply *komek_site_start (const KomekCall *call, GError **error);
KomekReply *komek_site_request (const KomekCall *call, GError **error);
KomekReply *komek_site_error (const KomekCall *call, const GError *error);

/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <libsoup/soup.h>

/**
 * SafeCity:
 * @url: where its GeoReport service is
 * @filed: how many filings it took
 *
 * A plain city behind TLS, whose certificate a test chooses. Each answer ends its connection, so
 * that the next question looks at the certificate anew. The authority and the certificates are
 * made for this and are good for nothing else.
 */
typedef struct
{
  SoupServer      *server;
  GSocketService  *service;
  GTlsCertificate *certificate;
  GCancellable    *leaving;
  guint            n_greeting; /* connections that still shake hands */
  guint            port;
  char            *url;
  guint            filed;
} SafeCity;

SafeCity *safe_city_new (const char *certificate);
void safe_city_free (SafeCity *self);
void safe_city_change (SafeCity *self, const char *certificate);
SoupSession *safe_city_make_session (gboolean trusting);

/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

/**
 * KomekTerms:
 * @public_url: (nullable): where citizens find the web pages, without a slash at the end
 * @seal_file: (nullable): of the secret key for contacts; made where there is none and the
 *   database knows no public one
 * @jurisdictions: (nullable): the codes that this city goes by; with more than one a caller must
 *   say which
 * @endpoints: (nullable): further addresses of the interface, as "production=URL" or "test=URL"
 * @batch: how many seconds lie between two times at which numbers are given; 0 to give them at once
 * @publishes_comments: whether what citizens add is public before anybody has read it
 *
 * On what terms a city takes requests and tells of them.
 */
typedef struct
{
  char    *public_url;
  char    *seal_file;
  char   **jurisdictions;
  char   **endpoints;
  guint    batch;
  gboolean publishes_comments;
} KomekTerms;

void komek_terms_add_options (KomekTerms *self, GOptionContext *context);
gboolean komek_terms_complete (KomekTerms *self, const char *database, const char *public_url,
                               GError **error);
GPtrArray *komek_terms_make_endpoints (const KomekTerms *self);
void komek_terms_clear (KomekTerms *self);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (KomekTerms, komek_terms_clear)

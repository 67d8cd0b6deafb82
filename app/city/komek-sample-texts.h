/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "komek-random.h"
#include "komek-sample-places.h"
#include "komek-service.h"

typedef struct _KomekSampleTexts KomekSampleTexts;

KomekSampleTexts *komek_sample_texts_new (GResource *data, GError **error);
void komek_sample_texts_free (KomekSampleTexts *self);
gboolean komek_sample_texts_write_request (const KomekSampleTexts *self, KomekRandom *random,
                                           KomekService *service, KomekLanguage language,
                                           const KomekSamplePlace *place, GString *text);
gboolean komek_sample_texts_write_answer (const KomekSampleTexts *self, KomekRandom *random,
                                          KomekService *service, const char *kind,
                                          KomekLanguage language, const KomekSamplePlace *place,
                                          const char *date, GString *text);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (KomekSampleTexts, komek_sample_texts_free)

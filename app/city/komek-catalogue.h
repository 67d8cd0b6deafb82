/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "komek-calendar.h"
#include "komek-city.h"
#include "komek-plan.h"
#include "komek-service.h"

typedef struct _KomekCatalogue KomekCatalogue;

KomekCatalogue *komek_catalogue_new (GResource *data, const KomekCalendar *calendar,
                                     GError **error);
void komek_catalogue_free (KomekCatalogue *self);
GPtrArray *komek_catalogue_get_services (const KomekCatalogue *self);
KomekService *komek_catalogue_look_up (const KomekCatalogue *self, const char *code);
GPtrArray *komek_catalogue_get_attributes (const KomekCatalogue *self, const char *code);
const char *komek_catalogue_get_term (const KomekCatalogue *self, const char *code);
char *komek_catalogue_dup_agency (const KomekCatalogue *self, const char *code,
                                  const char *district);
void komek_catalogue_describe (const KomekCatalogue *self, const KomekPlan *plan, KomekCity *city);
const char *komek_catalogue_get_fingerprint (const KomekCatalogue *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (KomekCatalogue, komek_catalogue_free)

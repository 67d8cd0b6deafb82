/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "komek-office.h"
#include "komek-request.h"

KomekRequest *komek_listing_make_request (const KomekOffice *office, const KomekRecord *record,
                                          KomekLanguage language, const char *key);
KomekRequest *komek_listing_make_withdrawn (const KomekRecord *record);

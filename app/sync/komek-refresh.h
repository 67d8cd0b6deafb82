/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "komek-geo-report.h"
#include "komek-mirror.h"

void komek_refresh_run (GTask *task, KomekMirror *mirror, KomekGeoReport *client,
                        const char *number, KomekLanguage language);

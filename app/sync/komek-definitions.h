/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "komek-geo-report.h"
#include "komek-mirror.h"

void komek_definitions_run (GTask *task, KomekMirror *mirror, KomekGeoReport *client,
                            KomekCity *card, GPtrArray *services);

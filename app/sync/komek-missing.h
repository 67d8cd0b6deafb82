/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "komek-geo-report.h"
#include "komek-mirror.h"

void komek_missing_run (GTask *task, KomekMirror *mirror, KomekGeoReport *client,
                        gint64 generation, gint64 start, gint64 end);

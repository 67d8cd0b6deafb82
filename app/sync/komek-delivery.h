/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "komek-clock.h"
#include "komek-geo-report.h"
#include "komek-mirror.h"

void komek_delivery_run (GTask *task, KomekMirror *mirror, KomekGeoReport *client, KomekClock *clock,
                       KomekDraft *draft);

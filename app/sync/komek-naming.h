/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "komek-geo-report.h"
#include "komek-service.h"

void komek_naming_run (GTask *task, KomekGeoReport *client);

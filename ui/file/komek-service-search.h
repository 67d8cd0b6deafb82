/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "komek-service.h"

GPtrArray *komek_service_search (GPtrArray *services, const char *text, guint most);

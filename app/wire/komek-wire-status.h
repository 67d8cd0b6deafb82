/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "komek-status.h"

KomekStatus komek_wire_read_status (const char *status, const char *detailed);

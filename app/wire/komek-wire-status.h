/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "komek-status.h"

KomekStatus komek_wire_read_status (const char *status, const char *detailed);
const char *komek_wire_get_status_name (KomekStatus status, const char *word, const char *detail);

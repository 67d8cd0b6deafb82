/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

void komek_unread_report (const char *what, const GError *error);

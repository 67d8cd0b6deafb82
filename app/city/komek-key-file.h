/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

char *komek_key_file_open (const char *path, GError **error);

/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

gboolean komek_seal_make_pair (char **public_key, char **secret_key, GError **error);
char *komek_seal_get_public_key (const char *secret_key, GError **error);
char *komek_seal_close (const char *text, const char *public_key, GError **error);
char *komek_seal_open (const char *sealed, const char *secret_key, GError **error);

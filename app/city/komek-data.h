/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

/* Where the files of the city stand in the program itself. */
#define KOMEK_DATA_PREFIX "/kz/komek/Komek/city/"

/* The organisation that registers everything and answers for what nobody else does. */
#define KOMEK_CONTACT_CENTRE "109"

GBytes *komek_data_look_up (GResource *data, const char *name, GError **error);

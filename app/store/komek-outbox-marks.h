/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "komek-database.h"

gboolean komek_outbox_marks_get (KomekDatabase *database, const char *name, char **value,
                                 GError **error);
gboolean komek_outbox_marks_check (KomekDatabase *database, const char *path, GError **error);
gboolean komek_outbox_marks_draw_series (KomekDatabase *database, GError **error);
char *komek_outbox_marks_dup_device (KomekDatabase *database, GError **error);
char *komek_outbox_marks_draw_number (KomekDatabase *database, GError **error);
gboolean komek_outbox_marks_name_address (KomekDatabase *database, const char *address,
                                          GError **error);
gboolean komek_outbox_marks_take_name (KomekDatabase *database, const char *machine,
                                       const char *device, GError **error);

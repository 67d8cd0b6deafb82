/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "komek-record.h"

/* What both engines do in the same way. */

char *komek_storage_make_key (void);
char *komek_storage_dup_search (const KomekRecord *record);
gboolean komek_storage_check_day (const char *day, guint count, GError **error);
gboolean komek_storage_fail_parcel (const char *token, GError **error);
gboolean komek_storage_fail_request (const char *number, gboolean withdrawn, GError **error);

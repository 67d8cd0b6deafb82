/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "komek-call.h"
#include "komek-wire-update-form.h"

gboolean komek_diary_may_add (const KomekCall *call, const char *number, const char *device,
                              GError **error);
char *komek_diary_enter (const KomekCall *call, const KomekWireUpdateForm *form,
                         GPtrArray *complaints, GError **error);

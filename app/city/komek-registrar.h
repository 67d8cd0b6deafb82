/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "komek-call.h"
#include "komek-registration.h"
#include "komek-wire-form.h"

KomekRegistration *komek_registrar_file (const KomekCall *call, const KomekWireForm *form,
                                         GPtrArray *complaints, GError **error);

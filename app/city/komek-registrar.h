/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "komek-office.h"
#include "komek-wire-form.h"

char *komek_registrar_file (const KomekOffice *office, const KomekWireForm *form, GError **error);

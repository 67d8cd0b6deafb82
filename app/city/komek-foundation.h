/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "komek-office.h"

KomekStorage *komek_foundation_open (const KomekOffice *office, GResource *data,
                                     const char *address, int sample, GError **error);

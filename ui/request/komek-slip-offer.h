/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "komek-notice.h"
#include "komek-slip.h"

void komek_slip_offer (KomekSlip *slip, KomekNotice *notice);

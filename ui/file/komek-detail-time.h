/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "komek-detail.h"

#define KOMEK_TYPE_DETAIL_TIME (komek_detail_time_get_type ())
G_DECLARE_FINAL_TYPE (KomekDetailTime, komek_detail_time, KOMEK, DETAIL_TIME, KomekDetail)

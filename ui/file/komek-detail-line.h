/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "komek-detail.h"

#define KOMEK_TYPE_DETAIL_LINE (komek_detail_line_get_type ())
G_DECLARE_FINAL_TYPE (KomekDetailLine, komek_detail_line, KOMEK, DETAIL_LINE, KomekDetail)

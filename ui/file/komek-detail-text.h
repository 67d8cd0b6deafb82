/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "komek-detail.h"

#define KOMEK_TYPE_DETAIL_TEXT (komek_detail_text_get_type ())
G_DECLARE_FINAL_TYPE (KomekDetailText, komek_detail_text, KOMEK, DETAIL_TEXT, KomekDetail)

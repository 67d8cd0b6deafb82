/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "komek-detail.h"

#define KOMEK_TYPE_DETAIL_CHOICE (komek_detail_choice_get_type ())
G_DECLARE_FINAL_TYPE (KomekDetailChoice, komek_detail_choice, KOMEK, DETAIL_CHOICE, KomekDetail)

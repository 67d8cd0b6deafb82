/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "komek-exploration.h"
#include "komek-page.h"

#define KOMEK_TYPE_EXPLORE_PAGE (komek_explore_page_get_type ())
G_DECLARE_FINAL_TYPE (KomekExplorePage, komek_explore_page, KOMEK, EXPLORE_PAGE, KomekPage)

KomekPage *komek_explore_page_new (KomekContext *context, KomekExploration *exploration);

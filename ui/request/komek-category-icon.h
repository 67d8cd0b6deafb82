/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "komek-context.h"

char *komek_category_icon_dup_name (const char *group);
const char *komek_category_icon_find_group (KomekContext *context, const char *service);

/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "komek-locale.h"

char *komek_amount_format (KomekLocale *locale, double value);

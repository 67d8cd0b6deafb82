/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "komek-call.h"
#include "komek-request.h"
#include "komek-update.h"

char *komek_page_ask (const KomekCall *call, const char *sentence, const char *typed);
char *komek_page_wait (const KomekCall *call, const char *local_number);
char *komek_page_show (const KomekCall *call, KomekRequest *request, GPtrArray *steps);

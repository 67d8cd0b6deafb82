/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "komek-context.h"
#include "komek-place-find.h"

const char *komek_place_words_name_district (KomekContext *context, const char *code);
char *komek_place_words_dup_district (KomekContext *context, const char *code);
char *komek_place_words_dup_title (KomekContext *context, const KomekPlaceFind *find);
char *komek_place_words_dup_address (KomekContext *context, KomekPlace *place,
                                     const KomekPlaceFind *find);

/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "komek-cause.h"
#include "komek-context.h"

const char *komek_words_cause_title (KomekCause cause);
char *komek_words_cause_remedy (KomekContext *context, KomekCause cause);
char *komek_words_for_staff (const char *sentence);

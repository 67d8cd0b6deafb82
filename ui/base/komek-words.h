/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "komek-context.h"
#include "komek-deadline.h"

char *komek_words_error (const GError *error);
const char *komek_words_error_title (const GError *error);
const char *komek_words_group (KomekGroup group);
const char *komek_words_status (KomekContext *context, KomekRequest *request);
const char *komek_words_status_of (KomekContext *context, KomekStatus status,
                                   const char *otherwise);
char *komek_words_deadline (KomekContext *context, KomekRequest *request);
const char *komek_words_service (KomekContext *context, KomekRequest *request);
char *komek_words_district (KomekContext *context, KomekPlace *place);
char *komek_words_place (KomekContext *context, KomekPlace *place);
const char *komek_words_agency (KomekContext *context, const char *code, const char *otherwise);
KomekDeadline komek_words_read_deadline (KomekContext *context, KomekRequest *request);

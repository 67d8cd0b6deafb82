/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "crowd.h"

#define QUESTION_KINDS 11

const char *question_get_kind (guint kind);
char *question_make (guint kind, const Crowd *crowd, KomekRequest *request, guint i);

/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "komek-notice.h"

#define KOMEK_TYPE_QUESTION (komek_question_get_type ())
G_DECLARE_FINAL_TYPE (KomekQuestion, komek_question, KOMEK, QUESTION, GtkBox)

KomekNotice *komek_question_get_notice (KomekQuestion *self);
void komek_question_set_step (KomekQuestion *self, int step, int steps);
void komek_question_set_title (KomekQuestion *self, const char *title);

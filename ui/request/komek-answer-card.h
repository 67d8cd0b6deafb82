/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "komek-context.h"

#define KOMEK_TYPE_ANSWER_CARD (komek_answer_card_get_type ())
G_DECLARE_FINAL_TYPE (KomekAnswerCard, komek_answer_card, KOMEK, ANSWER_CARD, GtkBox)

GtkWidget *komek_answer_card_new (void);
void komek_answer_card_show (KomekAnswerCard *self, KomekContext *context, KomekRequest *request,
                             GPtrArray *history);

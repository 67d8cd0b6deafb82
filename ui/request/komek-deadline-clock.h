/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "komek-deadline.h"
#include "komek-theme.h"

#define KOMEK_TYPE_DEADLINE_CLOCK (komek_deadline_clock_get_type ())
G_DECLARE_FINAL_TYPE (KomekDeadlineClock, komek_deadline_clock, KOMEK, DEADLINE_CLOCK, GtkWidget)

GtkWidget *komek_deadline_clock_new (void);
void komek_deadline_clock_show (KomekDeadlineClock *self, KomekTheme *theme,
                                const KomekDeadline *deadline);
const char *komek_deadline_clock_get_figure (KomekDeadlineClock *self);
const char *komek_deadline_clock_get_unit (KomekDeadlineClock *self);
const char *komek_deadline_clock_get_token (KomekDeadlineClock *self);
double komek_deadline_clock_get_share (KomekDeadlineClock *self);

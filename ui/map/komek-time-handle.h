/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

/**
 * KomekTimeStep:
 * @KOMEK_TIME_STEP_BAR: to the next bar
 * @KOMEK_TIME_STEP_MONTH: to the next month
 * @KOMEK_TIME_STEP_END: as far as it goes
 * @KOMEK_TIME_STEP_BOTH: to the next bar, together with the other handle
 *
 * How a key moves a handle.
 */
typedef enum
{
  KOMEK_TIME_STEP_BAR,
  KOMEK_TIME_STEP_MONTH,
  KOMEK_TIME_STEP_END,
  KOMEK_TIME_STEP_BOTH,
} KomekTimeStep;

#define KOMEK_TYPE_TIME_HANDLE (komek_time_handle_get_type ())
G_DECLARE_FINAL_TYPE (KomekTimeHandle, komek_time_handle, KOMEK, TIME_HANDLE, GtkWidget)

GtkWidget *komek_time_handle_new (void);
int komek_time_handle_get_knob_width (KomekTimeHandle *self);
void komek_time_handle_set_value (KomekTimeHandle *self, guint value, guint most,
                                  const char *words);

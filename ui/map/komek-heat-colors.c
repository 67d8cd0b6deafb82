/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-heat-colors.h"

static const char *const tokens[KOMEK_MAP_STEPS + 1] = {
  NULL, "heat1", "heat2", "heat3", "heat4", "heat5", "heat6",
};

/**
 * komek_heat_colors_get_token:
 * @step: from 1 to %KOMEK_MAP_STEPS
 *
 * Returns: the name of its colour in the palette
 */
const char *
komek_heat_colors_get_token (guint step)
{
  g_return_val_if_fail (step >= 1 && step <= KOMEK_MAP_STEPS, tokens[1]);

  return tokens[step];
}

/**
 * komek_heat_colors_look_up:
 * @alpha: how much of what lies below is hidden
 * @colors: (out): of each step its colour, of step 0 none
 */
void
komek_heat_colors_look_up (const KomekPalette *palette, double alpha,
                           GdkRGBA colors[KOMEK_MAP_STEPS + 1])
{
  colors[0] = (GdkRGBA) { 0 };
  for (guint i = 1; i <= KOMEK_MAP_STEPS; i++)
    {
      colors[i] = komek_palette_look_up (palette, tokens[i]);
      colors[i].alpha *= (float) alpha;
    }
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "komek-language.h"
#include "komek-map-options.h"
#include "komek-place.h"

/**
 * KomekStartOptions:
 * @city: (nullable): the address of the city; the one that comes with the program where it is "" or
 *   %NULL
 * @language: (nullable): the code of the language to start in
 * @here: (nullable): where this device stands, as "LAT,LON" in degrees
 * @page: (nullable): the name of the page to begin with
 * @api_key_file: (nullable): the path of the file with the key that the city has given
 * @jurisdiction: (nullable): which city is meant where one service stands for several
 * @api_key: (nullable): what is in that file
 * @kiosk: whether to fill the screen and let nobody leave
 * @map: what the map is to be made of
 *
 * What the program was asked for, on the command line or in its settings.
 */
typedef struct
{
  char           *city;
  char           *language;
  char           *here;
  char           *page;
  char           *api_key_file;
  char           *jurisdiction;
  char           *api_key;
  gboolean        kiosk;
  KomekMapOptions map;
} KomekStartOptions;

void komek_start_options_add (GApplication *application);
int komek_start_options_take (KomekStartOptions *self, GVariantDict *given);
void komek_start_options_fill (KomekStartOptions *self, GSettings *settings);
gboolean komek_start_options_check (KomekStartOptions *self);
KomekLanguage komek_start_options_choose_language (const KomekStartOptions *self);
KomekPlace *komek_start_options_read_here (const KomekStartOptions *self);
char *komek_start_options_dup_address (const KomekStartOptions *self);
void komek_start_options_clear (KomekStartOptions *self);

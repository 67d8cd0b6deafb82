/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "komek-place-page.h"
#include "komek-place-picker.h"
#include "komek-place-results.h"
#include "komek-question.h"

/* Shared by the page, its search and what it says of the place. */
struct _KomekPlacePage
{
  KomekPage          parent;
  KomekExploration  *exploration; /* NULL until it is told */
  KomekQuestion     *question;
  GtkOverlay        *overlay;
  GtkBox            *split;
  GtkWidget         *scroller; /* of the panel, which may be higher than a small screen */
  GtkEditable       *search;
  GtkBox            *map;
  KomekPlaceFinder  *finder;
  KomekPlaceResults *results;
  KomekPlacePicker  *picker;
  GtkLabel          *address;
  GtkLabel          *district;
  GtkWidget         *here;
  GtkLabel          *here_label;
  GtkOrientable     *ending;
  GtkEditable       *landmark;
  GtkWidget         *next;
  char              *only_district; /* its code, where nothing else is known */
  KomekPlace        *returned;      /* where the cross was brought back to, while that is said */
  gboolean           straying;
};

void komek_place_page_add_search (KomekPlacePage *self);
void komek_place_page_tell_place (KomekPlacePage *self);
void komek_place_page_tell_straying (KomekPlacePage *self);
void komek_place_page_keep_only_district (KomekPlacePage *self, const char *code);

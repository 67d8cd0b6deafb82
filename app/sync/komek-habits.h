/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

/**
 * KomekHabits:
 * @looks: that were taken at it
 * @cap: answers are cut at this length; 0 while none was
 * @whole: an answer of this length was found not to be cut: shorter ones are not either
 * @statuses_useless: it does not take the standard's "open,closed"
 * @dates_useless: it does not keep to start_date and end_date
 * @names_next: it says where the next page is
 * @page_length: the longest page so far
 * @page_size: how many requests to ask for over a line like this; 0 for as many as wished
 * @stumbles: looks in a row that fell over the same place
 * @stumbled: that place: a page, or the first window
 *
 * What was learned of how a city really answers. It holds as long as the
 * program runs: a server may be another one tomorrow.
 */
typedef struct
{
  guint    looks;
  guint    cap;
  guint    whole;
  gboolean statuses_useless;
  gboolean dates_useless;
  gboolean names_next;
  guint    page_length;
  guint    page_size;
  guint    stumbles;
  guint    stumbled;
} KomekHabits;

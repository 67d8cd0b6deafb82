/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gdk/gdk.h>

/* The paper is 80 mm wide and a printer puts 203 dots on an inch of it. */
#define KOMEK_SLIP_DOTS 576
#define KOMEK_SLIP_DOTS_PER_INCH 203.2
#define KOMEK_SLIP_EDGE 32 /* dots left white on either side of what is printed */

/**
 * KomekSlipRow:
 * @label: what the row is about, in both languages
 * @first: (nullable): its value in Kazakh
 * @second: (nullable): its value in Russian, where it is another
 *
 * A label and its value on the paper.
 */
typedef struct
{
  char *label;
  char *first;
  char *second;
} KomekSlipRow;

/**
 * KomekSlipPaper:
 * @where: the city's name
 * @accepted: that the request was accepted
 * @number: the number of the request
 * @rows: (element-type KomekSlipRow): when, what, where, until when
 * @code: what the QR code says
 * @code_use: what the code is good for
 * @disagree: what to do about an answer that one disagrees with
 * @keep: the advice to keep the number
 * @emergency: whom to call in an emergency
 * @sample: (nullable): that the data are made up
 * @mark: (nullable): the program's mark
 * @ornament: (nullable): a tile of the ornament
 *
 * Everything that stands on a slip, in the words that stand there; nothing in it changes.
 */
typedef struct
{
  char       *where;
  char       *accepted;
  char       *number;
  GArray     *rows;
  char       *code;
  char       *code_use;
  char       *disagree;
  char       *keep;
  char       *emergency;
  char       *sample;
  GdkTexture *mark;
  GdkTexture *ornament;
} KomekSlipPaper;

void komek_slip_paper_clear (KomekSlipPaper *self);
void komek_slip_paper_add_row (KomekSlipPaper *self, char *label, char *first, char *second);
double komek_slip_paper_draw (const KomekSlipPaper *self, cairo_t *cr);

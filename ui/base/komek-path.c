/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-path.h"

#include <glib.h>
#include <math.h>

/* What is being read: the rest of a path of the SVG form, and where the pen is. */
typedef struct
{
  const char *rest;
  cairo_t    *cr;
  double      x, y;
} Pen;

static double
read_number (Pen *pen)
{
  char *end;
  double number;

  while (*pen->rest == ' ' || *pen->rest == ',')
    pen->rest++;
  number = g_ascii_strtod (pen->rest, &end);
  pen->rest = end;
  return number;
}

static void
line_to (Pen *pen, double x, double y)
{
  pen->x = x;
  pen->y = y;
  cairo_line_to (pen->cr, x, y);
}

/* An arc of a circle from where the pen is to (@x, @y): the table has no ellipses. */
static void
arc_to (Pen *pen, double radius, gboolean large, gboolean clockwise, double x, double y)
{
  double half = hypot (x - pen->x, y - pen->y) / 2;
  double r = MAX (radius, half);
  double height = sqrt (r * r - half * half) * (large == clockwise ? -1 : 1);
  double cx = (pen->x + x) / 2 - height * (y - pen->y) / (2 * half);
  double cy = (pen->y + y) / 2 + height * (x - pen->x) / (2 * half);
  double from = atan2 (pen->y - cy, pen->x - cx), to = atan2 (y - cy, x - cx);

  if (clockwise)
    cairo_arc (pen->cr, cx, cy, r, from, to);
  else
    cairo_arc_negative (pen->cr, cx, cy, r, from, to);
  pen->x = x;
  pen->y = y;
}

static void
read_arc (Pen *pen, double ox, double oy)
{
  double radius = read_number (pen);
  gboolean large, clockwise;
  double x, y;

  read_number (pen);
  read_number (pen);
  large = read_number (pen) != 0;
  clockwise = read_number (pen) != 0;
  x = read_number (pen);
  y = read_number (pen);
  arc_to (pen, radius, large, clockwise, ox + x, oy + y);
}

static void
read_curve (Pen *pen, double ox, double oy)
{
  double n[6];

  for (guint i = 0; i < 6; i++)
    n[i] = read_number (pen);
  cairo_curve_to (pen->cr, ox + n[0], oy + n[1], ox + n[2], oy + n[3], ox + n[4], oy + n[5]);
  pen->x = ox + n[4];
  pen->y = oy + n[5];
}

/* One command of those that the tables are written in; small letters count from the pen. */
static void
read_command (Pen *pen, char command)
{
  double ox = g_ascii_islower (command) ? pen->x : 0;
  double oy = g_ascii_islower (command) ? pen->y : 0;
  double x;

  switch (g_ascii_toupper (command))
    {
    case 'M':
      pen->x = ox + read_number (pen);
      pen->y = oy + read_number (pen);
      cairo_move_to (pen->cr, pen->x, pen->y);
      break;
    case 'L':
      x = ox + read_number (pen);
      line_to (pen, x, oy + read_number (pen));
      break;
    case 'H':
      line_to (pen, ox + read_number (pen), pen->y);
      break;
    case 'V':
      line_to (pen, pen->x, oy + read_number (pen));
      break;
    case 'A':
      read_arc (pen, ox, oy);
      break;
    case 'C':
      read_curve (pen, ox, oy);
      break;
    case 'Z':
      cairo_close_path (pen->cr);
      break;
    default:
      g_assert_not_reached ();
    }
}

/**
 * komek_path_trace:
 * @path: the data of a path of SVG 1.1, of what our drawings are made of: M, L, H, V, C, Z and
 *   arcs of circles, from the pen in small letters
 *
 * Adds an outline to the path of @cr.
 */
void
komek_path_trace (cairo_t *cr, const char *path)
{
  Pen pen = { .rest = path, .cr = cr };
  char command = 'M';

  while (*pen.rest)
    {
      /* A command that is not repeated goes on. */
      if (g_ascii_isalpha (*pen.rest))
        command = *pen.rest++;
      read_command (&pen, command);
      while (*pen.rest == ' ')
        pen.rest++;
    }
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-slip-paper.h"

#include "komek-qr.h"

#include <pango/pangocairo.h>

/* All in dots. */
#define MARGIN 24
#define INNER (KOMEK_SLIP_DOTS - 2 * MARGIN)
#define HEAD_LEFT 98
#define TILE_WIDTH 48
#define TILE_HEIGHT 16
#define MARK_HEIGHT 56
#define CODE 258

/**
 * KomekSlipPaper:
 *
 * Lays a slip out and draws it, in black on white and in the dots of the printer.
 *
 * Drawing is measuring: whoever wants to know how long the paper gets draws on
 * a surface that records.
 */

/* How far down the paper we are. */
typedef struct
{
  cairo_t *cr;
  double   y;
} Pen;

static void
clear_row (gpointer data)
{
  KomekSlipRow *row = data;

  g_free (row->label);
  g_free (row->first);
  g_free (row->second);
}

static PangoLayout *
lay_out (Pen *pen, const char *text, double size, int weight, PangoAlignment alignment,
         double width)
{
  PangoLayout *layout = pango_cairo_create_layout (pen->cr);
  g_autoptr (PangoAttrList) attributes = pango_attr_list_new ();
  PangoFontDescription *font = pango_font_description_from_string ("Inter, Noto Sans, sans-serif");

  pango_font_description_set_absolute_size (font, size * PANGO_SCALE);
  pango_font_description_set_weight (font, weight);
  pango_layout_set_font_description (layout, font);
  pango_font_description_free (font);
  pango_attr_list_insert (attributes, pango_attr_font_features_new ("tnum"));
  pango_layout_set_attributes (layout, attributes);
  pango_layout_set_text (layout, text, -1);
  pango_layout_set_alignment (layout, alignment);
  pango_layout_set_wrap (layout, PANGO_WRAP_WORD_CHAR);
  if (width > 0)
    pango_layout_set_width (layout, width * PANGO_SCALE);
  return layout;
}

static void
put (Pen *pen, PangoLayout *layout, double x)
{
  int height;

  pango_layout_get_pixel_size (layout, NULL, &height);
  cairo_move_to (pen->cr, x, pen->y);
  pango_cairo_show_layout (pen->cr, layout);
  pen->y += height;
}

static void
write_text (Pen *pen, const char *text, double size, int weight, PangoAlignment alignment)
{
  g_autoptr (PangoLayout) layout = NULL;

  if (!text || !*text)
    return;
  layout = lay_out (pen, text, size, weight, alignment, INNER);
  put (pen, layout, MARGIN);
}

static void
rule (Pen *pen, double width, gboolean dotted)
{
  double dash[] = { 2, 2 };

  cairo_set_dash (pen->cr, dash, dotted ? G_N_ELEMENTS (dash) : 0, 0);
  cairo_set_line_width (pen->cr, width);
  cairo_move_to (pen->cr, MARGIN, pen->y + width / 2);
  cairo_rel_line_to (pen->cr, INNER, 0);
  cairo_stroke (pen->cr);
  cairo_set_dash (pen->cr, NULL, 0, 0);
  pen->y += width;
}

/* Draws a picture of ours with its pixels as they are, so that a thread may do it without a
 * display. */
static void
draw_texture (cairo_t *cr, GdkTexture *texture, double height, double width)
{
  int columns = gdk_texture_get_width (texture), lines = gdk_texture_get_height (texture);
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, columns, lines);
  double scale = height / lines;

  gdk_texture_download (texture, cairo_image_surface_get_data (surface),
                        cairo_image_surface_get_stride (surface));
  cairo_surface_mark_dirty (surface);
  cairo_save (cr);
  for (double x = 0; x + columns * scale <= width + 0.5; x += columns * scale)
    {
      cairo_save (cr);
      cairo_translate (cr, x, 0);
      cairo_scale (cr, scale, scale);
      cairo_set_source_surface (cr, surface, 0, 0);
      cairo_paint (cr);
      cairo_restore (cr);
    }
  cairo_restore (cr);
  cairo_surface_destroy (surface);
}

static void
draw_head (Pen *pen, const KomekSlipPaper *paper)
{
  g_autoptr (PangoLayout) name = lay_out (pen, "Көмек · 109", 30, 760, PANGO_ALIGN_LEFT, 0);
  g_autoptr (PangoLayout) where = lay_out (pen, paper->where, 19, 500, PANGO_ALIGN_LEFT,
                                           KOMEK_SLIP_DOTS - MARGIN - HEAD_LEFT);

  cairo_save (pen->cr);
  cairo_translate (pen->cr, MARGIN + 8, pen->y);
  if (paper->mark)
    draw_texture (pen->cr, paper->mark, MARK_HEIGHT, 60);
  cairo_restore (pen->cr);
  put (pen, name, HEAD_LEFT);
  put (pen, where, HEAD_LEFT);
  pen->y += 10;

  cairo_save (pen->cr);
  cairo_translate (pen->cr, MARGIN, pen->y);
  if (paper->ornament)
    draw_texture (pen->cr, paper->ornament, TILE_HEIGHT, INNER / TILE_WIDTH * TILE_WIDTH);
  cairo_restore (pen->cr);
  pen->y += TILE_HEIGHT + 12;
}

/* The number of another city may be longer than ours; it shrinks rather than wraps.
 * Its digits need not line up with anything, so they are not tabular. */
static void
draw_number (Pen *pen, const char *number)
{
  g_autoptr (PangoLayout) layout = lay_out (pen, number, 58, 800, PANGO_ALIGN_LEFT, 0);
  int width;

  pango_layout_set_attributes (layout, NULL);
  pango_layout_get_pixel_size (layout, &width, NULL);
  if (width > INNER)
    {
      g_object_unref (layout);
      layout = lay_out (pen, number, 58.0 * INNER / width, 800, PANGO_ALIGN_LEFT, 0);
      pango_layout_set_attributes (layout, NULL);
      pango_layout_get_pixel_size (layout, &width, NULL);
    }
  put (pen, layout, (KOMEK_SLIP_DOTS - width) / 2.0);
  pen->y += 6;
  rule (pen, 3, FALSE);
}

static void
draw_row (Pen *pen, const KomekSlipRow *row)
{
  pen->y += 10;
  write_text (pen, row->label, 19, 500, PANGO_ALIGN_LEFT);
  write_text (pen, row->first, 26, 700, PANGO_ALIGN_LEFT);
  write_text (pen, row->second, 26, 700, PANGO_ALIGN_LEFT);
  pen->y += 10;
  rule (pen, 2, TRUE);
}

static void
draw_code (Pen *pen, const KomekSlipPaper *paper)
{
  double left = (KOMEK_SLIP_DOTS - CODE) / 2.0;

  pen->y += 20;
  cairo_set_line_width (pen->cr, 3);
  cairo_rectangle (pen->cr, left, pen->y, CODE, CODE);
  cairo_stroke (pen->cr);
  cairo_save (pen->cr);
  cairo_translate (pen->cr, left, pen->y);
  komek_qr_draw (pen->cr, paper->code, CODE);
  cairo_restore (pen->cr);
  pen->y += CODE + 8;
  write_text (pen, paper->code_use, 20, 500, PANGO_ALIGN_CENTER);
}

static void
draw_boxed (Pen *pen, const char *text)
{
  g_autoptr (PangoLayout) layout = lay_out (pen, text, 20, 600, PANGO_ALIGN_LEFT, INNER - 36);
  double top = pen->y + 14;

  pen->y = top + 12;
  put (pen, layout, MARGIN + 18);
  pen->y += 12;
  cairo_set_line_width (pen->cr, 3);
  cairo_rectangle (pen->cr, MARGIN + 1.5, top, INNER - 3, pen->y - top);
  cairo_stroke (pen->cr);
}

/**
 * komek_slip_paper_clear:
 *
 * Frees what is on the paper.
 */
void
komek_slip_paper_clear (KomekSlipPaper *self)
{
  g_free (self->where);
  g_free (self->accepted);
  g_free (self->number);
  g_clear_pointer (&self->rows, g_array_unref);
  g_free (self->code);
  g_free (self->code_use);
  g_free (self->disagree);
  g_free (self->keep);
  g_free (self->emergency);
  g_free (self->sample);
  g_clear_object (&self->mark);
  g_clear_object (&self->ornament);
}

/**
 * komek_slip_paper_add_row:
 * @second: (nullable): left out where it says the same as @first
 *
 * Adds a row below the others. Takes ownership of the strings.
 */
void
komek_slip_paper_add_row (KomekSlipPaper *self, char *label, char *first, char *second)
{
  KomekSlipRow row = { label, first, second };

  if (!self->rows)
    {
      self->rows = g_array_new (FALSE, FALSE, sizeof (KomekSlipRow));
      g_array_set_clear_func (self->rows, clear_row);
    }
  if (g_strcmp0 (first, second) == 0)
    g_clear_pointer (&row.second, g_free);
  g_array_append_val (self->rows, row);
}

/**
 * komek_slip_paper_draw:
 * @cr: where a unit is a dot of the printer
 *
 * Draws the paper from the origin down, %KOMEK_SLIP_DOTS wide. Any thread may do it.
 *
 * Returns: how long it is, in dots
 */
double
komek_slip_paper_draw (const KomekSlipPaper *self, cairo_t *cr)
{
  Pen pen = { .cr = cr, .y = MARGIN };

  cairo_set_source_rgb (cr, 0, 0, 0);
  draw_head (&pen, self);
  write_text (&pen, self->accepted, 22, 700, PANGO_ALIGN_CENTER);
  draw_number (&pen, self->number);
  for (guint i = 0; i < self->rows->len; i++)
    draw_row (&pen, &g_array_index (self->rows, KomekSlipRow, i));
  draw_code (&pen, self);
  draw_boxed (&pen, self->disagree);
  pen.y += 14;
  write_text (&pen, self->keep, 20, 500, PANGO_ALIGN_CENTER);
  write_text (&pen, self->emergency, 20, 600, PANGO_ALIGN_CENTER);
  pen.y += 8;
  if (self->sample)
    {
      rule (&pen, 3, FALSE);
      pen.y += 8;
      write_text (&pen, self->sample, 19, 700, PANGO_ALIGN_CENTER);
    }
  return pen.y + MARGIN;
}

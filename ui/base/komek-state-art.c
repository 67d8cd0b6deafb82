/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-state-art.h"

#include "komek-path.h"

#define GLYPH_WIDTH 3.6 /* of the box, as all lengths here */
#define NUMBER_SIZE 17.0
#define NUMBER_WEIGHT 800

/* The one place that says what a state looks like: chip, list, legend, timeline and map draw by it.
 */
static const struct
{
  const char *token;
  const char *shape;
} groups[KOMEK_N_GROUPS] = {
  [KOMEK_GROUP_NEW] = { "new", "M20 3a17 17 0 1 1 0 34a17 17 0 1 1 0-34Z" },
  [KOMEK_GROUP_WORK] = { "work", "M17.2 2.6a4 4 0 0 1 5.6 0L37.4 17.2a4 4 0 0 1 0 5.6L22.8 37.4"
                                 "a4 4 0 0 1-5.6 0L2.6 22.8a4 4 0 0 1 0-5.6Z" },
  [KOMEK_GROUP_LATE] = { "late", "M16.5 4.2a4 4 0 0 1 7 0L37.9 30a4 4 0 0 1-3.5 6H5.6"
                                 "a4 4 0 0 1-3.5-6Z" },
  [KOMEK_GROUP_DONE] = { "done", "M9 4h22a5 5 0 0 1 5 5v22a5 5 0 0 1-5 5H9a5 5 0 0 1-5-5V9"
                                 "a5 5 0 0 1 5-5Z" },
  [KOMEK_GROUP_SHUT] = { "shut", "M11.2 4h17.6a3 3 0 0 1 2.6 1.5l7.2 13a3 3 0 0 1 0 3l-7.2 13"
                                 "a3 3 0 0 1-2.6 1.5H11.2a3 3 0 0 1-2.6-1.5l-7.2-13a3 3 0 0 1 0-3"
                                 "l7.2-13A3 3 0 0 1 11.2 4Z" },
};

#define OVERDUE "M20 14v9M20 29h.01"

static const char *const glyphs[KOMEK_N_STATUSES] = {
  [KOMEK_STATUS_NEW] = "M20 12v8l5 4",
  [KOMEK_STATUS_ASSIGNED] = "M12.5 20h14M21 14.5l5.5 5.5-5.5 5.5",
  [KOMEK_STATUS_ACCEPTED] = "M13 20.5l5 5 9.5-10",
  [KOMEK_STATUS_IN_WORK] = "M14 20h.01M20 20h.01M26 20h.01",
  [KOMEK_STATUS_ON_HOLD] = "M16 14v12M24 14v12",
  [KOMEK_STATUS_REWORK] = "M26 24v-2a5 5 0 0 0-5-5h-8M17.5 12.5L13 17l4.5 4.5",
  [KOMEK_STATUS_REOPENED] = "M26.5 15.5a8 8 0 1 0 1.5 6M27.5 10.5v5.5H22",
  [KOMEK_STATUS_ANSWERED] = "M13 20.5l5 5 9.5-10",
  [KOMEK_STATUS_DONE] = "M9.5 21l4.5 4.5 8.5-9.5M19.5 25.5l9.5-10",
  [KOMEK_STATUS_CONFIRMED] = "M20 11.5l2.6 5.3 5.9.8-4.3 4.1 1.1 5.8-5.3-2.8-5.3 2.8 1.1-5.8"
                             "-4.3-4.1 5.9-.8Z",
  [KOMEK_STATUS_CLOSED] = "M13 20h14",
  [KOMEK_STATUS_CLOSED_BY_APPLICANT] = "M13 20.5l5 5 9.5-10",
  [KOMEK_STATUS_REJECTED] = "M14.5 14.5l11 11M25.5 14.5l-11 11",
  [KOMEK_STATUS_DUPLICATE] = "M14 12v3c0 5 6 4 6 9v4M26 12v3c0 5-6 4-6 9",
  /* The city's own words have no glyph of ours. */
  [KOMEK_STATUS_OTHER_OPEN] = "",
  [KOMEK_STATUS_OTHER_CLOSED] = "",
};

/* The name of its colour among the tokens; "soft" behind it names the ground that goes with it. */
const char *
komek_state_art_get_token (KomekGroup group)
{
  g_return_val_if_fail ((guint) group < KOMEK_N_GROUPS, "shut");

  return groups[group].token;
}

/* Lays the outline of a group's shape into the path. */
void
komek_state_art_trace (cairo_t *cr, KomekGroup group)
{
  g_return_if_fail ((guint) group < KOMEK_N_GROUPS);

  cairo_new_path (cr);
  komek_path_trace (cr, groups[group].shape);
}

/**
 * komek_state_art_write:
 * @size: of the letters, in user units
 *
 * Writes a short text round the point (0, 0), in the colour that is set.
 */
void
komek_state_art_write (cairo_t *cr, const char *text, double size, PangoWeight weight)
{
  g_autoptr (PangoLayout) layout = pango_cairo_create_layout (cr);
  PangoFontDescription *font = pango_font_description_from_string ("Inter, Noto Sans");
  PangoAttrList *features = pango_attr_list_new ();
  PangoRectangle ink;

  pango_font_description_set_absolute_size (font, size * PANGO_SCALE);
  pango_font_description_set_weight (font, weight);
  pango_layout_set_font_description (layout, font);
  pango_attr_list_insert (features, pango_attr_font_features_new ("tnum"));
  pango_layout_set_attributes (layout, features);
  pango_layout_set_text (layout, text, -1);
  pango_layout_get_extents (layout, &ink, NULL);
  cairo_move_to (cr, -(ink.x + ink.width / 2.0) / PANGO_SCALE,
                 -(ink.y + ink.height / 2.0) / PANGO_SCALE);
  pango_cairo_show_layout (cr, layout);
  pango_attr_list_unref (features);
  pango_font_description_free (font);
}

static void
draw_number (cairo_t *cr, const KomekStateMark *mark)
{
  g_autofree char *text = g_strdup_printf ("%u", mark->number);

  cairo_save (cr);
  /* The triangle is wide only at its foot. */
  cairo_translate (cr, KOMEK_STATE_BOX / 2,
                   KOMEK_STATE_BOX / 2 + (mark->group == KOMEK_GROUP_LATE ? 3 : 0));
  komek_state_art_write (cr, text, mark->number > 99 ? NUMBER_SIZE * 0.75 : NUMBER_SIZE,
                         NUMBER_WEIGHT);
  cairo_restore (cr);
}

static void
draw_glyph (cairo_t *cr, const KomekStateMark *mark)
{
  cairo_new_path (cr);
  komek_path_trace (cr, mark->group == KOMEK_GROUP_LATE ? OVERDUE : glyphs[mark->status]);
  cairo_set_line_width (cr, GLYPH_WIDTH);
  cairo_set_line_cap (cr, CAIRO_LINE_CAP_ROUND);
  cairo_set_line_join (cr, CAIRO_LINE_JOIN_ROUND);
  cairo_stroke (cr);
}

/**
 * komek_state_art_draw:
 *
 * Draws a mark into the box from (0, 0) to (40, 40) of the user space.
 */
void
komek_state_art_draw (cairo_t *cr, const KomekPalette *palette, const KomekStateMark *mark)
{
  GdkRGBA color = komek_palette_look_up (palette, komek_state_art_get_token (mark->group));

  komek_state_art_trace (cr, mark->group);
  gdk_cairo_set_source_rgba (cr, &color);
  cairo_fill (cr);

  color = komek_palette_look_up (palette, "onst");
  gdk_cairo_set_source_rgba (cr, &color);
  if (mark->number > 0)
    draw_number (cr, mark);
  else if ((guint) mark->status < KOMEK_N_STATUSES)
    draw_glyph (cr, mark);
}

/**
 * komek_state_art_take_texture:
 * @surface: (transfer full): an image of ARGB32
 *
 * Returns: (transfer full): the image as a texture, without a copy
 */
GdkTexture *
komek_state_art_take_texture (cairo_surface_t *surface)
{
  int height = cairo_image_surface_get_height (surface);
  int stride = cairo_image_surface_get_stride (surface);
  g_autoptr (GBytes) bytes = NULL;

  cairo_surface_flush (surface);
  bytes = g_bytes_new_with_free_func (cairo_image_surface_get_data (surface),
                                      (gsize) stride * height,
                                      (GDestroyNotify) cairo_surface_destroy, surface);
  return gdk_memory_texture_new (cairo_image_surface_get_width (surface), height,
                                 GDK_MEMORY_DEFAULT, bytes, stride);
}

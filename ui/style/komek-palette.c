/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-palette.h"

/**
 * KomekPalette:
 *
 * The colours of one theme for what is drawn in code: map, pins, clocks.
 *
 * Immutable and counted; read from the same sheet that styles the widgets, so
 * that no colour stands in two places. GTK has no undeprecated way to ask CSS
 * for a named colour, and none at all from a thread that draws map tiles.
 */
struct _KomekPalette
{
  gatomicrefcount refs;
  GHashTable     *colors; /* token → GdkRGBA */
};

G_DEFINE_BOXED_TYPE (KomekPalette, komek_palette, komek_palette_ref, komek_palette_unref)

static void
read_line (KomekPalette *self, GRegex *pattern, const char *line)
{
  g_autoptr (GMatchInfo) match = NULL;
  g_autofree char *token = NULL;
  g_autofree char *text = NULL;
  GdkRGBA color;

  if (!g_regex_match (pattern, line, 0, &match))
    return;
  token = g_match_info_fetch (match, 1);
  text = g_match_info_fetch (match, 2);
  if (gdk_rgba_parse (&color, text))
    g_hash_table_insert (self->colors, g_steal_pointer (&token), gdk_rgba_copy (&color));
  else
    g_warning ("The token %s has no colour: %s", token, text);
}

/**
 * komek_palette_new_from_css:
 * @css: a sheet with lines of the form `@define-color komek_NAME VALUE;`
 *
 * Returns: (transfer full): the colours that the sheet defines
 */
KomekPalette *
komek_palette_new_from_css (const char *css)
{
  KomekPalette *self = g_new (KomekPalette, 1);
  g_auto (GStrv) lines = g_strsplit (css, "\n", -1);
  g_autoptr (GRegex) pattern = g_regex_new ("^@define-color komek_(\\w+) ([^;]+);", 0, 0, NULL);

  g_atomic_ref_count_init (&self->refs);
  self->colors = g_hash_table_new_full (g_str_hash, g_str_equal, g_free,
                                        (GDestroyNotify) gdk_rgba_free);
  for (char **line = lines; *line; line++)
    read_line (self, pattern, *line);
  return self;
}

KomekPalette *
komek_palette_ref (KomekPalette *self)
{
  g_atomic_ref_count_inc (&self->refs);
  return self;
}

void
komek_palette_unref (KomekPalette *self)
{
  if (!g_atomic_ref_count_dec (&self->refs))
    return;

  g_hash_table_unref (self->colors);
  g_free (self);
}

/**
 * komek_palette_look_up:
 * @token: a name of the sheet without its prefix, such as "sky"
 *
 * Returns: its colour; an unknown name is a mistake of ours and comes out magenta
 */
GdkRGBA
komek_palette_look_up (const KomekPalette *self, const char *token)
{
  const GdkRGBA *color = g_hash_table_lookup (self->colors, token);

  if (color)
    return *color;
  g_warning ("No token named %s", token);
  return (GdkRGBA) { 1, 0, 1, 1 };
}

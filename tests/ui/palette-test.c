/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "komek-palette.h"
#include "komek-ui-resources.h"

/* What has to be told apart from what: text by 4.5 to 1, what one touches and
 * what is drawn by 3 to 1; in high contrast by 7 to 1 throughout. */
typedef struct
{
  const char *front;
  const char *back;
  double      least;
} Pair;

static const Pair pairs[] = {
  { "ink", "bg", 4.5 },          { "ink", "surface", 4.5 },       { "ink", "sunken", 4.5 },
  { "ink2", "bg", 4.5 },         { "ink2", "surface", 4.5 },      { "ink2", "sunken", 4.5 },
  { "sky", "surface", 4.5 },     { "sky", "bg", 4.5 },            { "onsky", "sky", 4.5 },
  { "skydeep", "skysoft", 4.5 }, { "skydeep", "surface", 4.5 },   { "goldink", "goldsoft", 4.5 },
  { "goldink", "surface", 4.5 }, { "barink", "bar", 4.5 },        { "new", "newsoft", 4.5 },
  { "new", "surface", 4.5 },     { "work", "worksoft", 4.5 },     { "work", "surface", 4.5 },
  { "late", "latesoft", 4.5 },   { "late", "surface", 4.5 },      { "done", "donesoft", 4.5 },
  { "done", "surface", 4.5 },    { "shut", "shutsoft", 4.5 },     { "shut", "surface", 4.5 },
  { "onst", "new", 4.5 },        { "onst", "work", 4.5 },         { "onst", "late", 4.5 },
  { "onst", "done", 4.5 },       { "onst", "shut", 4.5 },         { "label", "land", 4.5 },
  { "label", "st", 4.5 },        { "label", "mn", 4.5 },          { "waterink", "water", 4.5 },
  { "control", "surface", 3 },   { "control", "bg", 3 },          { "control", "sunken", 3 },
  { "gold", "bar", 3 },          { "dist", "land", 3 },           { "focus", "bg", 3 },
  { "focus", "surface", 3 },     { "new", "land", 3 },            { "work", "land", 3 },
  { "late", "land", 3 },         { "done", "land", 3 },           { "shut", "land", 3 },
};

static const struct
{
  const char *name;
  double      least;
} sheets[] = {
  { "tokens", 0 },
  { "tokens-dark", 0 },
  { "tokens-high-contrast", 7 },
};

static KomekPalette *
read_sheet (const char *name)
{
  g_autofree char *path = g_strdup_printf ("/kz/komek/Komek/style/%s.css", name);
  g_autoptr (GBytes) css = g_resources_lookup_data (path, 0, NULL);

  g_assert_nonnull (css);
  return komek_palette_new_from_css (g_bytes_get_data (css, NULL));
}

static double
linear (double channel)
{
  return channel <= 0.04045 ? channel / 12.92 : pow ((channel + 0.055) / 1.055, 2.4);
}

/* Relative luminance and contrast as WCAG 2.2 defines them. */
static double
luminance (GdkRGBA color)
{
  return 0.2126 * linear (color.red) + 0.7152 * linear (color.green) + 0.0722 * linear (color.blue);
}

static double
contrast (GdkRGBA a, GdkRGBA b)
{
  double one = luminance (a) + 0.05;
  double two = luminance (b) + 0.05;

  return MAX (one, two) / MIN (one, two);
}

static void
test_contrast (gconstpointer data)
{
  gsize sheet = GPOINTER_TO_SIZE (data);
  g_autoptr (KomekPalette) palette = read_sheet (sheets[sheet].name);

  for (gsize i = 0; i < G_N_ELEMENTS (pairs); i++)
    {
      double least = MAX (pairs[i].least, sheets[sheet].least);
      double is = contrast (komek_palette_look_up (palette, pairs[i].front),
                            komek_palette_look_up (palette, pairs[i].back));

      if (is < least)
        g_error ("%s: %s on %s has %.2f, not %.1f", sheets[sheet].name, pairs[i].front, pairs[i].back, is,
                 least);
    }
}

static void
test_reads_every_form (void)
{
  g_autoptr (KomekPalette) palette = komek_palette_new_from_css (
    "/* a sheet */\n@define-color komek_sky #00657F; /* acting */\n@define-color komek_shadow rgba(45,36,16,.5);\n");
  GdkRGBA sky = komek_palette_look_up (palette, "sky");
  GdkRGBA shadow = komek_palette_look_up (palette, "shadow");

  g_assert_cmpfloat_with_epsilon (sky.green, 0x65 / 255.0, 1e-6);
  g_assert_cmpfloat_with_epsilon (shadow.alpha, 0.5, 1e-6);
}

static void
test_unknown_token_is_said (void)
{
  g_autoptr (KomekPalette) palette = komek_palette_new_from_css ("");

  g_test_expect_message ("komek-style", G_LOG_LEVEL_WARNING, "No token named ochre");
  komek_palette_look_up (palette, "ochre");
  g_test_assert_expected_messages ();
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_resources_register (komek_ui_get_resource ());
  for (gsize i = 0; i < G_N_ELEMENTS (sheets); i++)
    {
      g_autofree char *path = g_strdup_printf ("/palette/contrast/%s", sheets[i].name);

      g_test_add_data_func (path, GSIZE_TO_POINTER (i), test_contrast);
    }
  g_test_add_func ("/palette/reads-every-form", test_reads_every_form);
  g_test_add_func ("/palette/unknown-token-is-said", test_unknown_token_is_said);
  return g_test_run ();
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-plan-lettering.h"

#include <pango/pangocairo.h>

#define STREET_SIZE 13.5 /* pixels, as all lengths here */
#define DISTRICT_SIZE 17.0
#define LANDMARK_WIDTH 190.0 /* of a line; landmarks have long names */
#define LANDMARK_LINES 2
#define DISTRICT_SPACING 3.0

/**
 * KomekPlanLettering:
 *
 * The outlines of all names of a plan in one language and size.
 *
 * A name is laid out once, however often and at whichever angle it is drawn,
 * and a thread that draws tiles needs no font. Not for two threads at once.
 */
struct _KomekPlanLettering
{
  KomekPlan     *plan;
  KomekLanguage  language;
  double         emphasis;
  PangoFontMap  *fonts;   /* its own: the default one belongs to a thread */
  PangoContext  *context;
  KomekPlanWord *words;   /* of the feature at the same place, laid out when first asked for */
  guint          n_words;
};

static PangoFontDescription *
choose_font (KomekPlanKind kind, double emphasis)
{
  PangoFontDescription *font = pango_font_description_from_string ("Inter, Noto Sans");
  gboolean district = kind == KOMEK_PLAN_DISTRICT;

  pango_font_description_set_absolute_size (
    font, (district ? DISTRICT_SIZE : STREET_SIZE) * emphasis * PANGO_SCALE);
  pango_font_description_set_weight (font, district                     ? PANGO_WEIGHT_BOLD
                                           : kind == KOMEK_PLAN_AVENUE ? PANGO_WEIGHT_SEMIBOLD
                                                                       : PANGO_WEIGHT_MEDIUM);
  if (kind == KOMEK_PLAN_RIVER || kind == KOMEK_PLAN_WATER)
    pango_font_description_set_style (font, PANGO_STYLE_ITALIC);
  return font;
}

/* Two lines at most; what is longer is cut, for the list of what is found has all of it. */
static void
wrap_landmark (PangoLayout *layout, double emphasis)
{
  pango_layout_set_width (layout, (int) (LANDMARK_WIDTH * emphasis * PANGO_SCALE));
  pango_layout_set_height (layout, -LANDMARK_LINES);
  pango_layout_set_wrap (layout, PANGO_WRAP_WORD_CHAR);
  pango_layout_set_ellipsize (layout, PANGO_ELLIPSIZE_END);
  pango_layout_set_alignment (layout, PANGO_ALIGN_CENTER);
}

static PangoLayout *
lay_out (KomekPlanLettering *self, const KomekPlanFeature *feature, const char *name)
{
  PangoLayout *layout = pango_layout_new (self->context);
  PangoFontDescription *font = choose_font (feature->kind, self->emphasis);

  pango_layout_set_font_description (layout, font);
  pango_layout_set_single_paragraph_mode (layout, TRUE);
  if (feature->kind == KOMEK_PLAN_DISTRICT)
    {
      g_autofree char *capitals = g_utf8_strup (name, -1);
      PangoAttrList *spacing = pango_attr_list_new ();

      pango_attr_list_insert (
        spacing,
        pango_attr_letter_spacing_new (DISTRICT_SPACING * self->emphasis * PANGO_SCALE));
      pango_layout_set_attributes (layout, spacing);
      pango_layout_set_text (layout, capitals, -1);
      pango_attr_list_unref (spacing);
    }
  else
    pango_layout_set_text (layout, name, -1);
  if (feature->kind == KOMEK_PLAN_BUILDING)
    wrap_landmark (layout, self->emphasis);
  pango_font_description_free (font);
  return layout;
}

/* The height of a capital decides what is the middle: tails and hooks must not shift a name. */
static double
measure_capital (KomekPlanLettering *self, const KomekPlanFeature *feature)
{
  g_autoptr (PangoLayout) layout = lay_out (self, feature, "Н");
  PangoRectangle ink;

  pango_layout_get_extents (layout, &ink, NULL);
  return (double) ink.height / PANGO_SCALE;
}

static void
draw_word (KomekPlanLettering *self, const KomekPlanFeature *feature, KomekPlanWord *word)
{
  const char *name = komek_label_get (feature->label, self->language);
  g_autoptr (PangoLayout) layout = lay_out (self, feature, name);
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_A8, 1, 1);
  cairo_t *cr = cairo_create (surface);
  PangoRectangle ink;
  double middle;

  pango_layout_get_extents (layout, &ink, NULL);
  word->width = (double) ink.width / PANGO_SCALE;
  word->height = measure_capital (self, feature);
  middle = (double) pango_layout_get_baseline (layout) / PANGO_SCALE - word->height / 2;
  if (pango_layout_get_line_count (layout) > 1)
    {
      middle = (ink.y + ink.height / 2.0) / PANGO_SCALE;
      word->height = MAX (word->height, ink.height / 2.0 / PANGO_SCALE);
    }
  cairo_move_to (cr, -(ink.x + ink.width / 2.0) / PANGO_SCALE, -middle);
  pango_cairo_layout_path (cr, layout);
  word->outline = cairo_copy_path (cr);
  cairo_destroy (cr);
  cairo_surface_destroy (surface);
}

/**
 * komek_plan_lettering_new:
 * @emphasis: how much larger than usual
 */
KomekPlanLettering *
komek_plan_lettering_new (KomekPlan *plan, KomekLanguage language, double emphasis)
{
  KomekPlanLettering *self = g_new0 (KomekPlanLettering, 1);
  cairo_font_options_t *options = cairo_font_options_create ();

  self->plan = komek_plan_ref (plan);
  self->language = language;
  self->emphasis = emphasis;
  self->fonts = pango_cairo_font_map_new ();
  self->context = pango_font_map_create_context (self->fonts);
  komek_plan_peek_features (plan, &self->n_words);
  self->words = g_new0 (KomekPlanWord, self->n_words);

  /* Hinted letters stand askew when they are turned. */
  cairo_font_options_set_hint_style (options, CAIRO_HINT_STYLE_NONE);
  cairo_font_options_set_hint_metrics (options, CAIRO_HINT_METRICS_OFF);
  pango_cairo_context_set_font_options (self->context, options);
  cairo_font_options_destroy (options);
  return self;
}

void
komek_plan_lettering_free (KomekPlanLettering *self)
{
  for (guint i = 0; i < self->n_words; i++)
    g_clear_pointer (&self->words[i].outline, cairo_path_destroy);
  g_free (self->words);
  g_object_unref (self->context);
  g_object_unref (self->fonts);
  komek_plan_unref (self->plan);
  g_free (self);
}

/**
 * komek_plan_lettering_get:
 * @feature: its place on the plan
 *
 * Returns: (nullable) (transfer none): its name, %NULL where it has none
 */
const KomekPlanWord *
komek_plan_lettering_get (KomekPlanLettering *self, guint feature)
{
  guint n;
  const KomekPlanFeature *features = komek_plan_peek_features (self->plan, &n);
  KomekPlanWord *word = &self->words[feature];

  if (!word->outline && *komek_label_get (features[feature].label, self->language))
    draw_word (self, &features[feature], word);
  return word->outline ? word : NULL;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-deadline-clock.h"

#include "komek-gettext.h"

#include <math.h>

/* Shares of the clock's side. */
#define RING 0.094
#define FIGURE 0.33
#define UNIT 0.112
#define ROOM 0.66 /* for the unit, which may take two lines */

/**
 * KomekDeadlineClock:
 *
 * A ring that shows how much of the time to a deadline is used, with the days in its middle.
 *
 * Its words are too few to be understood alone: the date and a sentence stand
 * beside it, so for those who hear the page it is only a picture.
 */
struct _KomekDeadlineClock
{
  GtkWidget   parent;
  KomekTheme *theme;
  const char *token; /* the colour of the ring */
  double      share;
  char       *figure;
  char       *unit;
};

G_DEFINE_FINAL_TYPE (KomekDeadlineClock, komek_deadline_clock, GTK_TYPE_WIDGET)

static void
draw_ring (KomekDeadlineClock *self, GtkSnapshot *snapshot, float side)
{
  KomekPalette *palette = komek_theme_get_palette (self->theme);
  GdkRGBA ground = komek_palette_look_up (palette, "sunken");
  GdkRGBA used = komek_palette_look_up (palette, self->token);
  double radius = side * (1 - RING) / 2;
  cairo_t *cr = gtk_snapshot_append_cairo (snapshot, &GRAPHENE_RECT_INIT (0, 0, side, side));

  cairo_set_line_width (cr, side * RING);
  cairo_set_line_cap (cr, CAIRO_LINE_CAP_ROUND);
  gdk_cairo_set_source_rgba (cr, &ground);
  cairo_arc (cr, side / 2, side / 2, radius, 0, 2 * G_PI);
  cairo_stroke (cr);
  if (self->share > 0)
    {
      gdk_cairo_set_source_rgba (cr, &used);
      cairo_arc (cr, side / 2, side / 2, radius, -G_PI / 2, -G_PI / 2 + self->share * 2 * G_PI);
      cairo_stroke (cr);
    }
  cairo_destroy (cr);
}

static PangoLayout *
lay_out (KomekDeadlineClock *self, const char *text, float side, double size, PangoWeight weight)
{
  PangoLayout *layout = gtk_widget_create_pango_layout (GTK_WIDGET (self), text);
  const PangoFontDescription *own =
    pango_context_get_font_description (pango_layout_get_context (layout));
  PangoFontDescription *font = pango_font_description_copy (own);

  pango_font_description_set_absolute_size (font, side * size * PANGO_SCALE);
  pango_font_description_set_weight (font, weight);
  pango_layout_set_font_description (layout, font);
  pango_layout_set_alignment (layout, PANGO_ALIGN_CENTER);
  pango_layout_set_width (layout, side * ROOM * PANGO_SCALE);
  pango_layout_set_wrap (layout, PANGO_WRAP_WORD_CHAR);
  pango_layout_set_line_spacing (layout, 0.9);
  pango_font_description_free (font);
  return layout;
}

static void
draw_words (KomekDeadlineClock *self, GtkSnapshot *snapshot, float side)
{
  KomekPalette *palette = komek_theme_get_palette (self->theme);
  GdkRGBA ink = komek_palette_look_up (palette, "ink");
  GdkRGBA ink2 = komek_palette_look_up (palette, "ink2");
  g_autoptr (PangoLayout) figure =
    lay_out (self, self->figure, side, FIGURE, PANGO_WEIGHT_ULTRABOLD);
  g_autoptr (PangoLayout) unit = lay_out (self, self->unit, side, UNIT, PANGO_WEIGHT_SEMIBOLD);
  int figure_height, unit_height;

  pango_layout_get_pixel_size (figure, NULL, &figure_height);
  pango_layout_get_pixel_size (unit, NULL, &unit_height);
  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (snapshot,
                          &GRAPHENE_POINT_INIT (roundf (side * (1 - ROOM) / 2),
                                                (side - figure_height - unit_height) / 2));
  gtk_snapshot_append_layout (snapshot, figure, &ink);
  gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT (0, figure_height));
  gtk_snapshot_append_layout (snapshot, unit, &ink2);
  gtk_snapshot_restore (snapshot);
}

static void
komek_deadline_clock_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  KomekDeadlineClock *self = KOMEK_DEADLINE_CLOCK (widget);
  float side = MIN (gtk_widget_get_width (widget), gtk_widget_get_height (widget));

  if (!self->theme)
    return;
  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (snapshot,
                          &GRAPHENE_POINT_INIT ((gtk_widget_get_width (widget) - side) / 2,
                                                (gtk_widget_get_height (widget) - side) / 2));
  draw_ring (self, snapshot, side);
  draw_words (self, snapshot, side);
  gtk_snapshot_restore (snapshot);
}

static void
komek_deadline_clock_dispose (GObject *object)
{
  g_clear_object (&KOMEK_DEADLINE_CLOCK (object)->theme);
  G_OBJECT_CLASS (komek_deadline_clock_parent_class)->dispose (object);
}

static void
komek_deadline_clock_finalize (GObject *object)
{
  KomekDeadlineClock *self = KOMEK_DEADLINE_CLOCK (object);

  g_free (self->figure);
  g_free (self->unit);
  G_OBJECT_CLASS (komek_deadline_clock_parent_class)->finalize (object);
}

static void
komek_deadline_clock_class_init (KomekDeadlineClockClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = komek_deadline_clock_dispose;
  object_class->finalize = komek_deadline_clock_finalize;
  widget_class->snapshot = komek_deadline_clock_snapshot;

  gtk_widget_class_set_css_name (widget_class, "deadlineclock");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_PRESENTATION);
}

static void
komek_deadline_clock_init (KomekDeadlineClock *self)
{
}

GtkWidget *
komek_deadline_clock_new (void)
{
  return g_object_new (KOMEK_TYPE_DEADLINE_CLOCK, NULL);
}

static void
tell (KomekDeadlineClock *self, const char *token, double share, char *figure, const char *unit)
{
  self->token = token;
  self->share = share;
  g_free (self->figure);
  self->figure = figure;
  g_free (self->unit);
  self->unit = g_strdup (unit);
}

static void
read_deadline (KomekDeadlineClock *self, const KomekDeadline *deadline)
{
  guint days = deadline->days;

  switch (deadline->state)
    {
    case KOMEK_DEADLINE_IN_TIME:
    case KOMEK_DEADLINE_LAST_DAY:
      tell (self, deadline->state == KOMEK_DEADLINE_IN_TIME ? "sky" : "work", deadline->used,
            g_strdup_printf ("%u", days),
            /* Translators: below the number of days in a small ring: so many are left. */
            ngettext ("day left", "days left", days));
      break;
    case KOMEK_DEADLINE_OVERDUE:
      tell (self, "late", 1, g_strdup_printf (days > 0 ? "+%u" : "%u", days),
            /* Translators: below the number of days in a small ring: the deadline passed so many
               ago. */
            ngettext ("day over", "days over", days));
      break;
    case KOMEK_DEADLINE_PAUSED:
      /* Translators: in a small ring: the deadline does not run at present. */
      tell (self, "shut", deadline->used, g_strdup ("–"), C_ ("deadline", "paused"));
      break;
    case KOMEK_DEADLINE_MISSED:
      tell (self, "late", 1, g_strdup_printf (days > 0 ? "+%u" : "%u", days),
            /* Translators: below the number of days in a small ring: the answer came so many too
               late. */
            ngettext ("day late", "days late", days));
      break;
    case KOMEK_DEADLINE_MET:
      tell (self, "done", deadline->used, g_strdup_printf ("%u", days),
            /* Translators: below the number of days in a small ring: the answer came so many too
               early. */
            ngettext ("day early", "days early", days));
      break;
    case KOMEK_DEADLINE_NONE:
    default:
      tell (self, "shut", 0, g_strdup ("–"), "");
      break;
    }
}

/**
 * komek_deadline_clock_show:
 * @theme: whose palette it is drawn with
 */
void
komek_deadline_clock_show (KomekDeadlineClock *self, KomekTheme *theme,
                           const KomekDeadline *deadline)
{
  g_return_if_fail (KOMEK_IS_DEADLINE_CLOCK (self));

  if (!self->theme)
    g_signal_connect_object (theme, "notify::palette", G_CALLBACK (gtk_widget_queue_draw), self,
                             G_CONNECT_SWAPPED);
  g_set_object (&self->theme, theme);
  read_deadline (self, deadline);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

/* The number in the middle: "4", "+2", "–". */
const char *
komek_deadline_clock_get_figure (KomekDeadlineClock *self)
{
  return self->figure;
}

const char *
komek_deadline_clock_get_unit (KomekDeadlineClock *self)
{
  return self->unit;
}

/* The token of the colour that the used part is drawn in. */
const char *
komek_deadline_clock_get_token (KomekDeadlineClock *self)
{
  return self->token;
}

/* How much of the ring is drawn, 0 to 1. */
double
komek_deadline_clock_get_share (KomekDeadlineClock *self)
{
  return self->share;
}

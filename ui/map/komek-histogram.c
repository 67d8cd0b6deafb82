/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-histogram-private.h"

#include "komek-gettext.h"
#include "komek-histogram-months.h"
#include "komek-time-handle.h"
#include "komek-time-words.h"

#define KIOSK_BAR 13   /* pixels at least for one bar and its gap */
#define DESKTOP_BAR 8  /* likewise */

enum
{
  PROP_UNIT = 1,
  N_PROPS
};

enum
{
  BRUSHED,
  N_SIGNALS
};

static GParamSpec *props[N_PROPS];
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (KomekHistogram, komek_histogram, GTK_TYPE_WIDGET)

/* At both ends there is room for half of a knob. */
static int
get_inset (KomekHistogram *self)
{
  return (komek_time_handle_get_knob_width (KOMEK_TIME_HANDLE (self->handles[0])) + 1) / 2;
}

KomekHistogramPicture
komek_histogram_make_picture (KomekHistogram *self)
{
  GtkWidget *widget = GTK_WIDGET (self);
  int inset = get_inset (self);

  return (KomekHistogramPicture) {
    .palette = komek_theme_get_palette (komek_context_get_theme (self->context)),
    .bars = (const KomekCountsBucket *) (gconstpointer) self->bars->data,
    .edges = (const guint *) (gconstpointer) self->edges->data,
    .n_bars = self->bars->len,
    .brush = self->brush,
    .left = inset,
    .width = MAX (1, gtk_widget_get_width (widget) - 2 * inset),
    .height = MAX (1, gtk_widget_get_height (widget) - komek_histogram_months_measure (widget)),
  };
}

static void
sum_bars (KomekHistogram *self)
{
  g_clear_pointer (&self->edges, g_array_unref);
  self->edges = komek_time_scale_list_bars (self->scale, self->unit);
  g_array_set_size (self->bars, 0);
  for (guint i = 0; i + 1 < self->edges->len; i++)
    {
      KomekCountsBucket bar = { 0, 0 };

      for (guint day = g_array_index (self->edges, guint, i);
           day < g_array_index (self->edges, guint, i + 1); day++)
        {
          bar.all += self->days[day].all;
          bar.late += self->days[day].late;
        }
      g_array_append_val (self->bars, bar);
    }
}

static gboolean
choose_unit (KomekHistogram *self, int width)
{
  int least = komek_context_is_kiosk (self->context) ? KIOSK_BAR : DESKTOP_BAR;
  int room = width - 2 * get_inset (self);
  KomekTimeUnit unit = komek_time_scale_choose_unit (self->scale, room, least);

  if (self->unit == unit)
    return FALSE;
  self->unit = unit;
  return TRUE;
}

static gboolean
on_unit_idle (gpointer data)
{
  KomekHistogram *self = data;

  self->unit_idle = 0;
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_UNIT]);
  return G_SOURCE_REMOVE;
}

/* Whoever shows the unit changes a label, which must not be in the middle of an allocation. */
static void
tell_unit (KomekHistogram *self)
{
  if (self->unit_idle == 0)
    self->unit_idle = g_idle_add (on_unit_idle, self);
}

static void
tell_handles (KomekHistogram *self)
{
  for (guint i = 0; i < G_N_ELEMENTS (self->handles); i++)
    {
      g_autofree char *words = komek_time_words_edge (self->context, self->scale, self->brush, i);

      komek_time_handle_set_value (KOMEK_TIME_HANDLE (self->handles[i]),
                                   i == KOMEK_TIME_BEGIN ? self->brush.begin : self->brush.end,
                                   self->brush.n_days, words);
    }
}

/* What somebody has chosen, and is told of. */
void
komek_histogram_brush (KomekHistogram *self, KomekTimeBrush brush)
{
  if (komek_time_brush_equal (self->brush, brush))
    return;
  komek_histogram_set_brush (self, brush);
  g_signal_emit (self, signals[BRUSHED], 0, brush.begin, brush.end);
}

static void
komek_histogram_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  KomekHistogram *self = KOMEK_HISTOGRAM (widget);
  KomekHistogramPicture picture;

  if (!self->scale)
    return;
  picture = komek_histogram_make_picture (self);
  komek_histogram_picture_draw (&picture, snapshot);
  komek_histogram_months_draw (widget, self->scale, &picture, snapshot);
  for (guint i = 0; i < G_N_ELEMENTS (self->handles); i++)
    gtk_widget_snapshot_child (widget, self->handles[i], snapshot);
}

static void
komek_histogram_measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum,
                         int *natural, int *minimum_baseline, int *natural_baseline)
{
  KomekHistogram *self = KOMEK_HISTOGRAM (widget);

  gtk_widget_measure (self->handles[0], orientation, -1, minimum, natural, NULL, NULL);
  if (orientation == GTK_ORIENTATION_VERTICAL)
    {
      int months = komek_histogram_months_measure (widget);

      *minimum += months;
      *natural += months;
    }
}

static void
place_handle (KomekHistogram *self, guint i, const KomekHistogramPicture *picture)
{
  float x = komek_histogram_picture_get_x (picture, i == KOMEK_TIME_BEGIN ? self->brush.begin
                                                                          : self->brush.end);
  int width;

  gtk_widget_measure (self->handles[i], GTK_ORIENTATION_HORIZONTAL, -1, &width, NULL, NULL, NULL);
  gtk_widget_size_allocate (
    self->handles[i],
    &(GtkAllocation) { (int) x - width / 2, 0, width, (int) picture->height }, -1);
}

static void
komek_histogram_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  KomekHistogram *self = KOMEK_HISTOGRAM (widget);
  KomekHistogramPicture picture;

  if (self->scale && choose_unit (self, width))
    {
      sum_bars (self);
      tell_unit (self);
    }
  picture = komek_histogram_make_picture (self);
  for (guint i = 0; i < G_N_ELEMENTS (self->handles); i++)
    {
      gtk_widget_set_child_visible (self->handles[i], self->scale != NULL);
      place_handle (self, i, &picture);
    }
}

static void
komek_histogram_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  switch (prop_id)
    {
    case PROP_UNIT:
      g_value_set_int (value, komek_histogram_get_unit (KOMEK_HISTOGRAM (object)));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
komek_histogram_dispose (GObject *object)
{
  KomekHistogram *self = KOMEK_HISTOGRAM (object);

  g_clear_handle_id (&self->unit_idle, g_source_remove);
  for (guint i = 0; i < G_N_ELEMENTS (self->handles); i++)
    g_clear_pointer (&self->handles[i], gtk_widget_unparent);
  g_clear_object (&self->context);
  G_OBJECT_CLASS (komek_histogram_parent_class)->dispose (object);
}

static void
komek_histogram_finalize (GObject *object)
{
  KomekHistogram *self = KOMEK_HISTOGRAM (object);

  g_clear_pointer (&self->scale, komek_time_scale_unref);
  g_array_unref (self->edges);
  g_array_unref (self->bars);
  g_free (self->days);
  G_OBJECT_CLASS (komek_histogram_parent_class)->finalize (object);
}

static void
komek_histogram_class_init (KomekHistogramClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = komek_histogram_get_property;
  object_class->dispose = komek_histogram_dispose;
  object_class->finalize = komek_histogram_finalize;
  widget_class->snapshot = komek_histogram_snapshot;
  widget_class->measure = komek_histogram_measure;
  widget_class->size_allocate = komek_histogram_size_allocate;

  /**
   * KomekHistogram:unit:
   *
   * What a bar stands for, a #KomekTimeUnit; it depends on how much room there is.
   */
  props[PROP_UNIT] = g_param_spec_int ("unit", NULL, NULL, KOMEK_TIME_DAY, KOMEK_TIME_MONTH,
                                       KOMEK_TIME_WEEK, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, props);

  /**
   * KomekHistogram::brushed:
   * @begin: the first day that somebody has chosen
   * @end: the first one that is not
   */
  signals[BRUSHED] = g_signal_new ("brushed", KOMEK_TYPE_HISTOGRAM, G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 2, G_TYPE_UINT, G_TYPE_UINT);
  gtk_widget_class_set_css_name (widget_class, "histogram");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
komek_histogram_init (KomekHistogram *self)
{
  self->brush = komek_time_brush_new_whole (1);
  self->unit = KOMEK_TIME_WEEK;
  self->edges = g_array_new (FALSE, FALSE, sizeof (guint));
  self->bars = g_array_new (FALSE, FALSE, sizeof (KomekCountsBucket));
  for (guint i = 0; i < G_N_ELEMENTS (self->handles); i++)
    {
      self->handles[i] = komek_time_handle_new ();
      gtk_widget_set_parent (self->handles[i], GTK_WIDGET (self));
      /* Nobody shall come to it before there is a time to choose from. */
      gtk_widget_set_child_visible (self->handles[i], FALSE);
    }
  komek_histogram_add_hands (self);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _("Requests over time"), -1);
}

GtkWidget *
komek_histogram_new (KomekContext *context)
{
  KomekHistogram *self = g_object_new (KOMEK_TYPE_HISTOGRAM, NULL);

  self->context = g_object_ref (context);
  g_signal_connect_object (komek_context_get_theme (context), "notify::palette",
                           G_CALLBACK (gtk_widget_queue_draw), self, G_CONNECT_SWAPPED);
  return GTK_WIDGET (self);
}

/**
 * komek_histogram_show:
 * @days: (array): what there was on each day of @scale; copied
 *
 * The brush stays over the same days where the scale has as many of them, else it is over all.
 */
void
komek_histogram_show (KomekHistogram *self, KomekTimeScale *scale, const KomekCountsBucket *days)
{
  guint n_days;

  g_return_if_fail (KOMEK_IS_HISTOGRAM (self));

  n_days = komek_time_scale_get_n_days (scale);
  komek_time_scale_ref (scale);
  g_clear_pointer (&self->scale, komek_time_scale_unref);
  self->scale = scale;
  g_free (self->days);
  self->days = g_memdup2 (days, n_days * sizeof *days);
  if (self->brush.n_days != n_days)
    self->brush = komek_time_brush_new_whole (n_days);
  sum_bars (self);
  tell_handles (self);
  gtk_widget_queue_allocate (GTK_WIDGET (self));
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

/* Says nothing of it to anybody: that is for those who move it here. */
void
komek_histogram_set_brush (KomekHistogram *self, KomekTimeBrush brush)
{
  g_return_if_fail (KOMEK_IS_HISTOGRAM (self));
  g_return_if_fail (brush.n_days == self->brush.n_days);

  if (komek_time_brush_equal (self->brush, brush))
    return;
  self->brush = brush;
  if (self->scale)
    tell_handles (self);
  gtk_widget_queue_allocate (GTK_WIDGET (self));
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

KomekTimeBrush
komek_histogram_get_brush (KomekHistogram *self)
{
  return self->brush;
}

KomekTimeUnit
komek_histogram_get_unit (KomekHistogram *self)
{
  return self->unit;
}

/* Where a day begins, pixels from the left. */
int
komek_histogram_get_x (KomekHistogram *self, guint day)
{
  KomekHistogramPicture picture = komek_histogram_make_picture (self);

  return (int) komek_histogram_picture_get_x (&picture, day);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <adwaita.h>
#include <epoxy/gl.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>

#include "komek-heat-painter.h"
#include "komek-overlay-layer.h"
#include "komek-plan-map.h"
#include "komek-request-layer.h"
#include "komek-tile-layer.h"

/* Moves a map for five seconds of sixty frames each and says what a frame costs. The window fills
 * the screen: a header, a list of twenty thousand rows, and beside it
 *   floor  a map with nothing on it but a colour, all of which is drawn as often
 *   marks  clusters and pins on that colour
 *   plan   the same on the plan of the city
 *   heat   densities on the plan
 * It pans for a share of the time and zooms for the rest. A figure a line: the frames that the
 * compositor has shown, milliseconds of the processor for each, in all threads and in the one that
 * draws; the longest time that one took of that one, and the longest wait from one to the next; how
 * many clusters and pins were in view, in the mean of all that were counted. Beside a list this
 * wide komek shows about a hundred, so a gap says how near they stand.
 *
 * Last, who draws; and of each frame that was shown how long it took from the tick of the clock
 * until whoever draws had done so. Where that is OpenGL each frame is waited for, so that the
 * processor and the card take turns: what they do at once otherwise is counted twice, and no wait
 * for a screen is counted. */

#define ROWS 20000
#define SECONDS 5
#define FRAMES (60 * SECONDS)
#define WARM_UP 2 /* seconds, in which the tiles of the first view come */
#define LATITUDE 51.15
#define LONGITUDE 71.43
#define ZOOM 13
#define NOW 1700000000
#define COUNTED 16 /* frames from one count of the marks to the next */
#define KEPT 64    /* frames; more than the clock remembers */

typedef struct
{
  const char      *mode;
  KomekPlan       *plan;
  KomekAtlas      *atlas;
  KomekTheme      *theme;
  GtkWidget       *moved;
  GtkWidget       *ground; /* in the place of the plan, or NULL */
  ShumateViewport *viewport;
  KomekRequestLayer *marks; /* or NULL */
  double           gap;     /* pixels between two marks at least */
  guint64          n_marks; /* of all counts */
  guint            n_counts;
  guint            n_ticks;
  GMainLoop       *loop;
  gint64           began, warm; /* monotonic */
  double           pan_share;   /* of the time; the rest is zooming */
  double           used;        /* seconds of the processor, before */
  double           used_main;   /* likewise, of the thread that draws */
  guint            delivered;
  gint64           last_frame;  /* the number of the last one that was looked at */
  gint64           last_shown;
  double           busy, longest, wait;
  gint64           ticked;    /* monotonic, when the frame of now began */
  double           took[KEPT]; /* milliseconds of the latest frames, by their numbers */
  GArray          *frames;    /* of double: of those that were shown */
  char            *drawn_by;  /* NULL before the first frame */
} Bench;

static double
read_processor (int who)
{
  struct rusage usage;

  getrusage (who, &usage);
  return (double) (usage.ru_utime.tv_sec + usage.ru_stime.tv_sec)
         + (double) (usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) / 1e6;
}

static GBytes *
read_file (const char *path)
{
  g_autoptr (GError) error = NULL;
  char *text;
  gsize length;

  if (!g_file_get_contents (path, &text, &length, &error))
    g_error ("%s", error->message);
  return g_bytes_new_take (text, length);
}

/* A widget in a colour that is another one in each frame, so that all of it must be drawn: where
 * nothing has changed GTK draws nothing, and a map that moves has changed everywhere. */
#define BENCH_TYPE_GROUND (bench_ground_get_type ())
G_DECLARE_FINAL_TYPE (BenchGround, bench_ground, BENCH, GROUND, ShumateLayer)

struct _BenchGround
{
  ShumateLayer parent;
  guint        n_drawn;
};

G_DEFINE_FINAL_TYPE (BenchGround, bench_ground, SHUMATE_TYPE_LAYER)

static void
bench_ground_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  float shade = 0.9f + 0.01f * (float) (BENCH_GROUND (widget)->n_drawn++ % 2);

  gtk_snapshot_append_color (snapshot, &(GdkRGBA) { shade, shade, shade, 1 },
                             &GRAPHENE_RECT_INIT (0, 0, (float) gtk_widget_get_width (widget),
                                                  (float) gtk_widget_get_height (widget)));
}

static void
bench_ground_class_init (BenchGroundClass *klass)
{
  GTK_WIDGET_CLASS (klass)->snapshot = bench_ground_snapshot;
}

static void
bench_ground_init (BenchGround *self)
{
}

/* A city of a million, thicker in the middle. */
static KomekAtlas *
make_atlas (guint n)
{
  static const char *const words[] = { "a", NULL };
  GArray *array = g_array_sized_new (FALSE, FALSE, sizeof (KomekPoint), n);
  g_autoptr (GRand) rand = g_rand_new_with_seed (4);
  g_autoptr (KomekPoints) points = NULL;
  g_autoptr (KomekFilter) filter = komek_filter_new (&(KomekFilterFields) { .now = NOW });

  for (guint i = 0; i < n; i++)
    {
      double far = 0.12 * g_rand_double (rand), turn = 2 * G_PI * g_rand_double (rand);
      KomekPoint point = { .key = i + 1,
                           .latitude = (gint32) ((LATITUDE + far * sin (turn) * 0.65) * 1e7),
                           .longitude = (gint32) ((LONGITUDE + far * cos (turn)) * 1e7),
                           .requested = NOW - i,
                           .status = g_rand_int_range (rand, 0, KOMEK_N_STATUSES) };

      g_array_append_val (array, point);
    }
  points = komek_points_new (array, words, words);
  return komek_atlas_new (points, filter);
}

/* Where the map is after a share of the time. */
static void
move (Bench *self, double share)
{
  double pan = CLAMP (share / self->pan_share, 0, 1) * 4 * G_PI;
  double zoom = CLAMP ((share - self->pan_share) / (1 - self->pan_share), 0, 1);

  gtk_widget_queue_draw (self->ground ? self->ground : self->moved);
  shumate_location_set_location (SHUMATE_LOCATION (self->viewport),
                                 LATITUDE + 0.02 * sin (pan), LONGITUDE + 0.04 * sin (pan / 2));
  shumate_viewport_set_zoom_level (self->viewport, ZOOM + 2 * sin (zoom * G_PI));
}

/* By then the compositor has said whether it showed a frame. */
#define LATE 6

static void
look_at_frames (Bench *self, GdkFrameClock *clock)
{
  gint64 end = gdk_frame_clock_get_frame_counter (clock) - LATE;

  for (gint64 at = self->last_frame + 1; at <= end; at++)
    {
      GdkFrameTimings *timings = gdk_frame_clock_get_timings (clock, at);
      gint64 shown = timings ? gdk_frame_timings_get_frame_time (timings) : 0;

      self->last_frame = at;
      if (!timings || !gdk_frame_timings_get_complete (timings))
        continue;
      self->delivered++;
      g_array_append_val (self->frames, self->took[at % KEPT]);
      if (self->last_shown > 0)
        self->wait = MAX (self->wait, (double) (shown - self->last_shown) / 1e3);
      self->last_shown = shown;
    }
}

static void
on_before_paint (Bench *self)
{
  self->ticked = g_get_monotonic_time ();
  self->busy = read_processor (RUSAGE_THREAD);
}

/* Where OpenGL has drawn its context is still current. */
static void
wait_for_card (Bench *self)
{
  GskRenderer *renderer = gtk_native_get_renderer (gtk_widget_get_native (self->moved));
  gboolean current = gdk_gl_context_get_current () != NULL;

  if (current)
    glFinish ();
  if (!self->drawn_by)
    self->drawn_by = g_strdup (current ? (const char *) glGetString (GL_RENDERER)
                                       : G_OBJECT_TYPE_NAME (renderer));
}

static void
on_after_paint (Bench *self, GdkFrameClock *clock)
{
  gint64 at = gdk_frame_clock_get_frame_counter (clock);

  wait_for_card (self);
  self->took[at % KEPT] = (double) (g_get_monotonic_time () - self->ticked) / 1e3;
  if (self->began > 0)
    self->longest = MAX (self->longest, 1e3 * (read_processor (RUSAGE_THREAD) - self->busy));
}

static void
count_marks (Bench *self)
{
  g_autoptr (GArray) picks = NULL;

  if (!self->marks || self->n_ticks++ % COUNTED != 0)
    return;
  picks = komek_request_layer_pick (self->marks, 0, 0, G_MAXDOUBLE);
  self->n_marks += picks->len;
  self->n_counts++;
}

static void
finish (Bench *self)
{
  double used = read_processor (RUSAGE_SELF) - self->used;

  printf ("delivered %u\n", self->delivered);
  printf ("processor-ms %.2f\n", 1e3 * used / MAX (1, self->delivered));
  printf ("main-ms %.2f\n", 1e3 * (read_processor (RUSAGE_THREAD) - self->used_main)
                            / MAX (1, self->delivered));
  printf ("longest-ms %.1f\n", self->longest);
  printf ("wait-ms %.1f\n", self->wait);
  if (self->n_counts > 0)
    printf ("marks %.1f\n", (double) self->n_marks / self->n_counts);
  printf ("drawn-by %s\n", self->drawn_by);
  for (guint i = 0; i < self->frames->len; i++)
    printf ("frame-ms %.2f\n", g_array_index (self->frames, double, i));
  g_main_loop_quit (self->loop);
}

static void
begin (Bench *self, GdkFrameClock *clock, gint64 now)
{
  self->began = now;
  self->used = read_processor (RUSAGE_SELF);
  self->used_main = read_processor (RUSAGE_THREAD);
  self->last_frame = gdk_frame_clock_get_frame_counter (clock);
}

static gboolean
on_tick (GtkWidget *widget, GdkFrameClock *clock, gpointer data)
{
  Bench *self = data;
  gint64 now = g_get_monotonic_time ();

  if (self->warm == 0)
    self->warm = now + WARM_UP * G_USEC_PER_SEC;
  if (now < self->warm)
    return G_SOURCE_CONTINUE;
  if (self->began == 0)
    begin (self, clock, now);
  look_at_frames (self, clock);
  count_marks (self);
  if (now > self->began + SECONDS * G_USEC_PER_SEC)
    {
      finish (self);
      return G_SOURCE_REMOVE;
    }
  move (self, (double) (now - self->began) / (SECONDS * G_USEC_PER_SEC));
  return G_SOURCE_CONTINUE;
}

static void
on_setup (GtkSignalListItemFactory *factory, GtkListItem *item)
{
  gtk_list_item_set_child (item, gtk_label_new (NULL));
}

static void
on_bind (GtkSignalListItemFactory *factory, GtkListItem *item)
{
  gtk_label_set_label (GTK_LABEL (gtk_list_item_get_child (item)),
                       gtk_string_object_get_string (gtk_list_item_get_item (item)));
}

static GtkWidget *
make_list (void)
{
  GtkStringList *rows = gtk_string_list_new (NULL);
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
  GtkWidget *scroll = gtk_scrolled_window_new ();

  for (guint i = 0; i < ROWS; i++)
    gtk_string_list_append (rows, "Жолдағы шұңқыр · Абай даңғылы, 12");
  g_signal_connect (factory, "setup", G_CALLBACK (on_setup), NULL);
  g_signal_connect (factory, "bind", G_CALLBACK (on_bind), NULL);
  gtk_scrolled_window_set_child (
    GTK_SCROLLED_WINDOW (scroll),
    gtk_list_view_new (GTK_SELECTION_MODEL (gtk_single_selection_new (G_LIST_MODEL (rows))),
                       factory));
  gtk_widget_set_size_request (scroll, 700, -1);
  return scroll;
}

static void
replace_plan (Bench *self, ShumateMap *map)
{
  GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (map)), *next;

  for (; child; child = next)
    {
      next = gtk_widget_get_next_sibling (child);
      if (KOMEK_IS_TILE_LAYER (child))
        shumate_map_remove_layer (map, SHUMATE_LAYER (child));
    }
  self->ground = g_object_new (BENCH_TYPE_GROUND, "viewport", self->viewport, NULL);
  shumate_map_add_layer (map, SHUMATE_LAYER (self->ground));
}

static void
add_heat (Bench *self, ShumateMap *map)
{
  KomekPalette *palette = komek_theme_get_palette (self->theme);
  g_autoptr (KomekHeatPainter) painter = komek_heat_painter_new (self->atlas, palette);
  KomekOverlayLayer *layer = komek_overlay_layer_new (self->viewport);

  komek_overlay_layer_set_painter (layer, KOMEK_OVERLAY_PAINTER (painter));
  shumate_map_add_layer (map, SHUMATE_LAYER (layer));
}

static void
add_marks (Bench *self, ShumateMap *map)
{
  KomekRequestLayer *layer = komek_request_layer_new (self->viewport, self->theme);

  komek_request_layer_set_gap (layer, self->gap);
  komek_request_layer_set_atlas (layer, self->atlas);
  shumate_map_add_layer (map, SHUMATE_LAYER (layer));
  self->marks = layer;
}

static GtkWidget *
make_map (Bench *self)
{
  GtkWidget *widget = komek_plan_map_new (self->theme, self->plan, KOMEK_LANGUAGE_KAZAKH, NULL, 1);
  ShumateMap *map = komek_plan_map_get_map (KOMEK_PLAN_MAP (widget));

  self->viewport = komek_plan_map_get_viewport (KOMEK_PLAN_MAP (widget));
  if (g_str_equal (self->mode, "floor") || g_str_equal (self->mode, "marks"))
    replace_plan (self, map);
  if (g_str_equal (self->mode, "heat"))
    add_heat (self, map);
  if (g_str_equal (self->mode, "marks") || g_str_equal (self->mode, "plan"))
    add_marks (self, map);
  komek_plan_map_jump_to (KOMEK_PLAN_MAP (widget), LATITUDE, LONGITUDE, ZOOM);
  return widget;
}

static void
show (Bench *self)
{
  GtkWidget *window = gtk_window_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  GdkFrameClock *clock;

  self->moved = make_map (self);
  gtk_widget_set_hexpand (self->moved, TRUE);
  gtk_box_append (GTK_BOX (box), make_list ());
  gtk_box_append (GTK_BOX (box), self->moved);
  gtk_window_set_titlebar (GTK_WINDOW (window), adw_header_bar_new ());
  gtk_window_set_child (GTK_WINDOW (window), box);
  gtk_window_fullscreen (GTK_WINDOW (window));
  gtk_window_present (GTK_WINDOW (window));
  clock = gtk_widget_get_frame_clock (window);
  g_signal_connect_swapped (clock, "before-paint", G_CALLBACK (on_before_paint), self);
  g_signal_connect_swapped (clock, "after-paint", G_CALLBACK (on_after_paint), self);
  gtk_widget_add_tick_callback (self->moved, on_tick, self, NULL);
}

int
main (int argc, char **argv)
{
  Bench bench = { .mode = argc > 1 ? argv[1] : "" };
  g_autoptr (GBytes) geojson = NULL;
  g_autoptr (GError) error = NULL;

  if (argc != 6)
    {
      fprintf (stderr, "bench-frames floor|marks|plan|heat PLAN REQUESTS SHARE-OF-PANNING GAP\n");
      return EXIT_FAILURE;
    }
  adw_init ();
  geojson = read_file (argv[2]);
  bench.plan = komek_plan_new (geojson, &error);
  if (!bench.plan)
    g_error ("%s", error->message);
  bench.atlas = make_atlas ((guint) atoi (argv[3]));
  bench.theme = komek_theme_new (gdk_display_get_default (), adw_style_manager_get_default ());
  bench.pan_share = CLAMP (g_ascii_strtod (argv[4], NULL), 1e-6, 1 - 1e-6);
  bench.loop = g_main_loop_new (NULL, FALSE);
  bench.gap = g_ascii_strtod (argv[5], NULL);
  bench.frames = g_array_new (FALSE, FALSE, sizeof (double));
  show (&bench);
  g_main_loop_run (bench.loop);
  return EXIT_SUCCESS;
}

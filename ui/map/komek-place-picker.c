/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-place-picker.h"

#include "komek-city-limits.h"
#include "komek-crosshair.h"
#include "komek-map-view.h"
#include "komek-mercator.h"
#include "komek-plan-painter.h"

#include <math.h>

#define EMPHASIS 1.35
#define CLOSE 17               /* zoom */
#define STREETS 13             /* zoom from which streets can be told apart */
#define AFAR 12                /* zoom from which nobody can choose */
#define INSIDE 5.0             /* metres from the border of the city, at least */
#define SLACK_PIXELS 2         /* that the map may move to lie on whole ones */
#define METRES_A_DEGREE 111195.0

/**
 * KomekPlacePicker:
 *
 * Where is it? A crosshair that never moves over a map that does.
 *
 * Nothing has to be dragged: the arrow keys, the map's buttons and
 * komek_place_picker_nudge() do the same. Whatever moved it, it never rests
 * outside the city: from there it goes back to the border and says so.
 */
struct _KomekPlacePicker
{
  GtkWidget         parent;
  KomekTheme       *theme;
  KomekPlan        *plan;
  KomekLanguage     language;
  KomekMapView     *view;
  KomekPlaceFinder *finder; /* or NULL */
  KomekBounds      *bounds; /* where the city takes requests, or NULL */
  GCancellable     *cancellable; /* of the answer to where this is */
  GCancellable     *gathering;   /* of the requests to show */
  KomekPlace       *place;
  KomekPlaceFind   *find;      /* the same in words, once they are there */
  gboolean          returning; /* on its way back into the city */
  GdkTexture       *crosshair; /* NULL while colours or scale have changed */
};

enum
{
  PROP_PLACE = 1,
  N_PROPS
};

enum
{
  STRAYED,
  N_SIGNALS
};

static GParamSpec *props[N_PROPS];
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (KomekPlacePicker, komek_place_picker, GTK_TYPE_WIDGET)

/* What is below the crosshair is another place now; the former answer is of no use. */
static void
forget_place (KomekPlacePicker *self)
{
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->place, komek_place_unref);
  g_clear_pointer (&self->find, komek_place_find_free);
}

static void
take_find (KomekPlacePicker *self, KomekPlaceFind *find)
{
  const char *street = find->name ? komek_label_get (find->name, self->language) : "";
  g_autofree char *address =
    find->house ? g_strjoin (", ", street, find->house, NULL) : g_strdup (street);

  g_clear_pointer (&self->place, komek_place_unref);
  self->place = komek_place_new (find->latitude, find->longitude, address, find->district);
  self->find = find;
}

static void
on_described (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (KomekPlacePicker) self = data;
  g_autoptr (GError) error = NULL;
  KomekPlaceFind *find =
    komek_place_finder_describe_finish (KOMEK_PLACE_FINDER (source), result, &error);

  if (!find)
    return;
  take_find (self, find);
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_PLACE]);
}

/* The plan answers at once, so that nobody goes on with the place before; the rest follows. */
static void
look_up (KomekPlacePicker *self, double latitude, double longitude)
{
  const char *street =
    komek_plan_describe (self->plan, latitude, longitude, self->language, NULL);

  self->place = komek_place_new (latitude, longitude, street,
                                 komek_plan_find_district (self->plan, latitude, longitude));
  if (!self->finder)
    {
      g_object_notify_by_pspec (G_OBJECT (self), props[PROP_PLACE]);
      return;
    }
  self->cancellable = g_cancellable_new ();
  komek_place_finder_describe_async (self->finder, latitude, longitude, self->cancellable,
                                     on_described, g_object_ref (self));
}

static double
measure_pixel (double latitude, double zoom)
{
  double x, y;

  komek_mercator_project (latitude, 0, &x, &y);
  return komek_mercator_metres (y, exp2 (-zoom) / KOMEK_PLAN_TILE_SIZE);
}

/* Goes back into the city; where that does not help, as with a plan that nothing is inside of,
 * it is not tried for ever. */
static gboolean
go_back (KomekPlacePicker *self, double latitude, double longitude, double zoom)
{
  double inside = MAX (INSIDE, SLACK_PIXELS * measure_pixel (latitude, zoom));
  gboolean outside =
    komek_city_limits_pull_in (self->plan, self->bounds, inside, &latitude, &longitude);

  if (!outside || self->returning)
    {
      self->returning = FALSE;
      return FALSE;
    }
  self->returning = TRUE;
  komek_map_view_fly_to (self->view, latitude, longitude, zoom);
  g_signal_emit (self, signals[STRAYED], 0);
  return TRUE;
}

static void
on_view_changed (KomekMapView *view, KomekPlacePicker *self)
{
  double latitude, longitude, zoom;

  komek_map_view_get_centre (view, &latitude, &longitude, &zoom);
  forget_place (self);
  /* Whoever sees the whole city has chosen nothing yet: a place taken from
   * there would be wrong by kilometres, and nobody would notice. */
  if (zoom < STREETS)
    g_object_notify_by_pspec (G_OBJECT (self), props[PROP_PLACE]);
  else if (!go_back (self, latitude, longitude, zoom))
    look_up (self, latitude, longitude);
}

static void
stop_gathering (KomekPlacePicker *self)
{
  g_cancellable_cancel (self->gathering);
  g_clear_object (&self->gathering);
}

static void
on_gathered (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (KomekPlacePicker) self = data;
  g_autoptr (KomekAtlas) atlas = komek_atlas_new_finish (result, NULL);

  /* Only who has stopped waiting gets none. */
  if (atlas)
    komek_map_view_set_atlas (self->view, atlas);
}

static void
forget_crosshair (KomekPlacePicker *self)
{
  g_clear_object (&self->crosshair);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static graphene_rect_t
place_crosshair (KomekPlacePicker *self)
{
  float x = (gtk_widget_get_width (GTK_WIDGET (self)) - KOMEK_CROSSHAIR_SIZE) / 2;
  float y = (gtk_widget_get_height (GTK_WIDGET (self)) - KOMEK_CROSSHAIR_SIZE) / 2;

  return GRAPHENE_RECT_INIT (x, y, KOMEK_CROSSHAIR_SIZE, KOMEK_CROSSHAIR_SIZE);
}

/* Whoever looks where the cross stands wants to read what street that is. */
static void
on_gather (KomekPlacePicker *self, GArray *marks)
{
  graphene_rect_t box = place_crosshair (self);
  KomekPlanMark mark = { { box.origin.x, box.origin.y, box.origin.x + box.size.width,
                           box.origin.y + box.size.height }, TRUE };

  g_array_append_val (marks, mark);
}

static void
komek_place_picker_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  KomekPlacePicker *self = KOMEK_PLACE_PICKER (widget);
  graphene_rect_t box = place_crosshair (self);

  if (!self->crosshair)
    self->crosshair = komek_crosshair_draw (komek_theme_get_palette (self->theme),
                                            gtk_widget_get_scale_factor (widget));

  GTK_WIDGET_CLASS (komek_place_picker_parent_class)->snapshot (widget, snapshot);
  gtk_snapshot_append_texture (snapshot, self->crosshair, &box);
}

static void
komek_place_picker_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  switch (prop_id)
    {
    case PROP_PLACE:
      g_value_set_boxed (value, KOMEK_PLACE_PICKER (object)->place);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
komek_place_picker_dispose (GObject *object)
{
  KomekPlacePicker *self = KOMEK_PLACE_PICKER (object);

  if (self->view)
    gtk_widget_unparent (GTK_WIDGET (self->view));
  self->view = NULL;
  stop_gathering (self);
  forget_place (self);
  g_clear_object (&self->finder);
  g_clear_pointer (&self->bounds, komek_bounds_unref);
  g_clear_object (&self->crosshair);
  g_clear_object (&self->theme);
  g_clear_pointer (&self->plan, komek_plan_unref);
  G_OBJECT_CLASS (komek_place_picker_parent_class)->dispose (object);
}

static void
komek_place_picker_class_init (KomekPlacePickerClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = komek_place_picker_get_property;
  object_class->dispose = komek_place_picker_dispose;
  widget_class->snapshot = komek_place_picker_snapshot;

  /**
   * KomekPlacePicker:place:
   *
   * What lies below the crosshair: a point, the nearest street, the house where one is known, and
   * the district. Notified when the map has come to rest and all of it is there; %NULL before it
   * first has, and while nobody could tell streets apart.
   */
  props[PROP_PLACE] = g_param_spec_boxed ("place", NULL, NULL, KOMEK_TYPE_PLACE,
                                          G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, props);

  /**
   * KomekPlacePicker::strayed:
   *
   * The crosshair was outside the city, and is on its way back to the border.
   */
  signals[STRAYED] = g_signal_new ("strayed", KOMEK_TYPE_PLACE_PICKER, G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 0);

  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "place-picker");
}

static void
komek_place_picker_init (KomekPlacePicker *self)
{
}

/**
 * komek_place_picker_new:
 * @tiles: (nullable): what lies on the plan, #KomekTiles from below
 */
GtkWidget *
komek_place_picker_new (KomekTheme *theme, KomekPlan *plan, KomekLanguage language,
                        GListModel *tiles)
{
  KomekPlacePicker *self = g_object_new (KOMEK_TYPE_PLACE_PICKER, NULL);

  self->theme = g_object_ref (theme);
  self->plan = komek_plan_ref (plan);
  self->language = language;
  self->view =
    KOMEK_MAP_VIEW (komek_map_view_new_emphasised (theme, plan, language, tiles, EMPHASIS));
  gtk_widget_set_parent (GTK_WIDGET (self->view), GTK_WIDGET (self));
  g_signal_connect_object (self->view, "view-changed", G_CALLBACK (on_view_changed), self, 0);
  g_signal_connect_object (komek_plan_map_get_names (komek_map_view_get_plan_map (self->view)),
                           "gather", G_CALLBACK (on_gather), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (theme, "notify::palette", G_CALLBACK (forget_crosshair), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect (self, "notify::scale-factor", G_CALLBACK (forget_crosshair), NULL);
  return GTK_WIDGET (self);
}

/**
 * komek_place_picker_set_finder:
 * @finder: (nullable): who knows the houses; without one places are told by their street
 */
void
komek_place_picker_set_finder (KomekPlacePicker *self, KomekPlaceFinder *finder)
{
  g_return_if_fail (KOMEK_IS_PLACE_PICKER (self));

  g_set_object (&self->finder, finder);
  if (finder)
    komek_plan_map_name_streets (komek_map_view_get_plan_map (self->view), finder);
}

/**
 * komek_place_picker_set_bounds:
 * @bounds: (nullable): where the city takes requests; within it the districts of the plan count
 */
void
komek_place_picker_set_bounds (KomekPlacePicker *self, KomekBounds *bounds)
{
  g_return_if_fail (KOMEK_IS_PLACE_PICKER (self));

  if (bounds)
    komek_bounds_ref (bounds);
  g_clear_pointer (&self->bounds, komek_bounds_unref);
  self->bounds = bounds;
}

/**
 * komek_place_picker_get_place:
 *
 * Returns: (nullable) (transfer none): what lies below the crosshair, see #KomekPlacePicker:place
 */
KomekPlace *
komek_place_picker_get_place (KomekPlacePicker *self)
{
  g_return_val_if_fail (KOMEK_IS_PLACE_PICKER (self), NULL);

  return self->place;
}

/**
 * komek_place_picker_get_find:
 *
 * Returns: (nullable) (transfer none): the place as people speak of it, where that is known
 */
const KomekPlaceFind *
komek_place_picker_get_find (KomekPlacePicker *self)
{
  g_return_val_if_fail (KOMEK_IS_PLACE_PICKER (self), NULL);

  return self->find;
}

/* Whether streets can be told apart, so that a place can be chosen. */
gboolean
komek_place_picker_is_close (KomekPlacePicker *self)
{
  double latitude, longitude, zoom;

  g_return_val_if_fail (KOMEK_IS_PLACE_PICKER (self), FALSE);

  komek_map_view_get_centre (self->view, &latitude, &longitude, &zoom);
  return zoom >= STREETS;
}

/* Shows what is round a point from so far away that it is not chosen. */
void
komek_place_picker_look_at (KomekPlacePicker *self, double latitude, double longitude)
{
  g_return_if_fail (KOMEK_IS_PLACE_PICKER (self));

  komek_map_view_fly_to (self->view, latitude, longitude, AFAR);
}

/* Puts the crosshair on a point, close enough to see the street. */
void
komek_place_picker_centre_on (KomekPlacePicker *self, double latitude, double longitude)
{
  double old_latitude, old_longitude, zoom;

  g_return_if_fail (KOMEK_IS_PLACE_PICKER (self));

  komek_map_view_get_centre (self->view, &old_latitude, &old_longitude, &zoom);
  komek_map_view_fly_to (self->view, latitude, longitude, MAX (zoom, CLOSE));
}

/* Moves the crosshair by some metres, and comes so close that a step of five is some pixels: from
 * farther away it would be less than one, and nothing would happen. */
void
komek_place_picker_nudge (KomekPlacePicker *self, double metres_east, double metres_north)
{
  double latitude, longitude, zoom;

  g_return_if_fail (KOMEK_IS_PLACE_PICKER (self));

  komek_map_view_get_centre (self->view, &latitude, &longitude, &zoom);
  longitude += metres_east / METRES_A_DEGREE / cos (latitude * G_PI / 180);
  latitude += metres_north / METRES_A_DEGREE;
  komek_map_view_fly_to (self->view, latitude, longitude, MAX (zoom, CLOSE));
}

/**
 * komek_place_picker_set_atlas:
 * @atlas: (nullable): requests that are near, so that nobody reports one twice
 */
void
komek_place_picker_set_atlas (KomekPlacePicker *self, KomekAtlas *atlas)
{
  g_return_if_fail (KOMEK_IS_PLACE_PICKER (self));

  stop_gathering (self);
  komek_map_view_set_atlas (self->view, atlas);
}

/**
 * komek_place_picker_show_all:
 * @atlas: whose filter holds some requests back
 * @now: seconds since 1970, by which they are overdue
 *
 * Shows all requests of the atlas as soon as they are gathered.
 */
void
komek_place_picker_show_all (KomekPlacePicker *self, KomekAtlas *atlas, gint64 now)
{
  g_autoptr (KomekFilter) all = komek_filter_new (&(KomekFilterFields) { .now = now });

  g_return_if_fail (KOMEK_IS_PLACE_PICKER (self));

  stop_gathering (self);
  self->gathering = g_cancellable_new ();
  komek_atlas_new_async (atlas, komek_atlas_get_points (atlas), all, self->gathering, on_gathered,
                         g_object_ref (self));
}

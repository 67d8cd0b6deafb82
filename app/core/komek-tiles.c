/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-tiles.h"

G_DEFINE_ENUM_TYPE (KomekMapTrouble, komek_map_trouble,
                    G_DEFINE_ENUM_VALUE (KOMEK_MAP_TROUBLE_NONE, "none"),
                    G_DEFINE_ENUM_VALUE (KOMEK_MAP_TROUBLE_NO_FILE, "no-file"),
                    G_DEFINE_ENUM_VALUE (KOMEK_MAP_TROUBLE_NO_PACK, "no-pack"),
                    G_DEFINE_ENUM_VALUE (KOMEK_MAP_TROUBLE_DAMAGED, "damaged"),
                    G_DEFINE_ENUM_VALUE (KOMEK_MAP_TROUBLE_EMPTY, "empty"),
                    G_DEFINE_ENUM_VALUE (KOMEK_MAP_TROUBLE_FORMAT, "format"),
                    G_DEFINE_ENUM_VALUE (KOMEK_MAP_TROUBLE_PROJECTION, "projection"),
                    G_DEFINE_ENUM_VALUE (KOMEK_MAP_TROUBLE_SWAPPED, "swapped"),
                    G_DEFINE_ENUM_VALUE (KOMEK_MAP_TROUBLE_PARTS, "parts"),
                    G_DEFINE_ENUM_VALUE (KOMEK_MAP_TROUBLE_TOO_LARGE, "too-large"),
                    G_DEFINE_ENUM_VALUE (KOMEK_MAP_TROUBLE_ELSEWHERE, "elsewhere"),
                    G_DEFINE_ENUM_VALUE (KOMEK_MAP_TROUBLE_UNREACHABLE, "unreachable"),
                    G_DEFINE_ENUM_VALUE (KOMEK_MAP_TROUBLE_SLOW, "slow"),
                    G_DEFINE_ENUM_VALUE (KOMEK_MAP_TROUBLE_REFUSED, "refused"),
                    G_DEFINE_ENUM_VALUE (KOMEK_MAP_TROUBLE_NO_PICTURES, "no-pictures"))

G_DEFINE_INTERFACE (KomekTiles, komek_tiles, G_TYPE_OBJECT)

enum
{
  CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void
komek_tiles_default_init (KomekTilesInterface *iface)
{
  GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS;

  g_object_interface_install_property (
    iface, g_param_spec_string ("name", NULL, NULL, NULL, flags));
  g_object_interface_install_property (
    iface, g_param_spec_string ("attribution", NULL, NULL, NULL, flags));
  g_object_interface_install_property (
    iface, g_param_spec_enum ("trouble", NULL, NULL, KOMEK_TYPE_MAP_TROUBLE, KOMEK_MAP_TROUBLE_NONE,
                              flags));
  g_object_interface_install_property (
    iface, g_param_spec_boxed ("bounds", NULL, NULL, KOMEK_TYPE_BOUNDS, flags));

  signals[CHANGED] = g_signal_new ("changed", KOMEK_TYPE_TILES, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                   NULL, G_TYPE_NONE, 0);
}

/**
 * komek_tiles_dup_name:
 *
 * Returns: (transfer full): the name of its file or of its host
 */
char *
komek_tiles_dup_name (KomekTiles *self)
{
  char *name;

  g_object_get (self, "name", &name, NULL);
  return name;
}

/**
 * komek_tiles_dup_attribution:
 *
 * Returns: (transfer full) (nullable): who made it
 */
char *
komek_tiles_dup_attribution (KomekTiles *self)
{
  char *attribution;

  g_object_get (self, "attribution", &attribution, NULL);
  return attribution;
}

KomekMapTrouble
komek_tiles_get_trouble (KomekTiles *self)
{
  KomekMapTrouble trouble;

  g_object_get (self, "trouble", &trouble, NULL);
  return trouble;
}

/**
 * komek_tiles_dup_bounds:
 *
 * Returns: (transfer full) (nullable): where it has anything, %NULL where that is not known
 */
KomekBounds *
komek_tiles_dup_bounds (KomekTiles *self)
{
  KomekBounds *bounds;

  g_object_get (self, "bounds", &bounds, NULL);
  return bounds;
}

/* Whether its answers may take their time, so that something else must show meanwhile. */
gboolean
komek_tiles_is_remote (KomekTiles *self)
{
  g_return_val_if_fail (KOMEK_IS_TILES (self), FALSE);

  return KOMEK_TILES_GET_IFACE (self)->is_remote (self);
}

void
komek_tiles_load_async (KomekTiles *self, guint zoom, guint column, guint row,
                        GCancellable *cancellable, GAsyncReadyCallback callback, gpointer data)
{
  g_return_if_fail (KOMEK_IS_TILES (self));
  g_return_if_fail (zoom <= 30 && column < 1u << zoom && row < 1u << zoom);

  KOMEK_TILES_GET_IFACE (self)->load_async (self, zoom, column, row, cancellable, callback, data);
}

/**
 * komek_tiles_load_finish:
 * @zoom: (out): the zoom of the picture: that which was asked for, or a smaller one, where the
 *   picture of the square is but a part of it
 *
 * Fails only where it was cancelled: what else goes wrong is the `trouble` of all pictures.
 *
 * Returns: (transfer full) (nullable): the picture, %NULL where there is none
 */
GBytes *
komek_tiles_load_finish (KomekTiles *self, GAsyncResult *result, guint *zoom, GError **error)
{
  g_return_val_if_fail (KOMEK_IS_TILES (self), NULL);

  return KOMEK_TILES_GET_IFACE (self)->load_finish (self, result, zoom, error);
}

/* For those who are such a source. */
void
komek_tiles_changed (KomekTiles *self)
{
  g_return_if_fail (KOMEK_IS_TILES (self));

  g_signal_emit (self, signals[CHANGED], 0);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-pack-file.h"

#include <errno.h>
#include <sqlite3.h>
#include <stdio.h>
#include <string.h>

#include "komek-tile-form.h"
#include "komek-vector-tile.h"

#define HEADER 100              /* bytes */
#define MAGIC "SQLite format 3" /* and a zero behind it */
#define LARGEST_TILE (4 << 20)  /* bytes */
#define MOST_STEPS 2000000      /* of SQLite's machine for one question: about 50 ms */
#define MOST_METADATA 100       /* rows */
#define LAST_ZOOM 22
#define FARTHEST_OVERZOOM 6     /* a square of a picture of 256 pixels is then four pixels wide */
#define DEEPEST_HOLE 2          /* zooms; the plan says more than a picture that is larger still */

/**
 * KomekPackFile:
 *
 * An MBTiles file (the specification of Mapbox, 1.3) that has been looked over: the squares of a
 * map, as pictures or as lines, in a database of SQLite.
 *
 * The file comes from anywhere, and its `tiles` are often a view. So nothing in its schema is
 * trusted, no question takes for ever and nothing is mapped into memory, where a file that is
 * cut short meanwhile would end the program. Not for two threads at once.
 */
struct _KomekPackFile
{
  sqlite3           *database;
  sqlite3_stmt      *select;
  KomekPackMetadata  metadata;
  guint              last_zoom;
  gboolean           vector;
};

static int
on_progress (gpointer data)
{
  return 1;
}

/* A file that was copied by half lacks the end that its beginning speaks of. */
static KomekMapTrouble
check_header (const char *path, char **why)
{
  guint8 header[HEADER];
  FILE *file = fopen (path, "rbe");
  gsize n_read = file ? fread (header, 1, HEADER, file) : 0;
  guint64 page = n_read == HEADER ? (guint64) header[16] << 8 | header[17] : 0;
  guint64 n_pages =
    n_read == HEADER
      ? (guint64) header[28] << 24 | header[29] << 16 | header[30] << 8 | header[31]
      : 0;
  gint64 size = file && fseek (file, 0, SEEK_END) == 0 ? ftell (file) : -1;
  int error = errno;

  if (file)
    fclose (file);
  if (size < 0 || (n_read == 0 && size > 0))
    {
      *why = g_strdup (g_strerror (error));
      return KOMEK_MAP_TROUBLE_NO_FILE;
    }
  if (n_read < sizeof MAGIC || memcmp (header, MAGIC, sizeof MAGIC) != 0)
    return KOMEK_MAP_TROUBLE_NO_PACK;
  page = page == 1 ? 65536 : page;
  if (n_read < HEADER || (guint64) size < page * n_pages)
    return KOMEK_MAP_TROUBLE_DAMAGED;
  return KOMEK_MAP_TROUBLE_NONE;
}

/* It is not to be changed while it is open; then a folder that may not be written to is no
 * hurdle. */
static char *
build_uri (const char *path)
{
  g_autofree char *absolute = g_canonicalize_filename (path, NULL);
  g_autofree char *escaped = g_uri_escape_string (absolute, "/", TRUE);

  return g_strconcat ("file:", escaped, "?immutable=1", NULL);
}

static gboolean
open_database (KomekPackFile *self, const char *path)
{
  g_autofree char *uri = build_uri (path);

  if (sqlite3_open_v2 (uri, &self->database,
                       SQLITE_OPEN_READONLY | SQLITE_OPEN_URI | SQLITE_OPEN_NOMUTEX
                         | SQLITE_OPEN_PRIVATECACHE,
                       NULL)
      != SQLITE_OK)
    return FALSE;

  sqlite3_db_config (self->database, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
  sqlite3_db_config (self->database, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, NULL);
  sqlite3_limit (self->database, SQLITE_LIMIT_LENGTH, LARGEST_TILE);
  sqlite3_limit (self->database, SQLITE_LIMIT_ATTACHED, 0);
  sqlite3_progress_handler (self->database, MOST_STEPS, on_progress, NULL);
  return sqlite3_exec (self->database, "PRAGMA mmap_size = 0; PRAGMA cell_size_check = ON;",
                       NULL, NULL, NULL)
         == SQLITE_OK;
}

/* Whether SQLite says that the file itself is broken; a column that is not there is a plain
 * error. */
static gboolean
is_damage (int result)
{
  result &= 0xff;
  return result == SQLITE_CORRUPT || result == SQLITE_NOTADB || result == SQLITE_IOERR;
}

static const char *
column_text (sqlite3_stmt *statement, int column)
{
  const char *text = (const char *) sqlite3_column_text (statement, column);

  return text && g_utf8_validate (text, -1, NULL) ? text : NULL;
}

/* A pack without metadata is against the rule, but can be drawn. */
static int
read_metadata (KomekPackFile *self)
{
  sqlite3_stmt *statement = NULL;
  int result = sqlite3_prepare_v2 (self->database, "SELECT name, value FROM metadata", -1,
                                   &statement, NULL);

  for (guint i = 0; result == SQLITE_OK && i < MOST_METADATA; i++)
    if ((result = sqlite3_step (statement)) == SQLITE_ROW)
      {
        const char *name = column_text (statement, 0);
        const char *value = column_text (statement, 1);

        result = SQLITE_OK;
        if (name && value)
          komek_pack_metadata_take (&self->metadata, name, value);
      }
  sqlite3_finalize (statement);
  return result;
}

static GBytes *
take_blob (sqlite3_stmt *statement, int column)
{
  gconstpointer data = sqlite3_column_blob (statement, column);
  int size = sqlite3_column_bytes (statement, column);

  return data && size > 0 ? g_bytes_new (data, (gsize) size) : NULL;
}

/* Looks at the last tile of all: what it is and how near it is drawn. */
static int
read_last_tile (KomekPackFile *self, GBytes **tile)
{
  static const char sql[] =
    "SELECT zoom_level, tile_data FROM tiles ORDER BY zoom_level DESC LIMIT 1";
  sqlite3_stmt *statement = NULL;
  int result = sqlite3_prepare_v2 (self->database, sql, -1, &statement, NULL);
  gint64 zoom = -1;

  *tile = NULL;
  if (result == SQLITE_OK && (result = sqlite3_step (statement)) == SQLITE_ROW)
    {
      zoom = sqlite3_column_int64 (statement, 0);
      *tile = zoom >= 0 ? take_blob (statement, 1) : NULL;
    }
  self->last_zoom = (guint) CLAMP (zoom, 0, LAST_ZOOM);
  sqlite3_finalize (statement);
  return result;
}

static KomekMapTrouble
judge_tile (KomekPackFile *self, GBytes *tile)
{
  KomekTileForm form = komek_tile_form_of (tile);
  g_autoptr (KomekVectorTile) vector =
    form == KOMEK_TILE_FORM_VECTOR ? komek_vector_tile_new (tile, NULL) : NULL;

  self->vector = vector != NULL;
  if (vector || komek_tile_form_is_picture (form))
    return KOMEK_MAP_TROUBLE_NONE;
  return KOMEK_MAP_TROUBLE_FORMAT;
}

static KomekMapTrouble
look_over (KomekPackFile *self)
{
  static const char sql[] =
    "SELECT tile_data FROM tiles WHERE zoom_level = ? AND tile_column = ? AND tile_row = ?";
  g_autoptr (GBytes) tile = NULL;
  int result = read_metadata (self);

  if (is_damage (result))
    return KOMEK_MAP_TROUBLE_DAMAGED;
  if (!self->metadata.mercator)
    return KOMEK_MAP_TROUBLE_PROJECTION;
  result = read_last_tile (self, &tile);
  if (result != SQLITE_ROW || !tile)
    return is_damage (result) ? KOMEK_MAP_TROUBLE_DAMAGED : KOMEK_MAP_TROUBLE_EMPTY;
  if (sqlite3_prepare_v3 (self->database, sql, -1, SQLITE_PREPARE_PERSISTENT, &self->select,
                          NULL)
      != SQLITE_OK)
    return KOMEK_MAP_TROUBLE_EMPTY;
  return judge_tile (self, tile);
}

/**
 * komek_pack_file_open:
 * @trouble: (out): why it cannot be used
 * @why: (out) (transfer full) (nullable): the same for the log
 *
 * Opens a pack and looks whether it can be drawn. That takes a few milliseconds, however large it
 * is.
 *
 * Returns: (transfer full) (nullable): the pack, %NULL where it cannot be used
 */
KomekPackFile *
komek_pack_file_open (const char *path, KomekMapTrouble *trouble, char **why)
{
  g_autoptr (KomekPackFile) self = g_new0 (KomekPackFile, 1);

  *why = NULL;
  komek_pack_metadata_init (&self->metadata);
  *trouble = check_header (path, why);
  if (*trouble != KOMEK_MAP_TROUBLE_NONE)
    return NULL;
  *trouble = open_database (self, path) ? look_over (self) : KOMEK_MAP_TROUBLE_DAMAGED;
  if (*trouble == KOMEK_MAP_TROUBLE_NONE)
    return g_steal_pointer (&self);

  if (self->database && sqlite3_errcode (self->database) != SQLITE_OK)
    *why = g_strdup (sqlite3_errmsg (self->database));
  return NULL;
}

void
komek_pack_file_close (KomekPackFile *self)
{
  sqlite3_finalize (self->select);
  sqlite3_close (self->database);
  komek_pack_metadata_clear (&self->metadata);
  g_free (self);
}

const KomekPackMetadata *
komek_pack_file_get_metadata (const KomekPackFile *self)
{
  return &self->metadata;
}

/* The closest zoom that it has any tile of. */
guint
komek_pack_file_get_last_zoom (const KomekPackFile *self)
{
  return self->last_zoom;
}

/* Whether its tiles are lines, and not pictures. */
gboolean
komek_pack_file_is_vector (const KomekPackFile *self)
{
  return self->vector;
}

static GBytes *
read_exactly (KomekPackFile *self, guint zoom, guint column, guint row, int *result)
{
  GBytes *tile = NULL;

  sqlite3_bind_int64 (self->select, 1, zoom);
  sqlite3_bind_int64 (self->select, 2, column);
  sqlite3_bind_int64 (self->select, 3, self->metadata.from_north ? row : (1u << zoom) - 1 - row);
  *result = sqlite3_step (self->select);
  if (*result == SQLITE_ROW)
    tile = take_blob (self->select, 0);
  sqlite3_reset (self->select);
  return tile;
}

/**
 * komek_pack_file_read_exactly:
 * @row: from the north
 * @trouble: (out): whether the file turned out to be broken there
 *
 * Reads the tile of a square.
 *
 * Returns: (transfer full) (nullable): the tile, %NULL where there is none
 */
GBytes *
komek_pack_file_read_exactly (KomekPackFile *self, guint zoom, guint column, guint row,
                              KomekMapTrouble *trouble)
{
  int result;
  GBytes *tile = read_exactly (self, zoom, column, row, &result);

  *trouble = is_damage (result) ? KOMEK_MAP_TROUBLE_DAMAGED : KOMEK_MAP_TROUBLE_NONE;
  return tile;
}

/**
 * komek_pack_file_read:
 * @row: from the north
 * @found: (out): the zoom of the tile that was found
 * @trouble: (out): whether the file turned out to be broken
 *
 * Reads the tile of a square, or the nearest one that has the square as a part of it.
 *
 * Returns: (transfer full) (nullable): the tile, %NULL where there is none
 */
GBytes *
komek_pack_file_read (KomekPackFile *self, guint zoom, guint column, guint row, guint *found,
                      KomekMapTrouble *trouble)
{
  guint nearest = MIN (zoom, self->last_zoom);

  *trouble = KOMEK_MAP_TROUBLE_NONE;
  if (zoom - nearest > FARTHEST_OVERZOOM)
    return NULL;
  for (guint z = nearest + 1; z-- > 0 && nearest - z <= DEEPEST_HOLE;)
    {
      int result;
      g_autoptr (GBytes) tile = read_exactly (self, z, column >> (zoom - z), row >> (zoom - z),
                                              &result);

      *found = z;
      if (is_damage (result))
        {
          *trouble = KOMEK_MAP_TROUBLE_DAMAGED;
          return NULL;
        }
      if (tile && komek_tile_form_of (tile) != KOMEK_TILE_FORM_UNKNOWN)
        return g_steal_pointer (&tile);
    }
  return NULL;
}

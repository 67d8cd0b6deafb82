/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-schema.h"

#include <glib.h>

#include "komek-letters.h"

/* Keys are never used twice, so that a list that still shows an old city does
 * not show a request of the new one: the last one outlives them in the table
 * "run", which is what AUTOINCREMENT does, once a transaction instead of with each
 * row. Moments tell requests of one second apart; the rows of the text indexes
 * are made of them, see komek-search-batch.c.
 * Latitude and longitude are in units of 1e-7 degrees. The index holds all that
 * a point needs, newest first, so that the map is read without touching the
 * texts. The table "met" is of the walk that is on its way. */
#define REQUESTS                                                                                   \
  "CREATE TABLE service_code (id INTEGER PRIMARY KEY, code TEXT NOT NULL UNIQUE);"                 \
  "CREATE TABLE district_code (id INTEGER PRIMARY KEY, code TEXT NOT NULL UNIQUE);"                \
  "CREATE TABLE request ("                                                                         \
  " key INTEGER PRIMARY KEY, number TEXT NOT NULL UNIQUE, moment INTEGER NOT NULL,"                \
  " service INTEGER NOT NULL, service_name TEXT NOT NULL,"                                         \
  " status INTEGER NOT NULL, status_name TEXT NOT NULL, text TEXT NOT NULL, notes TEXT NOT NULL,"  \
  " latitude INTEGER NOT NULL, longitude INTEGER NOT NULL, address TEXT NOT NULL,"                 \
  " district INTEGER NOT NULL, agency TEXT NOT NULL, agency_name TEXT NOT NULL,"                   \
  " requested INTEGER NOT NULL, updated INTEGER NOT NULL, due INTEGER NOT NULL,"                   \
  " supporters INTEGER NOT NULL, media TEXT NOT NULL);"                                            \
  "CREATE INDEX request_point ON request"                                                          \
  " (moment DESC, requested, updated, due, latitude, longitude, service, status, district);"       \
  "CREATE TABLE met (key INTEGER PRIMARY KEY);"                                                    \
  "CREATE TABLE local (signs TEXT PRIMARY KEY, number TEXT NOT NULL) WITHOUT ROWID;"

/* See komek-change-table.c. */
#define CHANGES                                                                                    \
  "CREATE TABLE touched (id INTEGER PRIMARY KEY, key INTEGER NOT NULL);"                           \
  "CREATE TABLE run ("                                                                             \
  " id INTEGER PRIMARY KEY, name TEXT NOT NULL, touches INTEGER NOT NULL,"                         \
  " last_key INTEGER NOT NULL);"                                                                   \
  "INSERT INTO run VALUES (1, hex (randomblob (8)), 0, 0);"

#define HISTORY                                                                                    \
  "CREATE TABLE step ("                                                                            \
  " number TEXT NOT NULL, position INTEGER NOT NULL, id TEXT NOT NULL, status INTEGER NOT NULL,"   \
  " time INTEGER NOT NULL, text TEXT NOT NULL, agency TEXT NOT NULL, answer INTEGER NOT NULL,"     \
  " PRIMARY KEY (number, position)) WITHOUT ROWID;"

/* Names are NULL where the city has none in that language. */
#define CITY                                                                                       \
  "CREATE TABLE city ("                                                                            \
  " one INTEGER PRIMARY KEY CHECK (one = 1), id TEXT NOT NULL, kk TEXT, ru TEXT, en TEXT,"         \
  " public_url TEXT NOT NULL, changeset TEXT NOT NULL, zone TEXT NOT NULL,"                        \
  " south REAL, west REAL, north REAL, east REAL, sample INTEGER NOT NULL,"                        \
  " abilities INTEGER NOT NULL, seal_key TEXT NOT NULL, api_key_needed INTEGER NOT NULL);"         \
  "CREATE TABLE name ("                                                                            \
  " list INTEGER NOT NULL, position INTEGER NOT NULL, code TEXT NOT NULL,"                         \
  " kk TEXT, ru TEXT, en TEXT, PRIMARY KEY (list, position)) WITHOUT ROWID;"                       \
  "CREATE TABLE service ("                                                                         \
  " position INTEGER PRIMARY KEY, code TEXT NOT NULL, kk TEXT, ru TEXT, en TEXT,"                  \
  " category TEXT NOT NULL, category_kk TEXT, category_ru TEXT, category_en TEXT,"                 \
  " keywords TEXT NOT NULL, danger INTEGER NOT NULL, needs_place INTEGER NOT NULL,"                \
  " metadata INTEGER NOT NULL, days INTEGER NOT NULL, words TEXT NOT NULL);"                       \
  "CREATE TABLE definition (service TEXT PRIMARY KEY, digest TEXT NOT NULL) WITHOUT ROWID;"        \
  "CREATE TABLE attribute ("                                                                       \
  " service TEXT NOT NULL, position INTEGER NOT NULL, code TEXT NOT NULL, type INTEGER NOT NULL,"  \
  " variable INTEGER NOT NULL, required INTEGER NOT NULL, kk TEXT, ru TEXT, en TEXT,"              \
  " PRIMARY KEY (service, position)) WITHOUT ROWID;"                                               \
  "CREATE TABLE choice ("                                                                          \
  " service TEXT NOT NULL, attribute INTEGER NOT NULL, position INTEGER NOT NULL,"                 \
  " code TEXT NOT NULL, kk TEXT, ru TEXT, en TEXT,"                                                \
  " PRIMARY KEY (service, attribute, position)) WITHOUT ROWID;"                                    \
  "CREATE TABLE mark (name TEXT PRIMARY KEY, value NOT NULL) WITHOUT ROWID;"

/* The words are folded and shortened already, so a space is all that parts them:
 * the tokenizer "ascii" takes every letter beyond ASCII as part of a word, and
 * short letters where it is told to. Numbers are kept by
 * every four signs that follow one another, for people know parts of them. The
 * table of words is what FTS5's own vocabulary would be, which counts every word
 * anew whenever it is asked. The edition tells one such table from another. */
#define SEARCH                                                                                     \
  "CREATE VIRTUAL TABLE search USING fts5"                                                         \
  " (words, content = '', prefix = '2 3 4',"                                                       \
  "  tokenize = 'ascii tokenchars ''" KOMEK_LETTERS "''');"                                        \
  "INSERT INTO search (search, rank) VALUES ('hashsize', 8388608), ('usermerge', 2);"              \
  "CREATE VIRTUAL TABLE digits USING fts5"                                                         \
  " (number, content = '', columnsize = 0, tokenize = 'ascii');"                                   \
  "INSERT INTO digits (digits, rank) VALUES ('hashsize', 4194304), ('usermerge', 2);"              \
  "CREATE TABLE word ("                                                                            \
  " id INTEGER PRIMARY KEY, word TEXT NOT NULL UNIQUE, requests INTEGER NOT NULL);"                \
  "INSERT INTO mark VALUES ('edition', hex (randomblob (8)));"

/* The version stands in two places, see komek-store-file.c. */
#define STAMP                                                                                      \
  "INSERT INTO mark VALUES ('version', " G_STRINGIFY (KOMEK_SCHEMA_VERSION) ");"                   \
  "PRAGMA application_id = " G_STRINGIFY (KOMEK_SCHEMA_ID) ";"                                     \
  "PRAGMA user_version = " G_STRINGIFY (KOMEK_SCHEMA_VERSION) ";"

const char *const komek_schema = REQUESTS CHANGES HISTORY CITY SEARCH STAMP;

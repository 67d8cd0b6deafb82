/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "komek-place-finder.h"

/* A mirror that knows some requests, and finds those whose address holds all words of a text. */

#define FAKE_TYPE_FEED (fake_feed_get_type ())
G_DECLARE_FINAL_TYPE (FakeFeed, fake_feed, FAKE, FEED, GObject)

struct _FakeFeed
{
  GObject    parent;
  GPtrArray *requests; /* of KomekRequest; the key is the place plus one */
  gboolean   broken;
};

/* The finder and what it asks. */

typedef struct
{
  FakeFeed         *feed;
  KomekPlan        *plan;
  KomekPlaceFinder *finder;
  GPtrArray        *finds;
  KomekPlaceFind   *find;
  GError           *error;
  gboolean          done;
} FinderFixture;

void finder_set_up (FinderFixture *fixture, gconstpointer data);
void finder_tear_down (FinderFixture *fixture, gconstpointer data);
void finder_add_request (FinderFixture *fixture, double latitude, double longitude,
                         const char *address);
void finder_survey (FinderFixture *fixture);
void finder_on_searched (GObject *source, GAsyncResult *result, gpointer data);
void finder_wait (FinderFixture *fixture);
const KomekPlaceFind *finder_search (FinderFixture *fixture, const char *text);
const KomekPlaceFind *finder_describe (FinderFixture *fixture, double latitude, double longitude);
const char *finder_name (const KomekPlaceFind *find);

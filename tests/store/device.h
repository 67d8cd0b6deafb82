/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "komek-mirror.h"

/* A device of its own for each test: a folder with a mirror in it, and a way to
 * fill it. What a test reads and writes it reads and writes at once. */
typedef struct
{
  char        *folder;
  char        *path;
  KomekMirror *mirror;
  KomekFeed   *feed;     /* the same */
  guint        requests; /* how often it was said that they changed */
  guint        cities;
} Device;

/* What a test says of a request; the rest is made up. */
typedef struct
{
  const char *number;
  const char *text;
  const char *address;
  const char *service;
  KomekStatus status;
  gint64      requested;
} Report;

void device_set_up (Device *device, gconstpointer unused);
void device_tear_down (Device *device, gconstpointer unused);
void device_open (Device *device);
void device_close (Device *device);

KomekRequest *make_request (const Report *report);
void device_put (Device *device, const Report *reports, guint n_reports);
void device_put_all (Device *device, GPtrArray *requests);
void device_put_page (Device *device, GPtrArray *requests, const KomekProgress *progress);
void device_put_history (Device *device, const char *number, GPtrArray *updates);
void device_put_city (Device *device, KomekCity *city, GPtrArray *services);
void device_forget (Device *device);
KomekPoints *device_get_points (Device *device);
char *device_get_stamp (Device *device);
char *device_list (Device *device);
GArray *device_match (Device *device, const char *text);
KomekHits *device_search (Device *device, const char *text, KomekSearchOrder order, guint limit);
GPtrArray *device_load (Device *device, GArray *keys);
KomekRequest *device_find (Device *device, const char *number);

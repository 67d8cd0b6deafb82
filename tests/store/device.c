/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "device.h"

#include "await.h"
#include "folder.h"

static void
on_requests_changed (KomekFeed *feed, gpointer data)
{
  ((Device *) data)->requests++;
}

static void
on_city_changed (KomekFeed *feed, gpointer data)
{
  ((Device *) data)->cities++;
}

void
device_open (Device *device)
{
  device->mirror = komek_mirror_new (device->path);
  device->feed = KOMEK_FEED (device->mirror);
  g_signal_connect (device->feed, "requests-changed", G_CALLBACK (on_requests_changed), device);
  g_signal_connect (device->feed, "city-changed", G_CALLBACK (on_city_changed), device);
}

void
device_close (Device *device)
{
  device->feed = NULL;
  g_assert_finalize_object (g_steal_pointer (&device->mirror));
}

void
device_set_up (Device *device, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;

  device->folder = g_dir_make_tmp ("komek-store-XXXXXX", &error);
  g_assert_no_error (error);
  device->path = g_build_filename (device->folder, "city", "mirror.db", NULL);
  device_open (device);
}

void
device_tear_down (Device *device, gconstpointer unused)
{
  if (device->mirror)
    device_close (device);
  folder_remove (device->folder);
  g_free (device->folder);
  g_free (device->path);
}

KomekRequest *
make_request (const Report *report)
{
  g_autoptr (KomekPlace) place = komek_place_new (51.1281743, 71.4304619, report->address, "esil");

  return komek_request_new (&(KomekRequestFields) {
    .number = report->number,
    .service = report->service ? report->service : "ROA.pothole",
    .service_name = "Шұңқыр",
    .status = report->status,
    .text = report->text,
    .notes = "Тексерілуде",
    .place = place,
    .agency = "roads",
    .agency_name = "Жол басқармасы",
    .requested = report->requested,
    .updated = report->requested + 60,
    .due = report->requested + 86400,
    .supporters = 3,
  });
}

void
device_put_page (Device *device, GPtrArray *requests, const KomekProgress *progress)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  komek_mirror_put_requests_async (device->mirror, requests, progress, NULL, on_awaited, &result);
  komek_mirror_write_finish (device->mirror, await (&result), &error);
  g_assert_no_error (error);
}

void
device_put_all (Device *device, GPtrArray *requests)
{
  device_put_page (device, requests, NULL);
}

void
device_put (Device *device, const Report *reports, guint n_reports)
{
  g_autoptr (GPtrArray) requests = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < n_reports; i++)
    g_ptr_array_add (requests, make_request (&reports[i]));
  device_put_all (device, requests);
}

void
device_put_history (Device *device, const char *number, GPtrArray *updates)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  komek_mirror_put_history_async (device->mirror, number, updates, NULL, on_awaited, &result);
  komek_mirror_write_finish (device->mirror, await (&result), &error);
  g_assert_no_error (error);
}

void
device_put_city (Device *device, KomekCity *city, GPtrArray *services)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  komek_mirror_put_city_async (device->mirror, city, services, NULL, on_awaited, &result);
  komek_mirror_write_finish (device->mirror, await (&result), &error);
  g_assert_no_error (error);
}

void
device_forget (Device *device)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  komek_mirror_forget_all_async (device->mirror, NULL, on_awaited, &result);
  komek_mirror_write_finish (device->mirror, await (&result), &error);
  g_assert_no_error (error);
}

KomekPoints *
device_get_points (Device *device)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  KomekPoints *points;

  komek_feed_points_async (device->feed, NULL, on_awaited, &result);
  points = komek_feed_points_finish (device->feed, await (&result), &error);
  g_assert_no_error (error);
  return points;
}

char *
device_get_stamp (Device *device)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  char *stamp;

  komek_feed_points_stamp_async (device->feed, NULL, on_awaited, &result);
  stamp = komek_feed_points_stamp_finish (device->feed, await (&result), &error);
  g_assert_no_error (error);
  return stamp;
}

/* The numbers of all requests in the order of the points, with spaces between. */
char *
device_list (Device *device)
{
  g_autoptr (KomekPoints) points = device_get_points (device);
  g_autoptr (GArray) keys = g_array_new (FALSE, FALSE, sizeof (guint32));
  g_autoptr (GPtrArray) requests = NULL;
  g_autoptr (GString) list = g_string_new (NULL);
  guint n_points;
  const KomekPoint *all = komek_points_peek (points, &n_points);

  for (guint i = 0; i < n_points; i++)
    g_array_append_val (keys, all[i].key);
  requests = device_load (device, keys);
  for (guint i = 0; i < n_points; i++)
    g_string_append_printf (list, "%s%s", i > 0 ? " " : "",
                            komek_request_get_number (requests->pdata[i]));
  return g_string_free (g_steal_pointer (&list), FALSE);
}

GArray *
device_match (Device *device, const char *text)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  GArray *keys;

  komek_feed_match_async (device->feed, text, NULL, on_awaited, &result);
  keys = komek_feed_match_finish (device->feed, await (&result), &error);
  g_assert_no_error (error);
  return keys;
}

KomekHits *
device_search (Device *device, const char *text, KomekSearchOrder order, guint limit)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  KomekHits *hits;

  komek_feed_search_async (device->feed, text, order, limit, NULL, on_awaited, &result);
  hits = komek_feed_search_finish (device->feed, await (&result), &error);
  g_assert_no_error (error);
  return hits;
}

GPtrArray *
device_load (Device *device, GArray *keys)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  GPtrArray *requests;

  komek_feed_load_async (device->feed, keys, NULL, on_awaited, &result);
  requests = komek_feed_load_finish (device->feed, await (&result), &error);
  g_assert_no_error (error);
  return requests;
}

KomekRequest *
device_find (Device *device, const char *number)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  KomekRequest *request;

  komek_feed_find_async (device->feed, number, NULL, on_awaited, &result);
  request = komek_feed_find_finish (device->feed, await (&result), &error);
  g_assert_no_error (error);
  return request;
}

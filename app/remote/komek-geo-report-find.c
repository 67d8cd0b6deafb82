/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-geo-report-private.h"

#include <string.h>

#include "komek-error.h"
#include "komek-filing.h"
#include "komek-wire-request.h"
#include "komek-wire-time.h"

/* Two clocks are seldom more apart, and a request that was filed an hour earlier and is still not
 * known to be ours is ours as well. */
#define SKEW 3600

/* A city that keeps a position to four places is off by eleven metres, one that moves it to the
 * next house by more. */
#define NEAR 100.0

/* A city that cuts what it shows keeps at least so much of it. */
#define LEAST_BEGINNING 100

/* Our own request is told from others by what we sent. */
typedef struct
{
  KomekFiling *filing;
  char       **taken;
  gboolean     plain; /* asked without any filter */
} Search;

static void
search_free (Search *self)
{
  komek_filing_unref (self->filing);
  g_strfreev (self->taken);
  g_free (self);
}

/* Without what servers do to white space. */
static char *
dup_bare (const char *text)
{
  g_auto (GStrv) words = g_regex_split_simple ("\\s+", text ? text : "", 0, 0);
  g_autofree char *joined = g_strjoinv (" ", words);

  return g_strdup (g_strstrip (joined));
}

static gboolean
has_text (const KomekRequestFields *found, const char *text)
{
  g_autofree char *theirs = dup_bare (found->text);
  g_autofree char *ours = dup_bare (text);

  return g_str_equal (theirs, ours)
         || (strlen (theirs) >= LEAST_BEGINNING && g_str_has_prefix (ours, theirs));
}

/* Where only one of them has a point there is nothing to compare. */
static gboolean
is_there (const KomekPlace *theirs, const KomekPlace *ours)
{
  if (!theirs || !ours || !komek_place_has_point (theirs) || !komek_place_has_point (ours))
    return TRUE;
  return komek_place_metres_between (
           komek_place_get_latitude (theirs), komek_place_get_longitude (theirs),
           komek_place_get_latitude (ours), komek_place_get_longitude (ours)) <= NEAR;
}

static gboolean
is_ours (const Search *search, KomekRequest *request)
{
  const KomekRequestFields *found = komek_request_peek (request);
  const KomekFilingFields *ours = komek_filing_peek (search->filing);

  if (found->key && *found->key)
    return g_str_equal (found->key, ours->key);
  if (search->taken && g_strv_contains ((const char *const *) search->taken, found->number))
    return FALSE;
  return g_str_equal (found->service, ours->service) && has_text (found, ours->text)
         && is_there (found->place, ours->place);
}

/* A city that ignored the key gives others as well: what it gives is looked at in any case. */
static char *
pick (const Search *search, GPtrArray *requests)
{
  for (guint i = 0; i < requests->len; i++)
    if (is_ours (search, requests->pdata[i]))
      return g_strdup (komek_request_get_number (requests->pdata[i]));
  return NULL;
}

static gpointer
read_requests (const KomekAnswer *answer, GTimeZone *zone, GError **error)
{
  return komek_wire_read_requests (answer->body, zone, error);
}

static void list (GTask *task, const char *query);

/* There are servers that break down over a date, or refuse one that is to come: the list that they
 * give to everybody has the newest requests in it, too. */
static gboolean
may_be_the_filter (GTask *asked, const GError *error)
{
  const KomekAnswer *answer = komek_geo_report_peek_answer (asked);

  return answer && answer->transport == KOMEK_TRANSPORT_WHOLE
         && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED)
         && (answer->status == 400 || answer->status == 422 || answer->status == 500);
}

static void
on_listed (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  Search *search = g_task_get_task_data (task);
  GError *error = NULL;
  g_autoptr (GPtrArray) requests = g_task_propagate_pointer (G_TASK (result), &error);

  if (requests)
    g_task_return_pointer (task, pick (search, requests), g_free);
  else if (!search->plain && may_be_the_filter (G_TASK (result), error))
    {
      g_error_free (error);
      search->plain = TRUE;
      list (g_steal_pointer (&task), NULL);
    }
  else
    g_task_return_error (task, error);
}

/* Takes the task. */
static void
list (GTask *task, const char *query)
{
  KomekGeoReport *self = g_task_get_source_object (task);

  komek_geo_report_ask (self, g_task_new (self, g_task_get_cancellable (task), on_listed, task),
                        &(KomekQuestion) {
                          .call = KOMEK_CALL_REQUESTS,
                          .path = "requests",
                          .query = query,
                          .reader = read_requests,
                          .destroy = (GDestroyNotify) g_ptr_array_unref,
                          .long_list = TRUE,
                        });
}

static void
append_time (KomekGeoReport *self, GString *query, const char *name, gint64 time)
{
  g_autofree char *text = komek_wire_write_time (time, self->zone);

  komek_geo_report_append (query, name, text);
}

static char *
dup_query (KomekGeoReport *self, const KomekFilingFields *fields, gint64 since)
{
  g_autoptr (GString) query = g_string_new (NULL);

  if (komek_geo_report_can (self, KOMEK_ABILITY_REQUEST_KEY))
    {
      komek_geo_report_append (query, "client_request_id", fields->key);
      komek_geo_report_append (query, "device_id", fields->device);
    }
  else
    {
      komek_geo_report_append (query, "service_code", fields->service);
      append_time (self, query, "start_date", since - SKEW);
      append_time (self, query, "end_date", MAX (komek_clock_now (self->clock), since) + SKEW);
    }
  if (komek_geo_report_can (self, KOMEK_ABILITY_EXTENSIONS))
    komek_geo_report_append (query, "extensions", "true");
  return g_string_free (g_steal_pointer (&query), FALSE);
}

/**
 * komek_geo_report_find_own_async:
 * @filing: what may have been filed
 * @since: when it was first sent, in seconds since 1970
 * @taken: (nullable) (array zero-terminated=1): numbers that are known to belong to others
 *
 * Looks for a request of ours of which the city never said that it took it: by
 * its key where the city keeps that, else among the requests of its service
 * around that time, by text and place.
 */
void
komek_geo_report_find_own_async (KomekGeoReport *self, const KomekFiling *filing, gint64 since,
                                 const char *const *taken, GCancellable *cancellable,
                                 GAsyncReadyCallback callback, gpointer data)
{
  g_autofree char *query = NULL;
  Search *search;
  GTask *task;

  g_return_if_fail (KOMEK_IS_GEO_REPORT (self));

  task = g_task_new (self, cancellable, callback, data);
  g_task_set_source_tag (task, komek_geo_report_find_own_async);
  search = g_new0 (Search, 1);
  search->filing = komek_filing_ref ((KomekFiling *) filing);
  search->taken = g_strdupv ((char **) taken);
  g_task_set_task_data (task, search, (GDestroyNotify) search_free);
  query = dup_query (self, komek_filing_peek (filing), since);
  list (task, query);
}

/**
 * komek_geo_report_find_own_finish:
 * @number: (out) (nullable): the number of our request; %NULL where the city has none
 *
 * Returns: whether the city could be asked
 */
gboolean
komek_geo_report_find_own_finish (KomekGeoReport *self, GAsyncResult *result, char **number,
                                  GError **error)
{
  GError *problem = NULL;

  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  *number = g_task_propagate_pointer (G_TASK (result), &problem);
  if (!problem)
    return TRUE;
  g_propagate_error (error, problem);
  return FALSE;
}

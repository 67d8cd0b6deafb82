/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-geo-report-private.h"

#include <string.h>

#include "komek-wire-request.h"
#include "komek-wire-time.h"

/* Lists of requests: what is asked of which city, and where a list goes on. */

/* Of more requests than that the answer may be longer than of anything else; the standard's own cap
 * is a thousand, and a city without pages may give as many at once. */
#define LONG_LIST 500

static gpointer
read_requests (const KomekAnswer *answer, GTimeZone *zone, GError **error)
{
  return komek_wire_read_requests (answer->body, zone, error);
}

static void
append_time (KomekGeoReport *self, GString *query, const char *name, gint64 time)
{
  g_autofree char *text = time ? komek_wire_write_time (time, self->zone) : NULL;

  komek_geo_report_append (query, name, text);
}

/* The commas stay as they are: there are servers that take an escaped one for part of a word. */
static void
append_list (GString *query, const char *name, const char *const *words)
{
  for (guint i = 0; words && words[i]; i++)
    {
      g_autofree char *escaped = g_uri_escape_string (words[i], NULL, FALSE);

      if (i > 0)
        g_string_append_printf (query, ",%s", escaped);
      else
        g_string_append_printf (query, "%s%s=%s", query->len > 0 ? "&" : "", name, escaped);
    }
}

static void
append_bounds (GString *query, const KomekBounds *bounds)
{
  const double edges[] = {
    komek_bounds_get_south (bounds),
    komek_bounds_get_west (bounds),
    komek_bounds_get_north (bounds),
    komek_bounds_get_east (bounds),
  };

  g_string_append_printf (query, "%sbbox=", query->len > 0 ? "&" : "");
  for (guint i = 0; i < G_N_ELEMENTS (edges); i++)
    {
      char digits[32];

      g_ascii_formatd (digits, sizeof digits, "%.6f", edges[i]);
      g_string_append_printf (query, "%s%s", i > 0 ? "," : "", digits);
    }
}

static void
append_pages (GString *query, const KomekPage *page)
{
  g_autofree char *number = g_strdup_printf ("%u", page->page);
  g_autofree char *size = g_strdup_printf ("%u", page->size);

  komek_geo_report_append (query, "page", number);
  komek_geo_report_append (query, "page_size", page->size ? size : NULL);
}

static char *
dup_query (KomekGeoReport *self, const KomekPage *page)
{
  g_autoptr (GString) query = g_string_new (NULL);
  g_auto (GStrv) statuses = g_strsplit (page->status ? page->status : "", ",", 0);

  if (page->next)
    return g_strdup (page->next);
  if (komek_geo_report_can (self, KOMEK_ABILITY_EXTENSIONS))
    komek_geo_report_append (query, "extensions", "true");
  if (komek_geo_report_can (self, KOMEK_ABILITY_PAGES))
    append_pages (query, page);
  if (komek_geo_report_can (self, KOMEK_ABILITY_CHANGES))
    append_time (self, query, "updated_after", page->updated_after);
  append_time (self, query, "start_date", page->start);
  append_time (self, query, "end_date", page->end);
  append_list (query, "service_request_id", page->numbers);
  append_list (query, "service_code", page->services);
  append_list (query, "status", (const char *const *) statuses);
  if (page->bounds && komek_geo_report_can (self, KOMEK_ABILITY_BBOX))
    append_bounds (query, page->bounds);
  if (komek_geo_report_can (self, KOMEK_ABILITY_SEARCH))
    komek_geo_report_append (query, "q", page->text);
  return g_string_free (g_steal_pointer (&query), FALSE);
}

/**
 * komek_geo_report_requests_async:
 * @page: what its city cannot do is left out of the question, so that the answer may hold more than
 *   was asked for: a city without pages gives what it gives, and always the same
 *
 * Asks for requests.
 */
void
komek_geo_report_requests_async (KomekGeoReport *self, const KomekPage *page,
                                 GCancellable *cancellable, GAsyncReadyCallback callback,
                                 gpointer data)
{
  g_autofree char *query = NULL;
  GTask *task;

  g_return_if_fail (KOMEK_IS_GEO_REPORT (self));

  task = g_task_new (self, cancellable, callback, data);
  g_task_set_source_tag (task, komek_geo_report_requests_async);
  query = dup_query (self, page);
  komek_geo_report_ask (self, task, &(KomekQuestion) {
    .call = KOMEK_CALL_REQUESTS,
    .path = "requests",
    .query = query,
    .reader = read_requests,
    .destroy = (GDestroyNotify) g_ptr_array_unref,
    .long_list = page->size > LONG_LIST || !komek_geo_report_can (self, KOMEK_ABILITY_PAGES),
  });
}

/**
 * komek_geo_report_requests_finish:
 *
 * Returns: (transfer full) (element-type KomekRequest) (nullable): the requests
 */
GPtrArray *
komek_geo_report_requests_finish (KomekGeoReport *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/* Only the arguments are taken over: the next page is at the same place as this one, whatever an
 * answer says. */
static char *
read_next (const char *link)
{
  g_auto (GStrv) parts = g_regex_split_simple (",\\s*(?=<)", link, 0, 0);

  for (guint i = 0; parts[i]; i++)
    {
      const char *end = strchr (parts[i], '>');
      const char *question = strchr (parts[i], '?');

      if (end && question && question < end
          && g_regex_match_simple (";\\s*rel=\"?next\"?\\s*(;|$)", end, G_REGEX_CASELESS, 0))
        return g_strndup (question + 1, end - question - 1);
    }
  return NULL;
}

/**
 * komek_geo_report_dup_next:
 * @result: of komek_geo_report_requests_async(), before or after it was finished
 *
 * Returns: (transfer full) (nullable): where the city says that the next page is, for
 *   #KomekPage.next; %NULL where it does not say, or this was the last
 */
char *
komek_geo_report_dup_next (GAsyncResult *result)
{
  const KomekAnswer *answer = komek_geo_report_peek_answer (G_TASK (result));

  return answer && answer->link ? read_next (answer->link) : NULL;
}

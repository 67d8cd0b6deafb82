/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-geo-report-private.h"

#include <string.h>

#include "komek-error.h"
#include "komek-sight.h"

/* What a foreign city can do is found out by trying, one short question after
 * the other:
 *
 *     ability      is asked for                       and is there where
 *     ───────────  ─────────────────────────────────  ──────────────────────────────────────
 *     -            requests, where pages gave none    they only show what to ask for
 *     pages        the first two pages of two         they hold different requests
 *     extensions   a page with extensions=true        there are extended attributes
 *     changes      what changes from 2100 on,         there is nothing,
 *                  then from 1970 on                  and something
 *     bbox         the sea off Ghana, then the world  the same
 *     search       a word that nobody writes, then    the same
 *                  one from a request
 *     history      the updates of a request           they can be read
 *     languages    services in two languages          they differ
 *     comment      OPTIONS servicerequestupdates      POST is among them
 *
 * An argument that a server does not know it may refuse (quirk 15), or ignore:
 * then it gives what it gives without, or nothing whatever is asked (quirk 16).
 * So each filter is tried with an argument that nothing fits and with one that
 * all fits. A city without any request tells nothing; it is asked another day.
 * Whatever else a city can do changes something there, and is not tried. */

#define PROBED \
  (KOMEK_ABILITY_PAGES | KOMEK_ABILITY_EXTENSIONS | KOMEK_ABILITY_CHANGES | KOMEK_ABILITY_BBOX \
   | KOMEK_ABILITY_SEARCH | KOMEK_ABILITY_HISTORY | KOMEK_ABILITY_LANGUAGES \
   | KOMEK_ABILITY_COMMENT)

/* Of which nothing is known as long as there are no requests. */
#define NEEDS_REQUESTS (PROBED & ~(KOMEK_ABILITY_LANGUAGES | KOMEK_ABILITY_COMMENT))

#define NOBODYS_WORD "zqxjkvwyq"

typedef struct _Probe Probe;

typedef struct
{
  KomekAbility ability;
  KomekCall    call;
  const char  *path;
  const char  *first;  /* the arguments */
  const char  *second; /* (nullable) */
  gboolean   (*judge) (const Probe *probe);
} Trial;

struct _Probe
{
  KomekAbility wanted;
  guint        at;       /* trial */
  gboolean     second;
  char        *number;   /* of some request */
  char        *word;     /* from its text */
  KomekSight       *sights[2];
};

static gboolean judge_pages (const Probe *probe);
static gboolean judge_nothing (const Probe *probe);
static gboolean judge_extensions (const Probe *probe);
static gboolean judge_filter (const Probe *probe);
static gboolean judge_history (const Probe *probe);
static gboolean judge_languages (const Probe *probe);

/* Pages come first: they show requests to ask for, and keep the others short. Where they show none,
 * the question that any city understands may. */
static const Trial trials[] = {
  { KOMEK_ABILITY_PAGES, KOMEK_CALL_REQUESTS, "requests", "page=1&page_size=2",
    "page=2&page_size=2", judge_pages },
  { 0, KOMEK_CALL_REQUESTS, "requests", "", NULL, judge_nothing },
  { KOMEK_ABILITY_EXTENSIONS, KOMEK_CALL_REQUESTS, "requests", "extensions=true", NULL,
    judge_extensions },
  { KOMEK_ABILITY_CHANGES, KOMEK_CALL_REQUESTS, "requests",
    "updated_after=2100-01-01T00%3A00%3A00%2B00%3A00",
    "updated_after=1970-01-01T00%3A00%3A00%2B00%3A00", judge_filter },
  { KOMEK_ABILITY_BBOX, KOMEK_CALL_REQUESTS, "requests", "bbox=0.000000,0.000000,0.010000,0.010000",
    "bbox=-90.000000,-180.000000,90.000000,180.000000", judge_filter },
  { KOMEK_ABILITY_SEARCH, KOMEK_CALL_REQUESTS, "requests", "q=" NOBODYS_WORD, "q=", judge_filter },
  { KOMEK_ABILITY_HISTORY, KOMEK_CALL_UPDATES, "servicerequestupdates", "service_request_id=", NULL,
    judge_history },
  { KOMEK_ABILITY_LANGUAGES, KOMEK_CALL_SERVICES, "services", "locale=kk", "locale=en",
    judge_languages },
};

static void
probe_forget (Probe *self)
{
  g_clear_pointer (&self->sights[0], komek_sight_free);
  g_clear_pointer (&self->sights[1], komek_sight_free);
  self->second = FALSE;
}

static void
probe_free (Probe *self)
{
  probe_forget (self);
  g_free (self->number);
  g_free (self->word);
  g_free (self);
}

static gboolean
is_empty (const KomekSight *sight)
{
  return sight->numbers->len == 0;
}

/* The same last page again is no second page. */
static gboolean
judge_pages (const Probe *probe)
{
  const KomekSight *first = probe->sights[0];
  const KomekSight *second = probe->sights[1];

  if (!first || !second || is_empty (first))
    return FALSE;
  for (guint i = 0; i < second->numbers->len; i++)
    if (g_ptr_array_find_with_equal_func (first->numbers, second->numbers->pdata[i], g_str_equal,
                                          NULL))
      return FALSE;
  return TRUE;
}

static gboolean
judge_nothing (const Probe *probe)
{
  return FALSE;
}

static gboolean
judge_extensions (const Probe *probe)
{
  return probe->sights[0] && probe->sights[0]->extended;
}

static gboolean
judge_filter (const Probe *probe)
{
  return probe->sights[0] && probe->sights[1] && is_empty (probe->sights[0])
         && !is_empty (probe->sights[1]);
}

static gboolean
judge_history (const Probe *probe)
{
  return probe->sights[0] != NULL;
}

static gboolean
judge_languages (const Probe *probe)
{
  return probe->sights[0] && probe->sights[1]
         && g_strcmp0 (probe->sights[0]->names, probe->sights[1]->names) != 0;
}

static KomekReader
find_reader (const Trial *trial)
{
  switch ((guint) trial->call)
    {
    case KOMEK_CALL_SERVICES:
      return komek_sight_read_services;
    case KOMEK_CALL_UPDATES:
      return komek_sight_read_updates;
    default:
      return komek_sight_read_requests;
    }
}

static void go_on (GTask *task);

static void
settle (KomekGeoReport *self, KomekAbility ability, gboolean able)
{
  self->known |= ability;
  if (able)
    self->abilities |= ability;
  else
    self->abilities &= ~ability;
}

static void
note_request (Probe *probe, const KomekSight *sight)
{
  if (!sight->numbers)
    return;
  if (!probe->number && sight->numbers->len > 0)
    probe->number = g_strdup (sight->numbers->pdata[0]);
  if (!probe->word)
    probe->word = g_strdup (sight->word);
}

/* A refusal is an answer to the question, silence is none. */
static gboolean
is_answer (GTask *asked, const GError *error)
{
  const KomekAnswer *answer = komek_geo_report_peek_answer (asked);

  return answer && answer->transport == KOMEK_TRANSPORT_WHOLE
         && (!g_error_matches (error, KOMEK_ERROR, KOMEK_ERROR_UNREACHABLE)
             || answer->status == 500 || answer->status == 501);
}

static void
on_seen (GObject *source, GAsyncResult *result, gpointer data)
{
  GTask *task = data;
  Probe *probe = g_task_get_task_data (task);
  const Trial *trial = &trials[probe->at];
  GError *error = NULL;
  KomekSight *sight = g_task_propagate_pointer (G_TASK (result), &error);

  if (!sight && !is_answer (G_TASK (result), error))
    {
      g_task_return_error (task, error);
      g_object_unref (task);
      return;
    }
  g_clear_error (&error);
  probe->sights[probe->second] = sight;
  if (sight)
    note_request (probe, sight);
  if (sight && trial->second && !probe->second)
    probe->second = TRUE;
  else
    {
      settle (KOMEK_GEO_REPORT (source), trial->ability, trial->judge (probe));
      probe_forget (probe);
      probe->at++;
    }
  go_on (task);
}

/* Short where the city has pages; the number or the word that is asked for is at the end. */
static char *
dup_query (KomekGeoReport *self, const Probe *probe)
{
  const Trial *trial = &trials[probe->at];
  g_autoptr (GString) query = g_string_new (NULL);

  if (trial->call == KOMEK_CALL_REQUESTS && trial->ability && trial->ability != KOMEK_ABILITY_PAGES
      && komek_geo_report_can (self, KOMEK_ABILITY_PAGES))
    g_string_append (query, "page=1&page_size=2&");
  g_string_append (query, probe->second ? trial->second : trial->first);
  if (trial->ability == KOMEK_ABILITY_HISTORY)
    g_string_append_uri_escaped (query, probe->number, NULL, FALSE);
  else if (trial->ability == KOMEK_ABILITY_SEARCH && probe->second)
    g_string_append_uri_escaped (query, probe->word, NULL, FALSE);
  return g_string_free (g_steal_pointer (&query), FALSE);
}

static void
try (GTask *task)
{
  KomekGeoReport *self = g_task_get_source_object (task);
  Probe *probe = g_task_get_task_data (task);
  const Trial *trial = &trials[probe->at];
  g_autofree char *query = dup_query (self, probe);

  komek_geo_report_ask (self, g_task_new (self, g_task_get_cancellable (task), on_seen, task),
                        &(KomekQuestion) {
                          .call = trial->call,
                          .path = trial->path,
                          .query = query,
                          .reader = find_reader (trial),
                          .destroy = (GDestroyNotify) komek_sight_free,
                          .long_list = TRUE,
                        });
}

static void
on_options (GObject *source, GAsyncResult *result, gpointer data)
{
  GTask *task = data;
  KomekGeoReport *self = g_task_get_source_object (task);
  Probe *probe = g_task_get_task_data (task);
  GError *error = NULL;
  g_autoptr (KomekAnswer) answer = komek_exchange_finish (result, &error);

  if (!answer)
    {
      g_task_return_error (task, error);
      g_object_unref (task);
      return;
    }
  if (answer->transport == KOMEK_TRANSPORT_WHOLE)
    settle (self, KOMEK_ABILITY_COMMENT,
            answer->status < 300 && answer->allow && strstr (answer->allow, "POST"));
  probe->wanted &= ~KOMEK_ABILITY_COMMENT;
  go_on (task);
}

/* Takes the task. */
static void
ask_for_options (GTask *task)
{
  KomekGeoReport *self = g_task_get_source_object (task);
  KomekExchangePlan plan = { self->limits.total, self->limits.connect, self->limits.most_bytes };
  KomekWireFormat format = komek_geo_report_get_format (self, KOMEK_CALL_UPDATES);
  g_autofree char *url =
    komek_geo_report_dup_address (self, self->endpoint, "servicerequestupdates", NULL, format);
  GError *error = NULL;
  g_autoptr (SoupMessage) message =
    komek_geo_report_make_message (self, SOUP_METHOD_OPTIONS, url, format, &error);

  if (!message)
    {
      g_task_return_error (task, error);
      g_object_unref (task);
      return;
    }
  soup_message_add_flags (message, SOUP_MESSAGE_NO_REDIRECT);
  komek_exchange_async (self->session, message, &plan, self->clock, g_task_get_cancellable (task),
                        on_options, task);
}

/* Without a request there is nothing to be seen in the answers. */
static gboolean
is_worth_trying (KomekGeoReport *self, const Probe *probe, const Trial *trial)
{
  KomekAbility open = probe->wanted & ~self->known;

  if (trial->ability == KOMEK_ABILITY_PAGES)
    return (open & NEEDS_REQUESTS) != 0;
  if (trial->ability == 0)
    return (open & NEEDS_REQUESTS) && !probe->number;
  if (trial->ability == KOMEK_ABILITY_SEARCH && !probe->word)
    return FALSE;
  return (open & trial->ability) && (probe->number || !(trial->ability & NEEDS_REQUESTS));
}

/* What a city without requests seems not to be able to is open again. */
static void
end (GTask *task)
{
  KomekGeoReport *self = g_task_get_source_object (task);
  Probe *probe = g_task_get_task_data (task);

  if ((probe->wanted & NEEDS_REQUESTS) && !probe->number)
    self->known &= ~(NEEDS_REQUESTS & ~self->abilities);
  g_task_return_boolean (task, TRUE);
  g_object_unref (task);
}

/* Takes the task. */
static void
go_on (GTask *task)
{
  KomekGeoReport *self = g_task_get_source_object (task);
  Probe *probe = g_task_get_task_data (task);

  while (probe->at < G_N_ELEMENTS (trials) && !is_worth_trying (self, probe, &trials[probe->at]))
    probe->at++;
  if (probe->at < G_N_ELEMENTS (trials))
    try (task);
  else if (probe->wanted & ~self->known & KOMEK_ABILITY_COMMENT)
    ask_for_options (task);
  else
    end (task);
}

/**
 * komek_geo_report_believe:
 * @card: as the mirror has it
 *
 * Takes over what was known of this city at another time: what a foreign one
 * was found to be able to is not tried again, and one of our profile is not
 * taken for a foreign one because its discovery fails once.
 */
void
komek_geo_report_believe (KomekGeoReport *self, KomekCity *card)
{
  const KomekCityFields *fields;

  g_return_if_fail (KOMEK_IS_GEO_REPORT (self));
  g_return_if_fail (KOMEK_IS_CITY (card));

  fields = komek_city_peek (card);
  if (self->extended || *fields->id == '\0')
    return;
  self->extended = !g_str_has_prefix (fields->id, "http");
  self->abilities |= fields->abilities;
  self->known |= fields->abilities;
}

/**
 * komek_geo_report_probe_async:
 * @wanted: which abilities are of interest
 *
 * Finds out what a foreign city can do, as far as it is not known yet and can
 * be found out without changing anything there. A city of our profile has said
 * so itself and is asked nothing.
 */
void
komek_geo_report_probe_async (KomekGeoReport *self, KomekAbility wanted, GCancellable *cancellable,
                              GAsyncReadyCallback callback, gpointer data)
{
  Probe *probe;
  GTask *task;

  g_return_if_fail (KOMEK_IS_GEO_REPORT (self));

  task = g_task_new (self, cancellable, callback, data);
  g_task_set_source_tag (task, komek_geo_report_probe_async);
  probe = g_new0 (Probe, 1);
  probe->wanted = wanted & PROBED & ~self->known;
  g_task_set_task_data (task, probe, (GDestroyNotify) probe_free);
  go_on (task);
}

/**
 * komek_geo_report_probe_finish:
 * @abilities: (out): all that the city can do, as far as it is known
 *
 * Returns: whether the city could be asked
 */
gboolean
komek_geo_report_probe_finish (KomekGeoReport *self, GAsyncResult *result, KomekAbility *abilities,
                               GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  *abilities = self->abilities;
  return g_task_propagate_boolean (G_TASK (result), error);
}

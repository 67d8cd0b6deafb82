/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-office.h"

#include <glib/gstdio.h>
#include <string.h>

#include "komek-data.h"
#include "komek-key-file.h"

static gboolean
read_plan (KomekOffice *self, GResource *data, GError **error)
{
  g_autoptr (GBytes) bytes = komek_data_look_up (data, "astana.geojson", error);

  self->plan = bytes ? komek_plan_new (bytes, error) : NULL;
  return self->plan != NULL;
}

static gboolean
read_calendar (KomekOffice *self, GResource *data, GError **error)
{
  g_autoptr (GBytes) holidays = komek_data_look_up (data, "holidays.tsv", error);
  g_autoptr (GBytes) terms = holidays ? komek_data_look_up (data, "terms.tsv", error) : NULL;
  g_autoptr (GTimeZone) zone = g_time_zone_new_identifier (KOMEK_OFFICE_ZONE);

  self->calendar = terms ? komek_calendar_new (holidays, terms, zone, error) : NULL;
  return self->calendar != NULL;
}

static gboolean
read_words (KomekOffice *self, GResource *data, GError **error)
{
  g_autoptr (GBytes) words = komek_data_look_up (data, "words.tsv", error);
  g_autoptr (GBytes) events = words ? komek_data_look_up (data, "history.tsv", error) : NULL;
  g_autoptr (GBytes) style = events ? komek_data_look_up (data, "page.css", error) : NULL;

  if (!style)
    return FALSE;
  self->style = g_strndup (g_bytes_get_data (style, NULL), g_bytes_get_size (style));
  self->words = komek_words_new (words, error);
  self->events = self->words ? komek_phrases_new (events, "history.tsv", "event", error) : NULL;
  return self->events != NULL;
}

/**
 * komek_office_new:
 * @data: the files of the city
 *
 * Makes an office without a storage yet.
 *
 * Returns: (transfer full): the office
 */
KomekOffice *
komek_office_new (GResource *data, KomekClock *clock, GError **error)
{
  g_autoptr (KomekOffice) self = g_new0 (KomekOffice, 1);

  self->clock = g_object_ref (clock);
  self->darkroom = komek_darkroom_new (NULL, 0);
  if (!read_plan (self, data, error) || !read_calendar (self, data, error)
      || !read_words (self, data, error))
    return NULL;
  self->catalogue = komek_catalogue_new (data, self->calendar, error);
  return self->catalogue ? g_steal_pointer (&self) : NULL;
}

void
komek_office_free (KomekOffice *self)
{
  g_clear_object (&self->storage);
  g_clear_pointer (&self->catalogue, komek_catalogue_free);
  g_clear_pointer (&self->calendar, komek_calendar_free);
  g_clear_pointer (&self->plan, komek_plan_unref);
  g_clear_pointer (&self->events, komek_phrases_free);
  g_clear_pointer (&self->words, komek_words_free);
  g_clear_object (&self->clock);
  g_clear_object (&self->city);
  g_clear_object (&self->keyed_city);
  g_clear_pointer (&self->darkroom, komek_darkroom_free);
  g_clear_pointer (&self->endpoints, g_ptr_array_unref);
  g_strfreev (self->jurisdictions);
  g_free (self->base_url);
  g_free (self->style);
  g_free (self->seal_key);
  g_free (self);
}

/* A changeset is a time, so that it can be sorted; it moves when any name does. */
static char *
dup_changeset (KomekOffice *self, GError **error)
{
  const char *fingerprint = komek_catalogue_get_fingerprint (self->catalogue);
  g_autofree char *known = komek_storage_dup_note (self->storage, "fingerprint", error);
  g_autoptr (GDateTime) now = g_date_time_new_from_unix_utc (komek_clock_now (self->clock));
  g_autofree char *changeset = NULL;

  if (!known)
    return NULL;
  if (strcmp (known, fingerprint) == 0)
    return komek_storage_dup_note (self->storage, "changeset", error);

  changeset = g_date_time_format (now, "%Y-%m-%dT%H:%M:%SZ");
  if (!komek_storage_set_note (self->storage, "changeset", changeset, error)
      || !komek_storage_set_note (self->storage, "fingerprint", fingerprint, error))
    return NULL;
  return g_steal_pointer (&changeset);
}

static char *
dup_city_id (KomekOffice *self, GError **error)
{
  g_autofree char *known = komek_storage_dup_note (self->storage, "city_id", error);
  g_autofree char *made = known ? g_uuid_string_random () : NULL;

  if (!known || *known != '\0')
    return g_steal_pointer (&known);
  return komek_storage_keep_note (self->storage, "city_id", made, error);
}

/* A city without a key gets this one, unless another server was quicker: then
 * the one that was made here for nothing goes again. */
static char *
found_seal (KomekOffice *self, const char *seal_file, gboolean made, const char *own,
            GError **error)
{
  char *kept = komek_storage_keep_note (self->storage, "seal_key", own, error);

  if (kept && made && strcmp (kept, own) != 0)
    g_unlink (seal_file);
  return kept;
}

/* Contacts can be sealed wherever the database is; only to read them takes the
 * file. One that says something else than the database is a new key: from now
 * on contacts are sealed to it, and the old one opens what was sealed before. */
static char *
agree_on_seal (KomekOffice *self, const char *seal_file, const char *known, GError **error)
{
  gboolean there = g_file_test (seal_file, G_FILE_TEST_EXISTS);
  g_autofree char *own = NULL;

  if (*known != '\0' && !there)
    return g_strdup (known);
  own = komek_key_file_open (seal_file, error);
  if (own && *known == '\0')
    return found_seal (self, seal_file, !there, own, error);
  if (own && strcmp (own, known) != 0
      && !komek_storage_set_note (self->storage, "seal_key", own, error))
    return NULL;
  return g_steal_pointer (&own);
}

static gboolean
open_seal (KomekOffice *self, const char *seal_file, GError **error)
{
  g_autofree char *known = komek_storage_dup_note (self->storage, "seal_key", error);

  if (!known)
    return FALSE;
  if (seal_file)
    self->seal_key = agree_on_seal (self, seal_file, known, error);
  else if (*known != '\0')
    self->seal_key = g_steal_pointer (&known);
  return self->seal_key || !seal_file;
}

static gboolean
accept_terms (KomekOffice *self, const KomekTerms *terms, GError **error)
{
  self->jurisdictions = g_strdupv (terms->jurisdictions);
  self->batch = terms->batch;
  self->publishes_comments = terms->publishes_comments;
  self->endpoints = komek_terms_make_endpoints (terms);
  return open_seal (self, terms->seal_file, error);
}

/* What this server does, and nothing more. */
static KomekAbility
list_abilities (const KomekOffice *self)
{
  KomekAbility abilities = KOMEK_ABILITY_EXTENSIONS | KOMEK_ABILITY_HISTORY | KOMEK_ABILITY_COMMENT
                           | KOMEK_ABILITY_CHANGES | KOMEK_ABILITY_PAGES | KOMEK_ABILITY_BBOX
                           | KOMEK_ABILITY_SEARCH | KOMEK_ABILITY_LANGUAGES | KOMEK_ABILITY_MEDIA
                           | KOMEK_ABILITY_VOTES | KOMEK_ABILITY_IDEMPOTENCY
                           | KOMEK_ABILITY_LOCAL_NUMBERS | KOMEK_ABILITY_REQUEST_KEY;

  return self->seal_key ? abilities | KOMEK_ABILITY_SEALING : abilities;
}

static KomekCity *
make_card (const KomekOffice *self, const KomekCityFields *fields)
{
  KomekCity *card = komek_city_new (fields);

  komek_catalogue_describe (self->catalogue, self->plan, card);
  return card;
}

/**
 * komek_office_open:
 *
 * Gives the office its storage and makes the card of the city.
 */
gboolean
komek_office_open (KomekOffice *self, KomekStorage *storage, const KomekTerms *terms,
                   GError **error)
{
  g_autoptr (KomekLabel) name = komek_label_new ("Астана", "Астана", "Astana");
  g_autofree char *changeset = NULL;
  g_autofree char *id = NULL;
  g_autofree char *sample = NULL;
  KomekCityFields fields = { 0 };

  g_set_object (&self->storage, storage);
  if (!accept_terms (self, terms, error))
    return FALSE;
  changeset = dup_changeset (self, error);
  id = changeset ? dup_city_id (self, error) : NULL;
  sample = id ? komek_storage_dup_note (storage, KOMEK_OFFICE_SAMPLE, error) : NULL;
  if (!sample)
    return FALSE;

  fields = (KomekCityFields) {
    .id = id,
    .name = name,
    .public_url = terms->public_url,
    .changeset = changeset,
    .zone = KOMEK_OFFICE_ZONE,
    .bounds = komek_plan_get_bounds (self->plan),
    .sample = *sample != '\0',
    .abilities = list_abilities (self),
    .seal_key = self->seal_key,
  };
  self->city = make_card (self, &fields);
  fields.api_key_needed = TRUE;
  self->keyed_city = make_card (self, &fields);
  return TRUE;
}

/**
 * komek_office_dup_media_url:
 * @place: of the photo among those of the request
 *
 * Returns: (transfer full): where anybody may fetch a photo
 */
char *
komek_office_dup_media_url (const KomekOffice *self, const char *number, guint place)
{
  const char *public_url = komek_city_peek (self->city)->public_url;
  const char *interface = strstr (self->base_url, "/open311/");

  if (public_url && *public_url != '\0')
    return g_strdup_printf ("%s/media/%s/%u.jpg", public_url, number, place);
  return g_strdup_printf ("%.*s/media/%s/%u.jpg",
                          interface ? (int) (interface - self->base_url) : 0, self->base_url,
                          number, place);
}

/**
 * komek_office_name_service:
 *
 * Returns: (transfer none): what a service is called, its code where nobody knows it any more
 */
const char *
komek_office_name_service (const KomekOffice *self, const char *code, KomekLanguage language)
{
  KomekService *service = komek_catalogue_look_up (self->catalogue, code);

  return service ? komek_label_get (komek_service_get_name (service), language) : code;
}

/**
 * komek_office_tell_step:
 * @language: the reader's
 *
 * Returns: (transfer none): what was written of the step; where nothing was,
 *   what is usually said of such an event, in the reader's language if there
 *   are words in it, else in the request's
 */
const char *
komek_office_tell_step (const KomekOffice *self, const KomekStep *step, KomekLanguage language)
{
  GPtrArray *texts;

  if (step->text)
    return step->text;
  if (!step->event)
    return "";
  texts = komek_phrases_look_up (self->events, step->event, language);
  if (!texts)
    texts = komek_phrases_look_up (self->events, step->event, step->language);
  return texts ? texts->pdata[step->id % texts->len] : "";
}

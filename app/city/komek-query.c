/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-query.h"

#include <string.h>

#include "komek-folding.h"
#include "komek-number.h"
#include "komek-refusal.h"
#include "komek-wire-time.h"

/* What the standard gives to whoever names neither a page nor a request. */
#define USUAL_DAYS 90
#define USUAL_PAGE_SIZE 100

static gboolean
refuse (KomekRefusal refusal, const char *value, GError **error)
{
  g_set_error (error, KOMEK_REFUSAL, refusal, "Bad argument: %s", value);
  return FALSE;
}

/* An empty optional argument equals an absent one. */
static const char *
peek (GHashTable *arguments, const char *name)
{
  const char *value = arguments ? g_hash_table_lookup (arguments, name) : NULL;

  return value && *value != '\0' ? value : NULL;
}

static char **
read_list (const char *value)
{
  g_auto (GStrv) parts = NULL;
  g_autoptr (GPtrArray) list = NULL;

  if (!value)
    return NULL;
  parts = g_strsplit (value, ",", -1);
  list = g_ptr_array_new ();
  for (guint i = 0; parts[i]; i++)
    if (*g_strstrip (parts[i]) != '\0')
      g_ptr_array_add (list, g_strdup (parts[i]));
  g_ptr_array_add (list, NULL);
  return (char **) g_ptr_array_free (g_steal_pointer (&list), FALSE);
}

static gboolean
read_short_list (char ***list, const char *value, const char *name, GError **error)
{
  *list = read_list (value);
  return !*list || g_strv_length (*list) <= KOMEK_QUERY_MAX_NUMBERS
         || refuse (KOMEK_REFUSAL_TOO_MANY, name, error);
}

/* However a number of ours was typed, it is looked for in its written form. */
static gboolean
read_numbers (KomekQuery *self, const char *value, GError **error)
{
  if (!read_short_list (&self->numbers, value, "service_request_id", error))
    return FALSE;

  for (guint i = 0; self->numbers[i]; i++)
    {
      char *written = komek_number_normalise (self->numbers[i]);

      if (!written)
        continue;
      g_free (self->numbers[i]);
      self->numbers[i] = written;
    }
  self->limit = KOMEK_QUERY_MAX_NUMBERS;
  return TRUE;
}

/* Adds "open", "closed" or one detailed status. */
static gboolean
add_status (KomekQuery *self, const char *word)
{
  g_autofree char *folded = g_ascii_strdown (word, -1);
  guint found = 0;

  for (guint status = 0; status < KOMEK_STATUS_OTHER_OPEN; status++)
    {
      const char *group = komek_status_is_open (status) ? "open" : "closed";

      /* "closed" is a detailed status too; the standard's meaning holds. */
      if (g_str_equal (folded, group)
          || (g_str_equal (folded, komek_status_get_code (status))
              && status != KOMEK_STATUS_CLOSED))
        found |= 1u << status;
    }
  self->statuses |= found;
  return found != 0;
}

static gboolean
read_statuses (KomekQuery *self, const char *value, GError **error)
{
  g_auto (GStrv) words = read_list (value);

  for (guint i = 0; words && words[i]; i++)
    if (!add_status (self, words[i]))
      return refuse (KOMEK_REFUSAL_BAD_STATUS, words[i], error);
  return TRUE;
}

static gboolean
read_date (gint64 *time, const char *value, GTimeZone *zone, GError **error)
{
  if (!value)
    return TRUE;
  *time = komek_wire_read_time (value, zone);
  return *time != 0 || refuse (KOMEK_REFUSAL_BAD_DATE, value, error);
}

static gboolean
read_bounds (KomekQuery *self, const char *value, GError **error)
{
  g_auto (GStrv) parts = g_strsplit (value ? value : "", ",", 5);
  double edges[4];

  if (!value)
    return TRUE;
  if (g_strv_length (parts) != 4)
    return refuse (KOMEK_REFUSAL_BAD_BBOX, value, error);

  for (guint i = 0; i < 4; i++)
    {
      char *end;

      edges[i] = g_ascii_strtod (g_strstrip (parts[i]), &end);
      if (end == parts[i] || *end != '\0')
        return refuse (KOMEK_REFUSAL_BAD_BBOX, value, error);
    }
  self->bounds = komek_bounds_new (edges[0], edges[1], edges[2], edges[3], NULL);
  return self->bounds || refuse (KOMEK_REFUSAL_BAD_BBOX, value, error);
}

static gboolean
read_count (guint *count, const char *value, guint most, GError **error)
{
  guint64 number;

  if (!value)
    return TRUE;
  if (!g_ascii_string_to_unsigned (value, 10, 0, G_MAXINT32, &number, NULL))
    return refuse (KOMEK_REFUSAL_BAD_PAGE, value, error);
  *count = MIN (number, most);
  return TRUE;
}

/* A place in a list that an earlier answer has named: "TIME-ID". */
static gboolean
read_position (KomekPosition *position, const char *value, GError **error)
{
  const char *dash = value ? strrchr (value, '-') : NULL;
  g_autofree char *time = dash ? g_strndup (value, dash - value) : NULL;

  if (!value)
    return TRUE;
  return (time && g_ascii_string_to_signed (time, 10, G_MININT64 + 1, G_MAXINT64 - 1,
                                            &position->time, NULL)
          && g_ascii_string_to_signed (dash + 1, 10, 1, G_MAXINT64 - 1, &position->id, NULL))
         || refuse (KOMEK_REFUSAL_BAD_AFTER, value, error);
}

static gboolean
is_true (const char *value)
{
  return value && (g_ascii_strcasecmp (value, "true") == 0 || strcmp (value, "1") == 0);
}

/* Whoever speaks the standard alone and names no time gets the standard's own
 * answer: ninety days or a thousand, whichever is less. */
static gboolean
wants_usual_days (const KomekQuery *self, GHashTable *arguments)
{
  return self->start == 0 && self->end == 0 && self->updated_after == 0 && !self->numbers
         && !peek (arguments, "page") && !peek (arguments, "page_size")
         && !peek (arguments, "after") && !is_true (peek (arguments, "extensions"));
}

/* Page 0 is page 1, as elsewhere; a page size of 0 would never come to an end. */
static gboolean
read_page (KomekQuery *self, GHashTable *arguments, gint64 now, GError **error)
{
  const char *page_value = peek (arguments, "page");
  const char *size_value = peek (arguments, "page_size");
  guint page = 1;

  self->limit = page_value && !size_value ? USUAL_PAGE_SIZE : KOMEK_QUERY_MAX_PAGE_SIZE;
  if (!read_position (&self->after, peek (arguments, "after"), error)
      || !read_count (&page, page_value, G_MAXINT32 / KOMEK_QUERY_MAX_PAGE_SIZE, error)
      || !read_count (&self->limit, size_value, KOMEK_QUERY_MAX_PAGE_SIZE, error))
    return FALSE;

  if (wants_usual_days (self, arguments))
    self->start = now - USUAL_DAYS * 86400;
  self->limit = MAX (self->limit, 1);
  if (self->after.id == 0)
    self->offset = (MAX (page, 1) - 1) * self->limit;
  return TRUE;
}

/* Nobody searches for more words than these; whoever sends a thousand wants something else. */
static char *
fold_few (const char *value)
{
  char *folded = komek_fold (value);
  char *end = folded;

  for (guint i = 0; end && i < KOMEK_QUERY_MAX_WORDS; i++)
    end = strchr (i > 0 ? end + 1 : end, ' ');
  if (end)
    *end = '\0';
  return folded;
}

/* A number that was typed into the search is looked up, not searched for. */
static void
read_words (KomekQuery *self, const char *value)
{
  g_autofree char *number = value ? komek_number_normalise (value) : NULL;

  if (number)
    self->numbers = g_strsplit (number, "\n", -1);
  else if (value)
    self->words = fold_few (value);
}

/**
 * komek_query_new:
 * @arguments: (nullable) (element-type utf8 utf8): of GET requests
 * @zone: the zone of dates that carry none
 * @now: the present
 *
 * Reads what is asked for. Arguments that nobody knows do not count.
 *
 * Fails with a #KomekRefusal where an argument makes no sense.
 *
 * Returns: (transfer full): the query
 */
KomekQuery *
komek_query_new (GHashTable *arguments, GTimeZone *zone, gint64 now, GError **error)
{
  g_autoptr (KomekQuery) self = g_new0 (KomekQuery, 1);
  const char *numbers = peek (arguments, "service_request_id");

  if (numbers)
    return read_numbers (self, numbers, error) ? g_steal_pointer (&self) : NULL;

  if (!read_short_list (&self->services, peek (arguments, "service_code"), "service_code", error)
      || !read_statuses (self, peek (arguments, "status"), error)
      || !read_date (&self->start, peek (arguments, "start_date"), zone, error)
      || !read_date (&self->end, peek (arguments, "end_date"), zone, error)
      || !read_date (&self->updated_after, peek (arguments, "updated_after"), zone, error)
      || !read_bounds (self, peek (arguments, "bbox"), error)
      || !read_page (self, arguments, now, error))
    return NULL;
  read_words (self, peek (arguments, "q"));
  return g_steal_pointer (&self);
}

/**
 * komek_query_new_updates:
 * @arguments: (nullable) (element-type utf8 utf8): of GET servicerequestupdates
 * @zone: the zone of dates that carry none
 * @now: the present
 *
 * Reads which steps are asked for: of these requests and in this time; here
 * one does not override the other.
 *
 * Fails with a #KomekRefusal where an argument makes no sense.
 *
 * Returns: (transfer full): the query, of which the numbers, the times, the place and the limit
 *   count
 */
KomekQuery *
komek_query_new_updates (GHashTable *arguments, GTimeZone *zone, gint64 now, GError **error)
{
  g_autoptr (KomekQuery) self = g_new0 (KomekQuery, 1);
  const char *numbers = peek (arguments, "service_request_id");

  if (!read_date (&self->start, peek (arguments, "start_date"), zone, error)
      || !read_date (&self->end, peek (arguments, "end_date"), zone, error)
      || (numbers && !read_numbers (self, numbers, error))
      || !read_page (self, arguments, now, error))
    return NULL;
  return g_steal_pointer (&self);
}

void
komek_query_free (KomekQuery *self)
{
  g_strfreev (self->numbers);
  g_strfreev (self->services);
  g_clear_pointer (&self->bounds, komek_bounds_unref);
  g_free (self->words);
  g_free (self);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-sight.h"

#include "komek-wire-request.h"
#include "komek-wire-service.h"
#include "komek-wire-update.h"

/* A shorter word may be one that a search passes over. */
#define LEAST_LETTERS 4

void
komek_sight_free (KomekSight *self)
{
  g_clear_pointer (&self->numbers, g_ptr_array_unref);
  g_free (self->word);
  g_free (self->names);
  g_free (self);
}

static char *
find_word (const char *text)
{
  g_auto (GStrv) words = g_regex_split_simple ("[^\\pL]+", text ? text : "", 0, 0);

  for (guint i = 0; words[i]; i++)
    if (g_utf8_strlen (words[i], -1) >= LEAST_LETTERS)
      return g_strdup (words[i]);
  return NULL;
}

/* A #KomekReader of a list of requests. */
gpointer
komek_sight_read_requests (const KomekAnswer *answer, GTimeZone *zone, GError **error)
{
  g_autoptr (GPtrArray) requests = komek_wire_read_requests (answer->body, zone, error);
  gsize length;
  const char *text = g_bytes_get_data (answer->body, &length);
  KomekSight *self;

  if (!requests)
    return NULL;
  self = g_new0 (KomekSight, 1);
  self->numbers = g_ptr_array_new_with_free_func (g_free);
  self->extended = length > 0 && g_strstr_len (text, length, "extended_attributes") != NULL;
  for (guint i = 0; i < requests->len; i++)
    {
      const KomekRequestFields *fields = komek_request_peek (requests->pdata[i]);

      g_ptr_array_add (self->numbers, g_strdup (fields->number));
      if (!self->word)
        self->word = find_word (fields->text);
    }
  return self;
}

/* A #KomekReader of a list of services. */
gpointer
komek_sight_read_services (const KomekAnswer *answer, GTimeZone *zone, GError **error)
{
  g_autoptr (GPtrArray) services = komek_wire_read_services (answer->body, error);
  g_autoptr (GString) names = g_string_new (NULL);
  KomekSight *self;

  if (!services)
    return NULL;
  for (guint i = 0; i < services->len; i++)
    g_string_append (names, komek_label_get (komek_service_get_name (services->pdata[i]),
                                             KOMEK_LANGUAGE_ENGLISH));
  self = g_new0 (KomekSight, 1);
  self->names = g_string_free (g_steal_pointer (&names), FALSE);
  return self;
}

/* A #KomekReader of a list of updates: that it can be read is all there is to see. */
gpointer
komek_sight_read_updates (const KomekAnswer *answer, GTimeZone *zone, GError **error)
{
  g_autoptr (GPtrArray) updates = komek_wire_read_updates (answer->body, zone, error);

  return updates ? g_new0 (KomekSight, 1) : NULL;
}

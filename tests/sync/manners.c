/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "manners.h"

#include <stdio.h>

/* Servers with manners of their own, without a line between, and a walk through what they have. */

#define MOST_QUESTIONS 5000

GPtrArray *
make_requests (guint n_requests, gint64 apart)
{
  GPtrArray *requests = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < n_requests; i++)
    {
      g_autofree char *number = g_strdup_printf ("%u", i);

      g_ptr_array_add (requests, komek_request_new (&(KomekRequestFields) {
        .number = number, .requested = NOW - i * apart, .updated = NOW - i * apart,
        .status = i % 2 ? KOMEK_STATUS_DONE : KOMEK_STATUS_NEW }));
    }
  return requests;
}

static gboolean
is_asked_for (const Manners *manners, const KomekPage *page, KomekRequest *request)
{
  gint64 requested = komek_request_peek (request)->requested;

  if (manners->mistakes_statuses && page->status)
    return FALSE;
  if (manners->open_only && !page->status
      && !komek_status_is_open (komek_request_get_status (request)))
    return FALSE;
  if (manners->ignores_dates)
    return TRUE;
  if (manners->mistakes_dates && (page->start || page->end))
    return FALSE;
  if (page->start && requested < page->start)
    return FALSE;
  return !page->end || requested < page->end || (requested == page->end && !manners->ends_before);
}

static GPtrArray *
find (Server *server, const KomekPage *page)
{
  GPtrArray *found = g_ptr_array_new ();

  for (guint i = 0; i < server->requests->len; i++)
    {
      guint at = server->manners->oldest_first ? server->requests->len - 1 - i : i;

      if (is_asked_for (server->manners, page, server->requests->pdata[at]))
        g_ptr_array_add (found, server->requests->pdata[at]);
    }
  return found;
}

static gboolean
refuse (Server *server, KomekError code)
{
  server->error = g_error_new (KOMEK_ERROR, code, "The server does not like that");
  return FALSE;
}

static gboolean
look_at_statuses (Server *server, const KomekPage *page)
{
  if (page->status && server->manners->refuses_statuses)
    return refuse (server, KOMEK_ERROR_REFUSED);
  return !page->status || !server->manners->breaks_statuses
         || refuse (server, KOMEK_ERROR_UNREADABLE);
}

static gboolean
look_at_dates (Server *server, const KomekPage *page)
{
  if (!page->start && !page->end)
    return TRUE;
  if (server->manners->refuses_dates)
    return refuse (server, KOMEK_ERROR_REFUSED);
  return !server->manners->breaks_dates || refuse (server, KOMEK_ERROR_UNREADABLE);
}

/* From which request to which. */
static gboolean
cut (Server *server, const KomekPage *page, guint n_found, guint *first, guint *length)
{
  const Manners *manners = server->manners;
  guint number = MAX (page->page, 1);

  *length = manners->cap ? manners->cap : G_MAXUINT32;
  *first = 0;
  if (!manners->pages)
    return TRUE;
  *length = manners->page_length ? manners->page_length : MAX (page->size, 20);
  if (manners->shrinks_at && server->questions >= manners->shrinks_at)
    *length = MAX (*length / 2, 20);
  *first = (number - 1) * *length;
  if (*first < n_found || number == 1)
    return TRUE;
  if (manners->refuses_end)
    return refuse (server, KOMEK_ERROR_REFUSED);
  if (manners->breaks_end)
    return refuse (server, KOMEK_ERROR_UNREADABLE);
  if (manners->repeats)
    *first = n_found ? (n_found - 1) / *length * *length : 0;
  return TRUE;
}

/* Where the next page is says all that was asked for, and the page. */
static KomekPage
unfold (const KomekPage *page)
{
  KomekPage whole = *page;
  char status = 'x';

  if (page->next)
    sscanf (page->next, "%u %" G_GINT64_FORMAT " %" G_GINT64_FORMAT " %u %c", &whole.page,
            &whole.start, &whole.end, &whole.size, &status);
  if (status == 's')
    whole.status = "open,closed";
  return whole;
}

static char *
fold (const KomekPage *page, guint number)
{
  return g_strdup_printf ("%u %" G_GINT64_FORMAT " %" G_GINT64_FORMAT " %u %c", number,
                          page->start, page->end, page->size, page->status ? 's' : '-');
}

static GPtrArray *
answer (Server *server, const KomekPage *asked, char **next)
{
  const KomekPage unfolded = unfold (asked);
  const KomekPage *page = &unfolded;
  g_autoptr (GPtrArray) found = find (server, page);
  g_autoptr (GPtrArray) given = g_ptr_array_new_with_free_func (g_object_unref);
  guint number = MAX (page->page, 1);
  guint first, length;

  server->questions++;
  if (!look_at_statuses (server, page) || !look_at_dates (server, page)
      || !cut (server, page, found->len, &first, &length))
    return NULL;
  for (guint i = first; i < MIN ((guint64) first + length, found->len); i++)
    if (!server->manners->blank || i % server->manners->blank != 3)
      g_ptr_array_add (given, g_object_ref (found->pdata[i]));
    else
      g_hash_table_add (server->seen, g_strdup (komek_request_get_number (found->pdata[i])));
  if (server->manners->circles)
    *next = g_strdup ("2 0 0 100 -");
  else if (server->manners->names_next && first + length < found->len)
    *next = fold (page, number + 1);
  return g_steal_pointer (&given);
}

/* Returns whether the walk came to its end. */
gboolean
run (KomekWalk *walk, Server *server)
{
  KomekPage page;

  while (komek_walk_ask (walk, &page))
    {
      g_autofree char *next = NULL;
      g_autoptr (GPtrArray) given = answer (server, &page, &next);
      g_autoptr (GError) error = g_steal_pointer (&server->error);

      g_assert_cmpuint (server->questions, <, MOST_QUESTIONS);
      if (!given && !komek_walk_cope (walk, error))
        return FALSE;
      if (!given)
        continue;
      for (guint i = 0; i < given->len; i++)
        g_hash_table_add (server->seen, g_strdup (komek_request_get_number (given->pdata[i])));
      komek_walk_take (walk, given, next);
    }
  return TRUE;
}

KomekWalkPlan
make_plan (const Case *row)
{
  return (KomekWalkPlan) {
    .kind = row->kind,
    .until = row->kind == KOMEK_WALK_WINDOWS ? NOW + DAY : 0,
    .span = 90 * DAY,
    .most_span = 90 * DAY,
    .most_empty = 8,
    .glanced = TRUE,
    .filled = TRUE,
    .cap = 1000,
    .page_size = row->page_size,
    .trusted = row->kind == KOMEK_WALK_NEWEST_FIRST,
  };
}

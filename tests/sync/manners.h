/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "komek-error.h"
#include "komek-walk.h"

#define DAY 86400
#define NOW 1790000000

/* How a server gives what it has; all at once makes no server that was ever seen. */
typedef struct
{
  guint    cap;          /* it never gives more; 0 for no bound */
  guint    page_length;  /* of pages, whatever is asked for; 0 for as long as asked */
  gboolean pages;        /* it knows page and page_size */
  gboolean repeats;      /* its last page, for ever */
  gboolean refuses_end;  /* a page after the last one */
  gboolean breaks_end;   /* at a page after the last one */
  guint    shrinks_at;   /* the question from which on its pages are half as long */
  gboolean ignores_dates;
  gboolean mistakes_dates; /* and gives nothing */
  gboolean refuses_dates;
  gboolean breaks_dates;
  gboolean open_only;      /* where no status is named */
  gboolean mistakes_statuses;
  gboolean refuses_statuses;
  gboolean breaks_statuses;
  gboolean oldest_first;
  gboolean ends_before;  /* its end_date does not belong to the window */
  guint    blank;        /* every so many a request has no number yet; 0 for none */
  gboolean names_next;
  gboolean circles;      /* by naming the same next page for ever */
} Manners;

typedef struct
{
  const char   *name;
  Manners       manners;
  KomekWalkKind kind;
  guint         page_size;
  guint         looks;    /* that fail before one ends; 0 for none */
  guint         most;     /* questions, a rough bound against walks that wander about */
  gboolean      gaps;     /* something may be missing, and the walk says so */
} Case;

typedef struct
{
  const Manners *manners;
  GPtrArray     *requests; /* newest first */
  GHashTable    *seen;
  guint          questions;
  GError        *error;
} Server;

GPtrArray *make_requests (guint n_requests, gint64 apart);
gboolean run (KomekWalk *walk, Server *server);
KomekWalkPlan make_plan (const Case *row);

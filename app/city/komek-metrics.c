/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-metrics.h"

#define MOST_STATUSES 600

/* Upper bounds, in µs; between them lie most answers of a city of a million requests. */
static const gint64 bounds[] = { 100,    250,    500,    1000,    2500,    5000,    10000,
                                 25000,  50000,  100000, 250000,  1000000, 5000000 };

typedef struct
{
  guint64 statuses[MOST_STATUSES];
  guint64 buckets[G_N_ELEMENTS (bounds) + 1];
  guint64 total_us;
} Row;

/**
 * KomekMetrics:
 *
 * Counts what the server answered, for Prometheus (text format 0.0.4). Any
 * thread may use it.
 */
struct _KomekMetrics
{
  GMutex  lock;
  guint   n_routes;
  Row    *rows; /* one for each route and one for what is none */
  guint64 failures;
};

/**
 * komek_metrics_new:
 *
 * Returns: (transfer full): metrics that have counted nothing
 */
KomekMetrics *
komek_metrics_new (void)
{
  KomekMetrics *self = g_new0 (KomekMetrics, 1);

  g_mutex_init (&self->lock);
  komek_routes_get (&self->n_routes);
  self->rows = g_new0 (Row, self->n_routes + 1);
  return self;
}

void
komek_metrics_free (KomekMetrics *self)
{
  g_mutex_clear (&self->lock);
  g_free (self->rows);
  g_free (self);
}

/**
 * komek_metrics_count:
 * @route: (nullable): what was called; %NULL for what is not there
 * @duration_us: from the end of the call to the beginning of the answer
 */
void
komek_metrics_count (KomekMetrics *self, const KomekRoute *route, guint status, gint64 duration_us)
{
  guint n;
  Row *row = &self->rows[route ? (guint) (route - komek_routes_get (&n)) : self->n_routes];
  guint bucket = 0;
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->lock);

  while (bucket < G_N_ELEMENTS (bounds) && duration_us > bounds[bucket])
    bucket++;
  row->buckets[bucket]++;
  row->total_us += duration_us;
  row->statuses[MIN (status, MOST_STATUSES - 1)]++;
}

/**
 * komek_metrics_count_failure:
 *
 * Counts that the storage failed.
 */
void
komek_metrics_count_failure (KomekMetrics *self)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->lock);

  self->failures++;
}

/**
 * komek_metrics_describe:
 *
 * Begins a metric.
 */
void
komek_metrics_describe (GString *text, const char *name, const char *type, const char *help)
{
  g_string_append_printf (text, "# HELP %s %s\n# TYPE %s %s\n", name, help, name, type);
}

/**
 * komek_metrics_add:
 * @label: (nullable): what tells it from others of the same name
 */
void
komek_metrics_add (GString *text, const char *name, const char *label, const char *value,
                   guint64 number)
{
  if (label)
    g_string_append_printf (text, "%s{%s=\"%s\"} %" G_GUINT64_FORMAT "\n", name, label, value,
                            number);
  else
    g_string_append_printf (text, "%s %" G_GUINT64_FORMAT "\n", name, number);
}

static char *
label_row (const KomekMetrics *self, guint i)
{
  guint n;
  const KomekRoute *routes = komek_routes_get (&n);

  if (i == self->n_routes)
    return g_strdup ("method=\"\",route=\"\"");
  return g_strdup_printf ("method=\"%s\",route=\"%s%s\"", routes[i].method,
                          *routes[i].path == '/' ? "" : KOMEK_ROUTES_BASE, routes[i].path);
}

static void
write_statuses (const KomekMetrics *self, GString *text)
{
  komek_metrics_describe (text, "komek_city_requests_total", "counter", "Answers by status.");
  for (guint i = 0; i <= self->n_routes; i++)
    {
      g_autofree char *label = label_row (self, i);

      for (guint status = 0; status < MOST_STATUSES; status++)
        if (self->rows[i].statuses[status] > 0)
          g_string_append_printf (text,
                                  "komek_city_requests_total{%s,status=\"%u\"} %" G_GUINT64_FORMAT
                                  "\n",
                                  label, status, self->rows[i].statuses[status]);
    }
}

static guint64
count_filings (const KomekMetrics *self)
{
  guint64 filings = 0;
  guint n;
  const KomekRoute *routes = komek_routes_get (&n);

  for (guint i = 0; i < n; i++)
    for (guint status = 200; routes[i].kind == KOMEK_ROUTE_FILE && status < 300; status++)
      filings += self->rows[i].statuses[status];
  return filings;
}

static void
write_histogram (const Row *row, const char *label, GString *text)
{
  guint64 sum = 0;
  char digits[G_ASCII_DTOSTR_BUF_SIZE];

  for (guint i = 0; i <= G_N_ELEMENTS (bounds); i++)
    {
      sum += row->buckets[i];
      g_string_append_printf (
          text, "komek_city_request_seconds_bucket{%s,le=\"%s\"} %" G_GUINT64_FORMAT "\n", label,
          i < G_N_ELEMENTS (bounds)
            ? g_ascii_formatd (digits, sizeof digits, "%g", bounds[i] / (double) G_USEC_PER_SEC)
            : "+Inf",
          sum);
    }
  g_ascii_formatd (digits, sizeof digits, "%.6f", row->total_us / (double) G_USEC_PER_SEC);
  g_string_append_printf (text,
                          "komek_city_request_seconds_sum{%s} %s\n"
                          "komek_city_request_seconds_count{%s} %" G_GUINT64_FORMAT "\n",
                          label, digits, label, sum);
}

/**
 * komek_metrics_write:
 *
 * Adds all that was counted to @text.
 */
void
komek_metrics_write (KomekMetrics *self, GString *text)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->lock);

  write_statuses (self, text);
  komek_metrics_describe (text, "komek_city_request_seconds", "histogram",
                          "How long an answer took to work out.");
  for (guint i = 0; i <= self->n_routes; i++)
    {
      g_autofree char *label = label_row (self, i);

      if (self->rows[i].total_us > 0)
        write_histogram (&self->rows[i], label, text);
    }
  komek_metrics_describe (text, "komek_city_filings_total", "counter",
                          "Filings that were taken, and those repeated with the same key.");
  komek_metrics_add (text, "komek_city_filings_total", NULL, NULL, count_filings (self));
  komek_metrics_describe (text, "komek_city_storage_errors_total", "counter",
                          "Calls that failed because the storage did.");
  komek_metrics_add (text, "komek_city_storage_errors_total", NULL, NULL, self->failures);
}

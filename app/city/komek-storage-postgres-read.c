/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-storage-postgres-private.h"

#include <math.h>

/* Lists and histories. Each is asked for with its values and planned for
 * them: how many rows a word or a rectangle has makes all the difference. */

/* A statement and its values, all as texts. */
typedef struct
{
  GString   *sql;
  GPtrArray *values;
  gboolean   keeps; /* about one request, which is found in the same way whichever it is */
} Builder;

static void
builder_clear (Builder *self)
{
  g_string_free (self->sql, TRUE);
  g_ptr_array_unref (self->values);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Builder, builder_clear)

static void
add_text (Builder *self, const char *text)
{
  g_ptr_array_add (self->values, g_strdup (text));
  g_string_append_printf (self->sql, "$%u", self->values->len);
}

static void
builder_init (Builder *self, const char *sql, const char *city)
{
  self->sql = g_string_new (sql);
  self->values = g_ptr_array_new_with_free_func (g_free);
  add_text (self, city);
}

static void
add_number (Builder *self, const char *condition, gint64 number)
{
  g_autofree char *digits = g_strdup_printf ("%" G_GINT64_FORMAT, number);

  g_string_append_printf (self->sql, " %s ", condition);
  add_text (self, digits);
}

static void
add_degrees (Builder *self, const char *condition, double degrees)
{
  char digits[G_ASCII_DTOSTR_BUF_SIZE];

  g_string_append_printf (self->sql, " %s ", condition);
  add_text (self, g_ascii_dtostr (digits, sizeof digits, degrees));
}

static void
add_list (Builder *self, const char *column, const char *const *texts)
{
  g_string_append_printf (self->sql, " AND %s IN (", column);
  for (guint i = 0; texts[i]; i++)
    {
      if (i > 0)
        g_string_append_c (self->sql, ',');
      add_text (self, texts[i]);
    }
  g_string_append_c (self->sql, ')');
}

static void
add_statuses (Builder *self, guint statuses)
{
  g_autoptr (GPtrArray) codes = g_ptr_array_new ();

  for (guint status = 0; status < KOMEK_N_STATUSES; status++)
    if (statuses & (1u << status))
      g_ptr_array_add (codes, (char *) komek_status_get_code (status));
  g_ptr_array_add (codes, NULL);
  add_list (self, "status", (const char *const *) codes->pdata);
}

static void
add_time (Builder *self, const char *condition, gint64 time)
{
  if (time != 0)
    add_number (self, condition, time);
}

/* The bands alone are what an index can tell; whether it is asked the planner knows. */
static void
add_bounds (Builder *self, const KomekBounds *bounds)
{
  double south = komek_bounds_get_south (bounds), north = komek_bounds_get_north (bounds);

  add_number (self, "AND band BETWEEN", floor (south * 1000));
  add_number (self, "AND", floor (north * 1000));
  add_degrees (self, "AND lat >=", south);
  add_degrees (self, "AND lat <=", north);
  add_degrees (self, "AND lon >=", komek_bounds_get_west (bounds));
  add_degrees (self, "AND lon <=", komek_bounds_get_east (bounds));
}

/* Every word is the beginning of a word of the request: "шұң" finds "шұңқыр". */
static void
add_words (Builder *self, const char *words)
{
  g_auto (GStrv) parts = g_strsplit (words, " ", -1);
  g_autoptr (GString) match = g_string_new (NULL);

  for (guint i = 0; parts[i]; i++)
    if (*parts[i] != '\0')
      g_string_append_printf (match, "%s'%s':*", match->len > 0 ? " & " : "", parts[i]);
  g_string_append (self->sql, " AND words @@ ");
  add_text (self, match->str);
  g_string_append (self->sql, "::tsquery");
}

static gboolean
has_words (const KomekQuery *query)
{
  return query->words && *query->words != '\0';
}

static gboolean
asks_for_words_alone (const KomekQuery *query)
{
  return !query->numbers && has_words (query) && !query->services && query->statuses == 0
         && query->start == 0 && query->end == 0 && query->updated_after == 0 && !query->bounds;
}

static void
add_position (Builder *self, const KomekPosition *after, const char *condition)
{
  if (after->time == 0 && after->id == 0)
    return;
  add_number (self, condition, after->time);
  add_number (self, ",", after->id);
  g_string_append_c (self->sql, ')');
}

static void
add_conditions (Builder *self, const KomekQuery *query)
{
  if (query->services)
    add_list (self, "service", (const char *const *) query->services);
  if (query->statuses)
    add_statuses (self, query->statuses);
  add_time (self, "AND requested >=", query->start);
  add_time (self, "AND requested <=", query->end);
  add_time (self, "AND updated >=", query->updated_after);
  if (query->bounds)
    add_bounds (self, query->bounds);
  if (has_words (query))
    add_words (self, query->words);
  if (asks_for_words_alone (query))
    add_time (self, "AND id <", query->after.id);
  else
    add_position (self, &query->after, query->updated_after != 0 ? "AND (updated, id) > ("
                                                                 : "AND (requested, id) < (");
}

static const char *
choose_order (const KomekQuery *query)
{
  if (asks_for_words_alone (query))
    return "id DESC";
  return query->updated_after != 0 && !query->numbers ? "updated, id" : "requested DESC, id DESC";
}

static gboolean
is_one (const char *const *numbers)
{
  return numbers && numbers[0] && !numbers[1];
}

static void
build_list (Builder *self, const KomekQuery *query)
{
  self->keeps = is_one ((const char *const *) query->numbers);
  if (query->numbers)
    add_list (self, "number", (const char *const *) query->numbers);
  else
    add_conditions (self, query);
  g_string_append_printf (self->sql, " ORDER BY %s", choose_order (query));
  add_number (self, "LIMIT", query->limit);
  if (!query->numbers && query->offset > 0)
    add_number (self, "OFFSET", query->offset);
}

static KomekStatus
read_status (const PGresult *result, int row, int column)
{
  return komek_status_from_code (komek_postgres_get_text (result, row, column), TRUE);
}

static double
read_degrees (const PGresult *result, int row, int column)
{
  const char *text = komek_postgres_get_text_or_null (result, row, column);

  return text ? g_ascii_strtod (text, NULL) : NAN;
}

static KomekLanguage
read_language (const PGresult *result, int row, int column)
{
  KomekLanguage language = KOMEK_LANGUAGE_KAZAKH;

  komek_language_from_code (komek_postgres_get_text (result, row, column), &language);
  return language;
}

/* The columns are those of KOMEK_STORAGE_POSTGRES_COLUMNS. */
void
komek_storage_postgres_read_record (const PGresult *result, int row, KomekRecord *record)
{
  *record = (KomekRecord) {
    .id = komek_postgres_get_number (result, row, 0),
    .number = komek_postgres_get_text (result, row, 1),
    .service = komek_postgres_get_text (result, row, 2),
    .status = read_status (result, row, 3),
    .text = komek_postgres_get_text (result, row, 4),
    .language = read_language (result, row, 5),
    .latitude = read_degrees (result, row, 6),
    .longitude = read_degrees (result, row, 7),
    .address = komek_postgres_get_text (result, row, 8),
    .district = komek_postgres_get_text (result, row, 9),
    .agency = komek_postgres_get_text (result, row, 10),
    .requested = komek_postgres_get_number (result, row, 11),
    .updated = komek_postgres_get_number (result, row, 12),
    .due = komek_postgres_get_number (result, row, 13),
    .supporters = komek_postgres_get_number (result, row, 14),
    .photos = komek_postgres_get_number (result, row, 15),
  };
}

/* The connection goes back before anybody looks at the rows. What was lost on
 * the way is asked for once more: to read twice harms nobody. */
static PGresult *
ask (KomekStoragePostgres *self, Builder *builder, GError **error)
{
  KomekPostgres *line = komek_storage_postgres_borrow (self);
  g_autoptr (GError) problem = NULL;
  PGresult *result = komek_postgres_ask_texts (line, builder->sql->str, builder->values,
                                               builder->keeps, &problem);

  if (!result && komek_postgres_is_lost (line))
    {
      g_clear_error (&problem);
      result = komek_postgres_ask_texts (line, builder->sql->str, builder->values, builder->keeps,
                                         &problem);
    }
  komek_storage_postgres_give_back (self, line);
  if (problem)
    g_propagate_error (error, g_steal_pointer (&problem));
  return result;
}

/* Code and value by turns, of one request after another. */
static PGresult *
ask_attributes (KomekStoragePostgres *self, const KomekQuery *query, GError **error)
{
  g_auto (Builder) builder = { 0 };

  builder_init (&builder,
                "SELECT attribute.request, code, value FROM attribute JOIN request"
                " ON request.city = attribute.city AND request.id = attribute.request"
                " WHERE attribute.city = ",
                self->city);
  builder.keeps = is_one ((const char *const *) query->numbers);
  add_list (&builder, "number", (const char *const *) query->numbers);
  g_string_append (builder.sql, " ORDER BY attribute.request, place");
  return ask (self, &builder, error);
}

static GPtrArray *
collect_attributes (const PGresult *attributes, gint64 request)
{
  GPtrArray *found = g_ptr_array_new ();

  for (int i = 0; i < PQntuples (attributes); i++)
    if (komek_postgres_get_number (attributes, i, 0) == request)
      {
        g_ptr_array_add (found, (char *) komek_postgres_get_text (attributes, i, 1));
        g_ptr_array_add (found, (char *) komek_postgres_get_text (attributes, i, 2));
      }
  g_ptr_array_add (found, NULL);
  return found;
}

static void
visit_records (const PGresult *records, const PGresult *attributes, KomekRecordVisitor visit,
               gpointer data)
{
  for (int i = 0; i < PQntuples (records); i++)
    {
      g_autoptr (GPtrArray) found = NULL;
      KomekRecord record;

      komek_storage_postgres_read_record (records, i, &record);
      if (attributes)
        {
          found = collect_attributes (attributes, record.id);
          record.attributes = (const char *const *) found->pdata;
        }
      visit (&record, data);
    }
}

gboolean
komek_storage_postgres_list (KomekStorage *storage, const KomekQuery *query,
                             KomekRecordVisitor visit, gpointer data, GError **error)
{
  KomekStoragePostgres *self = KOMEK_STORAGE_POSTGRES (storage);
  g_auto (Builder) builder = { 0 };
  g_autoptr (PGresult) records = NULL;
  g_autoptr (PGresult) attributes = NULL;

  builder_init (&builder,
                "SELECT " KOMEK_STORAGE_POSTGRES_COLUMNS " FROM request WHERE city = ",
                self->city);
  build_list (&builder, query);
  records = ask (self, &builder, error);
  if (!records)
    return FALSE;
  if (query->numbers && PQntuples (records) > 0)
    {
      attributes = ask_attributes (self, query, error);
      if (!attributes)
        return FALSE;
    }
  visit_records (records, attributes, visit, data);
  return TRUE;
}

static void
build_history (Builder *self, const KomekStepQuery *query)
{
  self->keeps = is_one (query->numbers);
  if (!query->hidden)
    g_string_append (self->sql, " AND NOT hidden");
  if (query->numbers)
    add_list (self, "number", query->numbers);
  add_time (self, "AND time >=", query->start);
  add_time (self, "AND time <=", query->end);
  add_position (self, &query->after, "AND (time, step.id) > (");
  g_string_append (self->sql, " ORDER BY time, step.id");
  add_number (self, "LIMIT", query->limit);
}

gboolean
komek_storage_postgres_history (KomekStorage *storage, const KomekStepQuery *query,
                                KomekStepVisitor visit, gpointer data, GError **error)
{
  KomekStoragePostgres *self = KOMEK_STORAGE_POSTGRES (storage);
  g_auto (Builder) builder = { 0 };
  g_autoptr (PGresult) steps = NULL;

  builder_init (&builder,
                "SELECT step.id, number, step.status, time, step.agency, event, step.text,"
                " language, answer, hidden FROM step JOIN request"
                " ON request.city = step.city AND request.id = step.request"
                " WHERE step.city = ",
                self->city);
  build_history (&builder, query);
  steps = ask (self, &builder, error);
  for (int i = 0; steps && i < PQntuples (steps); i++)
    visit (&(KomekStep) {
             .id = komek_postgres_get_number (steps, i, 0),
             .number = komek_postgres_get_text (steps, i, 1),
             .status = read_status (steps, i, 2),
             .time = komek_postgres_get_number (steps, i, 3),
             .agency = komek_postgres_get_text (steps, i, 4),
             .event = komek_postgres_get_text_or_null (steps, i, 5),
             .text = komek_postgres_get_text_or_null (steps, i, 6),
             .language = read_language (steps, i, 7),
             .answer = *komek_postgres_get_text (steps, i, 8) == 't',
             .hidden = *komek_postgres_get_text (steps, i, 9) == 't',
           },
           data);
  return steps != NULL;
}

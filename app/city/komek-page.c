/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-page.h"

#include <string.h>

#include "komek-deadline.h"

/* Shapes of the five groups in a box of 40 units, the same as in the program. */
static const struct
{
  const char *name;
  const char *path;
} groups[KOMEK_N_GROUPS] = {
  [KOMEK_GROUP_NEW] = { "new", "M20 3a17 17 0 1 1 0 34a17 17 0 1 1 0-34Z" },
  [KOMEK_GROUP_WORK] = { "work", "M17.2 2.6a4 4 0 0 1 5.6 0L37.4 17.2a4 4 0 0 1 0 5.6L22.8 37.4a4 "
                                 "4 0 0 1-5.6 0L2.6 22.8a4 4 0 0 1 0-5.6Z" },
  [KOMEK_GROUP_LATE] = { "late", "M16.5 4.2a4 4 0 0 1 7 0L37.9 30a4 4 0 0 1-3.5 6H5.6a4 4 0 0 "
                                 "1-3.5-6Z" },
  [KOMEK_GROUP_DONE] = { "done", "M9 4h22a5 5 0 0 1 5 5v22a5 5 0 0 1-5 5H9a5 5 0 0 1-5-5V9a5 5 0 0 "
                                 "1 5-5Z" },
  [KOMEK_GROUP_SHUT] = { "shut",
                         "M11.2 4h17.6a3 3 0 0 1 2.6 1.5l7.2 13a3 3 0 0 1 0 3l-7.2 13a3 3 0 "
                         "0 1-2.6 1.5H11.2a3 3 0 0 1-2.6-1.5l-7.2-13a3 3 0 0 1 0-3l7.2-13A3 "
                         "3 0 0 1 11.2 4Z" },
};

static const char *const language_names[KOMEK_N_LANGUAGES] = { "Қазақша", "Русский", "English" };

/**
 * Page:
 *
 * A page that is being written for one caller.
 */
typedef struct
{
  const KomekCall   *call;
  const KomekOffice *office;
  KomekLanguage      language;
  GString           *html;
} Page;

/* Only for what is written here: never for a text from anywhere else. */
static void
add (Page *page, const char *markup)
{
  g_string_append (page->html, markup);
}

static void
add_text (Page *page, const char *text)
{
  g_autofree char *escaped = g_markup_escape_text (text, -1);

  g_string_append (page->html, escaped);
}

static const char *
word (Page *page, const char *name)
{
  return komek_words_get (page->office->words, name, page->language);
}

/* An element that holds a text, of a class of the style sheet or of none. */
static void
add_element (Page *page, const char *tag, const char *class, const char *text)
{
  g_string_append_printf (page->html, "<%s", tag);
  if (class)
    g_string_append_printf (page->html, " class=\"%s\"", class);
  add (page, ">");
  add_text (page, text);
  g_string_append_printf (page->html, "</%s>\n", tag);
}

static void
add_languages (Page *page)
{
  add (page, "<nav>");
  for (guint i = 0; i < KOMEK_N_LANGUAGES; i++)
    {
      const char *code = komek_language_get_code (i);

      if (i == page->language)
        g_string_append_printf (page->html, "<span lang=\"%s\" aria-current=\"true\">%s</span>",
                                code, language_names[i]);
      else
        g_string_append_printf (page->html,
                                "<a lang=\"%s\" hreflang=\"%s\" href=\"?lang=%s\">%s</a>", code,
                                code, code, language_names[i]);
    }
  add (page, "</nav>\n");
}

static void
begin (Page *page, const char *title)
{
  const KomekCityFields *city = komek_city_peek (page->office->city);

  g_string_append_printf (page->html,
                          "<!DOCTYPE html>\n<html lang=\"%s\">\n<head>\n<meta charset=\"utf-8\">\n"
                          "<meta name=\"viewport\" content=\"width=device-width, "
                          "initial-scale=1\">\n<meta name=\"robots\" content=\"noindex\">\n",
                          komek_language_get_code (page->language));
  add_element (page, "title", NULL, title);
  add (page, "<style>\n");
  add (page, page->office->style);
  add (page, "</style>\n</head>\n<body>\n<header><div>\n");
  add_element (page, "strong", NULL, word (page, "brand"));
  add_element (page, "span", NULL, komek_label_get (city->name, page->language));
  if (city->sample)
    {
      add (page, "<br>");
      add_element (page, "span", "sample", word (page, "sample"));
    }
  add_languages (page);
  add (page, "</div></header>\n<main>\n");
}

static char *
end (Page *page)
{
  add (page, "</main>\n</body>\n</html>\n");
  return g_string_free (g_steal_pointer (&page->html), FALSE);
}

static void
add_shape (Page *page, KomekGroup group)
{
  g_string_append_printf (page->html,
                          "<svg class=\"%s\" viewBox=\"0 0 40 40\" aria-hidden=\"true\">"
                          "<path d=\"%s\"/></svg>",
                          groups[group].name, groups[group].path);
}

static const char *
name_status (Page *page, KomekStatus status)
{
  return komek_city_name (page->office->city, KOMEK_CITY_STATUSES, komek_status_get_code (status),
                          page->language, NULL);
}

static void
add_state (Page *page, KomekRequest *request, KomekGroup group)
{
  g_string_append_printf (page->html, "<p class=\"chip %s\">", groups[group].name);
  add_shape (page, group);
  add_element (page, "span", NULL, name_status (page, komek_request_get_status (request)));
  if (group == KOMEK_GROUP_LATE)
    {
      add (page, " · ");
      add_element (page, "span", NULL, word (page, "overdue"));
    }
  add (page, "</p>\n");
}

/* Rows without a value are left out. */
static void
add_row (Page *page, const char *name, const char *value)
{
  if (!value || *value == '\0')
    return;
  add_element (page, "dt", NULL, word (page, name));
  add_element (page, "dd", NULL, value);
}

static GDateTime *
local_time (Page *page, gint64 time)
{
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (time);

  return g_date_time_to_timezone (utc, komek_city_get_zone (page->office->city));
}

static char *
tell_time (Page *page, gint64 time)
{
  g_autoptr (GDateTime) local = local_time (page, time);
  g_autofree char *day = komek_words_day (page->office->words, local, page->language);

  return g_strdup_printf ("%s, %02d:%02d", day, g_date_time_get_hour (local),
                          g_date_time_get_minute (local));
}

static char *
tell_days (Page *page, const char *name, const char *today, guint days)
{
  return days == 0 ? g_strdup (word (page, today))
                   : komek_words_count (page->office->words, name, page->language, days);
}

static char *
tell_deadline (Page *page, const KomekRequestFields *fields)
{
  KomekDeadline deadline =
    komek_deadline_read (fields->status, fields->requested, fields->due, fields->updated,
                         komek_clock_now (page->office->clock),
                         komek_city_get_zone (page->office->city));

  switch (deadline.state)
    {
    case KOMEK_DEADLINE_IN_TIME:
    case KOMEK_DEADLINE_LAST_DAY:
      return tell_days (page, "left", "due-today", deadline.days);
    case KOMEK_DEADLINE_OVERDUE:
      return tell_days (page, "over", "over-today", deadline.days);
    case KOMEK_DEADLINE_MISSED:
      return tell_days (page, "missed", "missed-today", deadline.days);
    case KOMEK_DEADLINE_PAUSED:
      return g_strdup (word (page, "paused"));
    case KOMEK_DEADLINE_MET:
      return g_strdup (word (page, "met"));
    case KOMEK_DEADLINE_NONE:
    default:
      return NULL;
    }
}

static void
add_deadline (Page *page, const KomekRequestFields *fields)
{
  g_autofree char *time = fields->due != 0 ? tell_time (page, fields->due) : NULL;
  g_autofree char *days = tell_deadline (page, fields);
  g_autofree char *both = days ? g_strdup_printf ("%s (%s)", time, days) : g_strdup (time);

  add_row (page, "deadline", both);
}

static void
add_facts (Page *page, const KomekRequestFields *fields)
{
  const KomekOffice *office = page->office;
  KomekService *service = komek_catalogue_look_up (office->catalogue, fields->service);
  const char *group =
    service ? komek_label_get (komek_service_get_group_name (service), page->language) : NULL;
  g_autofree char *registered = tell_time (page, fields->requested);

  add (page, "<div class=\"card\"><dl>\n");
  add_row (page, "category", group);
  add_row (page, "place", komek_place_get_address (fields->place));
  add_row (page, "district",
           komek_city_name (office->city, KOMEK_CITY_DISTRICTS,
                            komek_place_get_district (fields->place), page->language, NULL));
  add_row (page, "registered", registered);
  add_deadline (page, fields);
  add_row (page, "responsible",
           komek_city_name (office->city, KOMEK_CITY_AGENCIES, fields->agency, page->language,
                            NULL));
  add (page, "</dl></div>\n");
}

/* The last answer is the one that holds. */
static void
add_answer (Page *page, GPtrArray *steps)
{
  add_element (page, "h2", NULL, word (page, "answer"));
  for (guint i = steps->len; i > 0; i--)
    if (komek_update_is_answer (steps->pdata[i - 1]))
      {
        add (page, "<div class=\"card answer\">");
        add_element (page, "p", "text", komek_update_get_text (steps->pdata[i - 1]));
        add (page, "</div>\n");
        return;
      }
  add_element (page, "p", "hint", word (page, "no-answer"));
}

static void
add_step (Page *page, KomekUpdate *step)
{
  KomekStatus status = komek_update_get_status (step);
  g_autofree char *time = tell_time (page, komek_update_get_time (step));

  add (page, "<li>");
  add_shape (page, komek_status_get_group (status, 0, 0));
  add (page, "<div>");
  add_element (page, "p", "what", name_status (page, status));
  add_element (page, "time", NULL, time);
  add_element (page, "p", "who",
               komek_city_name (page->office->city, KOMEK_CITY_AGENCIES,
                                komek_update_get_agency (step), page->language, NULL));
  if (!komek_update_is_answer (step) && *komek_update_get_text (step) != '\0')
    add_element (page, "p", "text", komek_update_get_text (step));
  add (page, "</div></li>\n");
}

static void
add_history (Page *page, GPtrArray *steps)
{
  add_element (page, "h2", NULL, word (page, "history"));
  add (page, "<ol>\n");
  for (guint i = steps->len; i > 0; i--)
    add_step (page, steps->pdata[i - 1]);
  add (page, "</ol>\n");
}

/* The pages stand below any address, so that of a photo is told from here. */
static void
add_photos (Page *page, const KomekRequestFields *fields)
{
  guint count = fields->media ? g_strv_length ((char **) fields->media) : 0;

  if (count == 0)
    return;
  add_element (page, "h2", NULL, word (page, "photos"));
  add (page, "<div class=\"photos\">\n");
  for (guint i = 0; i < count; i++)
    {
      g_autofree char *digits = g_strdup_printf ("%u", i + 1);
      g_autofree char *name =
        komek_words_fill (page->office->words, "photo", page->language, digits);

      g_string_append_printf (page->html, "<img src=\"../media/%s/%u.jpg\" alt=\"",
                              fields->number, i);
      add_text (page, name);
      add (page, "\" loading=\"lazy\">\n");
    }
  add (page, "</div>\n");
}

static Page
make_page (const KomekCall *call)
{
  return (Page) { call, call->office, call->language, g_string_sized_new (8192) };
}

/**
 * komek_page_ask:
 * @sentence: (nullable): what went wrong before
 * @typed: (nullable): what was typed then
 *
 * Returns: (transfer full): the page that asks for a number
 */
char *
komek_page_ask (const KomekCall *call, const char *sentence, const char *typed)
{
  Page page = make_page (call);

  begin (&page, word (&page, "ask-title"));
  add_element (&page, "h1", NULL, word (&page, "ask-title"));
  if (sentence)
    {
      add (&page, "<div role=\"alert\">");
      add_element (&page, "p", "sentence", sentence);
      add (&page, "</div>\n");
    }
  g_string_append_printf (page.html,
                          "<form class=\"card\" method=\"get\" action=\"%s\">\n"
                          "<input type=\"hidden\" name=\"lang\" value=\"%s\">\n"
                          "<label for=\"number\">",
                          g_str_has_prefix (call->path, "/r/") ? "../" : "./",
                          komek_language_get_code (call->language));
  add_text (&page, word (&page, "ask-label"));
  add (&page, "</label>\n<input id=\"number\" name=\"number\" inputmode=\"numeric\" "
              "autocomplete=\"off\" maxlength=\"40\" aria-describedby=\"hint\" value=\"");
  add_text (&page, typed ? typed : "");
  add (&page, "\">\n<p id=\"hint\" class=\"hint\">");
  add_text (&page, word (&page, "ask-hint"));
  add (&page, "</p>\n<button>");
  add_text (&page, word (&page, "ask-button"));
  add (&page, "</button>\n</form>\n");
  return end (&page);
}

static void
add_way_back (Page *page)
{
  g_string_append_printf (page->html, "<a class=\"button\" href=\"../?lang=%s\">",
                          komek_language_get_code (page->language));
  add_text (page, word (page, "another"));
  add (page, "</a>\n");
}

/**
 * komek_page_wait:
 * @local_number: that a kiosk gave while it had no line
 *
 * Returns: (transfer full): the page of a request that has not arrived yet
 */
char *
komek_page_wait (const KomekCall *call, const char *local_number)
{
  Page page = make_page (call);
  g_autofree char *number = g_strdup_printf ("№\u00a0%s", local_number);

  begin (&page, number);
  add_element (&page, "p", "hint", number);
  add_element (&page, "h1", NULL, word (&page, "not-arrived-title"));
  add (&page, "<div class=\"card\">\n");
  add_element (&page, "p", "text", word (&page, "not-arrived"));
  add (&page, "</div>\n");
  add_way_back (&page);
  return end (&page);
}

/**
 * komek_page_show:
 * @steps: (element-type KomekUpdate): its history, oldest first
 *
 * What the citizen wrote is not on the page: it may hold what only the city should read.
 *
 * Returns: (transfer full): the page of a request
 */
char *
komek_page_show (const KomekCall *call, KomekRequest *request, GPtrArray *steps)
{
  Page page = make_page (call);
  const KomekRequestFields *fields = komek_request_peek (request);
  KomekGroup group = komek_request_get_group (request, komek_clock_now (call->office->clock));
  g_autofree char *number = g_strdup_printf ("№\u00a0%s", fields->number);

  begin (&page, number);
  add_element (&page, "p", "hint", number);
  add_element (&page, "h1", NULL,
               komek_office_name_service (call->office, fields->service, call->language));
  add_state (&page, request, group);
  add_facts (&page, fields);
  add_photos (&page, fields);
  add_answer (&page, steps);
  add_history (&page, steps);
  add_way_back (&page);
  return end (&page);
}

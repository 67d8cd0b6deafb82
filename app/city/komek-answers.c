/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-answers.h"

#include <math.h>
#include <string.h>

#include "komek-complaint.h"
#include "komek-draft.h"
#include "komek-wire-time.h"

/* Checks what somebody answered to the further questions of a service against
 * what was asked: who leaves out what the city must know, or answers with what
 * is none of the choices, hears of it by the name of the question. */

#define MAX_LINE 500

/* Signs that turn the direction of writing could make a page say something else. */
static gboolean
is_unwanted (gunichar c)
{
  return g_unichar_iscntrl (c) || (c >= 0x202a && c <= 0x202e) || (c >= 0x2066 && c <= 0x2069)
         || c == 0x2028 || c == 0x2029;
}

/**
 * komek_answers_clean:
 * @one_line: whether line breaks become spaces
 *
 * Returns: (transfer full): @text without what no keyboard types
 */
char *
komek_answers_clean (const char *text, gboolean one_line)
{
  GString *cleaned = g_string_sized_new (strlen (text));

  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (c == '\n' && !one_line)
        g_string_append_c (cleaned, '\n');
      else if (c == '\t' || c == '\n')
        g_string_append_c (cleaned, ' ');
      else if (!is_unwanted (c))
        g_string_append_unichar (cleaned, c);
    }
  return g_strstrip (g_string_free (cleaned, FALSE));
}

static gboolean
is_number (const char *value)
{
  char *end;
  double number = g_ascii_strtod (value, &end);

  /* strtod takes "0x1p3" and "infinity" too, which nobody means. */
  return end > value && *end == '\0' && isfinite (number) && !strpbrk (value, "xXpPnN");
}

static gboolean
is_choice (const KomekAttribute *question, const char *value)
{
  for (guint i = 0; i < komek_attribute_get_n_values (question); i++)
    if (strcmp (value, komek_attribute_get_value_key (question, i)) == 0)
      return TRUE;
  return FALSE;
}

/* What is wrong with one value; %KOMEK_REFUSAL_FAILED for nothing. */
static KomekRefusal
judge (const KomekAttribute *question, const char *value, GTimeZone *zone)
{
  glong length = g_utf8_strlen (value, -1);

  switch (komek_attribute_get_datatype (question))
    {
    case KOMEK_ATTRIBUTE_NUMBER:
      return is_number (value) ? KOMEK_REFUSAL_FAILED : KOMEK_REFUSAL_ANSWER_NUMBER;
    case KOMEK_ATTRIBUTE_DATETIME:
      return komek_wire_read_time (value, zone) != 0 ? KOMEK_REFUSAL_FAILED
                                                     : KOMEK_REFUSAL_ANSWER_DATE;
    case KOMEK_ATTRIBUTE_SINGLE_VALUE_LIST:
    case KOMEK_ATTRIBUTE_MULTI_VALUE_LIST:
      return is_choice (question, value) ? KOMEK_REFUSAL_FAILED : KOMEK_REFUSAL_ANSWER_VALUE;
    case KOMEK_ATTRIBUTE_TEXT:
      return length <= KOMEK_DRAFT_MAX_TEXT ? KOMEK_REFUSAL_FAILED : KOMEK_REFUSAL_ANSWER_LONG;
    case KOMEK_ATTRIBUTE_STRING:
    default:
      return length <= MAX_LINE ? KOMEK_REFUSAL_FAILED : KOMEK_REFUSAL_ANSWER_LONG;
    }
}

static void
complain (GPtrArray *complaints, const KomekAttribute *question, KomekRefusal refusal)
{
  g_autofree char *field = g_strdup_printf ("attribute[%s]", komek_attribute_get_code (question));

  komek_complain (complaints, refusal, field, komek_attribute_get_description (question));
}

static gboolean
is_among (GPtrArray *values, const char *value)
{
  for (guint i = 0; i < values->len; i++)
    if (strcmp (values->pdata[i], value) == 0)
      return TRUE;
  return FALSE;
}

/* The values given to one question, each once; an empty one equals an absent one. */
static GPtrArray *
collect (const KomekAttribute *question, GPtrArray *given)
{
  GPtrArray *values = g_ptr_array_new_with_free_func (g_free);
  gboolean one_line = komek_attribute_get_datatype (question) != KOMEK_ATTRIBUTE_TEXT;

  for (guint i = 0; given && i + 1 < given->len; i += 2)
    {
      g_autofree char *value = NULL;

      if (strcmp (given->pdata[i], komek_attribute_get_code (question)) != 0)
        continue;
      value = komek_answers_clean (given->pdata[i + 1], one_line);
      if (*value != '\0' && !is_among (values, value))
        g_ptr_array_add (values, g_steal_pointer (&value));
    }
  return values;
}

static void
check_question (const KomekAttribute *question, GPtrArray *given, GTimeZone *zone,
                GPtrArray *complaints, GPtrArray *chosen)
{
  g_autoptr (GPtrArray) values = collect (question, given);
  gboolean several =
    komek_attribute_get_datatype (question) == KOMEK_ATTRIBUTE_MULTI_VALUE_LIST;

  if (values->len == 0 && komek_attribute_is_required (question))
    complain (complaints, question, KOMEK_REFUSAL_ANSWER_MISSING);
  if (values->len > 1 && !several)
    {
      complain (complaints, question, KOMEK_REFUSAL_ANSWER_MANY);
      return;
    }
  for (guint i = 0; i < values->len; i++)
    {
      KomekRefusal refusal = judge (question, values->pdata[i], zone);

      if (refusal != KOMEK_REFUSAL_FAILED)
        {
          complain (complaints, question, refusal);
          return;
        }
      g_ptr_array_add (chosen, g_strdup (komek_attribute_get_code (question)));
      g_ptr_array_add (chosen, g_strdup (values->pdata[i]));
    }
}

/**
 * komek_answers_check:
 * @asked: (nullable) (element-type KomekAttribute): the questions
 * @given: (nullable) (element-type utf8): codes and values by turns
 * @zone: the zone of times that carry none
 * @complaints: (element-type KomekComplaint): where what is wrong is added
 *
 * What nobody asked for is left out without a word.
 *
 * Returns: (transfer full) (element-type utf8): codes and values by turns, in
 *   the order of the questions, ended by %NULL
 */
GPtrArray *
komek_answers_check (GPtrArray *asked, GPtrArray *given, GTimeZone *zone, GPtrArray *complaints)
{
  GPtrArray *chosen = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; asked && i < asked->len; i++)
    if (komek_attribute_is_variable (asked->pdata[i]))
      check_question (asked->pdata[i], given, zone, complaints, chosen);
  g_ptr_array_add (chosen, NULL);
  return chosen;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-sample-texts.h"

#include <string.h>

#include "komek-data.h"
#include "komek-phrases.h"

/**
 * KomekSampleTexts:
 *
 * Writes what citizens and officials of the sample city write, from templates with gaps in them.
 */
struct _KomekSampleTexts
{
  KomekPhrases *requests;
  KomekPhrases *answers;
  KomekPhrases *gaps; /* "since", "landmark" */
};

/* What stands in the gaps of one text. */
typedef struct
{
  const KomekSamplePlace *place;
  KomekLanguage           language;
  const char             *date;
} Filling;

static KomekPhrases *
read_phrases (GResource *data, const char *name, const char *key, GError **error)
{
  g_autoptr (GBytes) bytes = komek_data_look_up (data, name, error);

  return bytes ? komek_phrases_new (bytes, name, key, error) : NULL;
}

/**
 * komek_sample_texts_new:
 * @data: the files of the city
 *
 * Returns: (transfer full): the texts
 */
KomekSampleTexts *
komek_sample_texts_new (GResource *data, GError **error)
{
  g_autoptr (KomekSampleTexts) self = g_new0 (KomekSampleTexts, 1);

  self->requests = read_phrases (data, "requests.tsv", "code", error);
  self->answers = self->requests ? read_phrases (data, "answers.tsv", "code", error) : NULL;
  self->gaps = self->answers ? read_phrases (data, "phrases.tsv", "kind", error) : NULL;
  return self->gaps ? g_steal_pointer (&self) : NULL;
}

void
komek_sample_texts_free (KomekSampleTexts *self)
{
  g_clear_pointer (&self->requests, komek_phrases_free);
  g_clear_pointer (&self->answers, komek_phrases_free);
  g_clear_pointer (&self->gaps, komek_phrases_free);
  g_free (self);
}

static const char *
draw (GPtrArray *texts, KomekRandom *random)
{
  return texts->pdata[komek_random_below (random, texts->len)];
}

static gboolean
is_gap (const char *name, gsize length, const char *known)
{
  return strlen (known) == length && strncmp (name, known, length) == 0;
}

static void
fill_gap (const KomekSampleTexts *self, KomekRandom *random, const char *name, gsize length,
          const Filling *filling, GString *text)
{
  g_autofree char *kind = NULL;
  GPtrArray *texts;

  if (is_gap (name, length, "street"))
    g_string_append (text, filling->place->street[filling->language]);
  else if (is_gap (name, length, "house"))
    g_string_append (text, filling->place->house);
  else if (is_gap (name, length, "date"))
    g_string_append (text, filling->date);
  else
    {
      kind = g_strndup (name, length);
      texts = komek_phrases_look_up (self->gaps, kind, filling->language);
      if (texts)
        g_string_append (text, draw (texts, random));
    }
}

static void
fill (const KomekSampleTexts *self, KomekRandom *random, const char *template,
      const Filling *filling, GString *text)
{
  const char *gap;

  g_string_truncate (text, 0);
  while ((gap = strchr (template, '{')))
    {
      const char *end = strchr (gap, '}');

      if (!end)
        break;
      g_string_append_len (text, template, gap - template);
      fill_gap (self, random, gap + 1, end - gap - 1, filling, text);
      template = end + 1;
    }
  g_string_append (text, template);
}

/**
 * komek_sample_texts_write_request:
 * @place: where it is
 * @text: the text, whatever it held before
 *
 * Returns: %FALSE where nobody wrote of such a thing in that language
 */
gboolean
komek_sample_texts_write_request (const KomekSampleTexts *self, KomekRandom *random,
                                  KomekService *service, KomekLanguage language,
                                  const KomekSamplePlace *place, GString *text)
{
  GPtrArray *texts =
    komek_phrases_look_up (self->requests, komek_service_get_code (service), language);

  if (texts)
    fill (self, random, draw (texts, random), &(Filling) { place, language, "" }, text);
  return texts != NULL;
}

/**
 * komek_sample_texts_write_answer:
 * @kind: (nullable): "advice", "rejected", or %NULL for what was done
 * @date: the day of the answer in figures
 * @text: the text, whatever it held before
 *
 * Returns: %FALSE where nobody answers such a thing in that language
 */
gboolean
komek_sample_texts_write_answer (const KomekSampleTexts *self, KomekRandom *random,
                                 KomekService *service, const char *kind, KomekLanguage language,
                                 const KomekSamplePlace *place, const char *date, GString *text)
{
  const char *codes[] = { komek_service_get_code (service), komek_service_get_group (service) };
  GPtrArray *texts = NULL;

  for (guint i = 0; !texts && i < G_N_ELEMENTS (codes); i++)
    {
      g_autofree char *key = g_strjoin (kind ? "." : "", codes[i], kind ? kind : "", NULL);

      texts = komek_phrases_look_up (self->answers, key, language);
    }
  if (texts)
    fill (self, random, draw (texts, random), &(Filling) { place, language, date }, text);
  return texts != NULL;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-label.h"

/**
 * KomekLabel:
 *
 * A name that the city gives in several languages: of a category, a status, a district.
 *
 * Immutable and counted. Names are data and come from the city; texts of the
 * program itself come from the catalogue and are never labels.
 */
struct _KomekLabel
{
  gatomicrefcount refs;
  char           *texts[KOMEK_N_LANGUAGES];
};

G_DEFINE_BOXED_TYPE (KomekLabel, komek_label, komek_label_ref, komek_label_unref)

/**
 * komek_label_new:
 * @kk: (nullable): the name in Kazakh
 * @ru: (nullable): the name in Russian
 * @en: (nullable): the name in English
 *
 * Returns: (transfer full): a label of the names that are there
 */
KomekLabel *
komek_label_new (const char *kk, const char *ru, const char *en)
{
  KomekLabel *self = g_new (KomekLabel, 1);
  const char *texts[KOMEK_N_LANGUAGES] = { kk, ru, en };

  g_atomic_ref_count_init (&self->refs);
  for (guint i = 0; i < KOMEK_N_LANGUAGES; i++)
    self->texts[i] = texts[i] && *texts[i] ? g_strdup (texts[i]) : NULL;
  return self;
}

KomekLabel *
komek_label_ref (KomekLabel *self)
{
  g_atomic_ref_count_inc (&self->refs);
  return self;
}

void
komek_label_unref (KomekLabel *self)
{
  if (!g_atomic_ref_count_dec (&self->refs))
    return;

  for (guint i = 0; i < KOMEK_N_LANGUAGES; i++)
    g_free (self->texts[i]);
  g_free (self);
}

/**
 * komek_label_get:
 *
 * Returns: the name in @language, else the first there is of kk, ru, en, else ""
 */
const char *
komek_label_get (const KomekLabel *self, KomekLanguage language)
{
  if (self->texts[language])
    return self->texts[language];
  for (guint i = 0; i < KOMEK_N_LANGUAGES; i++)
    if (self->texts[i])
      return self->texts[i];
  return "";
}

/**
 * komek_label_get_exact:
 *
 * Returns: (nullable): the name in @language itself
 */
const char *
komek_label_get_exact (const KomekLabel *self, KomekLanguage language)
{
  return self->texts[language];
}

gboolean
komek_label_equal (const KomekLabel *a, const KomekLabel *b)
{
  for (guint i = 0; i < KOMEK_N_LANGUAGES; i++)
    if (g_strcmp0 (a->texts[i], b->texts[i]) != 0)
      return FALSE;
  return TRUE;
}

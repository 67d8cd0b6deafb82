/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-filing.h"

/**
 * KomekFiling:
 *
 * A request as it goes over the line: what is sent again and again until the city has it.
 *
 * Immutable and counted, so any thread may hold it.
 */
struct _KomekFiling
{
  gatomicrefcount   refs;
  KomekFilingFields fields;
};

G_DEFINE_BOXED_TYPE (KomekFiling, komek_filing, komek_filing_ref, komek_filing_unref)

static GHashTable *
copy_answers (GHashTable *answers)
{
  GHashTable *copy = g_hash_table_new_full (g_str_hash, g_str_equal, g_free,
                                            (GDestroyNotify) g_strfreev);
  GHashTableIter iter;
  gpointer code, values;

  if (answers)
    {
      g_hash_table_iter_init (&iter, answers);
      while (g_hash_table_iter_next (&iter, &code, &values))
        g_hash_table_insert (copy, g_strdup (code), g_strdupv (values));
    }
  return copy;
}

/**
 * komek_filing_new:
 *
 * Returns: (transfer full): a filing whose @answers are never %NULL
 */
KomekFiling *
komek_filing_new (const KomekFilingFields *fields)
{
  KomekFiling *self = g_new (KomekFiling, 1);

  g_atomic_ref_count_init (&self->refs);
  self->fields = (KomekFilingFields) {
    .key = g_strdup (fields->key),
    .local = g_strdup (fields->local),
    .device = g_strdup (fields->device),
    .service = g_strdup (fields->service),
    .place = fields->place ? komek_place_ref (fields->place) : NULL,
    .text = g_strdup (fields->text ? fields->text : ""),
    .answers = copy_answers (fields->answers),
    .contact = fields->contact ? komek_contact_ref (fields->contact) : NULL,
    .sealed_contact = g_strdup (fields->sealed_contact),
    .language = fields->language,
    .time = fields->time,
  };
  return self;
}

KomekFiling *
komek_filing_ref (KomekFiling *self)
{
  g_atomic_ref_count_inc (&self->refs);
  return self;
}

void
komek_filing_unref (KomekFiling *self)
{
  if (!g_atomic_ref_count_dec (&self->refs))
    return;

  g_free ((char *) self->fields.key);
  g_free ((char *) self->fields.local);
  g_free ((char *) self->fields.device);
  g_free ((char *) self->fields.service);
  g_clear_pointer (&self->fields.place, komek_place_unref);
  g_free ((char *) self->fields.text);
  g_hash_table_unref (self->fields.answers);
  g_clear_pointer (&self->fields.contact, komek_contact_unref);
  g_free ((char *) self->fields.sealed_contact);
  g_free (self);
}

/**
 * komek_filing_peek:
 *
 * Returns: (transfer none): what there is to know of it
 */
const KomekFilingFields *
komek_filing_peek (const KomekFiling *self)
{
  return &self->fields;
}

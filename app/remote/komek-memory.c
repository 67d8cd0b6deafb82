/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-memory.h"

/* A city has fewer services than that; whoever has more is asked anew for all of them. */
#define MOST_PAGES 256

typedef struct
{
  char   *etag;
  GBytes *body;
} Page;

/**
 * KomekMemory:
 *
 * What addresses gave and the mark that came with it, so that nothing is sent again that has not
 * changed (RFC 9110, If-None-Match).
 */
struct _KomekMemory
{
  GHashTable *pages; /* address → page */
};

static void
page_free (Page *self)
{
  g_free (self->etag);
  g_bytes_unref (self->body);
  g_free (self);
}

KomekMemory *
komek_memory_new (void)
{
  KomekMemory *self = g_new (KomekMemory, 1);

  self->pages = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) page_free);
  return self;
}

void
komek_memory_free (KomekMemory *self)
{
  g_hash_table_unref (self->pages);
  g_free (self);
}

void
komek_memory_keep (KomekMemory *self, const char *url, const char *etag, GBytes *body)
{
  Page *page = g_new (Page, 1);

  if (g_hash_table_size (self->pages) >= MOST_PAGES)
    g_hash_table_remove_all (self->pages);
  *page = (Page) { g_strdup (etag), g_bytes_ref (body) };
  g_hash_table_replace (self->pages, g_strdup (url), page);
}

/* Returns: (nullable): the mark of what is kept */
const char *
komek_memory_get_etag (KomekMemory *self, const char *url)
{
  const Page *page = g_hash_table_lookup (self->pages, url);

  return page ? page->etag : NULL;
}

/* Returns: (transfer none) (nullable): what is kept */
GBytes *
komek_memory_get_body (KomekMemory *self, const char *url)
{
  const Page *page = g_hash_table_lookup (self->pages, url);

  return page ? page->body : NULL;
}

void
komek_memory_clear (KomekMemory *self)
{
  g_hash_table_remove_all (self->pages);
}

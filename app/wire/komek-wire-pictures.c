/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-wire-pictures.h"

#include <string.h>

/* A picture may stand in its address; a big one would fill the mirror of every kiosk. */
#define MAX_DATA (64 * 1024)
#define MAX_ADDRESS 2048
#define MAX_PICTURES 20

static gboolean
begins (const char *text, const char *with)
{
  return g_ascii_strncasecmp (text, with, strlen (with)) == 0;
}

/* Neither space, nor control characters, nor what would end an address in a text around it. */
static gboolean
is_whole (const char *text)
{
  for (; *text != '\0'; text++)
    if ((guchar) *text <= ' ' || *text == '\x7f' || strchr ("<>\"", *text))
      return FALSE;
  return TRUE;
}

/* Vendors put notes, file names and the word "none" where an address should stand. */
static gboolean
is_address (const char *text)
{
  gsize length = strlen (text);

  if (!is_whole (text))
    return FALSE;
  if (begins (text, "data:image/"))
    return length <= MAX_DATA;
  return (begins (text, "http://") || begins (text, "https://")) && length <= MAX_ADDRESS
         && g_uri_is_valid (text, G_URI_FLAGS_PARSE_RELAXED, NULL);
}

static void
add (GPtrArray *media, const char *text)
{
  g_autofree char *address = g_strstrip (g_strdup (text));

  if (media->len >= MAX_PICTURES || !is_address (address)
      || g_ptr_array_find_with_equal_func (media, address, g_str_equal, NULL))
    return;
  g_ptr_array_add (media, g_steal_pointer (&address));
}

static void
add_texts (GPtrArray *media, const KomekWireNode *object, const char *name)
{
  g_autoptr (GPtrArray) texts = komek_wire_get_texts (object, name);

  for (guint i = 0; i < texts->len; i++)
    add (media, texts->pdata[i]);
}

/* One address, a list of them, an object with one inside, or a list of such. */
static void
add_all (GPtrArray *media, const KomekWireNode *object, const char *name)
{
  const KomekWireNode *list;

  if (!komek_wire_has (object, name))
    return;
  list = komek_wire_get_list (object, name);
  for (const KomekWireNode *node = list->first; node; node = node->next)
    if (node->kind == KOMEK_WIRE_OBJECT)
      {
        add_texts (media, node, "media_url");
        add_texts (media, node, "url");
      }
    else if (node->kind == KOMEK_WIRE_TEXT)
      add (media, node->text);
}

/**
 * komek_wire_dup_media:
 * @object: a request or an update
 *
 * Returns: (transfer full) (nullable): the addresses of its pictures, each
 *   once; %NULL for none
 */
char **
komek_wire_dup_media (const KomekWireNode *object)
{
  const KomekWireNode *extended = komek_wire_get_object (object, "extended_attributes");
  g_autoptr (GPtrArray) media = g_ptr_array_new_with_free_func (g_free);

  add_all (media, object, "media_url");
  add_all (media, object, "media_urls");
  if (extended)
    {
      add_all (media, extended, "media_urls");
      add_all (media, extended, "photos");
    }
  if (media->len == 0)
    return NULL;
  g_ptr_array_add (media, NULL);
  return (char **) g_ptr_array_free (g_steal_pointer (&media), FALSE);
}

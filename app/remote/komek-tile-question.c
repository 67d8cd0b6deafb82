/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-tile-question.h"

#include <string.h>

#include "komek-config.h"
#include "komek-tile-form.h"

#define IDLE 15 /* seconds without a byte */

/* What a server of tiles is asked, and what its answers mean. */

static void
replace (GString *text, const char *what, guint number)
{
  g_autofree char *digits = g_strdup_printf ("%u", number);

  g_string_replace (text, what, digits, 0);
}

/**
 * komek_tile_question_new:
 * @url: the address of a tile with {z}, {x} and {y} in it
 * @etag: of the tile that is kept, "" for none
 *
 * Returns: (transfer full) (nullable): the message to send, %NULL where that is no address
 */
SoupMessage *
komek_tile_question_new (const char *url, guint zoom, guint column, guint row, const char *etag)
{
  g_autoptr (GString) filled = g_string_new (url);
  SoupMessage *message;

  replace (filled, "{z}", zoom);
  replace (filled, "{x}", column);
  replace (filled, "{y}", row);
  message = soup_message_new (SOUP_METHOD_GET, filled->str);
  if (message && *etag)
    soup_message_headers_append (soup_message_get_request_headers (message), "If-None-Match", etag);
  return message;
}

/* What an answer means: %KOMEK_MAP_TROUBLE_NONE where the server has done its part. */
KomekMapTrouble
komek_tile_question_judge (const KomekAnswer *answer)
{
  if (answer->transport == KOMEK_TRANSPORT_BROKEN)
    return KOMEK_MAP_TROUBLE_SLOW;
  if (answer->transport == KOMEK_TRANSPORT_NONSENSE || answer->transport == KOMEK_TRANSPORT_EXCESS)
    return KOMEK_MAP_TROUBLE_NO_PICTURES;
  if (answer->transport != KOMEK_TRANSPORT_WHOLE)
    return KOMEK_MAP_TROUBLE_UNREACHABLE;
  if (answer->status == SOUP_STATUS_NOT_MODIFIED || answer->status == SOUP_STATUS_NO_CONTENT
      || answer->status == SOUP_STATUS_NOT_FOUND || answer->status == SOUP_STATUS_GONE)
    return KOMEK_MAP_TROUBLE_NONE;
  if (answer->status != SOUP_STATUS_OK)
    return KOMEK_MAP_TROUBLE_REFUSED;
  return answer->body && komek_tile_form_is_picture (komek_tile_form_of (answer->body))
           ? KOMEK_MAP_TROUBLE_NONE
           : KOMEK_MAP_TROUBLE_NO_PICTURES;
}

/**
 * komek_tile_question_new_session:
 * @contact: (nullable): an address at which those who ask can be reached
 * @at_once: how many connections it may have
 *
 * Those who run tile servers want to know who asks and whom to write to.
 *
 * Returns: (transfer full): what to send the messages through
 */
SoupSession *
komek_tile_question_new_session (const char *contact, guint at_once)
{
  g_autofree char *agent = contact && *contact
                             ? g_strdup_printf ("komek/%s (+%s)", KOMEK_VERSION, contact)
                             : g_strdup ("komek/" KOMEK_VERSION);

  return soup_session_new_with_options ("timeout", IDLE, "user-agent", agent, "max-conns-per-host",
                                        at_once, NULL);
}

/* Returns: (transfer full): what to call the server; its address may hold a key, even where it is
 * none */
char *
komek_tile_question_dup_host (const char *url)
{
  g_autoptr (GUri) uri = g_uri_parse (url, G_URI_FLAGS_PARSE_RELAXED, NULL);

  if (uri && g_uri_get_host (uri))
    return g_strdup (g_uri_get_host (uri));
  return g_strndup (url, strcspn (url, "?#"));
}

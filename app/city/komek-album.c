/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-album.h"

#include <string.h>

#include "komek-diary.h"
#include "komek-key.h"
#include "komek-number.h"
#include "komek-refusal.h"
#include "komek-report.h"
#include "komek-wire-media.h"

/* Takes the photos of requests, one raw body each, and shows them. Each answer
 * is worked out in a worker thread. */

/* A photo may be withdrawn: nobody shall go on showing it for days. */
#define CACHE "public, max-age=3600"

#define NOT_KEPT G_MAXUINT

/**
 * Search:
 * @digest: of the photo that somebody sends
 * @place: where the request has it already, %NOT_KEPT where it has not
 * @count: how many photos the request has
 */
typedef struct
{
  const char *digest;
  guint       place;
  guint       count;
} Search;

static void
search (const KomekPhoto *photo, gpointer data)
{
  Search *self = data;

  self->count++;
  if (strcmp (photo->digest, self->digest) == 0)
    self->place = photo->place;
}

static KomekReply *
reply_media (const KomekCall *call, const char *number, guint place, const char *key)
{
  g_autofree char *url = komek_office_dup_media_url (call->office, number, place);
  g_autofree char *id = g_strdup_printf ("%s/%u", number, place);
  const KomekWireMedia media = { .id = id, .url = url, .key = (char *) key };

  return komek_reply_new_wire (201, call->format, komek_wire_write_media (&media, call->format));
}

static gboolean
keep (const KomekCall *call, const char *number, const char *digest, guint *place, GError **error)
{
  g_autoptr (GBytes) jpeg = komek_darkroom_develop (call->office->darkroom, call->body, error);
  const KomekPhoto photo = { .number = number, .digest = digest, .type = "image/jpeg",
                             .time = komek_clock_now (call->office->clock), .bytes = jpeg };

  return jpeg && komek_storage_add_photo (call->office->storage, &photo, place, error);
}

/* What is there already, or would be one too many, is not worth developing. */
static gboolean
look_first (const KomekCall *call, const char *number, Search *found, GError **error)
{
  if (!komek_storage_list_photos (call->office->storage, number, search, found, error))
    return FALSE;
  if (found->place != NOT_KEPT || found->count < KOMEK_STORAGE_MAX_PHOTOS)
    return TRUE;
  g_set_error (error, KOMEK_REFUSAL, KOMEK_REFUSAL_PICTURES_FULL, "%u photos of %s", found->count,
               number);
  return FALSE;
}

/**
 * komek_album_take:
 *
 * The body is a photo and nothing else: what parses a body of several parts
 * has been broken too often. The same bytes for the same request are one
 * photo, so that they may be sent again after a lost answer; a key is only
 * given back.
 */
KomekReply *
komek_album_take (const KomekCall *call, GError **error)
{
  g_autofree char *written = komek_number_normalise (call->rest);
  const char *number = written ? written : call->rest;
  g_autofree char *digest = g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, call->body);
  g_autofree char *key = NULL;
  Search found = { digest, NOT_KEPT, 0 };

  if (!komek_report_check_jurisdiction (call, NULL, error)
      || !komek_key_read (call->key, NULL, KOMEK_KEY_SHORTEST, &key, error)
      || !komek_diary_may_add (call, number, komek_call_get (call, "device_id"), error)
      || !look_first (call, number, &found, error)
      || (found.place == NOT_KEPT && !keep (call, number, digest, &found.place, error)))
    return NULL;
  return reply_media (call, number, found.place, key);
}

static void
copy_photo (const KomekPhoto *photo, gpointer data)
{
  KomekReply **reply = data;

  g_clear_pointer (reply, komek_reply_free);
  *reply = komek_reply_new (200, "image/jpeg", g_bytes_ref (photo->bytes));
  (*reply)->etag = g_strdup_printf ("\"%s\"", photo->digest);
  (*reply)->cache = CACHE;
  (*reply)->disposition = g_strdup_printf ("inline; filename=\"%s-%u.jpg\"", photo->number,
                                           photo->place + 1);
}

/* What the caller has already need not be sent again. */
static KomekReply *
spare (const KomekCall *call, KomekReply *reply)
{
  KomekReply *spared;

  if (!call->match || !strstr (call->match, reply->etag))
    return reply;
  spared = komek_reply_new (304, NULL, NULL);
  spared->etag = g_steal_pointer (&reply->etag);
  spared->cache = reply->cache;
  komek_reply_free (reply);
  return spared;
}

/**
 * komek_album_show:
 *
 * Shows a photo as its own JPEG, under a name of ours.
 */
KomekReply *
komek_album_show (const KomekCall *call, GError **error)
{
  g_autofree char *number = komek_number_normalise (call->rest);
  guint place = call->more[0] - '0';
  KomekReply *reply = NULL;

  if (number && place < KOMEK_STORAGE_MAX_PHOTOS && strcmp (call->more + 1, ".jpg") == 0
      && !komek_storage_get_photo (call->office->storage, number, place, copy_photo, &reply, error))
    return NULL;
  if (reply)
    return spare (call, reply);
  g_set_error (error, KOMEK_REFUSAL, KOMEK_REFUSAL_NO_MEDIA, "No photo %s", call->path);
  return NULL;
}

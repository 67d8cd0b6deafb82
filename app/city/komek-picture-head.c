/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-picture-head.h"

#include <string.h>

/* How large a picture is, without decoding it: a few hundred bytes may stand
 * for a thousand megapixels. Whatever does not look as its format says is not
 * read at all. The formats: ITU-T T.81 annex B, the PNG specification chapter
 * 11 with APNG's acTL, and the WebP container specification with RFC 6386
 * 9.1 and the lossless bitstream's header. */

static const guint8 png_mark[] = { 0x89, 'P', 'N', 'G', 0x0d, 0x0a, 0x1a, 0x0a };

static guint
big (const guint8 *data, guint bytes)
{
  guint value = 0;

  for (guint i = 0; i < bytes; i++)
    value = value << 8 | data[i];
  return value;
}

static guint
little (const guint8 *data, guint bytes)
{
  guint value = 0;

  for (guint i = bytes; i > 0; i--)
    value = value << 8 | data[i - 1];
  return value;
}

/* SOF0 to SOF15, without the tables that share their numbers. */
static gboolean
begins_frame (guint8 marker)
{
  return marker >= 0xc0 && marker <= 0xcf && marker != 0xc4 && marker != 0xc8 && marker != 0xcc;
}

/* Behind the pixels; a preview before them has an end of its own. */
static gboolean
jpeg_ends (const guint8 *data, gsize length, gsize at)
{
  const guint8 *scan = memmem (data + at, length - at, "\xff\xda", 2);

  return scan && memmem (scan, data + length - scan, "\xff\xd9", 2);
}

static gboolean
read_jpeg (const guint8 *data, gsize length, KomekPictureHead *head)
{
  gsize at = 2;

  while (at + 4 <= length && data[at] == 0xff)
    {
      guint8 marker = data[at + 1];
      gsize size = big (data + at + 2, 2);

      if (marker == 0xff)
        {
          at++; /* filling */
          continue;
        }
      if (begins_frame (marker) && size >= 8 && at + 9 <= length)
        {
          head->height = big (data + at + 5, 2);
          head->width = big (data + at + 7, 2);
          head->whole = jpeg_ends (data, length, at);
          return TRUE;
        }
      if (size < 2 || marker == 0xda || marker == 0xd9)
        return FALSE;
      at += 2 + size;
    }
  return FALSE;
}

/* An animation is announced before the first pixels. */
static void
walk_png (const guint8 *data, gsize length, KomekPictureHead *head)
{
  gboolean pixels = FALSE;

  for (gsize at = 8; at + 12 <= length && !head->whole; )
    {
      gsize size = big (data + at, 4);
      const guint8 *name = data + at + 4;

      pixels = pixels || memcmp (name, "IDAT", 4) == 0;
      head->moves = head->moves || (!pixels && memcmp (name, "acTL", 4) == 0);
      head->whole = pixels && memcmp (name, "IEND", 4) == 0;
      at += MIN (size, length) + 12;
    }
}

static gboolean
read_png (const guint8 *data, gsize length, KomekPictureHead *head)
{
  if (length < 33 || big (data + 8, 4) != 13 || memcmp (data + 12, "IHDR", 4) != 0)
    return FALSE;
  head->width = big (data + 16, 4);
  head->height = big (data + 20, 4);
  walk_png (data, length, head);
  return TRUE;
}

static gboolean
read_webp (const guint8 *data, gsize length, KomekPictureHead *head)
{
  if (length < 30)
    return FALSE;
  head->whole = little (data + 4, 4) + 8u <= length;
  if (memcmp (data + 12, "VP8 ", 4) == 0 && memcmp (data + 23, "\x9d\x01\x2a", 3) == 0)
    {
      head->width = little (data + 26, 2) & 0x3fff;
      head->height = little (data + 28, 2) & 0x3fff;
      return TRUE;
    }
  if (memcmp (data + 12, "VP8L", 4) == 0 && data[20] == 0x2f)
    {
      guint sizes = little (data + 21, 4);

      head->width = (sizes & 0x3fff) + 1;
      head->height = (sizes >> 14 & 0x3fff) + 1;
      return TRUE;
    }
  if (memcmp (data + 12, "VP8X", 4) != 0)
    return FALSE;
  head->width = little (data + 24, 3) + 1;
  head->height = little (data + 27, 3) + 1;
  head->moves = (data[20] & 0x02) != 0;
  return TRUE;
}

/**
 * komek_picture_head_sniff:
 * @kind: (out): what the first bytes say, whatever anybody calls it
 *
 * Whether it is a picture of a kind that the city takes.
 */
gboolean
komek_picture_head_sniff (const guint8 *data, gsize length, KomekPictureKind *kind)
{
  if (length >= 3 && memcmp (data, "\xff\xd8\xff", 3) == 0)
    *kind = KOMEK_PICTURE_JPEG;
  else if (length >= sizeof png_mark && memcmp (data, png_mark, sizeof png_mark) == 0)
    *kind = KOMEK_PICTURE_PNG;
  else if (length >= 12 && memcmp (data, "RIFF", 4) == 0 && memcmp (data + 8, "WEBP", 4) == 0)
    *kind = KOMEK_PICTURE_WEBP;
  else
    return FALSE;
  return TRUE;
}

/**
 * komek_picture_head_read:
 * @head: (out): what it says
 *
 * Returns: whether there is a head and it names a size
 */
gboolean
komek_picture_head_read (const guint8 *data, gsize length, KomekPictureHead *head)
{
  gboolean read = FALSE;

  *head = (KomekPictureHead) { 0 };
  if (!komek_picture_head_sniff (data, length, &head->kind))
    return FALSE;
  switch (head->kind)
    {
    case KOMEK_PICTURE_JPEG:
      read = read_jpeg (data, length, head);
      break;
    case KOMEK_PICTURE_PNG:
      read = read_png (data, length, head);
      break;
    case KOMEK_PICTURE_WEBP:
    default:
      read = read_webp (data, length, head);
      break;
    }
  return read && head->width > 0 && head->height > 0;
}

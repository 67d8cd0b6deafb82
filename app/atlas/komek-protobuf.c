/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-protobuf.h"

#define LONGEST_VARINT 10 /* bytes */

/* How a field is written, by the Protocol Buffers encoding; 3 and 4 are not in use any more. */
enum { VARINT = 0, EIGHT_BYTES = 1, LENGTH = 2, FOUR_BYTES = 5 };

KomekProtobuf
komek_protobuf_of (GBytes *bytes)
{
  KomekProtobuf self;

  self.at = g_bytes_get_data (bytes, &self.left);
  return self;
}

/* Seven bits a byte, the lowest first; %FALSE where it does not end. */
gboolean
komek_protobuf_read_varint (KomekProtobuf *self, guint64 *value)
{
  *value = 0;
  for (guint i = 0; i < LONGEST_VARINT && self->left > 0; i++)
    {
      guint8 byte = *self->at++;

      self->left--;
      *value |= (guint64) (byte & 0x7f) << (7 * i);
      if (!(byte & 0x80))
        return TRUE;
    }
  return FALSE;
}

static gboolean
skip (KomekProtobuf *self, guint64 length, KomekProtobuf *skipped)
{
  if (length > self->left)
    return FALSE;
  *skipped = (KomekProtobuf) { self->at, (gsize) length };
  self->at += length;
  self->left -= (gsize) length;
  return TRUE;
}

/* Returns: %FALSE where the message breaks off */
gboolean
komek_protobuf_read_field (KomekProtobuf *self, KomekProtobufField *field)
{
  guint64 key, length;

  *field = (KomekProtobufField) { 0 };
  if (!komek_protobuf_read_varint (self, &key) || key >> 3 > G_MAXUINT)
    return FALSE;
  field->number = (guint) (key >> 3);
  switch (key & 7)
    {
    case VARINT:
      return komek_protobuf_read_varint (self, &field->value);
    case LENGTH:
      return komek_protobuf_read_varint (self, &length) && skip (self, length, &field->body);
    case EIGHT_BYTES:
      return skip (self, 8, &field->body);
    case FOUR_BYTES:
      return skip (self, 4, &field->body);
    default:
      return FALSE;
    }
}

/* Numbers with a sign are written 0, -1, 1, -2, 2… */
gint64
komek_protobuf_unzigzag (guint64 value)
{
  return (gint64) (value >> 1) ^ -(gint64) (value & 1);
}

/* Returns: (transfer full): what is left, as a text up to its first zero */
char *
komek_protobuf_dup_text (const KomekProtobuf *self)
{
  return self->left > 0 ? g_strndup ((const char *) self->at, self->left) : g_strdup ("");
}

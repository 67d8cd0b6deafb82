/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

/**
 * KomekProtobuf:
 * @at: what is to be read next
 * @left: how many bytes there are
 *
 * A message in Protocol Buffers while it is read. It owns nothing.
 */
typedef struct
{
  const guint8 *at;
  gsize         left;
} KomekProtobuf;

/**
 * KomekProtobufField:
 * @value: of a field that is a number
 * @body: of a field that is a text, a message or a packed list
 */
typedef struct
{
  guint         number;
  guint64       value;
  KomekProtobuf body;
} KomekProtobufField;

KomekProtobuf komek_protobuf_of (GBytes *bytes);
gboolean komek_protobuf_read_varint (KomekProtobuf *self, guint64 *value);
gboolean komek_protobuf_read_field (KomekProtobuf *self, KomekProtobufField *field);
gint64 komek_protobuf_unzigzag (guint64 value);
char *komek_protobuf_dup_text (const KomekProtobuf *self);

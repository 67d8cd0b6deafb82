/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "komek-label.h"
#include "komek-wire-format.h"

typedef struct _KomekWireWriter KomekWireWriter;

KomekWireWriter *komek_wire_writer_new (KomekWireFormat format, gsize size);
void komek_wire_writer_free (KomekWireWriter *self);
GBytes *komek_wire_writer_finish (KomekWireWriter *self);

void komek_wire_writer_begin_list (KomekWireWriter *self, const char *name);
void komek_wire_writer_begin_object (KomekWireWriter *self, const char *name);
void komek_wire_writer_end (KomekWireWriter *self);
void komek_wire_writer_text (KomekWireWriter *self, const char *name, const char *text);
void komek_wire_writer_count (KomekWireWriter *self, const char *name, gint64 count);
void komek_wire_writer_degrees (KomekWireWriter *self, const char *name, double degrees);
void komek_wire_writer_flag (KomekWireWriter *self, const char *name, gboolean flag);
void komek_wire_writer_time (KomekWireWriter *self, const char *name, gint64 time, GTimeZone *zone);
void komek_wire_writer_label (KomekWireWriter *self, const char *name, const KomekLabel *label);
void komek_wire_writer_names (KomekWireWriter *self, const KomekLabel *label);
void komek_wire_writer_media (KomekWireWriter *self, const char *const *media);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (KomekWireWriter, komek_wire_writer_free)

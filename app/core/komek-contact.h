/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

#define KOMEK_TYPE_CONTACT (komek_contact_get_type ())
typedef struct _KomekContact KomekContact;
GType komek_contact_get_type (void) G_GNUC_CONST;

KomekContact *komek_contact_new (const char *name, const char *phone, const char *email);
KomekContact *komek_contact_ref (KomekContact *self);
void komek_contact_unref (KomekContact *self);
const char *komek_contact_get_name (const KomekContact *self);
const char *komek_contact_get_phone (const KomekContact *self);
const char *komek_contact_get_email (const KomekContact *self);
gboolean komek_contact_is_empty (const KomekContact *self);
gboolean komek_contact_check (const KomekContact *self);
char *komek_contact_write (const KomekContact *self);
char *komek_contact_dup_masked (const KomekContact *self);

char *komek_contact_read_phone (const char *text);
gboolean komek_contact_is_email (const char *text);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (KomekContact, komek_contact_unref)

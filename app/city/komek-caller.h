/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

/**
 * KomekRole:
 * @KOMEK_ROLE_ANONYMOUS: anybody without a key
 * @KOMEK_ROLE_PHONE: a program on the telephones of citizens
 * @KOMEK_ROLE_KIOSK: a kiosk of the city
 * @KOMEK_ROLE_MIRROR: somebody who copies the public data
 * @KOMEK_ROLE_STAFF: somebody who works on requests
 * @KOMEK_ROLE_LOCAL: a program on the same machine
 *
 * What somebody who calls may do, and how often.
 */
typedef enum
{
  KOMEK_ROLE_ANONYMOUS,
  KOMEK_ROLE_PHONE,
  KOMEK_ROLE_KIOSK,
  KOMEK_ROLE_MIRROR,
  KOMEK_ROLE_STAFF,
  KOMEK_ROLE_LOCAL,
} KomekRole;

#define KOMEK_N_ROLES 6

const char *komek_role_get_code (KomekRole role);
gboolean komek_role_from_code (const char *code, KomekRole *role);

/**
 * KomekCaller:
 * @id: of its key, or what else tells it from others of its role; never the key itself
 * @role: what it may do
 * @name: what the city calls it, "" where it has no name
 *
 * Who calls. Immutable and counted, so any thread may hold it.
 */
typedef struct
{
  gatomicrefcount refs;
  char           *id;
  KomekRole       role;
  char           *name;
} KomekCaller;

KomekCaller *komek_caller_new (const char *id, KomekRole role, const char *name);
KomekCaller *komek_caller_ref (KomekCaller *self);
void komek_caller_unref (KomekCaller *self);

char *komek_caller_hash_key (const char *key);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (KomekCaller, komek_caller_unref)

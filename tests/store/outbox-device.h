/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "komek-device-vault.h"
#include "komek-outbox-store.h"

#define NOW G_GINT64_CONSTANT (1795000000)
#define TEXT "Кәріз қақпағы жоқ, 850101300123"

/* A device that files requests: the folder of its outbox, its key and its name. */
typedef struct
{
  char              *folder;
  char              *path;
  char              *key_path;
  char              *machine;
  KomekVault        *vault;
  KomekOutboxStore  *store;
  KomekOutboxLimits  limits;
} Device;

void device_set_up (Device *device, gconstpointer unused);
void device_tear_down (Device *device, gconstpointer unused);
void device_open (Device *device);
void device_close (Device *device);

KomekOutboxItem *device_add (Device *device, const char *key, GError **error);
KomekOutboxItem *device_add_new (Device *device);
KomekOutboxSurvey *device_survey (Device *device);
KomekFiling *device_begin (Device *device, gint64 sequence, GError **error);
void device_change (Device *device, gint64 sequence, KomekOutboxState state, const char *number,
                    const char *reason);
void device_tidy (Device *device, gint64 now);
gboolean device_prepare (Device *device, GError **error);
void device_keep_vote (Device *device, const char *number);
void device_end_vote (Device *device, const char *number);
void device_assert_votes (Device *device, const char *expected);
void device_lose (Device *device);
gint64 device_ask (Device *device, const char *sql);

#define ADD(path, function)                                                                        \
  g_test_add ("/outbox/" path, Device, NULL, device_set_up, function, device_tear_down)

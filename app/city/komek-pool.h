/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

typedef struct _KomekPool KomekPool;

KomekPool *komek_pool_new (guint n_threads, GFunc work, GFunc done, gpointer data);
void komek_pool_free (KomekPool *self);
void komek_pool_push (KomekPool *self, gpointer job);

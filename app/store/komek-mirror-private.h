/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "komek-mirror.h"
#include "komek-store-thread.h"
#include "komek-upkeep.h"
#include "komek-vocabulary.h"

struct _KomekMirror
{
  GObject           parent;
  KomekStoreFile   *file;
  KomekUpkeep      *upkeep;     /* of the writer */
  KomekVocabulary  *vocabulary; /* of the reader */
  KomekStoreThread *writer;
  KomekStoreThread *reader;
  KomekStoreThread *surveyor;         /* reads what takes long: all points */
  guint             generation;       /* the file that the screen has heard of */
  guint             quiet;            /* source: no signal of requests before it */
  gboolean          requests_changed; /* while it was quiet */
};

void komek_mirror_announce (KomekMirror *self, gboolean requests, gboolean city);
void komek_mirror_renew (KomekMirror *self);
void komek_mirror_feed_init (KomekFeedInterface *iface);

/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "await.h"
#include "fake-city.h"
#include "komek-delivery.h"
#include "komek-error.h"

#define NOW G_GINT64_CONSTANT (1790000000)
#define PHONE "+77010000000"

/**
 * Post:
 *
 * A post office: an outbox in a folder of its own and the city that it sends to.
 */
typedef struct
{
  FakeCity         *city;
  char             *folder;
  KomekClock       *clock;
  KomekVault       *vault;
  KomekMirror      *mirror;
  KomekOutboxStore *store;
  KomekDelivery    *delivery;
  KomekOutbox      *outbox; /* the same */
} Post;

/* A hundredth of the usual. */
extern const KomekDeliveryTimes hasty;

char *in_folder (Post *post, const char *name);
void open_outbox (Post *post);
void close_outbox (Post *post);
void connect_city (Post *post);
void set_up (Post *post, gconstpointer unused);
void tear_down (Post *post, gconstpointer unused);
void forget_keys (Post *post);
KomekDraft *make_draft (const char *text);
KomekReceipt *submit (Post *post, const char *text);
void wait_for (KomekReceipt *receipt, KomekReceiptState state);
void wait_for_posts (Post *post, guint posts);
void assert_waiting (Post *post, guint waiting, guint parked);
void say_no_more (Post *post);
void release (Post *post, const char *key);
char *find_field (const char *form, const char *name);

#define ADD(path, function) g_test_add ("/delivery/" path, Post, NULL, set_up, function, tear_down)

/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "komek-outbox.h"

/* An outbox that a test arranges by its fields, and that notes what staff ask of it. */
#define TEST_TYPE_QUEUE (test_queue_get_type ())
G_DECLARE_FINAL_TYPE (TestQueue, test_queue, TEST, QUEUE, GObject)

struct _TestQueue
{
  GObject    parent;
  guint      waiting, parked, held, strays;
  gint64     oldest;
  gboolean   overdue;
  GError    *problem;
  GPtrArray *pending; /* of KomekPending */
  GString   *asked;   /* "release(KEY) adopt() " */
};

TestQueue *test_queue_new (void);
void test_queue_change (TestQueue *self);

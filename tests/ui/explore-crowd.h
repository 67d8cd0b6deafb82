/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "komek-error.h"
#include "komek-feed.h"
#include "komek-line.h"

/* A city with as many requests as a test likes, each made up from its key, and
 * a line that can break. What it is asked for may be held back and is counted. */

#define TEST_TYPE_CROWD (test_crowd_get_type ())
G_DECLARE_FINAL_TYPE (TestCrowd, test_crowd, TEST, CROWD, GObject)

#define TEST_NOW 1795240000 /* 21 November 2026, 05:46 UTC: 10:46 in the city */

TestCrowd *test_crowd_new (guint n_requests);
KomekPoints *test_crowd_get_points (TestCrowd *self);
char *test_crowd_dup_number (guint32 key);
guint32 test_crowd_get_homeless (TestCrowd *self);
void test_crowd_refuse_points (TestCrowd *self, gboolean refuse);
guint test_crowd_get_n_read (TestCrowd *self);
guint test_crowd_get_n_merged (TestCrowd *self);
void test_crowd_resize (TestCrowd *self, guint n_requests);
void test_crowd_hold (TestCrowd *self);
void test_crowd_release (TestCrowd *self);
guint test_crowd_get_n_loads (TestCrowd *self);
guint test_crowd_get_n_loaded (TestCrowd *self);
guint test_crowd_get_largest_load (TestCrowd *self);
void test_crowd_break (TestCrowd *self, KomekError code);
guint test_crowd_get_n_retries (TestCrowd *self);

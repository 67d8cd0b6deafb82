/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "komek-context.h"
#include "komek-page.h"

/* A city that a test can arrange, standing behind all three ports, and a
 * window that notes where pages want to go. */

#define TEST_TYPE_CITY (test_city_get_type ())
G_DECLARE_FINAL_TYPE (TestCity, test_city, TEST, CITY, GObject)

#define TEST_NOW 1795240000 /* 21 November 2026, 05:46 UTC: 10:46 in the city */

#define TEST_LOCAL_NUMBER "0123-4567-8900-0013"

TestCity *test_city_new (const char *id, const char *public_url);
void test_city_forget_abilities (TestCity *self);
void test_city_add_service (TestCity *self, const KomekServiceFields *fields);
void test_city_fill_disk (TestCity *self);
void test_city_set_offline (TestCity *self);
void test_city_set_definition (TestCity *self, GPtrArray *attributes);
void test_city_add_request (TestCity *self, const KomekRequestFields *fields);
void test_city_add_update (TestCity *self, const char *number, KomekStatus status, gint64 time,
                           const char *text, const char *agency, gboolean answer);
void test_city_set_points (TestCity *self, KomekPoints *points);
void test_city_hide (TestCity *self, const char *number);
void test_city_fail (TestCity *self, GError *error);
void test_city_hold (TestCity *self);
void test_city_release (TestCity *self);
guint test_city_get_n_refreshed (TestCity *self);
guint test_city_get_n_submitted (TestCity *self);
const char *test_city_get_submitted_key (TestCity *self, guint position);

typedef struct
{
  TestCity     *city;
  KomekLocale  *locale;
  KomekTheme   *theme;
  KomekClock   *clock;
  KomekContext *context;
  GtkWidget    *window;
  GPtrArray    *gone; /* of "action(name,argument)" */
} TestStage;

TestStage *test_stage_new_in (TestCity *city, gboolean kiosk, KomekLocale *locale);
TestStage *test_stage_new (TestCity *city, gboolean kiosk);
void test_stage_free (TestStage *self);
void test_stage_show (TestStage *self, KomekPage *page);
const char *test_stage_get_last (TestStage *self);
GtkWidget *test_find_by_name (GtkWidget *root, const char *name);
GtkWidget *test_find_by_text (GtkWidget *root, const char *text);
gboolean test_comes (GtkWidget *root, const char *text);
void test_press (GtkWidget *root, const char *text);
gboolean test_is_seen (GtkWidget *widget);
void test_settle (void);

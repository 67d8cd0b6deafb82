/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

#include "komek-status.h"

/**
 * KomekPeriod:
 *
 * How far back the requests go that are looked at, by the day they were registered.
 */
typedef enum
{
  KOMEK_PERIOD_ALL,
  KOMEK_PERIOD_WEEK,
  KOMEK_PERIOD_MONTH,
  KOMEK_PERIOD_QUARTER,
  KOMEK_PERIOD_YEAR,
} KomekPeriod;

#define KOMEK_N_PERIODS 5

#define KOMEK_TYPE_FILTER_CHOICE (komek_filter_choice_get_type ())
G_DECLARE_FINAL_TYPE (KomekFilterChoice, komek_filter_choice, KOMEK, FILTER_CHOICE, GObject)

gint64 komek_period_get_start (KomekPeriod period, gint64 now, GTimeZone *zone);

KomekFilterChoice *komek_filter_choice_new (void);
guint komek_filter_choice_get_groups (KomekFilterChoice *self);
gboolean komek_filter_choice_has_group (KomekFilterChoice *self, KomekGroup group);
void komek_filter_choice_toggle_group (KomekFilterChoice *self, KomekGroup group);
gboolean komek_filter_choice_has_any_category (KomekFilterChoice *self);
gboolean komek_filter_choice_has_category (KomekFilterChoice *self, const char *category);
void komek_filter_choice_toggle_category (KomekFilterChoice *self, const char *category);
KomekPeriod komek_filter_choice_get_period (KomekFilterChoice *self);
void komek_filter_choice_set_period (KomekFilterChoice *self, KomekPeriod period);
gboolean komek_filter_choice_has_span (KomekFilterChoice *self);
gint64 komek_filter_choice_get_from (KomekFilterChoice *self);
gint64 komek_filter_choice_get_to (KomekFilterChoice *self);
void komek_filter_choice_set_span (KomekFilterChoice *self, gint64 from, gint64 to);
gboolean komek_filter_choice_has_any_district (KomekFilterChoice *self);
gboolean komek_filter_choice_has_district (KomekFilterChoice *self, const char *district);
void komek_filter_choice_toggle_district (KomekFilterChoice *self, const char *district);
gboolean komek_filter_choice_get_overdue (KomekFilterChoice *self);
void komek_filter_choice_set_overdue (KomekFilterChoice *self, gboolean overdue);
gboolean komek_filter_choice_get_answered (KomekFilterChoice *self);
void komek_filter_choice_set_answered (KomekFilterChoice *self, gboolean answered);
gboolean komek_filter_choice_is_empty (KomekFilterChoice *self);
void komek_filter_choice_clear (KomekFilterChoice *self);

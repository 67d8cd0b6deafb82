/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

#include "komek-label.h"
#include "komek-language.h"

#define KOMEK_TYPE_LOCALE (komek_locale_get_type ())
G_DECLARE_FINAL_TYPE (KomekLocale, komek_locale, KOMEK, LOCALE, GObject)

KomekLocale *komek_locale_new (const char *locale_dir, KomekLanguage language);
KomekLanguage komek_locale_get_language (KomekLocale *self);
void komek_locale_set_language (KomekLocale *self, KomekLanguage language);
KomekLanguage komek_locale_borrow (KomekLocale *self, KomekLanguage language);
gboolean komek_locale_read_system (KomekLanguage *language);

const char *komek_locale_label (KomekLocale *self, KomekLabel *label);
char *komek_locale_format_number (KomekLocale *self, gint64 number);
char *komek_locale_format_date (KomekLocale *self, gint64 time, GTimeZone *zone);
char *komek_locale_format_date_time (KomekLocale *self, gint64 time, GTimeZone *zone);
char *komek_locale_format_long_date (KomekLocale *self, gint64 time, GTimeZone *zone);
char *komek_locale_format_clock (KomekLocale *self, gint64 time, GTimeZone *zone);
char *komek_locale_format_distance (KomekLocale *self, double metres);
char *komek_locale_say_distance (KomekLocale *self, double metres);

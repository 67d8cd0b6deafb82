/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

typedef struct _KomekCalendar KomekCalendar;

KomekCalendar *komek_calendar_new (GBytes *holidays, GBytes *terms, GTimeZone *zone,
                                   GError **error);
void komek_calendar_free (KomekCalendar *self);
gboolean komek_calendar_is_working_day (const KomekCalendar *self, const GDate *day);
gint64 komek_calendar_find_due (const KomekCalendar *self, const char *term, gint64 registered);
guint komek_calendar_get_days (const KomekCalendar *self, const char *term);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (KomekCalendar, komek_calendar_free)

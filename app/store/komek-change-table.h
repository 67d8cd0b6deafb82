/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "komek-database.h"

/**
 * KomekChangeMarks:
 * @run: which stretch of changes the other two belong to; never told twice
 * @touches: how many requests were changed on the map or removed so far
 * @last_key: the last key that was ever used
 *
 * A state of all points of the mirror.
 */
typedef struct
{
  char  *run;
  gint64 touches;
  gint64 last_key;
} KomekChangeMarks;

gboolean komek_change_table_prepare (KomekDatabase *database, GError **error);
gboolean komek_change_table_read (KomekDatabase *database, KomekChangeMarks *marks,
                                  GError **error);
gboolean komek_change_table_touch (KomekDatabase *database, KomekChangeMarks *marks, gint64 key,
                                   GError **error);
gboolean komek_change_table_write (KomekDatabase *database, const KomekChangeMarks *marks,
                                   GError **error);
gboolean komek_change_table_leads_from (KomekDatabase *database, const KomekChangeMarks *former,
                                        GError **error);
GArray *komek_change_table_list_touched (KomekDatabase *database, gint64 after, gint64 most_key,
                                         GError **error);
gboolean komek_change_table_clear (KomekDatabase *database, GError **error);
void komek_change_marks_clear (KomekChangeMarks *marks);
gboolean komek_change_marks_parse (KomekChangeMarks *marks, const char *stamp);
char *komek_change_marks_dup_stamp (const KomekChangeMarks *marks);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (KomekChangeMarks, komek_change_marks_clear)

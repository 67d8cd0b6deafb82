/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

/* A city server of its own for a test: the real program, over real HTTP. */

typedef struct _Harness Harness;

Harness *harness_new (const char *folder, const char *const *options);
Harness *harness_new_alone (const char *folder, const char *const *options);
void harness_free (Harness *self);
const char *harness_get_base (const Harness *self);
guint harness_get_port (const Harness *self);
int harness_get_pid (const Harness *self);
gboolean harness_wait (Harness *self);
char *harness_dup_url (const Harness *self, const char *path);
GBytes *harness_send (Harness *self, const char *method, const char *path, const char *form,
                      const char *language, guint *status);
const char *harness_get_header (const Harness *self, const char *name);

char *harness_get_text (Harness *self, const char *path, guint *status);
GPtrArray *harness_get_requests (Harness *self, const char *query);
char *harness_file (Harness *self, const char *form);
char *harness_file_badly (Harness *self, const char *form, guint expected_status);

gboolean harness_is_shared (void);
char *harness_dup_database (const char *folder);

char *harness_make_folder (void);
void harness_remove_folder (char *folder);
guint harness_count_files (const char *folder);
void harness_kill_founder (const char *folder);
char *harness_run (const char *const *options, int *exit_status);
void harness_assert_complains (const char *const *options, const char *words);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Harness, harness_free)

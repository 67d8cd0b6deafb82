/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

/* Connections that say what no client would. */

int raw_connect (guint port);
int raw_connect_narrow (guint port);
int raw_try_to_connect (guint port);
gboolean raw_say (int fd, const char *text);
gboolean raw_say_bytes (int fd, const void *bytes, gsize length);
gboolean raw_is_closed (int fd);
char *raw_hear (int fd, guint ms);
guint raw_hear_status (int fd, guint ms);

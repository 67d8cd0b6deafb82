/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

void komek_compat_choose_save_async (GtkWindow *parent, const char *title, const char *name,
                                     GCancellable *cancellable, GAsyncReadyCallback callback,
                                     gpointer data);
void komek_compat_choose_open_async (GtkWindow *parent, const char *title, GtkFileFilter *filter,
                                     GCancellable *cancellable, GAsyncReadyCallback callback,
                                     gpointer data);
GFile *komek_compat_choose_finish (GtkWindow *parent, GAsyncResult *result, GError **error);
void komek_compat_announce (GtkWidget *widget, const char *text);

/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gdk/gdk.h>

/* As the city takes them. */
#define KOMEK_PHOTO_MAX_PIXELS (40 * 1000 * 1000)

void komek_photo_look_async (GBytes *photo, int edge, GCancellable *cancellable,
                             GAsyncReadyCallback callback, gpointer data);
GdkTexture *komek_photo_look_finish (GAsyncResult *result, GError **error);

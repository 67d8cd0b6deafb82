/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "komek-attribute.h"
#include "komek-feed.h"
#include "komek-progress.h"

/**
 * KomekRequestSink:
 *
 * Takes the next request of a stream; it is referenced where it is kept.
 */
typedef void (*KomekRequestSink) (KomekRequest *request, gpointer sink);

/**
 * KomekRequestSource:
 *
 * Hands each request of a stream to @take, one after the other, in a thread of the mirror.
 *
 * Returns: %FALSE where the stream breaks off; what came before stays
 */
typedef gboolean (*KomekRequestSource) (gpointer data, KomekRequestSink take, gpointer sink,
                                        GError **error);

#define KOMEK_TYPE_MIRROR (komek_mirror_get_type ())
G_DECLARE_FINAL_TYPE (KomekMirror, komek_mirror, KOMEK, MIRROR, GObject)

KomekMirror *komek_mirror_new (const char *path);

void komek_mirror_open_async (KomekMirror *self, GCancellable *cancellable,
                              GAsyncReadyCallback callback, gpointer data);
gboolean komek_mirror_open_finish (KomekMirror *self, GAsyncResult *result, GError **error);

void komek_mirror_read_progress_async (KomekMirror *self, GCancellable *cancellable,
                                       GAsyncReadyCallback callback, gpointer data);
gboolean komek_mirror_read_progress_finish (KomekMirror *self, GAsyncResult *result,
                                            KomekProgress *progress, GError **error);

void komek_mirror_list_unseen_async (KomekMirror *self, gint64 generation, gint64 start, gint64 end,
                                     GCancellable *cancellable, GAsyncReadyCallback callback,
                                     gpointer data);
GStrv komek_mirror_list_unseen_finish (KomekMirror *self, GAsyncResult *result, GError **error);

void komek_mirror_put_requests_async (KomekMirror *self, GPtrArray *requests,
                                      const KomekProgress *progress, GCancellable *cancellable,
                                      GAsyncReadyCallback callback, gpointer data);
void komek_mirror_put_stream_async (KomekMirror *self, KomekRequestSource source,
                                    gpointer source_data, GDestroyNotify destroy,
                                    const KomekProgress *progress, GCancellable *cancellable,
                                    GAsyncReadyCallback callback, gpointer data);
void komek_mirror_put_progress_async (KomekMirror *self, const KomekProgress *progress,
                                      GCancellable *cancellable, GAsyncReadyCallback callback,
                                      gpointer data);
void komek_mirror_forget_requests_async (KomekMirror *self, const char *const *numbers,
                                         GCancellable *cancellable, GAsyncReadyCallback callback,
                                         gpointer data);
void komek_mirror_put_local_number_async (KomekMirror *self, const char *local, const char *number,
                                          GCancellable *cancellable, GAsyncReadyCallback callback,
                                          gpointer data);
void komek_mirror_put_definition_async (KomekMirror *self, const char *service,
                                        GPtrArray *attributes, GCancellable *cancellable,
                                        GAsyncReadyCallback callback, gpointer data);
void komek_mirror_put_history_async (KomekMirror *self, const char *number, GPtrArray *updates,
                                     GCancellable *cancellable, GAsyncReadyCallback callback,
                                     gpointer data);
void komek_mirror_put_city_async (KomekMirror *self, KomekCity *city, GPtrArray *services,
                                  GCancellable *cancellable, GAsyncReadyCallback callback,
                                  gpointer data);
void komek_mirror_forget_all_async (KomekMirror *self, GCancellable *cancellable,
                                    GAsyncReadyCallback callback, gpointer data);
gboolean komek_mirror_write_finish (KomekMirror *self, GAsyncResult *result, GError **error);

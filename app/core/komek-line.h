/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "komek-language.h"

/**
 * KomekLineState:
 * @KOMEK_LINE_CONNECTING: no answer yet since the start
 * @KOMEK_LINE_FILLING: the city answers; what is shown is not yet all of it
 * @KOMEK_LINE_CURRENT: what is shown is what the city has
 * @KOMEK_LINE_BROKEN: the last try failed; #KomekLine:problem says how
 */
typedef enum
{
  KOMEK_LINE_CONNECTING,
  KOMEK_LINE_FILLING,
  KOMEK_LINE_CURRENT,
  KOMEK_LINE_BROKEN,
} KomekLineState;

#define KOMEK_TYPE_LINE_STATE (komek_line_state_get_type ())
GType komek_line_state_get_type (void);

#define KOMEK_TYPE_LINE (komek_line_get_type ())
G_DECLARE_INTERFACE (KomekLine, komek_line, KOMEK, LINE, GObject)

/**
 * KomekLine:
 *
 * How the connection to the city stands, and what the screen may ask of it. A port.
 *
 * Properties: `state` (#KomekLineState), `as-of` (gint64, seconds since 1970 of
 * the last contact, 0 for never), `problem` (#GError of KOMEK_ERROR, or %NULL).
 */
struct _KomekLineInterface
{
  GTypeInterface parent;

  void (*retry) (KomekLine *self);
  void (*refresh_async) (KomekLine *self, const char *number, KomekLanguage language,
                         GCancellable *cancellable, GAsyncReadyCallback callback, gpointer data);
  gboolean (*refresh_finish) (KomekLine *self, GAsyncResult *result, GError **error);
};

KomekLineState komek_line_get_state (KomekLine *self);
gint64 komek_line_get_as_of (KomekLine *self);
GError *komek_line_dup_problem (KomekLine *self);
void komek_line_retry (KomekLine *self);
void komek_line_refresh_async (KomekLine *self, const char *number, KomekLanguage language,
                               GCancellable *cancellable, GAsyncReadyCallback callback,
                               gpointer data);
gboolean komek_line_refresh_finish (KomekLine *self, GAsyncResult *result, GError **error);

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-line.h"

G_DEFINE_ENUM_TYPE (KomekLineState, komek_line_state,
                    G_DEFINE_ENUM_VALUE (KOMEK_LINE_CONNECTING, "connecting"),
                    G_DEFINE_ENUM_VALUE (KOMEK_LINE_FILLING, "filling"),
                    G_DEFINE_ENUM_VALUE (KOMEK_LINE_CURRENT, "current"),
                    G_DEFINE_ENUM_VALUE (KOMEK_LINE_BROKEN, "broken"))

G_DEFINE_INTERFACE (KomekLine, komek_line, G_TYPE_OBJECT)

static void
komek_line_default_init (KomekLineInterface *iface)
{
  GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS;

  g_object_interface_install_property (iface, g_param_spec_enum ("state", NULL, NULL,
                                                                 KOMEK_TYPE_LINE_STATE,
                                                                 KOMEK_LINE_CONNECTING, flags));
  g_object_interface_install_property (
    iface, g_param_spec_int64 ("as-of", NULL, NULL, 0, G_MAXINT64, 0, flags));
  g_object_interface_install_property (
    iface, g_param_spec_boxed ("problem", NULL, NULL, G_TYPE_ERROR, flags));
}

KomekLineState
komek_line_get_state (KomekLine *self)
{
  KomekLineState state;

  g_object_get (self, "state", &state, NULL);
  return state;
}

/* Seconds since 1970 of the last time that all the city's data was here; 0 for never. */
gint64
komek_line_get_as_of (KomekLine *self)
{
  gint64 as_of;

  g_object_get (self, "as-of", &as_of, NULL);
  return as_of;
}

/**
 * komek_line_dup_problem:
 *
 * Returns: (transfer full) (nullable): why the line is broken
 */
GError *
komek_line_dup_problem (KomekLine *self)
{
  GError *problem;

  g_object_get (self, "problem", &problem, NULL);
  return problem;
}

/**
 * komek_line_retry:
 *
 * Tries again now instead of at the next turn.
 */
void
komek_line_retry (KomekLine *self)
{
  g_return_if_fail (KOMEK_IS_LINE (self));

  KOMEK_LINE_GET_IFACE (self)->retry (self);
}

/**
 * komek_line_refresh_async:
 * @number: the number of a request, known here or not
 * @language: in which the city is asked to name the steps of its history
 *
 * Fetches one request and its history from the city into the feed.
 */
void
komek_line_refresh_async (KomekLine *self, const char *number, KomekLanguage language,
                          GCancellable *cancellable, GAsyncReadyCallback callback, gpointer data)
{
  g_return_if_fail (KOMEK_IS_LINE (self));
  g_return_if_fail (number);

  KOMEK_LINE_GET_IFACE (self)->refresh_async (self, number, language, cancellable, callback, data);
}

/**
 * komek_line_refresh_finish:
 *
 * Fails with %KOMEK_ERROR_REFUSED where the city knows no such request.
 */
gboolean
komek_line_refresh_finish (KomekLine *self, GAsyncResult *result, GError **error)
{
  return KOMEK_LINE_GET_IFACE (self)->refresh_finish (self, result, error);
}

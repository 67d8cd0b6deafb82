/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-outbox.h"

G_DEFINE_INTERFACE (KomekOutbox, komek_outbox, G_TYPE_OBJECT)

static void
komek_outbox_default_init (KomekOutboxInterface *iface)
{
  GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS;

  g_object_interface_install_property (
    iface, g_param_spec_uint ("waiting", NULL, NULL, 0, G_MAXUINT, 0, flags));
  g_object_interface_install_property (
    iface, g_param_spec_uint ("parked", NULL, NULL, 0, G_MAXUINT, 0, flags));
  g_object_interface_install_property (
    iface, g_param_spec_uint ("held", NULL, NULL, 0, G_MAXUINT, 0, flags));
  g_object_interface_install_property (
    iface, g_param_spec_uint ("strays", NULL, NULL, 0, G_MAXUINT, 0, flags));
  g_object_interface_install_property (
    iface, g_param_spec_int64 ("oldest", NULL, NULL, 0, G_MAXINT64, 0, flags));
  g_object_interface_install_property (
    iface, g_param_spec_boolean ("overdue", NULL, NULL, FALSE, flags));
  g_object_interface_install_property (
    iface, g_param_spec_boxed ("problem", NULL, NULL, G_TYPE_ERROR, flags));
}

/**
 * komek_outbox_prepare_async:
 *
 * Asks whether a request could be kept at all: before the first question, for
 * nobody shall answer six and then hear that there is no room.
 */
void
komek_outbox_prepare_async (KomekOutbox *self, GCancellable *cancellable,
                            GAsyncReadyCallback callback, gpointer data)
{
  g_return_if_fail (KOMEK_IS_OUTBOX (self));

  KOMEK_OUTBOX_GET_IFACE (self)->prepare_async (self, cancellable, callback, data);
}

/**
 * komek_outbox_prepare_finish:
 *
 * Fails with %KOMEK_ERROR_UNSAVED where this device could not keep it.
 */
gboolean
komek_outbox_prepare_finish (KomekOutbox *self, GAsyncResult *result, GError **error)
{
  return KOMEK_OUTBOX_GET_IFACE (self)->prepare_finish (self, result, error);
}

/**
 * komek_outbox_submit_async:
 * @draft: read at once; changes made later do not travel
 *
 * Keeps a draft on this device and sends it from there, for as long as that
 * takes. The same draft submitted again makes no second request: its key tells.
 */
void
komek_outbox_submit_async (KomekOutbox *self, KomekDraft *draft, GCancellable *cancellable,
                           GAsyncReadyCallback callback, gpointer data)
{
  g_return_if_fail (KOMEK_IS_OUTBOX (self));
  g_return_if_fail (KOMEK_IS_DRAFT (draft));

  KOMEK_OUTBOX_GET_IFACE (self)->submit_async (self, draft, cancellable, callback, data);
}

/**
 * komek_outbox_submit_finish:
 *
 * Fails with %KOMEK_ERROR_UNSAVED where it could not be kept and with
 * %KOMEK_ERROR_INCOMPLETE where the city could do nothing with it.
 *
 * Returns: (transfer full) (nullable): the receipt of what is durable now;
 *   %NULL where it is not: the draft is to be kept
 */
KomekReceipt *
komek_outbox_submit_finish (KomekOutbox *self, GAsyncResult *result, GError **error)
{
  return KOMEK_OUTBOX_GET_IFACE (self)->submit_finish (self, result, error);
}

/**
 * komek_outbox_look_up:
 * @name: a receipt's key, its local number or the city's
 *
 * Returns: (transfer full) (nullable): the receipt, where it was handed out in this run of the
 * program
 */
KomekReceipt *
komek_outbox_look_up (KomekOutbox *self, const char *name)
{
  g_return_val_if_fail (KOMEK_IS_OUTBOX (self), NULL);
  g_return_val_if_fail (name, NULL);

  return KOMEK_OUTBOX_GET_IFACE (self)->look_up (self, name);
}

/**
 * komek_outbox_list_async:
 *
 * Asks, for staff, what has not arrived and why: first what was parked, then
 * photos that nobody takes, then what waits, then what waits for a former
 * address; each in the order of handing in. Of a long queue only the beginning.
 */
void
komek_outbox_list_async (KomekOutbox *self, GCancellable *cancellable,
                         GAsyncReadyCallback callback, gpointer data)
{
  g_return_if_fail (KOMEK_IS_OUTBOX (self));

  KOMEK_OUTBOX_GET_IFACE (self)->list_async (self, cancellable, callback, data);
}

/**
 * komek_outbox_list_finish:
 *
 * Returns: (transfer full) (element-type KomekPending) (nullable): the requests
 */
GPtrArray *
komek_outbox_list_finish (KomekOutbox *self, GAsyncResult *result, GError **error)
{
  return KOMEK_OUTBOX_GET_IFACE (self)->list_finish (self, result, error);
}

/**
 * komek_outbox_release_async:
 * @key: (nullable): of one request; %NULL for all
 *
 * Sends what was parked, or photos that nobody took, once more: for staff who
 * have mended the cause. What the city refuses again is parked again.
 */
void
komek_outbox_release_async (KomekOutbox *self, const char *key, GCancellable *cancellable,
                            GAsyncReadyCallback callback, gpointer data)
{
  g_return_if_fail (KOMEK_IS_OUTBOX (self));

  KOMEK_OUTBOX_GET_IFACE (self)->release_async (self, key, cancellable, callback, data);
}

gboolean
komek_outbox_release_finish (KomekOutbox *self, GAsyncResult *result, GError **error)
{
  return KOMEK_OUTBOX_GET_IFACE (self)->release_finish (self, result, error);
}

/**
 * komek_outbox_adopt_async:
 *
 * Sends what waits for former addresses to the present one. Only staff know
 * that both are the same city.
 */
void
komek_outbox_adopt_async (KomekOutbox *self, GCancellable *cancellable,
                          GAsyncReadyCallback callback, gpointer data)
{
  g_return_if_fail (KOMEK_IS_OUTBOX (self));

  KOMEK_OUTBOX_GET_IFACE (self)->adopt_async (self, cancellable, callback, data);
}

gboolean
komek_outbox_adopt_finish (KomekOutbox *self, GAsyncResult *result, GError **error)
{
  return KOMEK_OUTBOX_GET_IFACE (self)->adopt_finish (self, result, error);
}

/**
 * komek_outbox_support_async:
 * @number: of somebody else's request
 *
 * Tells the city that a request concerns more people. Each device counts once,
 * however often that is said. Without a line it is kept on this device, and the
 * city hears of it later.
 */
void
komek_outbox_support_async (KomekOutbox *self, const char *number, GCancellable *cancellable,
                            GAsyncReadyCallback callback, gpointer data)
{
  g_return_if_fail (KOMEK_IS_OUTBOX (self));
  g_return_if_fail (number);

  KOMEK_OUTBOX_GET_IFACE (self)->support_async (self, number, cancellable, callback, data);
}

/**
 * komek_outbox_support_finish:
 * @supporters: (out): how many there are now; 0 where the city hears of it later
 *
 * Fails with %KOMEK_ERROR_REFUSED where the city does not count them of this
 * request, and with %KOMEK_ERROR_UNSAVED where it could not be kept.
 */
gboolean
komek_outbox_support_finish (KomekOutbox *self, GAsyncResult *result, guint *supporters,
                             GError **error)
{
  return KOMEK_OUTBOX_GET_IFACE (self)->support_finish (self, result, supporters, error);
}

guint
komek_outbox_get_waiting (KomekOutbox *self)
{
  guint waiting;

  g_object_get (self, "waiting", &waiting, NULL);
  return waiting;
}

guint
komek_outbox_get_parked (KomekOutbox *self)
{
  guint parked;

  g_object_get (self, "parked", &parked, NULL);
  return parked;
}

/* Of how many requests the photos wait for a city that takes photos. */
guint
komek_outbox_get_held (KomekOutbox *self)
{
  guint held;

  g_object_get (self, "held", &held, NULL);
  return held;
}

/* How many requests wait for an address at which this device looks no more. */
guint
komek_outbox_get_strays (KomekOutbox *self)
{
  guint strays;

  g_object_get (self, "strays", &strays, NULL);
  return strays;
}

/* Seconds since 1970; 0 where nothing waits. */
gint64
komek_outbox_get_oldest (KomekOutbox *self)
{
  gint64 oldest;

  g_object_get (self, "oldest", &oldest, NULL);
  return oldest;
}

gboolean
komek_outbox_is_overdue (KomekOutbox *self)
{
  gboolean overdue;

  g_object_get (self, "overdue", &overdue, NULL);
  return overdue;
}

/**
 * komek_outbox_dup_problem:
 *
 * Returns: (transfer full) (nullable): why nothing at all is sent
 */
GError *
komek_outbox_dup_problem (KomekOutbox *self)
{
  GError *problem;

  g_object_get (self, "problem", &problem, NULL);
  return problem;
}

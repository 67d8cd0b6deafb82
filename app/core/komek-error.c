/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-error.h"

typedef struct
{
  KomekCause cause;
} KomekErrorPrivate;

static void
komek_error_private_init (KomekErrorPrivate *priv)
{
  priv->cause = KOMEK_CAUSE_UNKNOWN;
}

static void
komek_error_private_copy (const KomekErrorPrivate *from, KomekErrorPrivate *to)
{
  *to = *from;
}

static void
komek_error_private_clear (KomekErrorPrivate *priv)
{
}

G_DEFINE_EXTENDED_ERROR (KomekError, komek_error)

/**
 * komek_error_set_cause:
 * @error: of %KOMEK_ERROR
 *
 * Says what stands behind an error; copies of it made from now on know it too.
 */
void
komek_error_set_cause (GError *error, KomekCause cause)
{
  g_return_if_fail (error && error->domain == KOMEK_ERROR);

  komek_error_get_private (error)->cause = cause;
}

/**
 * komek_error_get_cause:
 * @error: (nullable): of any domain
 *
 * Returns: what stands behind it
 */
KomekCause
komek_error_get_cause (const GError *error)
{
  return error && error->domain == KOMEK_ERROR ? komek_error_get_private (error)->cause
                                               : KOMEK_CAUSE_UNKNOWN;
}

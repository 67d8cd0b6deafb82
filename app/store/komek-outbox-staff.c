/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-outbox-staff.h"

#include "komek-error.h"
#include "komek-pending.h"

/* Nobody reads more at once. */
#define MOST_PENDING 500

static KomekPendingState
choose_state (KomekOutboxState state, gboolean former)
{
  if (former)
    return KOMEK_PENDING_FORMER;
  if (state == KOMEK_OUTBOX_PARKED)
    return KOMEK_PENDING_PARKED;
  return state == KOMEK_OUTBOX_HELD ? KOMEK_PENDING_PHOTOS : KOMEK_PENDING_WAITING;
}

/* What cannot be opened is listed all the same: it is what staff have to hear of. */
static gboolean
open_service (const KomekOutboxKit *kit, KomekDatabase *database, KomekOutboxItem **item,
              char **service, GError **error)
{
  g_autoptr (GError) problem = NULL;
  g_autoptr (KomekFiling) filing = komek_outbox_work_open (kit, database, item, &problem);

  *service = g_strdup (filing ? komek_filing_peek (filing)->service : "");
  if (filing || g_error_matches (problem, KOMEK_ERROR, KOMEK_ERROR_UNREADABLE))
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&problem));
  return FALSE;
}

static KomekPending *
describe (const KomekOutboxKit *kit, KomekDatabase *database, KomekOutboxItem **item,
          gboolean former, GError **error)
{
  g_autofree char *service = NULL;
  g_autofree char *reason = NULL;
  g_autoptr (GError) problem = NULL;
  KomekPendingState state = choose_state ((*item)->state, former);
  KomekPendingFields fields = { .state = state, .photos = (*item)->photos };

  reason = komek_outbox_work_open_reason (kit, database, *item, &fields.status, &problem);
  if (problem)
    {
      g_propagate_error (error, g_steal_pointer (&problem));
      return NULL;
    }
  if (!open_service (kit, database, item, &service, error))
    return NULL;
  fields.key = (*item)->key;
  fields.number = (*item)->number ? (*item)->number : (*item)->local;
  fields.service = service;
  fields.filed = (*item)->filed;
  fields.reason = state == KOMEK_PENDING_PARKED ? reason : NULL;
  fields.address = former ? kit->address : NULL;
  return komek_pending_new (&fields);
}

/**
 * komek_outbox_staff_list:
 * @former: whether it is the outbox of a former address
 * @pending: (element-type KomekPending): where they are added
 *
 * Lists what has not arrived, for staff.
 */
gboolean
komek_outbox_staff_list (const KomekOutboxKit *kit, KomekDatabase *database, gboolean former,
                         GPtrArray *pending, GError **error)
{
  g_autoptr (GPtrArray) items =
    komek_outbox_table_list_open (database, former, MOST_PENDING, error);

  for (guint i = 0; items && i < items->len; i++)
    {
      KomekPending *one =
        describe (kit, database, (KomekOutboxItem **) &items->pdata[i], former, error);

      if (!one)
        return FALSE;
      g_ptr_array_add (pending, one);
    }
  return items != NULL;
}

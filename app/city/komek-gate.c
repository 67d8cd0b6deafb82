/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-gate.h"

#include <string.h>

#include "komek-error.h"
#include "komek-keyring.h"
#include "komek-proxies.h"
#include "komek-refusal.h"

/* Of two generations: 20 MB at the very most. */
#define MOST_NAMES 65536

/**
 * KomekGate:
 *
 * Says who calls, whether they may do that, and whether they do it too often.
 *
 * Any thread may use it.
 */
struct _KomekGate
{
  const KomekSettings *settings;
  KomekKeyring        *keyring;
  KomekLimits         *limits;
  char                *local_key;
  guint                limited[KOMEK_N_ROLES]; /* atomic */
  guint                noted;                  /* atomic */
};

/**
 * komek_gate_new:
 * @settings: must live as long as the gate
 * @local_key: (nullable): the key of whoever started the server
 *
 * Returns: (transfer full): the gate
 */
KomekGate *
komek_gate_new (KomekStorage *storage, const KomekSettings *settings, const char *local_key)
{
  KomekGate *self = g_new0 (KomekGate, 1);

  self->settings = settings;
  self->keyring = komek_keyring_new (storage, settings->keys_ms * (gint64) 1000);
  self->limits = komek_limits_new (MOST_NAMES);
  self->local_key = g_strdup (local_key && *local_key != '\0' ? local_key : NULL);
  return self;
}

void
komek_gate_free (KomekGate *self)
{
  komek_keyring_free (self->keyring);
  komek_limits_free (self->limits);
  g_free (self->local_key);
  g_free (self);
}

/* Compared in the same time wherever they differ. */
static gboolean
is_local_key (const KomekGate *self, const char *key)
{
  gsize length = self->local_key ? strlen (self->local_key) : 0;
  guint differs = strlen (key) != length;

  for (gsize i = 0; !differs && i < length; i++)
    differs |= (guchar) (key[i] ^ self->local_key[i]);
  return length > 0 && !differs;
}

/* Where nobody has a key and none was handed over, this machine is trusted. */
static gboolean
needs_any (const KomekGate *self, const KomekArrival *arrival)
{
  return arrival->near && !self->local_key;
}

/**
 * komek_gate_knows:
 *
 * Returns: whether komek_gate_admit() will answer without asking the storage
 */
gboolean
komek_gate_knows (KomekGate *self, const KomekArrival *arrival)
{
  if (arrival->api_key)
    return is_local_key (self, arrival->api_key)
           || komek_keyring_remembers (self->keyring, arrival->api_key);
  return !needs_any (self, arrival) || komek_keyring_remembers_any (self->keyring);
}

/**
 * komek_gate_recalls:
 *
 * Returns: whether that is true of komek_gate_admit() where the caller is in a hurry. A key that was
 *   nobody's may have been handed out since: of such only the storage can tell
 */
gboolean
komek_gate_recalls (KomekGate *self, const KomekArrival *arrival)
{
  g_autoptr (KomekCaller) caller = NULL;
  gboolean any;

  if (arrival->api_key)
    return is_local_key (self, arrival->api_key)
           || (komek_keyring_recall (self->keyring, arrival->api_key, &caller) && caller);
  return !needs_any (self, arrival) || komek_keyring_recall_any (self->keyring, &any);
}

/* Too many strangers' keys make the keyring forget all of them. */
static gboolean
check_recalled (gboolean recalled, GError **error)
{
  if (!recalled)
    g_set_error (error, KOMEK_ERROR, KOMEK_ERROR_UNREACHABLE, "Forgotten who calls");
  return recalled;
}

static gboolean
ask_keyring (KomekGate *self, const KomekArrival *arrival, KomekCaller **caller, GError **error)
{
  if (arrival->hurried)
    return check_recalled (komek_keyring_recall (self->keyring, arrival->api_key, caller), error);
  return komek_keyring_find (self->keyring, arrival->api_key, caller, error);
}

static gboolean
ask_for_any (KomekGate *self, const KomekArrival *arrival, gboolean *any, GError **error)
{
  if (arrival->hurried)
    return check_recalled (komek_keyring_recall_any (self->keyring, any), error);
  return komek_keyring_has_any (self->keyring, any, error);
}

static KomekCaller *
find_keyed (KomekGate *self, const KomekArrival *arrival, GError **error)
{
  KomekCaller *caller;

  if (is_local_key (self, arrival->api_key))
    return komek_caller_new ("local", KOMEK_ROLE_LOCAL, "");
  if (!ask_keyring (self, arrival, &caller, error))
    return NULL;
  if (!caller)
    g_set_error (error, KOMEK_REFUSAL, KOMEK_REFUSAL_API_KEY_WRONG, "No such key");
  return caller;
}

static KomekCaller *
find_caller (KomekGate *self, const KomekArrival *arrival, GError **error)
{
  gboolean any = TRUE;

  if (arrival->api_key)
    return find_keyed (self, arrival, error);
  if (needs_any (self, arrival) && !ask_for_any (self, arrival, &any, error))
    return NULL;
  if (!any)
    return komek_caller_new ("local", KOMEK_ROLE_LOCAL, "");
  return komek_caller_new (arrival->address, KOMEK_ROLE_ANONYMOUS, "");
}

/* What everybody may be told is told while the storage is out of reach, too, to whom it was told
 * before. */
static KomekCaller *
find_caller_or_recall (KomekGate *self, const KomekRoute *route, const KomekArrival *arrival,
                       GError **error)
{
  g_autoptr (GError) problem = NULL;
  KomekCaller *caller = find_caller (self, arrival, &problem);
  KomekArrival hurried = *arrival;

  hurried.hurried = TRUE;
  if (!caller && route->kind == KOMEK_ROUTE_TELL
      && g_error_matches (problem, KOMEK_ERROR, KOMEK_ERROR_UNREACHABLE)
      && komek_gate_recalls (self, arrival))
    return find_caller (self, &hurried, error);
  if (problem)
    g_propagate_error (error, g_steal_pointer (&problem));
  return caller;
}

static gboolean
reads (const KomekRoute *route)
{
  return route->kind == KOMEK_ROUTE_READ || route->kind == KOMEK_ROUTE_TELL
         || route->kind == KOMEK_ROUTE_PEEK || route->kind == KOMEK_ROUTE_WATCH;
}

/* Whom a rate is counted for: the key of a kiosk, the device or else the
 * address of a telephone, the address of everybody else. */
static char *
name_caller (const KomekCall *call, const KomekRoute *route, const KomekArrival *arrival)
{
  KomekRole role = call->client->role;
  const char *kind = reads (route) ? "r" : "f";
  g_autofree char *device = NULL;
  g_autofree char *host = NULL;

  if (role != KOMEK_ROLE_ANONYMOUS && role != KOMEK_ROLE_PHONE)
    return g_strconcat (kind, "=", call->client->id, NULL);
  if (role == KOMEK_ROLE_PHONE && !reads (route))
    device = komek_call_dup_field (call, "device_id");
  if (device && *device != '\0')
    return g_strconcat (kind, "#", device, NULL);
  host = komek_proxies_name_host (arrival->address);
  return g_strconcat (kind, "@", host, NULL);
}

static gboolean
refuse_often (KomekGate *self, KomekRole role, const char *message, GError **error)
{
  g_atomic_int_inc (&self->limited[role]);
  g_set_error_literal (error, KOMEK_REFUSAL, KOMEK_REFUSAL_TOO_OFTEN, message);
  return FALSE;
}

static gboolean
check_rate (KomekGate *self, const KomekCall *call, const KomekRoute *route,
            const KomekArrival *arrival, KomekAllowance *allowance, GError **error)
{
  KomekRole role = call->client->role;
  const KomekRate *rate =
    reads (route) ? &self->settings->reads[role] : &self->settings->filings[role];
  g_autofree char *name = NULL;

  if (rate->count == 0 || route->kind == KOMEK_ROUTE_WATCH)
    return TRUE;
  name = name_caller (call, route, arrival);
  return komek_limits_take (self->limits, name, rate, g_get_monotonic_time (), allowance)
         || refuse_often (self, role, "Too often", error);
}

/* Who changes the name of the device for each filing still has one provider,
 * but so have all the others who use it: the network is noted, and refused
 * only where the settings say so. */
static gboolean
check_network (KomekGate *self, const KomekCall *call, const KomekRoute *route,
               const KomekArrival *arrival, KomekAllowance *allowance, GError **error)
{
  g_autofree char *network = NULL;
  g_autofree char *name = NULL;
  KomekAllowance left;

  if (call->client->role != KOMEK_ROLE_PHONE || route->kind != KOMEK_ROUTE_FILE)
    return TRUE;
  network = komek_proxies_name_network (arrival->address);
  name = g_strconcat ("n/", network, NULL);
  if (komek_limits_take (self->limits, name, &self->settings->block, g_get_monotonic_time (),
                         &left))
    return TRUE;
  g_atomic_int_inc (&self->noted);
  if (!self->settings->block_refuses)
    return TRUE;
  *allowance = left;
  return refuse_often (self, call->client->role, "Too often from this network", error);
}

static gboolean
is_loopback (const char *address)
{
  g_autoptr (GInetAddress) inet = g_inet_address_new_from_string (address);

  return inet && g_inet_address_get_is_loopback (inet);
}

/* How the server is, is for those who look after it. */
static gboolean
may_watch (const KomekGate *self, const KomekCall *call, const KomekArrival *arrival)
{
  return self->settings->watch_anybody || is_loopback (arrival->address)
         || call->client->role == KOMEK_ROLE_STAFF || call->client->role == KOMEK_ROLE_LOCAL;
}

static gboolean
check_permission (const KomekGate *self, const KomekCall *call, const KomekRoute *route,
                  const KomekArrival *arrival, GError **error)
{
  if (route->kind == KOMEK_ROUTE_WATCH && !may_watch (self, call, arrival))
    {
      g_set_error (error, KOMEK_REFUSAL, KOMEK_REFUSAL_NOT_ALLOWED, "Not for everybody");
      return FALSE;
    }
  if (reads (route) || call->client->role != KOMEK_ROLE_ANONYMOUS)
    return TRUE;
  g_set_error (error, KOMEK_REFUSAL, KOMEK_REFUSAL_API_KEY_MISSING, "No key");
  return FALSE;
}

/* While the storage was asked who calls, the call may have been answered with what was known, and
 * counted then. */
static gboolean
check_awaited (const KomekArrival *arrival, GError **error)
{
  if (!arrival->answered || !g_atomic_int_get (arrival->answered))
    return TRUE;
  g_set_error_literal (error, KOMEK_REFUSAL, KOMEK_REFUSAL_BUSY, "Answered meanwhile");
  return FALSE;
}

static gboolean
enter (KomekGate *self, KomekCall *call, const KomekRoute *route, KomekAllowance *allowance,
       GError **error)
{
  KomekRole role = call->client->role;
  guint at_once = route->kind == KOMEK_ROUTE_WATCH ? 0 : self->settings->at_once[role];

  call->entered = at_once > 0 && komek_limits_enter (self->limits, call->client->id, at_once);
  if (at_once == 0 || call->entered)
    return TRUE;
  allowance->retry_after = 1;
  return refuse_often (self, role, "Too many at once", error);
}

/**
 * komek_gate_admit:
 * @allowance: (out): what is left to the caller
 *
 * Tells @call who calls. May ask the storage and so block, see
 * komek_gate_knows(). Whoever is let in leaves with komek_gate_leave().
 *
 * Fails with #KomekRefusal where they may not, or not now.
 */
gboolean
komek_gate_admit (KomekGate *self, KomekCall *call, const KomekRoute *route,
                  const KomekArrival *arrival, KomekAllowance *allowance, GError **error)
{
  g_autoptr (KomekCaller) caller = find_caller_or_recall (self, route, arrival, error);

  *allowance = (KomekAllowance) { 0 };
  if (!caller)
    return FALSE;
  komek_call_set_client (call, caller);
  return check_awaited (arrival, error) && check_permission (self, call, route, arrival, error)
         && check_rate (self, call, route, arrival, allowance, error)
         && check_network (self, call, route, arrival, allowance, error)
         && enter (self, call, route, allowance, error);
}

void
komek_gate_leave (KomekGate *self, const KomekCall *call)
{
  if (call->entered)
    komek_limits_leave (self->limits, call->client->id);
}

guint64
komek_gate_get_limited (KomekGate *self, KomekRole role)
{
  return g_atomic_int_get (&self->limited[role]);
}

/**
 * komek_gate_get_noted:
 *
 * Returns: how many filings came from networks that file a lot
 */
guint64
komek_gate_get_noted (KomekGate *self)
{
  return g_atomic_int_get (&self->noted);
}

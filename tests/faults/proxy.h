/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

/**
 * FaultKind:
 * @FAULT_NONE: everything goes through
 * @FAULT_CUT_REQUEST: so many bytes of the question go through, then both ends are closed
 * @FAULT_RESET_REQUEST: the same with a reset
 * @FAULT_CUT_REPLY: so many bytes of the answer go through, then both ends are closed
 * @FAULT_RESET_REPLY: the same with a reset; with 0 it comes after the server has done its work
 * @FAULT_HALF_CLOSE_REQUEST: behind so many bytes of the question the server hears its end, while
 *   the client can still be answered
 * @FAULT_HALF_CLOSE_REPLY: behind so many bytes of the answer the client hears its end, while the
 *   connection stays
 * @FAULT_DRIP_REQUEST: the question byte by byte, as many milliseconds apart
 * @FAULT_DRIP_REPLY: the answer byte by byte
 * @FAULT_BLACK_HOLE: the question goes nowhere, and nothing comes back
 * @FAULT_BLACK_HOLE_REPLY: the question goes through, and nothing comes back
 * @FAULT_PORTAL_REDIRECT: a gate before the network answers 302
 * @FAULT_PORTAL_PAGE: a gate before the network answers 200 and a page
 *
 * What happens to the next question on its way.
 */
typedef enum
{
  FAULT_NONE,
  FAULT_CUT_REQUEST,
  FAULT_RESET_REQUEST,
  FAULT_CUT_REPLY,
  FAULT_RESET_REPLY,
  FAULT_HALF_CLOSE_REQUEST,
  FAULT_HALF_CLOSE_REPLY,
  FAULT_DRIP_REQUEST,
  FAULT_DRIP_REPLY,
  FAULT_BLACK_HOLE,
  FAULT_BLACK_HOLE_REPLY,
  FAULT_PORTAL_REDIRECT,
  FAULT_PORTAL_PAGE,
} FaultKind;

typedef struct _FaultProxy FaultProxy;

FaultProxy *fault_proxy_new (guint upstream);
void fault_proxy_free (FaultProxy *self);
guint fault_proxy_get_port (FaultProxy *self);
void fault_proxy_arm (FaultProxy *self, FaultKind kind, guint amount);
gboolean fault_proxy_has_struck (FaultProxy *self);
guint fault_proxy_get_n_request (FaultProxy *self);
guint fault_proxy_get_n_reply (FaultProxy *self);

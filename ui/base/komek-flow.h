/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "komek-page.h"
#include "komek-route.h"

/**
 * KomekFlowBuild:
 *
 * Makes the page of a route.
 *
 * Returns: (transfer floating): a page
 */
typedef KomekPage *(*KomekFlowBuild) (const KomekRoute *route, gpointer data);

#define KOMEK_TYPE_FLOW (komek_flow_get_type ())
G_DECLARE_FINAL_TYPE (KomekFlow, komek_flow, KOMEK, FLOW, GtkWidget)

void komek_flow_set_builder (KomekFlow *self, KomekFlowBuild build, gpointer data);
void komek_flow_restart (KomekFlow *self, const KomekRoute *route);
void komek_flow_open (KomekFlow *self, const KomekRoute *route);
gboolean komek_flow_back (KomekFlow *self);
gboolean komek_flow_back_to (KomekFlow *self, KomekRouteKind kind);
void komek_flow_remember (KomekFlow *self, const char *argument);
void komek_flow_rebuild (KomekFlow *self);
gboolean komek_flow_can_go_back (KomekFlow *self);
const KomekRoute *komek_flow_get_route (KomekFlow *self);
KomekPage *komek_flow_get_page (KomekFlow *self);

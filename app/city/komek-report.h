/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "komek-call.h"
#include "komek-reply.h"

KomekReply *komek_report_discovery (const KomekCall *call, GError **error);
KomekReply *komek_report_services (const KomekCall *call, GError **error);
KomekReply *komek_report_definition (const KomekCall *call, GError **error);
KomekReply *komek_report_requests (const KomekCall *call, GError **error);
KomekReply *komek_report_request (const KomekCall *call, GError **error);
KomekReply *komek_report_token (const KomekCall *call, GError **error);
KomekReply *komek_report_updates (const KomekCall *call, GError **error);

gboolean komek_report_check_jurisdiction (const KomekCall *call, const char *field,
                                          GError **error);
KomekReply *komek_report_error (const KomekCall *call, const GError *error);
KomekReply *komek_report_complaints (const KomekCall *call, GPtrArray *complaints);

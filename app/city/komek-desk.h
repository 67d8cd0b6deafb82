/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "komek-call.h"
#include "komek-reply.h"

KomekReply *komek_desk_file (const KomekCall *call, GError **error);
KomekReply *komek_desk_comment (const KomekCall *call, GError **error);
KomekReply *komek_desk_pass (const KomekCall *call, GError **error);
KomekReply *komek_desk_withdraw (const KomekCall *call, GError **error);
KomekReply *komek_desk_vote (const KomekCall *call, GError **error);

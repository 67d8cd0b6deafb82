/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "komek-call.h"
#include "komek-reply.h"

KomekReply *komek_album_take (const KomekCall *call, GError **error);
KomekReply *komek_album_show (const KomekCall *call, GError **error);

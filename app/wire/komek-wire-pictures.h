/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "komek-wire-node.h"

char **komek_wire_dup_media (const KomekWireNode *object);

/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "komek-wire-tree.h"

const KomekWireNode *komek_wire_find_discovery (const KomekWireTree *tree, GError **error);

/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "komek-wire-node.h"

const char *komek_wire_get_refusal (const KomekWireNode *element);

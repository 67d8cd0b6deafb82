/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "komek-exploration.h"

void komek_filter_actions_add (GActionMap *actions, KomekExploration *exploration);

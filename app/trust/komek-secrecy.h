/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

void komek_secrecy_forbid_cores (void);

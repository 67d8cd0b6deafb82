/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

void add_storage_filing (void);
void add_storage_lists (void);
void add_storage_changes (void);
void add_storage_keeping (void);

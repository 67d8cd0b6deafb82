/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "komek-label.h"

typedef GChecksum KomekDigest;

KomekDigest *komek_digest_new (void);
void komek_digest_add_text (KomekDigest *self, const char *text);
void komek_digest_add_number (KomekDigest *self, double number);
void komek_digest_add_label (KomekDigest *self, KomekLabel *label);
char *komek_digest_end (KomekDigest *self);

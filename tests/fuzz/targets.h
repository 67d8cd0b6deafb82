/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

/**
 * KomekFuzzTarget:
 * @name: of what reads
 * @corpus: the folder of its seeds
 * @run: feeds it once; aborts where it does not do what it promises
 *
 * A reader of bytes from strangers.
 */
typedef struct
{
  const char *name;
  const char *corpus;
  void (*run) (GBytes *body);
} KomekFuzzTarget;

const KomekFuzzTarget *komek_fuzz_find (const char *name);
const KomekFuzzTarget *komek_fuzz_get (guint position);
void komek_fuzz_snapshot (GBytes *body);
void komek_fuzz_plan (GBytes *body);
void komek_fuzz_metadata (GBytes *body);
void komek_fuzz_pack (GBytes *body);
void komek_fuzz_vector (GBytes *body);
void komek_fuzz_address (GBytes *body);

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "targets.h"

/* What libFuzzer calls; tests/fuzz/run builds it once for each target, by its name. */

int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  static const KomekFuzzTarget *target = NULL;
  g_autoptr (GBytes) body = g_bytes_new (data, size);

  if (!target)
    target = komek_fuzz_find (FUZZ_TARGET);
  target->run (body);
  return 0;
}

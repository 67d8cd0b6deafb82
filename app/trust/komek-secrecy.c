/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-secrecy.h"

#include <sys/prctl.h>
#include <sys/resource.h>

/**
 * komek_secrecy_forbid_cores:
 *
 * Sees to it that a crash leaves nothing of what citizens wrote.
 *
 * A core holds all of the memory. The limit alone does not keep one from a
 * program that the kernel hands cores to; that the process is not to be dumped
 * does. It also keeps other programs of the same user from looking into it.
 */
void
komek_secrecy_forbid_cores (void)
{
  const struct rlimit none = { 0, 0 };

  setrlimit (RLIMIT_CORE, &none);
  prctl (PR_SET_DUMPABLE, 0);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-confine.h"

#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <signal.h>
#include <stddef.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>

/* Takes everything from the process that reads strangers' pictures but memory,
 * its own threads and the pipes that it holds. What it still may ask of the
 * kernel is a list, so that a call that the kernel learns later is refused too.
 * The filter is written out here: it needs no library, only the kernel's headers. */

#if defined (__x86_64__)
#define ARCHITECTURE AUDIT_ARCH_X86_64
#elif defined (__aarch64__)
#define ARCHITECTURE AUDIT_ARCH_AARCH64
#endif

static const int allowed[] = {
  SYS_read, SYS_write, SYS_readv, SYS_writev, SYS_close, SYS_lseek, SYS_fstat,
  SYS_mmap, SYS_munmap, SYS_mprotect, SYS_mremap, SYS_madvise, SYS_brk,
  SYS_futex, SYS_sched_yield, SYS_sched_getaffinity, SYS_clock_gettime, SYS_gettimeofday,
  SYS_getrandom, SYS_getpid, SYS_gettid, SYS_tgkill, SYS_rt_sigaction, SYS_rt_sigprocmask,
  SYS_rt_sigreturn, SYS_sigaltstack, SYS_set_robust_list, SYS_exit, SYS_exit_group, SYS_ppoll,
#ifdef SYS_poll
  SYS_poll,
#endif
#ifdef SYS_rseq
  SYS_rseq,
#endif
};

/* The sanitizer of addresses reserves terabytes of them. */
#ifdef __SANITIZE_ADDRESS__
#define LIMITS_ADDRESSES 0
#else
#define LIMITS_ADDRESSES 1
#endif

static gboolean
limit (int resource, rlim_t most)
{
  const struct rlimit limits = { most, most };

  return setrlimit (resource, &limits) == 0;
}

/**
 * komek_confine_limit:
 * @megabytes: of address space, for everything together
 * @seconds: of the processor
 *
 * Bounds what this process may use, and has it end with whoever started it. It
 * leaves no core file, which would be a copy of somebody's picture.
 */
gboolean
komek_confine_limit (guint megabytes, guint seconds)
{
  return (!LIMITS_ADDRESSES || limit (RLIMIT_AS, (rlim_t) megabytes * 1024 * 1024))
         && limit (RLIMIT_CPU, seconds) && limit (RLIMIT_CORE, 0) && limit (RLIMIT_FSIZE, 0)
         && prctl (PR_SET_PDEATHSIG, SIGKILL) == 0 && prctl (PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0;
}

#ifdef ARCHITECTURE
static void
add (GArray *program, guint16 code, guint32 value, guint8 hit, guint8 miss)
{
  const struct sock_filter step = BPF_JUMP (code, value, hit, miss);

  g_array_append_val (program, step);
}

/* Refused calls fail with EPERM: a library that only looks for its settings goes on without. */
static GArray *
write_filter (void)
{
  GArray *program = g_array_new (FALSE, FALSE, sizeof (struct sock_filter));

  add (program, BPF_LD | BPF_W | BPF_ABS, offsetof (struct seccomp_data, arch), 0, 0);
  add (program, BPF_JMP | BPF_JEQ | BPF_K, ARCHITECTURE, 1, 0);
  add (program, BPF_RET | BPF_K, SECCOMP_RET_KILL_PROCESS, 0, 0);
  add (program, BPF_LD | BPF_W | BPF_ABS, offsetof (struct seccomp_data, nr), 0, 0);
  for (guint i = 0; i < G_N_ELEMENTS (allowed); i++)
    {
      add (program, BPF_JMP | BPF_JEQ | BPF_K, allowed[i], 0, 1);
      add (program, BPF_RET | BPF_K, SECCOMP_RET_ALLOW, 0, 0);
    }
  add (program, BPF_RET | BPF_K, SECCOMP_RET_ERRNO | 1, 0, 0);
  return program;
}
#endif

/**
 * komek_confine_seal:
 *
 * From here on this process opens nothing, starts nothing and talks to nobody.
 * Where the kernel or the machine knows no such filter, it may no longer open
 * any file, which is the part that matters most.
 *
 * Returns: whether either of them holds
 */
gboolean
komek_confine_seal (void)
{
#ifdef ARCHITECTURE
  g_autoptr (GArray) steps = write_filter ();
  struct sock_fprog program = { steps->len, (struct sock_filter *) (gpointer) steps->data };

  if (prctl (PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program) == 0)
    return TRUE;
#endif
  return limit (RLIMIT_NOFILE, 0) && limit (RLIMIT_NPROC, 0);
}

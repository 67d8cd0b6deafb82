/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <fcntl.h>
#include <glib.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

#include "komek-confine.h"

/* What the process may do that opens strangers' pictures. */

static gboolean
may_use (int resource, rlim_t most)
{
  struct rlimit limits;

  return getrlimit (resource, &limits) == 0 && limits.rlim_max == most && limits.rlim_cur == most;
}

static void
test_whoever_is_limited_uses_little (void)
{
  if (g_test_subprocess ())
    {
      gboolean limited = komek_confine_limit (512, 10);
      /* The sanitizer of addresses reserves terabytes of them. */
      gboolean small = g_getenv ("ASAN_OPTIONS") || may_use (RLIMIT_AS, 512 * 1024 * 1024);

      _exit (!limited ? 2 : !small ? 3 : !may_use (RLIMIT_CPU, 10) ? 4
             : !may_use (RLIMIT_CORE, 0) || !may_use (RLIMIT_FSIZE, 0) ? 5
             : prctl (PR_GET_NO_NEW_PRIVS, 0, 0, 0, 0) != 1 ? 6 : 0);
    }
  g_test_trap_subprocess (NULL, 0, G_TEST_SUBPROCESS_DEFAULT);
  g_test_trap_assert_passed ();
}

static void
test_whoever_is_confined_reaches_nothing (void)
{
  if (g_test_subprocess ())
    {
      gboolean sealed = komek_confine_limit (512, 10) && komek_confine_seal ();
      gboolean opened = open ("/etc/passwd", O_RDONLY) >= 0;
      gboolean connected = socket (AF_INET, SOCK_STREAM, 0) >= 0;
      pid_t child = fork ();

      if (child == 0)
        _exit (0);
      _exit (!sealed ? 2 : opened ? 3 : connected ? 4 : child > 0 ? 5 : 0);
    }
  g_test_trap_subprocess (NULL, 0, G_TEST_SUBPROCESS_DEFAULT);
  g_test_trap_assert_passed ();
}

#define ADD(path, function) g_test_add_func ("/city/confine/" path, function)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("whoever-is-limited-uses-little", test_whoever_is_limited_uses_little);
  ADD ("whoever-is-confined-reaches-nothing", test_whoever_is_confined_reaches_nothing);
  return g_test_run ();
}

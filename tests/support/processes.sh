# SPDX-License-Identifier: GPL-3.0-or-later
# shellcheck shell=bash
#
# Finds processes by a mark, NAME=VALUE in the environment that they were started with. A process may leave
# its group, its session and its parent; this it cannot shake off.

# processes_with MARK prints the id of every living process that carries the mark.
processes_with ()
{
  # -s: processes end while we look, and others' are not ours to read.
  grep -lszxF -- "$1" /proc/[0-9]*/environ | cut -d / -f 3
}

# describe_process ID prints its id and its command line.
describe_process ()
{
  printf '%s %s\n' "$1" "$(tr '\0' ' ' 2>/dev/null <"/proc/$1/cmdline")"
}

# end_processes_with MARK ends them, with force where asking for two seconds did not help.
end_processes_with ()
{
  local i ids

  for ((i = 0; i < 40; i++)); do
    mapfile -t ids < <(processes_with "$1")
    [ ${#ids[@]} -gt 0 ] || return 0
    [ "$i" -gt 0 ] || kill "${ids[@]}" 2>/dev/null
    sleep 0.05
  done
  kill -KILL "${ids[@]}" 2>/dev/null || true
}

#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
#
# tests/support/stage.sh COMMAND... runs a command on a stage of its own: a display (Xvfb, 1920x1920 or as large as
# KOMEK_STAGE_SCREEN says), a session bus and a home that vanish with it. It fails when the command leaves a process
# behind, else as the command does.
set -uo pipefail

support=$(cd "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")" && pwd)
# shellcheck source=tests/support/environment.sh
. "$support/environment.sh"
# shellcheck source=tests/support/processes.sh
. "$support/processes.sh"

stage=$(mktemp -d "${TMPDIR:-/tmp}/komek-stage.XXXXXX") || exit 1
# Not exported: this shell and the tools that it calls are not on the stage.
mark=KOMEK_STAGE=$stage

# shellcheck disable=SC2317 # the trap calls it
strike ()
{
  jobs -p | xargs -r kill 2>/dev/null
  end_processes_with "$mark"
  rm -rf "$stage"
}
trap strike EXIT
trap 'exit 143' INT TERM HUP

mkdir -p "$stage"/{config,data,cache,state,tmp}
mkdir -m 0700 "$stage/run"
mkfifo "$stage/display" "$stage/address"
scene=(
  "$mark" HOME="$stage" TMPDIR="$stage/tmp" XDG_RUNTIME_DIR="$stage/run"
  XDG_CONFIG_HOME="$stage/config" XDG_DATA_HOME="$stage/data" XDG_CACHE_HOME="$stage/cache" XDG_STATE_HOME="$stage/state"
)

# Both say through a pipe where they are, once they are ready.
env "${scene[@]}" Xvfb -displayfd 3 -screen 0 "${KOMEK_STAGE_SCREEN:-1920x1920}x24" -nolisten tcp -noreset \
  3>"$stage/display" >"$stage/xvfb.log" 2>&1 &
xvfb=$!
read -r display <"$stage/display" || { cat "$stage/xvfb.log" >&2; echo "Xvfb did not start." >&2; exit 1; }
scene+=(DISPLAY=":$display")

env "${scene[@]}" dbus-daemon --session --nofork --nopidfile --address="unix:path=$stage/run/bus" --print-address=3 \
  3>"$stage/address" >"$stage/bus.log" 2>&1 &
bus=$!
read -r address <"$stage/address" || { cat "$stage/bus.log" >&2; echo "dbus-daemon did not start." >&2; exit 1; }
scene+=(DBUS_SESSION_BUS_ADDRESS="$address")

env "${scene[@]}" "$@" <&0 &
wait $!
status=$?

# What the bus started (the accessibility registry, say) is the stage's own and ends with it.
left_behind ()
{
  local id

  for id in $(processes_with "$mark"); do
    case $id in "$xvfb" | "$bus") continue ;; esac
    grep -qsz '^DBUS_STARTER_ADDRESS=' "/proc/$id/environ" || describe_process "$id"
  done
}

# A child may need a moment to see that its parent is gone.
for ((i = 0; i < 40; i++)); do
  left=$(left_behind)
  [ -n "$left" ] || break
  sleep 0.05
done
if [ -n "$left" ]; then
  printf 'left behind:\n%s\n' "$left" >&2
  status=1
fi
exit "$status"

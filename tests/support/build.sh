# SPDX-License-Identifier: GPL-3.0-or-later
# shellcheck shell=bash
#
# For tools that need the built programs: KOMEK_BUILD names another build folder than .build.

# build_programs TOP SECTION... installs what is missing, builds what is not current, and exports where the parts lie.
build_programs ()
{
  local top=$1 build=${KOMEK_BUILD:-$1/.build}
  shift

  "$top/app/install" build run test "$@" || return
  mkdir -p "$build"
  build=$(cd "$build" && pwd)
  if ! { { [ -e "$build/build.ninja" ] || meson setup "$build" "$top" -Dwerror=true; } && ninja -C "$build" all; } \
    >"$build/build.log" 2>&1; then
    tail -n 40 "$build/build.log" >&2
    echo "Komek could not be built; the end of $build/build.log stands above." >&2
    return 1
  fi
  export KOMEK_BUILD=$build
  export KOMEK_PROGRAM=$build/app/komek KOMEK_CITY_PROGRAM=$build/app/city/komek-city
  export KOMEK_LOCALE_DIR=$build/po GSETTINGS_SCHEMA_DIR=$build/data
}

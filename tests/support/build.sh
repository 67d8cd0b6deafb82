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
  "$top/app/build" "$build" -Dwerror=true all || return
  build=$(cd "$build" && pwd)
  export KOMEK_BUILD=$build
  export KOMEK_PROGRAM=$build/app/komek KOMEK_CITY_PROGRAM=$build/app/city/komek-city
  export KOMEK_LOCALE_DIR=$build/po GSETTINGS_SCHEMA_DIR=$build/data
}

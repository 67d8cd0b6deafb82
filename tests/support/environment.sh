# SPDX-License-Identifier: GPL-3.0-or-later
# shellcheck shell=bash
#
# The environment that all tests share, so that a developer's own settings decide nothing.
# Sourced twice, it does nothing: what a test sets for itself stays.

if [ -z "${KOMEK_TEST_ENVIRONMENT-}" ]; then
  unset DISPLAY WAYLAND_DISPLAY BROADWAY_DISPLAY GDK_BACKEND GDK_SCALE GDK_DPI_SCALE GDK_DEBUG
  unset GTK_THEME GTK_DEBUG GTK_MODULES GTK_IM_MODULE GTK_PATH XMODIFIERS ADW_DEBUG_COLOR_SCHEME
  unset LANG LANGUAGE LC_CTYPE LC_NUMERIC LC_TIME LC_COLLATE LC_MONETARY LC_MESSAGES
  unset G_MESSAGES_DEBUG GSETTINGS_SCHEMA_DIR NO_AT_BRIDGE AT_SPI_BUS_ADDRESS DBUS_SESSION_BUS_ADDRESS
  unset http_proxy https_proxy all_proxy HTTP_PROXY HTTPS_PROXY ALL_PROXY

  export KOMEK_TEST_ENVIRONMENT=1
  export LC_ALL=C.UTF-8 TZ=UTC
  export G_DEBUG=fatal-warnings,gc-friendly GSETTINGS_BACKEND=memory GIO_USE_VFS=local
  export GSK_RENDERER=cairo ADW_DISABLE_PORTAL=1
  # The system's own Python: others on the path lack GObject introspection.
  export PATH=/usr/sbin:/usr/bin:/sbin:/bin:$PATH
fi

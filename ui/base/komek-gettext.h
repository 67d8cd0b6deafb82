/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib/gi18n-lib.h>

/* GLib's header for libraries binds _() and C_() to our catalogue but leaves
 * ngettext() with the default one, which this program never sets. */
#undef ngettext
#define ngettext(one, many, n) g_dngettext (GETTEXT_PACKAGE, one, many, n)

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-error.h"

G_DEFINE_QUARK (komek-error-quark, komek_error)

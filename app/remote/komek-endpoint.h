/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

char *komek_endpoint_dup_base (const char *url);
char *komek_endpoint_choose (const char *url, const char *announced);
char *komek_endpoint_follow (const char *url, const char *asked, const char *answered);

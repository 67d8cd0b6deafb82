/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

const char *komek_wire_xml_check (const char *text, const char *end);
char *komek_wire_xml_clean (const char *text, const char *end);

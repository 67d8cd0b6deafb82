/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

/* What stands for а to я in the index of words, for FTS5 to take as letters. */
#define KOMEK_LETTERS                                                                              \
  "\001\002\003\004\005\006\007\010\011\012\013\014\015\016\017\020"                               \
  "\021\022\023\024\025\026\027\030\031\032\033\034\035\036\037\177"

void komek_letters_shorten (GString *text, gsize from);

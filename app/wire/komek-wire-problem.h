/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "komek-wire-format.h"

/**
 * KomekWireProblem:
 * @type: (nullable): an address that names the kind of problem; %NULL writes "about:blank"
 * @title: the kind of problem in words, the same each time
 * @status: of HTTP
 * @detail: (nullable): what it was this time
 * @instance: (nullable): an address of this occurrence
 * @code: (nullable): the kind of problem as one word for a program
 * @retryable: whether the same call may succeed later
 * @fields: (nullable) (array zero-terminated=1): names of the arguments that are wrong
 *
 * A problem as RFC 9457 has it, with three members of our own at its end.
 */
typedef struct
{
  const char        *type;
  const char        *title;
  guint              status;
  const char        *detail;
  const char        *instance;
  const char        *code;
  gboolean           retryable;
  const char *const *fields;
} KomekWireProblem;

const char *komek_wire_problem_get_type_name (KomekWireFormat format);
GBytes *komek_wire_write_problem (const KomekWireProblem *problem, KomekWireFormat format);

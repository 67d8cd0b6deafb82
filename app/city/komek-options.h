/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

/**
 * KomekOptions:
 * @address: where to listen
 * @database: the path of the database
 * @sample: how many requests to make up for an empty database, -1 where nobody said
 * @public_url: (nullable): where citizens find the web pages, without a slash at the end
 * @until_stdin_closes: whether to end with whoever started the program
 * @version: whether only the version is asked for
 *
 * What the command line says.
 */
typedef struct
{
  GSocketAddress *address;
  char           *database;
  int             sample;
  char           *public_url;
  gboolean        until_stdin_closes;
  gboolean        version;
} KomekOptions;

KomekOptions *komek_options_new (int *argc, char ***argv, GError **error);
void komek_options_free (KomekOptions *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (KomekOptions, komek_options_free)

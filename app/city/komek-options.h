/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "komek-proxies.h"
#include "komek-settings.h"
#include "komek-terms.h"

/**
 * KomekOptions:
 * @address: where to listen
 * @database: the path of the database
 * @sample: how many requests to make up for an empty database, -1 where nobody said
 * @public_url: (nullable): where citizens find the web pages, without a slash at the end
 * @terms: on which the city takes requests
 * @behind_proxy: whether strangers' calls come through a proxy, which alone makes other addresses
 *   than those of this machine safe to listen at
 * @proxies: whom to believe where a call comes from
 * @settings: what the server bears, and of whom
 * @add_key: (nullable): whether only a key is to be made, of this name
 * @add_key_role: of that key
 * @list_keys: whether only the keys are to be listed
 * @remove_key: (nullable): the id of the key that is only to be removed
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
  KomekTerms      terms;
  gboolean        behind_proxy;
  KomekProxies   *proxies;
  KomekSettings  *settings;
  char           *add_key;
  KomekRole       add_key_role;
  gboolean        list_keys;
  char           *remove_key;
  gboolean        until_stdin_closes;
  gboolean        version;
} KomekOptions;

KomekOptions *komek_options_new (int *argc, char ***argv, GError **error);
void komek_options_free (KomekOptions *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (KomekOptions, komek_options_free)

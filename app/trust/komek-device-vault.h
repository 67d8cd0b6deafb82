/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "komek-vault.h"

#define KOMEK_TYPE_DEVICE_VAULT (komek_device_vault_get_type ())
G_DECLARE_FINAL_TYPE (KomekDeviceVault, komek_device_vault, KOMEK, DEVICE_VAULT, GObject)

KomekVault *komek_device_vault_new (const char *path, const char *credential);

/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "komek-office.h"

#define KOMEK_TYPE_SETTLER (komek_settler_get_type ())
G_DECLARE_FINAL_TYPE (KomekSettler, komek_settler, KOMEK, SETTLER, GObject)

KomekSettler *komek_settler_new (KomekOffice *office);
void komek_settler_stop (KomekSettler *self);

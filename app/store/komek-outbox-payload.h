/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "komek-filing.h"
#include "komek-outbox-item.h"

GBytes *komek_outbox_payload_write (const KomekFilingFields *fields);
KomekFiling *komek_outbox_payload_read (GBytes *payload, const KomekOutboxItem *item,
                                        GError **error);

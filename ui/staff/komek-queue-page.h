/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "komek-page.h"

#define KOMEK_TYPE_QUEUE_PAGE (komek_queue_page_get_type ())
G_DECLARE_FINAL_TYPE (KomekQueuePage, komek_queue_page, KOMEK, QUEUE_PAGE, KomekPage)

KomekPage *komek_queue_page_new (KomekContext *context);

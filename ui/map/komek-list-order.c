/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-list-order.h"

G_DEFINE_ENUM_TYPE (KomekListOrder, komek_list_order,
                    G_DEFINE_ENUM_VALUE (KOMEK_LIST_NEWEST, "newest"),
                    G_DEFINE_ENUM_VALUE (KOMEK_LIST_NEAREST, "nearest"),
                    G_DEFINE_ENUM_VALUE (KOMEK_LIST_STREET, "street"),
                    G_DEFINE_ENUM_VALUE (KOMEK_LIST_DEADLINE, "deadline"))

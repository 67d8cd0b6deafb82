/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "komek-label.h"

/**
 * KomekServiceFields:
 * @code: the city's service code, always a string
 * @name: what it is called
 * @group: the code of its category, "" where the city groups nothing
 * @group_name: what the category is called
 * @keywords: (nullable): more words to find it by, in any language
 * @danger: lives may be at stake: show whom to call before asking anything
 * @needs_place: whether a point or an address is asked for
 * @metadata: whether the city asks further attributes
 * @days: the usual number of days to an answer, 0 where the city did not say
 *
 * What there is to know of a service; the strings are copied.
 */
typedef struct
{
  const char *code;
  KomekLabel *name;
  const char *group;
  KomekLabel *group_name;
  const char *keywords;
  gboolean    danger;
  gboolean    needs_place;
  gboolean    metadata;
  guint       days;
} KomekServiceFields;

#define KOMEK_TYPE_SERVICE (komek_service_get_type ())
G_DECLARE_FINAL_TYPE (KomekService, komek_service, KOMEK, SERVICE, GObject)

KomekService *komek_service_new (const KomekServiceFields *fields);
const char *komek_service_get_code (KomekService *self);
KomekLabel *komek_service_get_name (KomekService *self);
const char *komek_service_get_group (KomekService *self);
KomekLabel *komek_service_get_group_name (KomekService *self);
const char *komek_service_get_keywords (KomekService *self);
gboolean komek_service_is_danger (KomekService *self);
gboolean komek_service_needs_place (KomekService *self);
gboolean komek_service_has_metadata (KomekService *self);
guint komek_service_get_days (KomekService *self);
gboolean komek_service_equal (KomekService *a, KomekService *b);

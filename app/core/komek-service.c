/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-service.h"

#include <string.h>

/**
 * KomekService:
 *
 * One kind of problem that the city takes requests about, as the city names it.
 *
 * Immutable. A service is a sub-category of the citizen's two questions; its
 * group is the category.
 */
struct _KomekService
{
  GObject     parent;
  char       *code;
  KomekLabel *name;
  char       *group;
  KomekLabel *group_name;
  char       *keywords;
  gboolean    danger;
  gboolean    needs_place;
  gboolean    metadata;
  guint       days;
};

G_DEFINE_FINAL_TYPE (KomekService, komek_service, G_TYPE_OBJECT)

static void
komek_service_finalize (GObject *object)
{
  KomekService *self = KOMEK_SERVICE (object);

  g_free (self->code);
  g_clear_pointer (&self->name, komek_label_unref);
  g_free (self->group);
  g_clear_pointer (&self->group_name, komek_label_unref);
  g_free (self->keywords);
  G_OBJECT_CLASS (komek_service_parent_class)->finalize (object);
}

static void
komek_service_class_init (KomekServiceClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = komek_service_finalize;
}

static void
komek_service_init (KomekService *self)
{
}

/**
 * komek_service_new:
 *
 * Returns: (transfer full): a service of these fields
 */
KomekService *
komek_service_new (const KomekServiceFields *fields)
{
  KomekService *self = g_object_new (KOMEK_TYPE_SERVICE, NULL);

  self->code = g_strdup (fields->code);
  self->name = komek_label_ref (fields->name);
  self->group = g_strdup (fields->group ? fields->group : "");
  self->group_name = komek_label_ref (fields->group_name ? fields->group_name : fields->name);
  self->keywords = g_strdup (fields->keywords ? fields->keywords : "");
  self->danger = fields->danger;
  self->needs_place = fields->needs_place;
  self->metadata = fields->metadata;
  self->days = fields->days;
  return self;
}

const char *
komek_service_get_code (KomekService *self)
{
  return self->code;
}

KomekLabel *
komek_service_get_name (KomekService *self)
{
  return self->name;
}

/* Never NULL; "" where the city groups nothing. */
const char *
komek_service_get_group (KomekService *self)
{
  return self->group;
}

KomekLabel *
komek_service_get_group_name (KomekService *self)
{
  return self->group_name;
}

const char *
komek_service_get_keywords (KomekService *self)
{
  return self->keywords;
}

gboolean
komek_service_is_danger (KomekService *self)
{
  return self->danger;
}

gboolean
komek_service_needs_place (KomekService *self)
{
  return self->needs_place;
}

gboolean
komek_service_has_metadata (KomekService *self)
{
  return self->metadata;
}

/* Days to an answer as the city promises them; 0 where it did not. */
guint
komek_service_get_days (KomekService *self)
{
  return self->days;
}

/* Whether the city says the same of both. */
gboolean
komek_service_equal (KomekService *a, KomekService *b)
{
  return a == b
         || (strcmp (a->code, b->code) == 0 && komek_label_equal (a->name, b->name)
             && strcmp (a->group, b->group) == 0 && komek_label_equal (a->group_name, b->group_name)
             && strcmp (a->keywords, b->keywords) == 0 && a->danger == b->danger
             && a->needs_place == b->needs_place && a->metadata == b->metadata
             && a->days == b->days);
}

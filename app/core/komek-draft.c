/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-draft-private.h"

enum
{
  PROP_SERVICE = 1,
  PROP_PLACE,
  PROP_LANDMARK,
  PROP_TEXT,
  PROP_ANSWERS,
  PROP_PHOTOS,
  PROP_CONTACT,
  N_PROPS
};

static GParamSpec *props[N_PROPS];

G_DEFINE_FINAL_TYPE (KomekDraft, komek_draft, G_TYPE_OBJECT)

static void
change (KomekDraft *self, guint prop)
{
  g_clear_pointer (&self->key, g_free);
  g_object_notify_by_pspec (G_OBJECT (self), props[prop]);
}

static void
komek_draft_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  KomekDraft *self = KOMEK_DRAFT (object);

  switch (prop_id)
    {
    case PROP_SERVICE:
      g_value_set_object (value, self->service);
      break;
    case PROP_PLACE:
      g_value_set_boxed (value, self->place);
      break;
    case PROP_LANDMARK:
      g_value_set_string (value, self->landmark);
      break;
    case PROP_TEXT:
      g_value_set_string (value, self->text);
      break;
    case PROP_ANSWERS:
      g_value_set_boxed (value, komek_draft_answers_get_table (self->answers));
      break;
    case PROP_PHOTOS:
      g_value_set_boxed (value, self->photos);
      break;
    case PROP_CONTACT:
      g_value_set_boxed (value, self->contact);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
komek_draft_set_property (GObject *object, guint prop_id, const GValue *value, GParamSpec *pspec)
{
  KomekDraft *self = KOMEK_DRAFT (object);

  switch (prop_id)
    {
    case PROP_SERVICE:
      komek_draft_set_service (self, g_value_get_object (value));
      break;
    case PROP_PLACE:
      komek_draft_set_place (self, g_value_get_boxed (value));
      break;
    case PROP_LANDMARK:
      komek_draft_set_landmark (self, g_value_get_string (value));
      break;
    case PROP_TEXT:
      komek_draft_set_text (self, g_value_get_string (value));
      break;
    case PROP_CONTACT:
      komek_draft_set_contact (self, g_value_get_boxed (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
komek_draft_finalize (GObject *object)
{
  KomekDraft *self = KOMEK_DRAFT (object);

  g_clear_object (&self->service);
  g_clear_pointer (&self->place, komek_place_unref);
  g_free (self->landmark);
  g_free (self->text);
  komek_draft_answers_free (self->answers);
  g_ptr_array_unref (self->photos);
  g_clear_pointer (&self->contact, komek_contact_unref);
  g_free (self->key);
  G_OBJECT_CLASS (komek_draft_parent_class)->finalize (object);
}

static void
komek_draft_class_init (KomekDraftClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GParamFlags flags = G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;
  GParamFlags seen = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS;

  object_class->get_property = komek_draft_get_property;
  object_class->set_property = komek_draft_set_property;
  object_class->finalize = komek_draft_finalize;

  props[PROP_SERVICE] = g_param_spec_object ("service", NULL, NULL, KOMEK_TYPE_SERVICE, flags);
  props[PROP_PLACE] = g_param_spec_boxed ("place", NULL, NULL, KOMEK_TYPE_PLACE, flags);
  props[PROP_LANDMARK] = g_param_spec_string ("landmark", NULL, NULL, "", flags);
  props[PROP_TEXT] = g_param_spec_string ("text", NULL, NULL, "", flags);
  props[PROP_ANSWERS] = g_param_spec_boxed ("answers", NULL, NULL, G_TYPE_HASH_TABLE, seen);
  props[PROP_PHOTOS] = g_param_spec_boxed ("photos", NULL, NULL, G_TYPE_PTR_ARRAY, seen);
  props[PROP_CONTACT] = g_param_spec_boxed ("contact", NULL, NULL, KOMEK_TYPE_CONTACT, flags);
  g_object_class_install_properties (object_class, N_PROPS, props);
}

static void
komek_draft_init (KomekDraft *self)
{
  self->landmark = g_strdup ("");
  self->text = g_strdup ("");
  self->answers = komek_draft_answers_new ();
  self->photos = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);
}

KomekDraft *
komek_draft_new (void)
{
  return g_object_new (KOMEK_TYPE_DRAFT, NULL);
}

/**
 * komek_draft_get_service:
 *
 * Returns: (transfer none) (nullable): what it is about
 */
KomekService *
komek_draft_get_service (KomekDraft *self)
{
  g_return_val_if_fail (KOMEK_IS_DRAFT (self), NULL);

  return self->service;
}

/* Another service asks other questions: what was answered to those of the former one is dropped. */
void
komek_draft_set_service (KomekDraft *self, KomekService *service)
{
  gboolean same;

  g_return_if_fail (KOMEK_IS_DRAFT (self));

  same = self->service && service
         && g_str_equal (komek_service_get_code (self->service), komek_service_get_code (service));
  if (!g_set_object (&self->service, service))
    return;
  if (!same)
    komek_draft_answers_clear (self->answers);
  change (self, PROP_SERVICE);
}

/**
 * komek_draft_get_place:
 *
 * Returns: (transfer none) (nullable): where it is
 */
KomekPlace *
komek_draft_get_place (KomekDraft *self)
{
  g_return_val_if_fail (KOMEK_IS_DRAFT (self), NULL);

  return self->place;
}

void
komek_draft_set_place (KomekDraft *self, KomekPlace *place)
{
  g_return_if_fail (KOMEK_IS_DRAFT (self));

  if (self->place == place)
    return;
  g_clear_pointer (&self->place, komek_place_unref);
  self->place = place ? komek_place_ref (place) : NULL;
  change (self, PROP_PLACE);
}

/* What stands beside the place: "by the shop". Never NULL. */
const char *
komek_draft_get_landmark (KomekDraft *self)
{
  g_return_val_if_fail (KOMEK_IS_DRAFT (self), "");

  return self->landmark;
}

void
komek_draft_set_landmark (KomekDraft *self, const char *landmark)
{
  g_return_if_fail (KOMEK_IS_DRAFT (self));

  if (g_strcmp0 (self->landmark, landmark) == 0)
    return;
  g_free (self->landmark);
  self->landmark = g_strdup (landmark ? landmark : "");
  change (self, PROP_LANDMARK);
}

/* Never NULL. */
const char *
komek_draft_get_text (KomekDraft *self)
{
  g_return_val_if_fail (KOMEK_IS_DRAFT (self), "");

  return self->text;
}

void
komek_draft_set_text (KomekDraft *self, const char *text)
{
  g_return_if_fail (KOMEK_IS_DRAFT (self));

  if (g_strcmp0 (self->text, text) == 0)
    return;
  g_free (self->text);
  self->text = g_strdup (text ? text : "");
  change (self, PROP_TEXT);
}

/**
 * komek_draft_get_attributes:
 *
 * Returns: (transfer none) (element-type KomekAttribute): what the city asks for the service
 */
GPtrArray *
komek_draft_get_attributes (KomekDraft *self)
{
  g_return_val_if_fail (KOMEK_IS_DRAFT (self), NULL);

  return komek_draft_answers_get_attributes (self->answers);
}

/**
 * komek_draft_set_attributes:
 * @attributes: (element-type KomekAttribute): of the service that is chosen
 *
 * Says what has to be asked. Answers that were given already stay.
 */
void
komek_draft_set_attributes (KomekDraft *self, GPtrArray *attributes)
{
  g_return_if_fail (KOMEK_IS_DRAFT (self));

  komek_draft_answers_set_attributes (self->answers, attributes);
}

/**
 * komek_draft_get_answers:
 *
 * Returns: (transfer none) (element-type utf8 GStrv): answers by the codes of their attributes
 */
GHashTable *
komek_draft_get_answers (KomekDraft *self)
{
  g_return_val_if_fail (KOMEK_IS_DRAFT (self), NULL);

  return komek_draft_answers_get_table (self->answers);
}

/**
 * komek_draft_get_answer:
 *
 * Returns: (transfer none) (nullable): what was answered
 */
const char *const *
komek_draft_get_answer (KomekDraft *self, const char *code)
{
  g_return_val_if_fail (KOMEK_IS_DRAFT (self), NULL);

  return komek_draft_answers_get (self->answers, code);
}

/**
 * komek_draft_set_answer:
 * @values: (nullable): keys of a list, or one text; nothing but empty ones takes the answer back
 *
 * Answers an attribute.
 */
void
komek_draft_set_answer (KomekDraft *self, const char *code, const char *const *values)
{
  g_return_if_fail (KOMEK_IS_DRAFT (self));
  g_return_if_fail (code);

  if (komek_draft_answers_set (self->answers, code, values))
    change (self, PROP_ANSWERS);
}

/**
 * komek_draft_get_photos:
 *
 * Returns: (transfer none) (element-type GBytes): in the order in which they were added
 */
GPtrArray *
komek_draft_get_photos (KomekDraft *self)
{
  g_return_val_if_fail (KOMEK_IS_DRAFT (self), NULL);

  return self->photos;
}

/**
 * komek_draft_add_photo:
 * @photo: the bytes of a JPEG, PNG or WebP file
 *
 * Returns: %FALSE where there are %KOMEK_DRAFT_MAX_PHOTOS already, or it is
 *   empty or larger than %KOMEK_DRAFT_MAX_PHOTO_BYTES
 */
gboolean
komek_draft_add_photo (KomekDraft *self, GBytes *photo)
{
  gsize size;

  g_return_val_if_fail (KOMEK_IS_DRAFT (self), FALSE);

  size = g_bytes_get_size (photo);
  if (self->photos->len >= KOMEK_DRAFT_MAX_PHOTOS || size == 0
      || size > KOMEK_DRAFT_MAX_PHOTO_BYTES)
    return FALSE;
  g_ptr_array_add (self->photos, g_bytes_ref (photo));
  change (self, PROP_PHOTOS);
  return TRUE;
}

void
komek_draft_remove_photo (KomekDraft *self, guint position)
{
  g_return_if_fail (KOMEK_IS_DRAFT (self));
  g_return_if_fail (position < self->photos->len);

  g_ptr_array_remove_index (self->photos, position);
  change (self, PROP_PHOTOS);
}

/**
 * komek_draft_get_contact:
 *
 * Returns: (transfer none) (nullable): how to reach the citizen
 */
KomekContact *
komek_draft_get_contact (KomekDraft *self)
{
  g_return_val_if_fail (KOMEK_IS_DRAFT (self), NULL);

  return self->contact;
}

/**
 * komek_draft_set_contact:
 * @contact: (nullable): an empty one is none
 */
void
komek_draft_set_contact (KomekDraft *self, KomekContact *contact)
{
  g_return_if_fail (KOMEK_IS_DRAFT (self));

  if (contact && komek_contact_is_empty (contact))
    contact = NULL;
  if (self->contact == contact)
    return;
  g_clear_pointer (&self->contact, komek_contact_unref);
  self->contact = contact ? komek_contact_ref (contact) : NULL;
  change (self, PROP_CONTACT);
}

/**
 * komek_draft_get_key:
 *
 * Returns: (transfer none): a UUID that stays the same until an answer changes
 */
const char *
komek_draft_get_key (KomekDraft *self)
{
  g_return_val_if_fail (KOMEK_IS_DRAFT (self), NULL);

  if (!self->key)
    self->key = g_uuid_string_random ();
  return self->key;
}

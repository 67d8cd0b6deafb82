/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-draft.h"
#include "komek-error.h"

static KomekService *
make_service (gboolean needs_place)
{
  g_autoptr (KomekLabel) name = komek_label_new ("Шұңқыр", NULL, NULL);

  return komek_service_new (&(KomekServiceFields) { .code = "x", .name = name,
                                                    .needs_place = needs_place });
}

static KomekDraft *
make_draft (void)
{
  g_autoptr (KomekService) service = make_service (TRUE);
  g_autoptr (KomekPlace) place = komek_place_new (51.1, 71.4, "Абай, 1", NULL);
  KomekDraft *draft = komek_draft_new ();

  komek_draft_set_service (draft, service);
  komek_draft_set_place (draft, place);
  komek_draft_set_text (draft, "Терең");
  return draft;
}

static void
test_the_key_holds_until_an_answer_changes (void)
{
  g_autoptr (KomekDraft) draft = make_draft ();
  g_autofree char *first = g_strdup (komek_draft_get_key (draft));
  g_autofree char *second = NULL;

  g_assert_true (g_uuid_string_is_valid (first));
  komek_draft_set_text (draft, "Терең");
  g_assert_cmpstr (komek_draft_get_key (draft), ==, first);
  komek_draft_set_text (draft, "Терең шұңқыр");
  g_assert_cmpstr (komek_draft_get_key (draft), !=, first);

  second = g_strdup (komek_draft_get_key (draft));
  komek_draft_set_landmark (draft, "дүкен");
  g_assert_cmpstr (komek_draft_get_key (draft), !=, second);
}

static void
on_notify (GObject *object, GParamSpec *pspec, gpointer data)
{
  (*(guint *) data)++;
}

static void
test_only_a_change_is_told (void)
{
  g_autoptr (KomekDraft) draft = make_draft ();
  g_autoptr (KomekPlace) place = komek_place_ref (komek_draft_get_place (draft));
  guint told = 0;

  g_signal_connect (draft, "notify", G_CALLBACK (on_notify), &told);
  komek_draft_set_text (draft, "Терең");
  komek_draft_set_place (draft, place);
  komek_draft_set_service (draft, komek_draft_get_service (draft));
  komek_draft_set_landmark (draft, "");
  g_assert_cmpuint (told, ==, 0);
  komek_draft_set_text (draft, NULL);
  komek_draft_set_place (draft, NULL);
  g_assert_cmpuint (told, ==, 2);
  g_assert_cmpstr (komek_draft_get_text (draft), ==, "");
}

static void
test_the_landmark_stands_behind_the_address (void)
{
  g_autoptr (KomekDraft) draft = make_draft ();
  g_autofree char *plain = komek_draft_dup_address (draft);
  g_autofree char *both = NULL;
  g_autofree char *landmark = NULL;

  komek_draft_set_landmark (draft, "дүкен жанында");
  both = komek_draft_dup_address (draft);
  komek_draft_set_place (draft, NULL);
  landmark = komek_draft_dup_address (draft);

  g_assert_cmpstr (plain, ==, "Абай, 1");
  g_assert_cmpstr (both, ==, "Абай, 1 · дүкен жанында");
  g_assert_cmpstr (landmark, ==, "дүкен жанында");
}

static void
test_a_new_draft_is_empty (void)
{
  g_autoptr (KomekDraft) draft = komek_draft_new ();

  g_assert_true (komek_draft_is_empty (draft));
  komek_draft_set_landmark (draft, "x");
  g_assert_false (komek_draft_is_empty (draft));
}

static void
assert_incomplete (KomekDraft *draft)
{
  g_autoptr (GError) error = NULL;

  g_assert_false (komek_draft_check (draft, &error));
  g_assert_error (error, KOMEK_ERROR, KOMEK_ERROR_INCOMPLETE);
}

static void
test_a_draft_needs_what_the_city_needs (void)
{
  g_autoptr (KomekDraft) draft = make_draft ();
  g_autoptr (KomekPlace) address = komek_place_new_address ("Абай, 1", NULL);
  g_autoptr (KomekPlace) nothing = komek_place_new_address ("", NULL);
  g_autoptr (KomekService) anywhere = make_service (FALSE);

  g_assert_true (komek_draft_check (draft, NULL));
  komek_draft_set_place (draft, address);
  g_assert_true (komek_draft_check (draft, NULL));
  komek_draft_set_place (draft, nothing);
  assert_incomplete (draft);
  komek_draft_set_place (draft, NULL);
  assert_incomplete (draft);
  komek_draft_set_service (draft, anywhere);
  g_assert_true (komek_draft_check (draft, NULL));
  komek_draft_set_service (draft, NULL);
  assert_incomplete (draft);
}

static void
test_the_text_has_a_limit_in_letters (void)
{
  g_autoptr (KomekDraft) draft = make_draft ();
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < KOMEK_DRAFT_MAX_TEXT; i++)
    g_string_append (text, "ұ");
  komek_draft_set_text (draft, text->str);
  g_assert_true (komek_draft_check (draft, NULL));
  g_string_append (text, "ұ");
  komek_draft_set_text (draft, text->str);
  assert_incomplete (draft);
  komek_draft_set_text (draft, "");
  assert_incomplete (draft);
}

/* A question that a city asks, and an answer to it. */
static const struct
{
  const char        *name;
  KomekAttributeType type;
  gboolean           required;
  const char        *first, *second;
  gboolean           taken;
} answers[] = {
  { "text", KOMEK_ATTRIBUTE_TEXT, TRUE, "Көк", NULL, TRUE },
  { "none", KOMEK_ATTRIBUTE_STRING, TRUE, NULL, NULL, FALSE },
  { "blank", KOMEK_ATTRIBUTE_STRING, TRUE, "", NULL, FALSE },
  { "none-needed", KOMEK_ATTRIBUTE_STRING, FALSE, NULL, NULL, TRUE },
  { "number", KOMEK_ATTRIBUTE_NUMBER, TRUE, "-2.5", NULL, TRUE },
  { "no-number", KOMEK_ATTRIBUTE_NUMBER, TRUE, "two", NULL, FALSE },
  { "not-a-number", KOMEK_ATTRIBUTE_NUMBER, TRUE, "nan", NULL, FALSE },
  { "endless", KOMEK_ATTRIBUTE_NUMBER, TRUE, "inf", NULL, FALSE },
  { "day", KOMEK_ATTRIBUTE_DATETIME, TRUE, "2026-11-22", NULL, TRUE },
  { "time", KOMEK_ATTRIBUTE_DATETIME, TRUE, "2026-11-22T10:00:00+05:00", NULL, TRUE },
  { "no-time", KOMEK_ATTRIBUTE_DATETIME, FALSE, "22.11.26", NULL, FALSE },
  { "offered", KOMEK_ATTRIBUTE_SINGLE_VALUE_LIST, TRUE, "b", NULL, TRUE },
  { "not-offered", KOMEK_ATTRIBUTE_SINGLE_VALUE_LIST, TRUE, "c", NULL, FALSE },
  { "two-of-one", KOMEK_ATTRIBUTE_SINGLE_VALUE_LIST, TRUE, "a", "b", FALSE },
  { "two-of-many", KOMEK_ATTRIBUTE_MULTI_VALUE_LIST, TRUE, "a", "b", TRUE },
  { "one-too-strange", KOMEK_ATTRIBUTE_MULTI_VALUE_LIST, TRUE, "a", "c", FALSE },
};

static void
test_answers_are_checked (gconstpointer row)
{
  gsize i = GPOINTER_TO_SIZE (row);
  const char *const values[] = { answers[i].first, answers[i].second, NULL };
  g_autoptr (KomekDraft) draft = make_draft ();
  g_autoptr (KomekLabel) label = komek_label_new ("?", NULL, NULL);
  g_autoptr (GPtrArray) attributes = g_ptr_array_new_with_free_func ((GDestroyNotify) komek_attribute_unref);
  KomekAttribute *attribute = komek_attribute_new ("q", answers[i].type, TRUE, answers[i].required, label);
  g_autoptr (GError) error = NULL;

  komek_attribute_add_value (attribute, "a", label);
  komek_attribute_add_value (attribute, "b", label);
  g_ptr_array_add (attributes, attribute);
  komek_draft_set_attributes (draft, attributes);
  komek_draft_set_answer (draft, "q", values);
  g_assert_true (komek_draft_check (draft, &error) == answers[i].taken);
  if (!answers[i].taken)
    g_assert_error (error, KOMEK_ERROR, KOMEK_ERROR_INCOMPLETE);
}

static void
test_another_service_asks_anew (void)
{
  g_autoptr (KomekDraft) draft = make_draft ();
  g_autoptr (KomekService) same = make_service (TRUE);
  g_autoptr (KomekLabel) name = komek_label_new ("Шам", NULL, NULL);
  g_autoptr (KomekService) other = komek_service_new (&(KomekServiceFields) { .code = "y", .name = name });
  const char *const values[] = { "7", NULL };
  g_autofree char *key = NULL;

  komek_draft_set_answer (draft, "lift", values);
  key = g_strdup (komek_draft_get_key (draft));
  komek_draft_set_answer (draft, "lift", values);
  g_assert_cmpstr (komek_draft_get_key (draft), ==, key);
  komek_draft_set_service (draft, same);
  g_assert_cmpstr (komek_draft_get_answer (draft, "lift")[0], ==, "7");
  komek_draft_set_service (draft, other);
  g_assert_null (komek_draft_get_answer (draft, "lift"));
}

static void
test_five_photos_and_no_more (void)
{
  g_autoptr (KomekDraft) draft = komek_draft_new ();
  g_autoptr (GBytes) photo = g_bytes_new_static ("\xff\xd8", 2);
  g_autoptr (GBytes) nothing = g_bytes_new_static ("", 0);
  g_autofree char *huge = g_malloc0 (KOMEK_DRAFT_MAX_PHOTO_BYTES + 1);
  g_autoptr (GBytes) too_large = g_bytes_new_static (huge, KOMEK_DRAFT_MAX_PHOTO_BYTES + 1);

  g_assert_false (komek_draft_add_photo (draft, nothing));
  g_assert_false (komek_draft_add_photo (draft, too_large));
  for (guint i = 0; i < KOMEK_DRAFT_MAX_PHOTOS; i++)
    g_assert_true (komek_draft_add_photo (draft, photo));
  g_assert_false (komek_draft_add_photo (draft, photo));
  g_assert_false (komek_draft_is_empty (draft));
  komek_draft_remove_photo (draft, 2);
  g_assert_true (komek_draft_add_photo (draft, photo));
}

static void
test_a_contact_is_written_for_the_city (void)
{
  g_autoptr (KomekDraft) draft = komek_draft_new ();
  g_autoptr (KomekContact) contact = komek_contact_new ("Әсел", "+7 701", NULL);
  g_autoptr (KomekContact) empty = komek_contact_new ("", NULL, NULL);
  g_autofree char *form = komek_contact_write (contact);

  g_assert_cmpstr (form, ==, "name=%D3%98%D1%81%D0%B5%D0%BB&phone=%2B7%20701");
  komek_draft_set_contact (draft, contact);
  g_assert_true (komek_draft_get_contact (draft) == contact);
  komek_draft_set_contact (draft, empty);
  g_assert_null (komek_draft_get_contact (draft));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/draft/the-key-holds-until-an-answer-changes",
                   test_the_key_holds_until_an_answer_changes);
  g_test_add_func ("/draft/only-a-change-is-told", test_only_a_change_is_told);
  g_test_add_func ("/draft/the-landmark-stands-behind-the-address",
                   test_the_landmark_stands_behind_the_address);
  g_test_add_func ("/draft/a-new-one-is-empty", test_a_new_draft_is_empty);
  g_test_add_func ("/draft/needs-what-the-city-needs", test_a_draft_needs_what_the_city_needs);
  g_test_add_func ("/draft/the-text-has-a-limit-in-letters", test_the_text_has_a_limit_in_letters);
  for (gsize i = 0; i < G_N_ELEMENTS (answers); i++)
    {
      g_autofree char *path = g_strdup_printf ("/draft/checks-an-answer/%s", answers[i].name);

      g_test_add_data_func (path, GSIZE_TO_POINTER (i), test_answers_are_checked);
    }
  g_test_add_func ("/draft/another-service-asks-anew", test_another_service_asks_anew);
  g_test_add_func ("/draft/five-photos-and-no-more", test_five_photos_and_no_more);
  g_test_add_func ("/draft/a-contact-is-written-for-the-city", test_a_contact_is_written_for_the_city);
  return g_test_run ();
}

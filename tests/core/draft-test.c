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
  return g_test_run ();
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "request-fakes.h"

#include "komek-contact-page.h"
#include "komek-review-page.h"

/* The question that nobody has to answer: what is given reaches the draft and is shown masked,
 * what cannot be right is said, and one tap leaves nothing of it. */

#define FULL_PHONE "+77015550145"

typedef struct
{
  TestCity  *city;
  TestStage *stage;
} Fixture;

static void
set_up_over (Fixture *fixture, gboolean kiosk, gboolean extended)
{
  g_autoptr (KomekLabel) name = komek_label_new (NULL, NULL, "No light");
  KomekServiceFields fields = { .code = "LIG.dark", .name = name, .group = "LIG",
                                .group_name = name };

  fixture->city = test_city_new ("astana", NULL);
  test_city_add_service (fixture->city, &fields);
  if (!extended)
    test_city_forget_abilities (fixture->city);
  fixture->stage = test_stage_new (fixture->city, kiosk);
  komek_draft_set_service (komek_context_get_draft (fixture->stage->context),
                           komek_context_find_service (fixture->stage->context, "LIG.dark"));
  komek_draft_set_text (komek_context_get_draft (fixture->stage->context), "Dark");
}

static void
set_up (Fixture *fixture, gconstpointer kiosk)
{
  set_up_over (fixture, kiosk != NULL, TRUE);
}

static void
set_up_plain (Fixture *fixture, gconstpointer kiosk)
{
  set_up_over (fixture, kiosk != NULL, FALSE);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  gtk_window_set_child (GTK_WINDOW (fixture->stage->window), NULL);
  test_settle ();
  test_stage_free (fixture->stage);
}

static GtkWidget *
show_question (Fixture *fixture)
{
  KomekPage *page = komek_contact_page_new (fixture->stage->context);

  test_stage_show (fixture->stage, page);
  test_settle ();
  return GTK_WIDGET (page);
}

static KomekContact *
get_contact (Fixture *fixture)
{
  return komek_draft_get_contact (komek_context_get_draft (fixture->stage->context));
}

static GtkEditable *
find_field (GtkWidget *root, const char *name)
{
  GtkWidget *field = test_find_by_name (root, name);

  g_assert_nonnull (field);
  return GTK_EDITABLE (field);
}

static void
type (GtkWidget *root, const char *name, const char *text)
{
  gtk_editable_set_text (find_field (root, name), text);
  test_settle ();
}

static void
test_what_is_typed_is_in_the_draft (Fixture *fixture, gconstpointer data)
{
  GtkWidget *root = show_question (fixture);

  type (root, "phone", "8 (701) 555-01-45");
  type (root, "email", " asel@example.kz ");
  type (root, "name", "Әсел");
  g_assert_cmpstr (komek_contact_get_phone (get_contact (fixture)), ==, FULL_PHONE);
  g_assert_cmpstr (komek_contact_get_email (get_contact (fixture)), ==, "asel@example.kz");
  g_assert_cmpstr (komek_contact_get_name (get_contact (fixture)), ==, "Әсел");
  test_press (root, "Continue");
  g_assert_cmpstr (test_stage_get_last (fixture->stage), ==, "continue(review,)");

  /* The page is built anew when the language changes. */
  root = show_question (fixture);
  g_assert_cmpstr (gtk_editable_get_text (find_field (root, "phone")), ==, FULL_PHONE);
  g_assert_cmpstr (gtk_editable_get_text (find_field (root, "name")), ==, "Әсел");
}

static void
test_staying_anonymous_takes_all_away (Fixture *fixture, gconstpointer data)
{
  GtkWidget *root = show_question (fixture);

  type (root, "phone", FULL_PHONE);
  test_press (root, "Stay anonymous");
  g_assert_null (get_contact (fixture));
  g_assert_cmpstr (test_stage_get_last (fixture->stage), ==, "continue(review,)");
}

static void
test_nothing_is_an_answer (Fixture *fixture, gconstpointer data)
{
  test_press (show_question (fixture), "Continue");
  g_assert_null (get_contact (fixture));
  g_assert_cmpstr (test_stage_get_last (fixture->stage), ==, "continue(review,)");
}

static const struct
{
  const char *field, *text, *words;
} mistakes[] = {
  { "phone", "701 55", "This is not a telephone number" },
  { "email", "asel", "This is not an e-mail address" },
  { "name", "Әсел", "A name alone is not enough" },
};

static void
test_mistakes_are_said (Fixture *fixture, gconstpointer data)
{
  for (gsize i = 0; i < G_N_ELEMENTS (mistakes); i++)
    {
      GtkWidget *root = show_question (fixture);

      type (root, mistakes[i].field, mistakes[i].text);
      test_press (root, "Continue");
      g_assert_cmpuint (fixture->stage->gone->len, ==, 0);
      g_assert_true (test_comes (root, mistakes[i].words));
      g_assert_true (test_comes (root, "There is a problem"));
      /* What is being mended is no longer marked. */
      type (root, "phone", FULL_PHONE);
      g_assert_null (test_find_by_text (root, mistakes[i].words));
      komek_draft_set_contact (komek_context_get_draft (fixture->stage->context), NULL);
    }
}

/* With the keys that the kiosk draws, behind the country's code. */
static void
test_a_kiosk_takes_digits_by_touch (Fixture *fixture, gconstpointer data)
{
  static const char digits[] = "7015550145";
  GtkWidget *root = show_question (fixture);
  GtkWidget *pad = test_find_by_name (root, "pad");

  g_assert_cmpstr (gtk_editable_get_text (find_field (root, "phone")), ==, "+7 ");
  g_assert_null (get_contact (fixture));
  for (const char *digit = digits; *digit; digit++)
    gtk_widget_activate_action (pad, "pad.digit", "s", (const char[]) { *digit, '\0' });
  g_assert_cmpstr (komek_contact_get_phone (get_contact (fixture)), ==, FULL_PHONE);
}

/* Nothing that one person wrote comes back for the next. */
static void
test_nothing_can_be_undone (Fixture *fixture, gconstpointer data)
{
  GtkWidget *root = show_question (fixture);
  static const char *const names[] = { "phone", "email", "name" };

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      GtkEditable *field = find_field (root, names[i]);

      type (root, names[i], "850101399991");
      gtk_editable_set_text (field, "");
      gtk_widget_activate_action (GTK_WIDGET (gtk_editable_get_delegate (field)), "text.undo",
                                  NULL);
      g_assert_cmpstr (gtk_editable_get_text (field), ==, "");
    }
}

static void
test_what_becomes_of_it_is_said (Fixture *fixture, gconstpointer data)
{
  g_assert_nonnull (test_find_by_text (show_question (fixture), "nobody but the city can open it"));
}

static void
test_a_city_without_a_key_promises_less (Fixture *fixture, gconstpointer data)
{
  g_assert_nonnull (
    test_find_by_text (show_question (fixture), "It is kept locked on this device"));
}

static GtkWidget *
show_review (Fixture *fixture, KomekSending *sending)
{
  KomekPage *page = komek_review_page_new (fixture->stage->context, sending);

  test_stage_show (fixture->stage, page);
  test_settle ();
  return GTK_WIDGET (page);
}

static void
test_review_shows_it_masked (Fixture *fixture, gconstpointer data)
{
  KomekDraft *draft = komek_context_get_draft (fixture->stage->context);
  g_autoptr (KomekSending) sending = komek_sending_new (fixture->stage->context);
  g_autoptr (KomekContact) contact = komek_contact_new ("Әсел", FULL_PHONE, NULL);
  GtkWidget *root = show_review (fixture, sending);

  g_assert_nonnull (test_find_by_text (root, "Anonymous"));
  komek_draft_set_contact (draft, contact);
  test_settle ();
  g_assert_nonnull (test_find_by_text (root, "+7 7••• •••45"));
  g_assert_null (test_find_by_text (root, "5550145"));
  g_assert_null (test_find_by_text (root, "Әсел"));
}

static void
test_half_a_number_is_not_sent (Fixture *fixture, gconstpointer data)
{
  g_autoptr (KomekSending) sending = komek_sending_new (fixture->stage->context);
  g_autoptr (KomekContact) half = komek_contact_new (NULL, "+7701", NULL);
  GtkWidget *root;

  komek_draft_set_contact (komek_context_get_draft (fixture->stage->context), half);
  root = show_review (fixture, sending);
  test_press (root, "Send to 109");
  g_assert_cmpuint (test_city_get_n_submitted (fixture->city), ==, 0);
  g_assert_cmpstr (test_stage_get_last (fixture->stage), ==, "open(contact,)");
  g_assert_true (test_comes (show_question (fixture), "This is not a telephone number"));
}

int
main (int argc, char *argv[])
{
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();

#define TEST(path, kiosk, function) \
  g_test_add ("/ui/file/contact/" path, Fixture, GINT_TO_POINTER (kiosk), set_up, function, \
              tear_down)
  TEST ("what-is-typed-is-in-the-draft", FALSE, test_what_is_typed_is_in_the_draft);
  TEST ("staying-anonymous-takes-all-away", FALSE, test_staying_anonymous_takes_all_away);
  TEST ("nothing-is-an-answer/desk", FALSE, test_nothing_is_an_answer);
  TEST ("nothing-is-an-answer/kiosk", TRUE, test_nothing_is_an_answer);
  TEST ("mistakes-are-said", TRUE, test_mistakes_are_said);
  TEST ("a-kiosk-takes-digits-by-touch", TRUE, test_a_kiosk_takes_digits_by_touch);
  TEST ("nothing-can-be-undone", TRUE, test_nothing_can_be_undone);
  TEST ("what-becomes-of-it-is-said", TRUE, test_what_becomes_of_it_is_said);
  TEST ("review-shows-it-masked", TRUE, test_review_shows_it_masked);
  TEST ("half-a-number-is-not-sent", TRUE, test_half_a_number_is_not_sent);
  g_test_add ("/ui/file/contact/a-city-without-a-key-promises-less", Fixture, NULL, set_up_plain,
              test_a_city_without_a_key_promises_less, tear_down);
#undef TEST

  return g_test_run ();
}

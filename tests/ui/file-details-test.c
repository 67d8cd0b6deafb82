/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "request-fakes.h"

#include "komek-details-page.h"
#include "komek-review-page.h"
#include "komek-sending.h"

/* What a city asks beyond place and text: every kind of answer reaches the draft, what is
 * required is asked for, and what is not known here stops nobody. */

typedef struct
{
  TestCity  *city;
  TestStage *stage;
} Fixture;

static void
add (GPtrArray *attributes, const char *code, KomekAttributeType type, gboolean variable, gboolean required,
     const char *question)
{
  g_autoptr (KomekLabel) label = komek_label_new (NULL, NULL, question);
  KomekAttribute *attribute = komek_attribute_new (code, type, variable, required, label);

  if (type == KOMEK_ATTRIBUTE_SINGLE_VALUE_LIST || type == KOMEK_ATTRIBUTE_MULTI_VALUE_LIST)
    for (const char *const *key = (const char *const[]) { "one", "two", "three", NULL }; *key; key++)
      {
        g_autofree char *name = g_strdup_printf ("%s: %s", question, *key);
        g_autoptr (KomekLabel) value = komek_label_new (NULL, NULL, name);

        komek_attribute_add_value (attribute, *key, value);
      }
  g_ptr_array_add (attributes, attribute);
}

static GPtrArray *
make_definition (void)
{
  GPtrArray *attributes = g_ptr_array_new_with_free_func ((GDestroyNotify) komek_attribute_unref);

  add (attributes, "read", KOMEK_ATTRIBUTE_STRING, FALSE, FALSE, "Stay away from the wire");
  add (attributes, "pole", KOMEK_ATTRIBUTE_STRING, TRUE, FALSE, "Number on the pole");
  add (attributes, "dark", KOMEK_ATTRIBUTE_NUMBER, TRUE, TRUE, "How many lamps are dark?");
  add (attributes, "since", KOMEK_ATTRIBUTE_DATETIME, TRUE, FALSE, "Since when?");
  add (attributes, "more", KOMEK_ATTRIBUTE_TEXT, TRUE, FALSE, "What else?");
  add (attributes, "kind", KOMEK_ATTRIBUTE_SINGLE_VALUE_LIST, TRUE, TRUE, "Kind");
  add (attributes, "signs", KOMEK_ATTRIBUTE_MULTI_VALUE_LIST, TRUE, FALSE, "Signs");
  return attributes;
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autoptr (KomekLabel) name = komek_label_new (NULL, NULL, "No light");
  KomekServiceFields fields = { .code = "LIG.dark", .name = name, .group = "LIG", .group_name = name,
                                .needs_place = TRUE, .metadata = TRUE };

  fixture->city = test_city_new ("astana", NULL);
  test_city_add_service (fixture->city, &fields);
  fixture->stage = test_stage_new (fixture->city, TRUE);
  komek_draft_set_service (komek_context_get_draft (fixture->stage->context),
                           komek_context_find_service (fixture->stage->context, "LIG.dark"));
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  gtk_window_set_child (GTK_WINDOW (fixture->stage->window), NULL);
  test_settle ();
  test_stage_free (fixture->stage);
}

static GtkWidget *
show (Fixture *fixture, KomekPage *page)
{
  test_stage_show (fixture->stage, page);
  test_settle ();
  return GTK_WIDGET (page);
}

static GtkWidget *
show_details (Fixture *fixture)
{
  return show (fixture, komek_details_page_new (fixture->stage->context));
}

/* The field below the question @text: the first of its type in the same box. */
static GtkWidget *
find_field (GtkWidget *root, const char *text, GType type)
{
  GtkWidget *label = test_find_by_text (root, text);
  g_autoptr (GQueue) queue = g_queue_new ();
  GtkWidget *widget;

  g_assert_nonnull (label);
  g_queue_push_tail (queue, gtk_widget_get_parent (label));
  while ((widget = g_queue_pop_head (queue)))
    {
      if (G_TYPE_CHECK_INSTANCE_TYPE (widget, type))
        return widget;
      for (GtkWidget *child = gtk_widget_get_first_child (widget); child; child = gtk_widget_get_next_sibling (child))
        g_queue_push_tail (queue, child);
    }
  g_assert_not_reached ();
}

static gboolean
sees (GtkWidget *root, const char *text)
{
  GtkWidget *found = test_find_by_text (root, text);

  return found && test_is_seen (found);
}

static GtkWidget *
find_choice (GtkWidget *root, const char *text)
{
  return gtk_widget_get_ancestor (test_find_by_text (root, text), GTK_TYPE_CHECK_BUTTON);
}

static char *
get_answer (Fixture *fixture, const char *code)
{
  const char *const *answer = komek_draft_get_answer (komek_context_get_draft (fixture->stage->context), code);

  return answer ? g_strjoinv ("+", (char **) answer) : g_strdup ("-");
}

#define assert_answer(fixture, code, expected) \
  G_STMT_START { g_autofree char *is_ = get_answer (fixture, code); g_assert_cmpstr (is_, ==, expected); } G_STMT_END

static void
fill (Fixture *fixture, GtkWidget *root)
{
  gtk_editable_set_text (GTK_EDITABLE (find_field (root, "Number on the pole", GTK_TYPE_ENTRY)), "  17-A ");
  gtk_editable_set_text (GTK_EDITABLE (find_field (root, "How many lamps are dark?", GTK_TYPE_ENTRY)), "2,5");
  gtk_check_button_set_active (GTK_CHECK_BUTTON (find_field (root, "Since when?", GTK_TYPE_CHECK_BUTTON)), TRUE);
  gtk_text_buffer_set_text (
    gtk_text_view_get_buffer (GTK_TEXT_VIEW (find_field (root, "What else?", GTK_TYPE_TEXT_VIEW))), "Ұшқын", -1);
  gtk_check_button_set_active (GTK_CHECK_BUTTON (find_choice (root, "Kind: one")), TRUE);
  gtk_check_button_set_active (GTK_CHECK_BUTTON (find_choice (root, "Kind: two")), TRUE);
  gtk_check_button_set_active (GTK_CHECK_BUTTON (find_choice (root, "Signs: one")), TRUE);
  gtk_check_button_set_active (GTK_CHECK_BUTTON (find_choice (root, "Signs: three")), TRUE);
}

static void
test_every_kind_of_answer_reaches_the_draft (Fixture *fixture, gconstpointer data)
{
  GtkWidget *root;

  test_city_set_definition (fixture->city, make_definition ());
  root = show_details (fixture);
  fill (fixture, root);

  assert_answer (fixture, "pole", "17-A");
  assert_answer (fixture, "dark", "2.5");
  assert_answer (fixture, "since", "2026-11-21T10:00:00+05");
  assert_answer (fixture, "more", "Ұшқын");
  assert_answer (fixture, "kind", "two");
  assert_answer (fixture, "signs", "one+three");
  test_press (root, "Continue");
  g_assert_cmpstr (test_stage_get_last (fixture->stage), ==, "continue(place,)");
}

static void
test_answers_are_there_again (Fixture *fixture, gconstpointer data)
{
  GtkWidget *root;

  test_city_set_definition (fixture->city, make_definition ());
  fill (fixture, show_details (fixture));
  root = show_details (fixture);

  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (find_field (root, "Number on the pole", GTK_TYPE_ENTRY))),
                   ==, "17-A");
  g_assert_true (gtk_check_button_get_active (GTK_CHECK_BUTTON (find_choice (root, "Kind: two"))));
  g_assert_false (gtk_check_button_get_active (GTK_CHECK_BUTTON (find_choice (root, "Kind: one"))));
  g_assert_true (gtk_check_button_get_active (GTK_CHECK_BUTTON (find_choice (root, "Signs: three"))));
  g_assert_nonnull (test_find_by_text (root, "21 Nov 2026, 10:00"));
}

static void
test_what_is_required_is_asked_for (Fixture *fixture, gconstpointer data)
{
  GtkWidget *root;

  test_city_set_definition (fixture->city, make_definition ());
  root = show_details (fixture);
  g_assert_nonnull (test_find_by_text (root, "Number on the pole (not required)"));
  gtk_editable_set_text (GTK_EDITABLE (find_field (root, "How many lamps are dark?", GTK_TYPE_ENTRY)), "many");
  test_press (root, "Continue");

  g_assert_cmpuint (fixture->stage->gone->len, ==, 0);
  g_assert_true (test_comes (root, "There is a problem"));
  g_assert_true (sees (root, "Please enter a number in digits."));
  g_assert_true (sees (root, "Please answer this question."));

  /* What is mended is no longer marked. */
  gtk_editable_set_text (GTK_EDITABLE (find_field (root, "How many lamps are dark?", GTK_TYPE_ENTRY)), "3");
  test_settle ();
  g_assert_false (sees (root, "Please enter a number in digits."));
  gtk_check_button_set_active (GTK_CHECK_BUTTON (find_choice (root, "Kind: one")), TRUE);
  test_press (root, "Continue");
  g_assert_cmpstr (test_stage_get_last (fixture->stage), ==, "continue(place,)");
}

/* Whoever must say when finds the present hour there. */
static void
test_a_required_time_is_there_at_once (Fixture *fixture, gconstpointer data)
{
  GPtrArray *attributes = g_ptr_array_new_with_free_func ((GDestroyNotify) komek_attribute_unref);
  GtkWidget *root;

  add (attributes, "since", KOMEK_ATTRIBUTE_DATETIME, TRUE, TRUE, "Since when?");
  test_city_set_definition (fixture->city, attributes);
  root = show_details (fixture);
  assert_answer (fixture, "since", "2026-11-21T10:00:00+05");
  gtk_spin_button_set_value (GTK_SPIN_BUTTON (find_field (root, "Since when?", GTK_TYPE_SPIN_BUTTON)), 2);
  assert_answer (fixture, "since", "2026-11-19T10:00:00+05");
}

static void
test_unknown_questions_stop_nobody (Fixture *fixture, gconstpointer data)
{
  GtkWidget *root = show_details (fixture);

  g_assert_true (test_comes (root, "not on this device yet"));
  test_press (root, "Continue");
  g_assert_cmpstr (test_stage_get_last (fixture->stage), ==, "continue(place,)");
}

static void
test_review_says_them (Fixture *fixture, gconstpointer data)
{
  g_autoptr (KomekSending) sending = komek_sending_new (fixture->stage->context);
  GtkWidget *root;

  test_city_set_definition (fixture->city, make_definition ());
  fill (fixture, show_details (fixture));
  root = show (fixture, komek_review_page_new (fixture->stage->context, sending));

  g_assert_nonnull (test_find_by_text (root, "5 / 5 · Report a problem"));
  g_assert_nonnull (test_find_by_text (root, "17-A"));
  g_assert_nonnull (test_find_by_text (root, "21 Nov 2026, 10:00"));
  g_assert_nonnull (test_find_by_text (root, "Kind: two"));
  g_assert_nonnull (test_find_by_text (root, "Signs: one, Signs: three"));
}

int
main (int argc, char *argv[])
{
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();

#define TEST(path, function) g_test_add (path, Fixture, NULL, set_up, function, tear_down)
  TEST ("/ui/file/details/every-kind-of-answer-reaches-the-draft", test_every_kind_of_answer_reaches_the_draft);
  TEST ("/ui/file/details/answers-are-there-again", test_answers_are_there_again);
  TEST ("/ui/file/details/what-is-required-is-asked-for", test_what_is_required_is_asked_for);
  TEST ("/ui/file/details/a-required-time-is-there-at-once", test_a_required_time_is_there_at_once);
  TEST ("/ui/file/details/unknown-questions-stop-nobody", test_unknown_questions_stop_nobody);
  TEST ("/ui/file/details/review-says-them", test_review_says_them);
#undef TEST

  return g_test_run ();
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-column.h"

/* Words that need 6000 square pixels, and remember whether they were asked how wide they are for a
 * height, which real words find out by trying. */
#define AREA 6000
#define LEAST 40
#define MOST 600

#define TEST_TYPE_WORDS (test_words_get_type ())
G_DECLARE_FINAL_TYPE (TestWords, test_words, TEST, WORDS, GtkWidget)

struct _TestWords
{
  GtkWidget parent;
  gboolean  tried;
};

G_DEFINE_FINAL_TYPE (TestWords, test_words, GTK_TYPE_WIDGET)

static GtkSizeRequestMode
test_words_get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
test_words_measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum,
                    int *natural, int *minimum_baseline, int *natural_baseline)
{
  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    {
      TEST_WORDS (widget)->tried |= for_size >= 0;
      *minimum = for_size >= 0 ? MAX (LEAST, AREA / MAX (1, for_size)) : LEAST;
      *natural = MAX (*minimum, MOST);
      return;
    }
  /* Of no width in particular: what they have where they are widest, for that is the least. */
  *minimum = *natural = AREA / (for_size >= 0 ? MAX (LEAST, for_size) : MOST);
}

static void
test_words_class_init (TestWordsClass *klass)
{
  GTK_WIDGET_CLASS (klass)->get_request_mode = test_words_get_request_mode;
  GTK_WIDGET_CLASS (klass)->measure = test_words_measure;
}

static void
test_words_init (TestWords *self)
{
}

/* As the panel of the map has them: in the middle, beside a button, on the page of a stack. */
static TestWords *
lay_out (GtkWidget *around)
{
  GtkWidget *window = gtk_window_new ();
  GtkWidget *stack = gtk_stack_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  GtkWidget *words = g_object_new (TEST_TYPE_WORDS, NULL);

  if (around)
    gtk_widget_set_parent (words, around);
  gtk_widget_set_hexpand (around ? around : words, TRUE);
  gtk_widget_set_valign (around ? around : words, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (box), around ? around : words);
  gtk_box_append (GTK_BOX (box), gtk_button_new_with_label ("The newest"));
  gtk_stack_add_child (GTK_STACK (stack), box);
  gtk_window_set_child (GTK_WINDOW (window), stack);
  gtk_window_set_default_size (GTK_WINDOW (window), 400, 300);
  gtk_window_present (GTK_WINDOW (window));
  while (gtk_widget_get_width (words) == 0)
    g_main_context_iteration (NULL, TRUE);
  return TEST_WORDS (words);
}

static void
end (TestWords *words)
{
  gtk_window_destroy (GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (words))));
}

static void
nobody_asks_words_for_a_width (void)
{
  TestWords *bare = lay_out (NULL);
  TestWords *held = lay_out (g_object_new (KOMEK_TYPE_COLUMN, NULL));

  /* Else there is nothing to keep from them. Newer GTKs do not try in this place any more. */
  g_assert_true (bare->tried || gtk_get_minor_version () > 8);
  g_assert_false (held->tried);
  end (bare);
  end (held);
}

static void
words_have_the_same_place (void)
{
  TestWords *bare = lay_out (NULL);
  TestWords *held = lay_out (g_object_new (KOMEK_TYPE_COLUMN, NULL));
  int width = gtk_widget_get_width (GTK_WIDGET (bare));

  g_assert_cmpint (gtk_widget_get_width (GTK_WIDGET (held)), ==, width);
  g_assert_cmpint (gtk_widget_get_height (GTK_WIDGET (held)), ==, AREA / width);
  g_assert_cmpint (gtk_widget_get_height (GTK_WIDGET (bare)), ==, AREA / width);
  end (bare);
  end (held);
}

int
main (int argc, char **argv)
{
  gtk_test_init (&argc, &argv);
  g_test_add_func ("/column/nobody-asks-words-for-a-width", nobody_asks_words_for_a_width);
  g_test_add_func ("/column/words-have-the-same-place", words_have_the_same_place);
  return g_test_run ();
}

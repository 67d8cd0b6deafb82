/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-question.h"

#include "komek-gettext.h"

/**
 * KomekQuestion:
 *
 * The head of one question of filing, with whatever answers it below: which step this is, the
 * question, a hint, and room for what is wrong.
 */
struct _KomekQuestion
{
  GtkBox       parent;
  GtkLabel    *step;
  GtkLabel    *title;
  GtkLabel    *hint;
  KomekNotice *notice;
};

enum
{
  PROP_TITLE = 1,
  PROP_HINT,
  N_PROPS
};

static GParamSpec *props[N_PROPS];

G_DEFINE_FINAL_TYPE (KomekQuestion, komek_question, GTK_TYPE_BOX)

static void
komek_question_set_property (GObject *object, guint prop_id, const GValue *value, GParamSpec *pspec)
{
  KomekQuestion *self = KOMEK_QUESTION (object);

  switch (prop_id)
    {
    case PROP_TITLE:
      komek_question_set_title (self, g_value_get_string (value));
      break;
    case PROP_HINT:
      gtk_label_set_label (self->hint, g_value_get_string (value));
      gtk_widget_set_visible (GTK_WIDGET (self->hint), TRUE);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
komek_question_class_init (KomekQuestionClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GParamFlags flags = G_PARAM_WRITABLE | G_PARAM_STATIC_STRINGS;

  object_class->set_property = komek_question_set_property;

  props[PROP_TITLE] = g_param_spec_string ("title", NULL, NULL, NULL, flags);
  props[PROP_HINT] = g_param_spec_string ("hint", NULL, NULL, NULL, flags);
  g_object_class_install_properties (object_class, N_PROPS, props);
}

static GtkLabel *
add_label (KomekQuestion *self, const char *css_class)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_widget_add_css_class (label, css_class);
  gtk_box_append (GTK_BOX (self), label);
  return GTK_LABEL (label);
}

static GtkLabel *
add_heading (KomekQuestion *self)
{
  GtkWidget *label =
    g_object_new (GTK_TYPE_LABEL, "accessible-role", GTK_ACCESSIBLE_ROLE_HEADING, "xalign", 0.0,
                  "wrap", TRUE, "wrap-mode", PANGO_WRAP_WORD_CHAR, NULL);

  gtk_widget_add_css_class (label, "title");
  gtk_box_append (GTK_BOX (self), label);
  return GTK_LABEL (label);
}

static void
komek_question_init (KomekQuestion *self)
{
  gtk_orientable_set_orientation (GTK_ORIENTABLE (self), GTK_ORIENTATION_VERTICAL);
  gtk_widget_add_css_class (GTK_WIDGET (self), "question");

  self->step = add_label (self, "label");
  gtk_widget_add_css_class (GTK_WIDGET (self->step), "dim");
  self->title = add_heading (self);
  self->hint = add_label (self, "dim");
  gtk_widget_set_visible (GTK_WIDGET (self->hint), FALSE);
  self->notice = KOMEK_NOTICE (komek_notice_new ());
  gtk_box_append (GTK_BOX (self), GTK_WIDGET (self->notice));
}

/* Where the page says what is wrong with the answer. */
KomekNotice *
komek_question_get_notice (KomekQuestion *self)
{
  g_return_val_if_fail (KOMEK_IS_QUESTION (self), NULL);

  return self->notice;
}

void
komek_question_set_title (KomekQuestion *self, const char *title)
{
  g_return_if_fail (KOMEK_IS_QUESTION (self));

  gtk_label_set_label (self->title, title);
}

/**
 * komek_question_set_step:
 * @step: the question's number, from 1
 * @steps: how many there are
 */
void
komek_question_set_step (KomekQuestion *self, int step, int steps)
{
  g_autofree char *text = NULL;

  g_return_if_fail (KOMEK_IS_QUESTION (self));

  /* Translators: %1$d is the question's number, %2$d how many there are, %3$s what it is all for.
   */
  text = g_strdup_printf (_("%1$d / %2$d · %3$s"), step, steps, _("Report a problem"));
  gtk_label_set_label (self->step, text);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-detail-choice.h"

#include "komek-option.h"

/**
 * KomekDetailChoice:
 *
 * Takes one or several of the answers that the city offers; each is a button of its own,
 * so that nothing has to be opened and everything is read before it is chosen.
 */
struct _KomekDetailChoice
{
  KomekDetail parent;
  GtkWidget  *choices;
};

G_DEFINE_FINAL_TYPE (KomekDetailChoice, komek_detail_choice, KOMEK_TYPE_DETAIL)

static gboolean
is_single (KomekAttribute *attribute)
{
  return komek_attribute_get_datatype (attribute) == KOMEK_ATTRIBUTE_SINGLE_VALUE_LIST;
}

static gboolean
is_chosen (const char *const *answer, const char *key)
{
  return answer && g_strv_contains (answer, key);
}

static GtkWidget *
build_choice (KomekDetail *detail, guint position, GtkWidget *group, const char *const *answer)
{
  KomekAttribute *attribute = komek_detail_get_attribute (detail);
  KomekLocale *locale = komek_context_get_locale (komek_detail_get_context (detail));
  const char *name =
    komek_locale_label (locale, komek_attribute_get_value_name (attribute, position));
  GtkWidget *choice = komek_option_new (
    is_single (attribute) ? GTK_ACCESSIBLE_ROLE_RADIO : GTK_ACCESSIBLE_ROLE_CHECKBOX, name);

  gtk_widget_add_css_class (choice, "choice");
  if (group)
    gtk_check_button_set_group (GTK_CHECK_BUTTON (choice), GTK_CHECK_BUTTON (group));
  gtk_check_button_set_active (GTK_CHECK_BUTTON (choice),
                               is_chosen (answer,
                                          komek_attribute_get_value_key (attribute, position)));
  g_signal_connect_object (choice, "toggled", G_CALLBACK (komek_detail_changed), detail,
                           G_CONNECT_SWAPPED);
  return choice;
}

static GtkWidget *
komek_detail_choice_build (KomekDetail *detail, const char *const *answer)
{
  KomekDetailChoice *self = KOMEK_DETAIL_CHOICE (detail);
  KomekAttribute *attribute = komek_detail_get_attribute (detail);
  gboolean single = is_single (attribute);
  GtkWidget *first = NULL;

  self->choices =
    g_object_new (GTK_TYPE_BOX, "orientation", GTK_ORIENTATION_VERTICAL, "accessible-role",
                  single ? GTK_ACCESSIBLE_ROLE_RADIO_GROUP : GTK_ACCESSIBLE_ROLE_GROUP, NULL);
  gtk_widget_add_css_class (self->choices, "choices");
  for (guint i = 0; i < komek_attribute_get_n_values (attribute); i++)
    {
      GtkWidget *choice = build_choice (detail, i, single ? first : NULL, answer);

      if (!first)
        first = choice;
      gtk_box_append (GTK_BOX (self->choices), choice);
    }
  komek_detail_name (detail, self->choices);
  gtk_box_append (GTK_BOX (detail), self->choices);
  return self->choices;
}

static GStrv
komek_detail_choice_dup_answer (KomekDetail *detail)
{
  KomekAttribute *attribute = komek_detail_get_attribute (detail);
  GtkWidget *choice = gtk_widget_get_first_child (KOMEK_DETAIL_CHOICE (detail)->choices);
  g_autoptr (GStrvBuilder) answer = g_strv_builder_new ();

  for (guint i = 0; choice; i++, choice = gtk_widget_get_next_sibling (choice))
    if (gtk_check_button_get_active (GTK_CHECK_BUTTON (choice)))
      g_strv_builder_add (answer, komek_attribute_get_value_key (attribute, i));
  return g_strv_builder_end (answer);
}

static void
komek_detail_choice_class_init (KomekDetailChoiceClass *klass)
{
  KOMEK_DETAIL_CLASS (klass)->build = komek_detail_choice_build;
  KOMEK_DETAIL_CLASS (klass)->dup_answer = komek_detail_choice_dup_answer;
}

static void
komek_detail_choice_init (KomekDetailChoice *self)
{
}

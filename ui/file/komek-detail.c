/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-detail.h"

#include "komek-detail-choice.h"
#include "komek-detail-line.h"
#include "komek-detail-text.h"
#include "komek-detail-time.h"
#include "komek-gettext.h"

/**
 * KomekDetail:
 *
 * One more question that the city asks for a service, what takes the answer, and what is wrong with
 * it.
 *
 * Whatever is answered goes into the draft at once.
 */
typedef struct
{
  KomekContext   *context;
  KomekAttribute *attribute;
  GtkWidget      *title;
  GtkWidget      *mistake;
  GtkWidget      *field;
} KomekDetailPrivate;

G_DEFINE_ABSTRACT_TYPE_WITH_PRIVATE (KomekDetail, komek_detail, GTK_TYPE_BOX)

static void
komek_detail_dispose (GObject *object)
{
  KomekDetailPrivate *self = komek_detail_get_instance_private (KOMEK_DETAIL (object));

  g_clear_object (&self->context);
  G_OBJECT_CLASS (komek_detail_parent_class)->dispose (object);
}

static void
komek_detail_finalize (GObject *object)
{
  KomekDetailPrivate *self = komek_detail_get_instance_private (KOMEK_DETAIL (object));

  g_clear_pointer (&self->attribute, komek_attribute_unref);
  G_OBJECT_CLASS (komek_detail_parent_class)->finalize (object);
}

/* The box of a question takes no focus itself: it belongs to what takes the answer. */
static gboolean
komek_detail_grab_focus (GtkWidget *widget)
{
  KomekDetailPrivate *self = komek_detail_get_instance_private (KOMEK_DETAIL (widget));

  return self->field
         && (gtk_widget_grab_focus (self->field)
             || gtk_widget_child_focus (self->field, GTK_DIR_TAB_FORWARD));
}

static void
komek_detail_class_init (KomekDetailClass *klass)
{
  GTK_WIDGET_CLASS (klass)->grab_focus = komek_detail_grab_focus;
  G_OBJECT_CLASS (klass)->dispose = komek_detail_dispose;
  G_OBJECT_CLASS (klass)->finalize = komek_detail_finalize;
}

static GtkWidget *
add_label (KomekDetail *self, const char *css_class)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_widget_add_css_class (label, css_class);
  gtk_box_append (GTK_BOX (self), label);
  return label;
}

static void
komek_detail_init (KomekDetail *detail)
{
  KomekDetailPrivate *self = komek_detail_get_instance_private (detail);

  gtk_orientable_set_orientation (GTK_ORIENTABLE (detail), GTK_ORIENTATION_VERTICAL);
  gtk_widget_add_css_class (GTK_WIDGET (detail), "detail");
  self->title = add_label (detail, "sub");
  self->mistake = g_object_new (GTK_TYPE_LABEL, "accessible-role", GTK_ACCESSIBLE_ROLE_ALERT,
                                "xalign", 0.0, "wrap", TRUE, "visible", FALSE, NULL);
  gtk_widget_add_css_class (self->mistake, "mistake");
  gtk_box_append (GTK_BOX (detail), self->mistake);
}

static void
show_title (KomekDetailPrivate *self)
{
  KomekLocale *locale = komek_context_get_locale (self->context);
  const char *question =
    komek_locale_label (locale, komek_attribute_get_description (self->attribute));
  g_autofree char *title = NULL;

  if (komek_attribute_is_variable (self->attribute)
      && !komek_attribute_is_required (self->attribute))
    /* Translators: %s is a question that the city asks; it need not be answered. */
    title = g_strdup_printf (_("%s (not required)"), question);
  gtk_label_set_label (GTK_LABEL (self->title), title ? title : question);
}

static GType
choose_type (KomekAttribute *attribute)
{
  switch (komek_attribute_get_datatype (attribute))
    {
    case KOMEK_ATTRIBUTE_DATETIME:
      return KOMEK_TYPE_DETAIL_TIME;
    case KOMEK_ATTRIBUTE_TEXT:
      return KOMEK_TYPE_DETAIL_TEXT;
    case KOMEK_ATTRIBUTE_SINGLE_VALUE_LIST:
    case KOMEK_ATTRIBUTE_MULTI_VALUE_LIST:
      return KOMEK_TYPE_DETAIL_CHOICE;
    case KOMEK_ATTRIBUTE_STRING:
    case KOMEK_ATTRIBUTE_NUMBER:
    default:
      return KOMEK_TYPE_DETAIL_LINE;
    }
}

/**
 * komek_detail_new:
 * @attribute: what is asked; one without an answer is only read
 *
 * Returns: (transfer floating): the question, showing what the draft of @context answers
 */
GtkWidget *
komek_detail_new (KomekContext *context, KomekAttribute *attribute)
{
  KomekDetail *detail = g_object_new (choose_type (attribute), NULL);
  KomekDetailPrivate *self = komek_detail_get_instance_private (detail);
  const char *const *answer = komek_draft_get_answer (komek_context_get_draft (context),
                                                      komek_attribute_get_code (attribute));

  self->context = g_object_ref (context);
  self->attribute = komek_attribute_ref (attribute);
  show_title (self);
  if (komek_attribute_is_variable (attribute))
    self->field = KOMEK_DETAIL_GET_CLASS (detail)->build (detail, answer);
  else
    gtk_widget_add_css_class (GTK_WIDGET (detail), "only-read");
  /* What it shows already, a time for example, is the answer unless somebody changes it. */
  if (self->field && !answer)
    komek_detail_changed (detail);
  return GTK_WIDGET (detail);
}

KomekContext *
komek_detail_get_context (KomekDetail *detail)
{
  KomekDetailPrivate *self = komek_detail_get_instance_private (detail);

  g_return_val_if_fail (KOMEK_IS_DETAIL (detail), NULL);

  return self->context;
}

KomekAttribute *
komek_detail_get_attribute (KomekDetail *detail)
{
  KomekDetailPrivate *self = komek_detail_get_instance_private (detail);

  g_return_val_if_fail (KOMEK_IS_DETAIL (detail), NULL);

  return self->attribute;
}

/**
 * komek_detail_name:
 * @field: what takes the answer
 *
 * Gives the question as a name to who only hears.
 */
void
komek_detail_name (KomekDetail *detail, GtkWidget *field)
{
  KomekDetailPrivate *self = komek_detail_get_instance_private (detail);

  g_return_if_fail (KOMEK_IS_DETAIL (detail));

  gtk_accessible_update_property (GTK_ACCESSIBLE (field), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  gtk_label_get_label (GTK_LABEL (self->title)), -1);
}

/* By what the citizen can do about it. */
static const char *
say_mistake (KomekDetailPrivate *self, gboolean answered)
{
  if (!answered)
    return _("Please answer this question.");
  if (komek_attribute_get_datatype (self->attribute) == KOMEK_ATTRIBUTE_NUMBER)
    return _("Please enter a number in digits.");
  return _("This answer does not fit the question.");
}

/**
 * komek_detail_check:
 *
 * Says beside the question what is wrong with its answer.
 *
 * Returns: whether nothing is wrong
 */
gboolean
komek_detail_check (KomekDetail *detail)
{
  KomekDetailPrivate *self = komek_detail_get_instance_private (detail);
  KomekDraft *draft;
  gboolean right, answered;

  g_return_val_if_fail (KOMEK_IS_DETAIL (detail), TRUE);

  draft = komek_context_get_draft (self->context);
  right = komek_draft_check_answer (draft, self->attribute, NULL);
  answered = komek_draft_get_answer (draft, komek_attribute_get_code (self->attribute)) != NULL;
  if (!right)
    gtk_label_set_label (GTK_LABEL (self->mistake), say_mistake (self, answered));
  gtk_widget_set_visible (self->mistake, !right);
  if (self->field)
    gtk_accessible_update_state (GTK_ACCESSIBLE (self->field), GTK_ACCESSIBLE_STATE_INVALID,
                                 right ? GTK_ACCESSIBLE_INVALID_FALSE : GTK_ACCESSIBLE_INVALID_TRUE,
                                 -1);
  return right;
}

/**
 * komek_detail_changed:
 *
 * For those that take answers: there is another one now.
 */
void
komek_detail_changed (KomekDetail *detail)
{
  KomekDetailPrivate *self = komek_detail_get_instance_private (detail);
  g_auto (GStrv) answer = NULL;

  g_return_if_fail (KOMEK_IS_DETAIL (detail));

  answer = KOMEK_DETAIL_GET_CLASS (detail)->dup_answer (detail);
  komek_draft_set_answer (komek_context_get_draft (self->context),
                          komek_attribute_get_code (self->attribute), (const char *const *) answer);
  /* Whoever was told of a mistake sees at once that it is mended. */
  if (gtk_widget_get_visible (self->mistake))
    komek_detail_check (detail);
}

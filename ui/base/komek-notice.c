/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-notice.h"

#include "komek-column.h"
#include "komek-icon.h"
#include "komek-words.h"

/**
 * KomekNotice:
 *
 * One bold sentence, one line more and at most one button, in the page where it belongs.
 *
 * Hidden until it has something to say. Its texts are one label for those who
 * hear them, and it is an alert, so that they hear them at once.
 */
struct _KomekNotice
{
  GtkWidget    parent;
  GtkRevealer *revealer;
  GtkWidget   *frame;
  GtkImage    *icon;
  GtkLabel    *title;
  GtkLabel    *text;
  GtkButton   *button;
};

G_DEFINE_FINAL_TYPE (KomekNotice, komek_notice, GTK_TYPE_WIDGET)

static const struct
{
  const char *css_class;
  const char *icon;
} kinds[] = {
  [KOMEK_NOTICE_ERROR] = { "error", "komek-error-symbolic" },
  [KOMEK_NOTICE_CAUTION] = { "caution", "komek-warning-symbolic" },
  [KOMEK_NOTICE_SUCCESS] = { "success", "komek-tick-symbolic" },
  [KOMEK_NOTICE_KNOWN] = { "known", "komek-hint-symbolic" },
};

static void
komek_notice_dispose (GObject *object)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (object))))
    gtk_widget_unparent (child);
  G_OBJECT_CLASS (komek_notice_parent_class)->dispose (object);
}

static void
komek_notice_class_init (KomekNoticeClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = komek_notice_dispose;

  g_type_ensure (KOMEK_TYPE_COLUMN);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "notice");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_ALERT);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/kz/komek/Komek/base/komek-notice.ui");
  gtk_widget_class_bind_template_child (widget_class, KomekNotice, revealer);
  gtk_widget_class_bind_template_child (widget_class, KomekNotice, frame);
  gtk_widget_class_bind_template_child (widget_class, KomekNotice, icon);
  gtk_widget_class_bind_template_child (widget_class, KomekNotice, title);
  gtk_widget_class_bind_template_child (widget_class, KomekNotice, text);
  gtk_widget_class_bind_template_child (widget_class, KomekNotice, button);
}

static void
komek_notice_init (KomekNotice *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
}

GtkWidget *
komek_notice_new (void)
{
  return g_object_new (KOMEK_TYPE_NOTICE, NULL);
}

/**
 * komek_notice_show:
 * @text: (nullable): one line more
 */
void
komek_notice_show (KomekNotice *self, KomekNoticeKind kind, const char *title, const char *text)
{
  const char *classes[] = { kinds[kind].css_class, NULL };

  g_return_if_fail (KOMEK_IS_NOTICE (self));

  gtk_widget_set_css_classes (self->frame, classes);
  komek_icon_show (self->icon, kinds[kind].icon);
  gtk_label_set_label (self->title, title);
  gtk_label_set_label (self->text, text ? text : "");
  gtk_widget_set_visible (GTK_WIDGET (self->text), text && *text);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, title,
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, text ? text : "", -1);
  gtk_widget_set_visible (GTK_WIDGET (self), TRUE);
  gtk_revealer_set_reveal_child (self->revealer, TRUE);
}

void
komek_notice_show_error (KomekNotice *self, const GError *error)
{
  g_autofree char *text = komek_words_error (error);

  komek_notice_show (self, KOMEK_NOTICE_ERROR, komek_words_error_title (error), text);
}

/* GTK looks at the action between its name and its target, and would complain
 * that they do not fit; so the target is there first. */
static void
set_action (GtkActionable *actionable, const char *detailed)
{
  g_autoptr (GVariant) target = NULL;
  g_autofree char *name = NULL;
  g_autoptr (GError) error = NULL;

  gtk_actionable_set_action_name (actionable, NULL);
  if (!detailed)
    return;
  if (!g_action_parse_detailed_name (detailed, &name, &target, &error))
    {
      g_warning ("%s", error->message);
      return;
    }
  gtk_actionable_set_action_target_value (actionable, target);
  gtk_actionable_set_action_name (actionable, name);
}

/**
 * komek_notice_set_button:
 * @label: (nullable): what the button does; %NULL for none
 * @action: (nullable): a detailed action name
 */
void
komek_notice_set_button (KomekNotice *self, const char *label, const char *action)
{
  g_return_if_fail (KOMEK_IS_NOTICE (self));

  gtk_widget_set_visible (GTK_WIDGET (self->button), label != NULL);
  if (!label)
    return;
  gtk_button_set_label (self->button, label);
  set_action (GTK_ACTIONABLE (self->button), action);
}

void
komek_notice_hide (KomekNotice *self)
{
  g_return_if_fail (KOMEK_IS_NOTICE (self));

  gtk_revealer_set_reveal_child (self->revealer, FALSE);
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
}

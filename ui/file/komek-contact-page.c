/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-contact-page.h"

#include <string.h>

#include "komek-gettext.h"
#include "komek-number-pad.h"
#include "komek-question.h"
#include "komek-steps.h"

/* What stands in the empty field of a kiosk, so that nobody has to look for a plus. */
#define COUNTRY_CODE "+7 "

/**
 * KomekContactPage:
 *
 * The question that nobody has to answer: how can the city reach you?
 *
 * It is no step of filing but hangs on the review, so that who says nothing
 * loses no tap over it. Each letter goes into the draft at once and dies with
 * it; the fields remember nothing that could be undone.
 */
struct _KomekContactPage
{
  KomekPage       parent;
  KomekQuestion  *question;
  GtkBox         *columns;
  GtkEditable    *phone, *email, *name;
  GtkLabel       *phone_mistake, *email_mistake, *name_mistake;
  GtkLabel       *secrecy;
  KomekNumberPad *pad;
  gboolean        filled; /* the fields show the draft */
};

G_DEFINE_FINAL_TYPE (KomekContactPage, komek_contact_page, KOMEK_TYPE_PAGE)

static KomekContext *
get_context (KomekContactPage *self)
{
  return komek_page_get_context (KOMEK_PAGE (self));
}

static KomekDraft *
get_draft (KomekContactPage *self)
{
  return komek_context_get_draft (get_context (self));
}

static char *
dup_entered (GtkEditable *field)
{
  return g_strstrip (g_strdup (gtk_editable_get_text (field)));
}

/* The country's code alone, as it stood there already, is no number. */
static char *
dup_phone (KomekContactPage *self)
{
  g_autofree char *entered = dup_entered (self->phone);
  g_autofree char *code = g_strstrip (g_strdup (COUNTRY_CODE));
  char *read = komek_contact_read_phone (entered);

  if (!read)
    read = g_strdup (g_str_equal (entered, code) ? "" : entered);
  return read;
}

static void
on_entry_changed (KomekContactPage *self)
{
  g_autofree char *phone = NULL;
  g_autofree char *email = NULL;
  g_autofree char *name = NULL;
  g_autoptr (KomekContact) contact = NULL;

  if (!self->filled)
    return;
  phone = dup_phone (self);
  email = dup_entered (self->email);
  name = dup_entered (self->name);
  contact = komek_contact_new (name, phone, email);
  komek_draft_set_contact (get_draft (self), contact);
  gtk_widget_set_visible (GTK_WIDGET (self->phone_mistake), FALSE);
  gtk_widget_set_visible (GTK_WIDGET (self->email_mistake), FALSE);
  gtk_widget_set_visible (GTK_WIDGET (self->name_mistake), FALSE);
}

static gboolean
mark (GtkEditable *field, GtkLabel *mistake, gboolean wrong, const char *words)
{
  gtk_label_set_label (mistake, words);
  gtk_widget_set_visible (GTK_WIDGET (mistake), wrong);
  gtk_accessible_update_state (GTK_ACCESSIBLE (field), GTK_ACCESSIBLE_STATE_INVALID,
                               wrong ? GTK_ACCESSIBLE_INVALID_TRUE : GTK_ACCESSIBLE_INVALID_FALSE,
                               -1);
  return wrong;
}

/* All are checked, so that all mistakes are said at once; the first one gets the focus. A name
 * alone reaches nobody. */
static GtkEditable *
find_mistake (KomekContactPage *self)
{
  KomekContact *contact = komek_draft_get_contact (get_draft (self));
  const char *phone = contact ? komek_contact_get_phone (contact) : "";
  const char *email = contact ? komek_contact_get_email (contact) : "";
  g_autofree char *read = komek_contact_read_phone (phone);
  gboolean bad_phone =
    mark (self->phone, self->phone_mistake, *phone && !read,
          _("This is not a telephone number. Example: +7 701 234 56 78"));
  gboolean bad_email =
    mark (self->email, self->email_mistake, *email && !komek_contact_is_email (email),
          _("This is not an e-mail address. Example: name@example.kz"));
  gboolean bad_name =
    mark (self->name, self->name_mistake, contact && !*phone && !*email,
          _("A name alone is not enough: please add a telephone number or an e-mail address."));

  if (bad_phone || bad_name)
    return self->phone;
  return bad_email ? self->email : NULL;
}

static void
on_next_clicked (KomekContactPage *self)
{
  KomekNotice *notice = komek_question_get_notice (self->question);
  GtkEditable *mistake = find_mistake (self);

  if (mistake)
    {
      komek_notice_show (notice, KOMEK_NOTICE_ERROR, _("There is a problem"),
                         _("Something is missing below or does not fit. It is marked."));
      gtk_widget_grab_focus (GTK_WIDGET (mistake));
      return;
    }
  komek_notice_hide (notice);
  gtk_widget_activate_action (GTK_WIDGET (self), "win.continue", "(ss)", "review", "");
}

static void
on_skip_clicked (KomekContactPage *self)
{
  komek_draft_set_contact (get_draft (self), NULL);
  gtk_widget_activate_action (GTK_WIDGET (self), "win.continue", "(ss)", "review", "");
}

static void
on_upright_changed (KomekContactPage *self)
{
  gboolean upright = komek_context_is_upright (get_context (self));

  gtk_orientable_set_orientation (GTK_ORIENTABLE (self->columns),
                                  upright ? GTK_ORIENTATION_VERTICAL : GTK_ORIENTATION_HORIZONTAL);
}

static void
show_contact (KomekContactPage *self, gboolean kiosk)
{
  KomekContact *contact = komek_draft_get_contact (get_draft (self));
  const char *phone = contact ? komek_contact_get_phone (contact) : "";

  gtk_editable_set_text (self->phone, !*phone && kiosk ? COUNTRY_CODE : phone);
  gtk_editable_set_text (self->email, contact ? komek_contact_get_email (contact) : "");
  gtk_editable_set_text (self->name, contact ? komek_contact_get_name (contact) : "");
  gtk_editable_set_position (self->phone, -1);
  self->filled = TRUE;
}

/* Whoever comes back to something unfinished is told at once. */
static void
show_unfinished (KomekContactPage *self)
{
  KomekContact *contact = komek_draft_get_contact (get_draft (self));

  if (contact && !komek_contact_check (contact))
    find_mistake (self);
}

/* Only what is true of this city: not each has a key to which it can be sealed. */
static void
show_secrecy (KomekContactPage *self)
{
  KomekCity *city = komek_context_get_city (get_context (self));
  const char *words =
    komek_city_can (city, KOMEK_ABILITY_SEALING) && komek_city_peek (city)->seal_key
      ? _("It is sealed on this device at once: nobody but the city can open it. It is shown to "
          "nobody else.")
      : _("It is kept locked on this device until it is sent to the city. It is shown to nobody "
          "else.");

  gtk_label_set_label (self->secrecy, words);
}

static void
komek_contact_page_constructed (GObject *object)
{
  KomekContactPage *self = KOMEK_CONTACT_PAGE (object);
  KomekContext *context = get_context (self);
  gboolean kiosk = komek_context_is_kiosk (context);

  G_OBJECT_CLASS (komek_contact_page_parent_class)->constructed (object);

  komek_steps_show (self->question, context, KOMEK_STEP_REVIEW);
  gtk_widget_set_visible (GTK_WIDGET (self->pad), kiosk);
  komek_number_pad_set_target (self->pad, self->phone);
  show_contact (self, kiosk);
  show_secrecy (self);
  show_unfinished (self);
  g_signal_connect_object (context, "notify::upright", G_CALLBACK (on_upright_changed), self,
                           G_CONNECT_SWAPPED);
  on_upright_changed (self);
}

static void
komek_contact_page_class_init (KomekContactPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->constructed = komek_contact_page_constructed;

  g_type_ensure (KOMEK_TYPE_NUMBER_PAD);
  g_type_ensure (KOMEK_TYPE_QUESTION);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/kz/komek/Komek/file/komek-contact-page.ui");
  gtk_widget_class_bind_template_child (widget_class, KomekContactPage, question);
  gtk_widget_class_bind_template_child (widget_class, KomekContactPage, columns);
  gtk_widget_class_bind_template_child (widget_class, KomekContactPage, phone);
  gtk_widget_class_bind_template_child (widget_class, KomekContactPage, email);
  gtk_widget_class_bind_template_child (widget_class, KomekContactPage, name);
  gtk_widget_class_bind_template_child (widget_class, KomekContactPage, phone_mistake);
  gtk_widget_class_bind_template_child (widget_class, KomekContactPage, email_mistake);
  gtk_widget_class_bind_template_child (widget_class, KomekContactPage, name_mistake);
  gtk_widget_class_bind_template_child (widget_class, KomekContactPage, secrecy);
  gtk_widget_class_bind_template_child (widget_class, KomekContactPage, pad);
  gtk_widget_class_bind_template_callback (widget_class, on_entry_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_next_clicked);
  gtk_widget_class_bind_template_callback (widget_class, on_skip_clicked);
}

static void
komek_contact_page_init (KomekContactPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  komek_page_set_title (KOMEK_PAGE (self), _("How can the city reach you?"));
}

/**
 * komek_contact_page_new:
 *
 * Returns: (transfer floating): the page
 */
KomekPage *
komek_contact_page_new (KomekContext *context)
{
  return g_object_new (KOMEK_TYPE_CONTACT_PAGE, "context", context, NULL);
}

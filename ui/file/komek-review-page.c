/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-review-page.h"

#include "komek-category-icon.h"
#include "komek-error.h"
#include "komek-gettext.h"
#include "komek-icon.h"
#include "komek-mini-map.h"
#include "komek-steps.h"
#include "komek-usable.h"
#include "komek-words.h"

/**
 * KomekReviewPage:
 *
 * The last question: is all of this right? Each answer can be changed; the last button says what it
 * does.
 */
struct _KomekReviewPage
{
  KomekPage      parent;
  KomekSending  *sending;
  KomekQuestion *question;
  GtkImage      *icon;
  GtkLabel      *service;
  GtkLabel      *category;
  GtkWidget     *details_row;
  GtkBox        *details;
  GtkWidget     *place_row;
  GtkLabel      *address;
  GtkLabel      *district;
  GtkBox        *map;
  GtkLabel      *text;
  GtkLabel      *photos;
  GtkLabel      *contact;
  GtkLabel      *contact_use;
  GtkLabel      *seen;
  GtkLabel      *after;
  GtkWidget     *send;
  GtkWidget     *spinner;
  GtkLabel      *send_label;
};

G_DEFINE_FINAL_TYPE (KomekReviewPage, komek_review_page, KOMEK_TYPE_PAGE)

static KomekContext *
get_context (KomekReviewPage *self)
{
  return komek_page_get_context (KOMEK_PAGE (self));
}

static const char *
say_not_chosen (void)
{
  /* Translators: in the place of an answer that was not given. */
  return _("Not chosen");
}

static void
show_service (KomekReviewPage *self, KomekService *service)
{
  KomekLocale *locale = komek_context_get_locale (get_context (self));
  g_autofree char *icon =
    komek_category_icon_dup_name (service ? komek_service_get_group (service) : "");

  komek_icon_show (self->icon, icon);
  gtk_label_set_label (self->service,
                       service ? komek_locale_label (locale, komek_service_get_name (service))
                               : say_not_chosen ());
  gtk_label_set_label (self->category,
                       service ? komek_locale_label (locale, komek_service_get_group_name (service))
                               : "");
  gtk_widget_set_visible (self->place_row, !service || komek_service_needs_place (service));
}

static void
show_map (KomekReviewPage *self, KomekPlace *place)
{
  KomekContext *context = get_context (self);
  GtkWidget *map;

  gtk_widget_set_visible (GTK_WIDGET (self->map), place && komek_place_has_point (place));
  if (!place || !komek_place_has_point (place))
    return;
  map = komek_mini_map_new (komek_context_get_theme (context), komek_context_get_plan (context),
                            komek_locale_get_language (komek_context_get_locale (context)),
                            komek_context_get_tiles (context));
  komek_mini_map_name_streets (KOMEK_MINI_MAP (map), komek_context_get_finder (context));
  komek_mini_map_show_place (KOMEK_MINI_MAP (map), komek_place_get_latitude (place),
                             komek_place_get_longitude (place), KOMEK_GROUP_NEW, KOMEK_STATUS_NEW);
  gtk_widget_set_hexpand (map, TRUE);
  gtk_box_append (self->map, map);
}

static void
show_place (KomekReviewPage *self, KomekDraft *draft)
{
  KomekContext *context = get_context (self);
  KomekPlace *place = komek_draft_get_place (draft);
  g_autofree char *district = place ? komek_words_district (context, place) : g_strdup ("");
  g_autofree char *address =
    place ? komek_words_place (context, place) : g_strdup (say_not_chosen ());
  g_autoptr (GString) more = g_string_new (district);

  gtk_label_set_label (self->address, address);
  if (*komek_draft_get_landmark (draft))
    g_string_append_printf (more, "%s%s", more->len > 0 ? " · " : "",
                            komek_draft_get_landmark (draft));
  gtk_label_set_label (self->district, more->str);
  gtk_widget_set_visible (GTK_WIDGET (self->district), more->len > 0);
  show_map (self, place);
}

static void
show_after (KomekReviewPage *self, KomekService *service)
{
  guint days = service ? komek_service_get_days (service) : 0;
  g_autofree char *text = NULL;

  if (days == 0)
    text =
      g_strdup (_("The request can be seen on the map at once. You get a number to follow it."));
  else
    text = g_strdup_printf (
      /* Translators: %u is the number of days within which the city answers such requests. */
      ngettext ("The request can be seen on the map at once. An answer is due within %u day.",
                "The request can be seen on the map at once. An answer is due within %u days.",
                days),
      days);
  gtk_label_set_label (self->after, text);
}

static void
show_sending (KomekReviewPage *self)
{
  KomekNotice *notice = komek_question_get_notice (self->question);
  gboolean busy = komek_sending_is_busy (self->sending);
  const GError *problem = komek_sending_get_problem (self->sending);

  komek_usable_set (self->send, !busy);
  gtk_widget_set_visible (self->spinner, busy);
  /* Translators: on the button while the request is on its way. */
  gtk_label_set_label (self->send_label, busy      ? _("Sending…")
                                         : problem ? C_ ("button", "Try again")
                                                   : _("Send to 109"));
  if (!problem)
    {
      komek_notice_hide (notice);
      return;
    }
  komek_notice_show_error (notice, problem);
}

/* Somebody may have left that question in the middle of a number; there it is said what is
 * wrong. */
static gboolean
must_mend_contact (KomekReviewPage *self, KomekDraft *draft)
{
  KomekContact *contact = komek_draft_get_contact (draft);

  if (!contact || komek_contact_check (contact))
    return FALSE;
  gtk_widget_activate_action (GTK_WIDGET (self), "win.open", "(ss)", "contact", "");
  return TRUE;
}

static void
on_send_clicked (KomekReviewPage *self)
{
  KomekDraft *draft = komek_context_get_draft (get_context (self));
  g_autoptr (GError) error = NULL;

  if (must_mend_contact (self, draft))
    return;
  if (!komek_draft_check (draft, &error))
    {
      komek_notice_show_error (komek_question_get_notice (self->question), error);
      return;
    }
  komek_sending_start (self->sending);
}

static void
komek_review_page_dispose (GObject *object)
{
  g_clear_object (&KOMEK_REVIEW_PAGE (object)->sending);
  G_OBJECT_CLASS (komek_review_page_parent_class)->dispose (object);
}

static void
komek_review_page_class_init (KomekReviewPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = komek_review_page_dispose;

  g_type_ensure (KOMEK_TYPE_QUESTION);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/kz/komek/Komek/file/komek-review-page.ui");
  gtk_widget_class_bind_template_child (widget_class, KomekReviewPage, question);
  gtk_widget_class_bind_template_child (widget_class, KomekReviewPage, icon);
  gtk_widget_class_bind_template_child (widget_class, KomekReviewPage, service);
  gtk_widget_class_bind_template_child (widget_class, KomekReviewPage, category);
  gtk_widget_class_bind_template_child (widget_class, KomekReviewPage, details_row);
  gtk_widget_class_bind_template_child (widget_class, KomekReviewPage, details);
  gtk_widget_class_bind_template_child (widget_class, KomekReviewPage, place_row);
  gtk_widget_class_bind_template_child (widget_class, KomekReviewPage, address);
  gtk_widget_class_bind_template_child (widget_class, KomekReviewPage, district);
  gtk_widget_class_bind_template_child (widget_class, KomekReviewPage, map);
  gtk_widget_class_bind_template_child (widget_class, KomekReviewPage, text);
  gtk_widget_class_bind_template_child (widget_class, KomekReviewPage, photos);
  gtk_widget_class_bind_template_child (widget_class, KomekReviewPage, contact);
  gtk_widget_class_bind_template_child (widget_class, KomekReviewPage, contact_use);
  gtk_widget_class_bind_template_child (widget_class, KomekReviewPage, seen);
  gtk_widget_class_bind_template_child (widget_class, KomekReviewPage, after);
  gtk_widget_class_bind_template_child (widget_class, KomekReviewPage, send);
  gtk_widget_class_bind_template_child (widget_class, KomekReviewPage, spinner);
  gtk_widget_class_bind_template_child (widget_class, KomekReviewPage, send_label);
  gtk_widget_class_bind_template_callback (widget_class, on_send_clicked);
}

static void
komek_review_page_init (KomekReviewPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  komek_page_set_title (KOMEK_PAGE (self), _("Check and send"));
}

static char *
say_answer (KomekReviewPage *self, KomekAttribute *attribute, const char *const *answer)
{
  KomekContext *context = get_context (self);
  KomekLocale *locale = komek_context_get_locale (context);
  g_autoptr (GDateTime) time = NULL;
  g_autoptr (GString) names = g_string_new (NULL);

  if (komek_attribute_get_datatype (attribute) == KOMEK_ATTRIBUTE_DATETIME)
    time = g_date_time_new_from_iso8601 (answer[0], komek_context_get_zone (context));
  if (time)
    return komek_locale_format_date_time (locale, g_date_time_to_unix (time),
                                          komek_context_get_zone (context));
  for (guint i = 0; i < komek_attribute_get_n_values (attribute); i++)
    if (g_strv_contains (answer, komek_attribute_get_value_key (attribute, i)))
      g_string_append_printf (names, "%s%s", names->len > 0 ? ", " : "",
                              komek_locale_label (locale,
                                                  komek_attribute_get_value_name (attribute, i)));
  return names->len > 0 ? g_strdup (names->str) : g_strdup (answer[0]);
}

static void
add_detail (KomekReviewPage *self, const char *text, const char *css_class)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_widget_add_css_class (label, css_class);
  gtk_box_append (self->details, label);
}

static void
show_details (KomekReviewPage *self, KomekDraft *draft)
{
  KomekLocale *locale = komek_context_get_locale (get_context (self));
  GPtrArray *attributes = komek_draft_get_attributes (draft);
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->details))))
    gtk_box_remove (self->details, child);
  for (guint i = 0; i < attributes->len; i++)
    {
      KomekAttribute *attribute = attributes->pdata[i];
      const char *const *answer =
        komek_draft_get_answer (draft, komek_attribute_get_code (attribute));
      g_autofree char *text = answer ? say_answer (self, attribute, answer) : NULL;

      if (!text)
        continue;
      add_detail (self, komek_locale_label (locale, komek_attribute_get_description (attribute)),
                  "dim");
      add_detail (self, text, "body");
    }
  gtk_widget_set_visible (self->details_row,
                          gtk_widget_get_first_child (GTK_WIDGET (self->details)) != NULL);
}

static void
show_photos (KomekReviewPage *self, guint photos)
{
  /* Translators: %u is how many photos go with the request. */
  g_autofree char *text = g_strdup_printf (ngettext ("%u photo", "%u photos", photos), photos);

  gtk_label_set_label (self->photos, text);
  gtk_widget_set_visible (GTK_WIDGET (self->photos), photos > 0);
  gtk_label_set_label (
    self->seen,
    photos > 0
      ? _("The number, the category, the place, the text and the photos. Nothing about you.")
      : _("The number, the category, the place and the text. Nothing about you."));
}

/* Masked: others stand behind whoever reads this. */
static void
show_contact (KomekReviewPage *self, KomekContact *contact)
{
  g_autofree char *masked = contact ? komek_contact_dup_masked (contact) : NULL;

  /* Translators: in the place of name and telephone number: the citizen gave none. */
  gtk_label_set_label (self->contact, masked ? masked : _("Anonymous"));
  gtk_label_set_label (
    self->contact_use,
    masked ? _("Only the city can see it.")
           : _("You can leave a telephone number, so that the city can ask back."));
}

static void
show_draft (KomekReviewPage *self, KomekDraft *draft)
{
  komek_steps_show (self->question, get_context (self), KOMEK_STEP_REVIEW);
  show_details (self, draft);
  show_service (self, komek_draft_get_service (draft));
  show_place (self, draft);
  show_after (self, komek_draft_get_service (draft));
  gtk_label_set_label (self->text, komek_draft_get_text (draft));
  show_photos (self, komek_draft_get_photos (draft)->len);
  show_contact (self, komek_draft_get_contact (draft));
}

/* The page may lie below a question that changes an answer; it is shown again with the new one. */
static void
on_draft_notify (KomekReviewPage *self)
{
  GtkWidget *map;
  KomekDraft *draft = komek_context_get_draft (get_context (self));

  while ((map = gtk_widget_get_first_child (GTK_WIDGET (self->map))))
    gtk_box_remove (self->map, map);
  komek_sending_forget_problem (self->sending);
  show_draft (self, draft);
  show_sending (self);
}

/**
 * komek_review_page_new:
 * @sending: what carries the draft to the city; the window's
 *
 * Returns: (transfer floating): the page
 */
KomekPage *
komek_review_page_new (KomekContext *context, KomekSending *sending)
{
  KomekReviewPage *self = g_object_new (KOMEK_TYPE_REVIEW_PAGE, "context", context, NULL);
  KomekDraft *draft = komek_context_get_draft (context);

  self->sending = g_object_ref (sending);
  g_signal_connect_object (sending, "changed", G_CALLBACK (show_sending), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (draft, "notify", G_CALLBACK (on_draft_notify), self, G_CONNECT_SWAPPED);
  show_draft (self, draft);
  show_sending (self);
  return KOMEK_PAGE (self);
}

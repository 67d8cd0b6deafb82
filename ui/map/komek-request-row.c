/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-request-row.h"

#include "komek-gettext.h"
#include "komek-state-icon.h"
#include "komek-words.h"

#define KIOSK_ICON 58
#define DESKTOP_ICON 36
#define HIGHEST_NUMBER 99 /* what fits into the shape */
#define LONG_AGO 60       /* days after which a date says more than their number */

/**
 * KomekRequestRow:
 *
 * One request in a list: its shape with a number, what and where it is, and how it stands.
 *
 * A list keeps some two hundred rows alive to show ten, and making and
 * measuring their labels takes longer than all else on the page. So a row is
 * asleep until it is woken near the eye, and has no parts before that. While
 * there is nothing to show it draws, by its class "waiting", the shape of what comes.
 */
struct _KomekRequestRow
{
  GtkWidget       parent;
  KomekContext   *context;
  KomekRequest   *request;
  guint           number;
  double          metres; /* below 0 where it is not known */
  gboolean        far;    /* whether how far it is shows, and not when it was registered */
  gboolean        chosen;
  gboolean        awake;

  GtkWidget      *content; /* NULL until first shown, as all that follows */
  KomekStateIcon *icon;
  GtkLabel       *title;
  GtkLabel       *place;
  GtkLabel       *state;
  GtkLabel       *deadline;
  GtkLabel       *aside;
  GtkWidget      *support;
  GtkLabel       *supporters;
  GtkWidget      *open;
};

G_DEFINE_FINAL_TYPE (KomekRequestRow, komek_request_row, GTK_TYPE_WIDGET)

static const char *const inks[KOMEK_N_GROUPS] = { "ink-new", "ink-work", "ink-late", "ink-done",
                                                  "ink-shut" };

static void
make_parts (KomekRequestRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  g_object_set (self->icon, "theme", komek_context_get_theme (self->context), "size",
                komek_context_is_kiosk (self->context) ? KIOSK_ICON : DESKTOP_ICON, NULL);
}

static KomekGroup
get_group (KomekRequestRow *self)
{
  return komek_request_get_group (self->request, komek_context_now (self->context));
}

static void
show_mark (KomekRequestRow *self)
{
  komek_state_icon_set_state (self->icon, get_group (self),
                              komek_request_get_status (self->request),
                              self->number <= HIGHEST_NUMBER ? self->number : 0);
}

/* "Overdue by 2 days" says all; "Overdue" before it would say it twice. */
static gboolean
is_told_by_deadline (KomekRequestRow *self)
{
  return get_group (self) == KOMEK_GROUP_LATE;
}

static void
show_state (KomekRequestRow *self)
{
  const char *classes[] = { "label", inks[get_group (self)], NULL };
  g_autofree char *deadline = komek_words_deadline (self->context, self->request);
  g_autofree char *behind = *deadline ? g_strconcat (" · ", deadline, NULL) : NULL;

  if (is_told_by_deadline (self))
    {
      gtk_label_set_label (self->state, deadline);
      g_clear_pointer (&behind, g_free);
    }
  else
    gtk_label_set_label (self->state, komek_words_status (self->context, self->request));
  gtk_widget_set_css_classes (GTK_WIDGET (self->state), classes);
  gtk_label_set_label (self->deadline, behind ? behind : "");
  /* A text with nothing in it is read out as what it is made of. */
  gtk_widget_set_visible (GTK_WIDGET (self->deadline), behind != NULL);
}

static char *
format_aside (KomekRequestRow *self)
{
  KomekLocale *locale = komek_context_get_locale (self->context);

  if (self->far && self->metres >= 0)
    return komek_locale_format_distance (locale, self->metres);
  return komek_locale_format_date (locale, komek_request_peek (self->request)->requested,
                                   komek_context_get_zone (self->context));
}

static void
show_aside (KomekRequestRow *self)
{
  g_autofree char *aside = format_aside (self);

  gtk_label_set_label (self->aside, aside);
}

static void
show_supporters (KomekRequestRow *self)
{
  guint n = komek_request_peek (self->request)->supporters;
  g_autofree char *text = komek_locale_format_number (komek_context_get_locale (self->context), n);

  gtk_label_set_label (self->supporters, text);
  gtk_widget_set_visible (self->support, n > 0);
}

static void
show_words (KomekRequestRow *self)
{
  g_autofree char *place = komek_words_place (self->context,
                                              komek_request_get_place (self->request));

  gtk_label_set_label (self->title, komek_words_service (self->context, self->request));
  gtk_label_set_label (self->place, place);
}

static gboolean
is_shown (KomekRequestRow *self)
{
  return self->awake && self->request;
}

static void
show_all (KomekRequestRow *self)
{
  gboolean shown = is_shown (self);

  if (shown && !self->content)
    make_parts (self);
  if (self->content)
    gtk_widget_set_visible (self->content, shown);
  if (!shown)
    {
      gtk_widget_add_css_class (GTK_WIDGET (self), "waiting");
      return;
    }

  gtk_widget_remove_css_class (GTK_WIDGET (self), "waiting");
  show_words (self);
  show_mark (self);
  show_state (self);
  show_aside (self);
  show_supporters (self);
  gtk_widget_set_visible (self->open, self->chosen);
}

static void
komek_request_row_dispose (GObject *object)
{
  KomekRequestRow *self = KOMEK_REQUEST_ROW (object);
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (object))))
    gtk_widget_unparent (child);
  g_clear_object (&self->request);
  g_clear_object (&self->context);
  G_OBJECT_CLASS (komek_request_row_parent_class)->dispose (object);
}

static void
komek_request_row_class_init (KomekRequestRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = komek_request_row_dispose;

  g_type_ensure (KOMEK_TYPE_STATE_ICON);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "request-row");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/kz/komek/Komek/map/komek-request-row.ui");
  gtk_widget_class_bind_template_child (widget_class, KomekRequestRow, content);
  gtk_widget_class_bind_template_child (widget_class, KomekRequestRow, icon);
  gtk_widget_class_bind_template_child (widget_class, KomekRequestRow, title);
  gtk_widget_class_bind_template_child (widget_class, KomekRequestRow, place);
  gtk_widget_class_bind_template_child (widget_class, KomekRequestRow, state);
  gtk_widget_class_bind_template_child (widget_class, KomekRequestRow, deadline);
  gtk_widget_class_bind_template_child (widget_class, KomekRequestRow, aside);
  gtk_widget_class_bind_template_child (widget_class, KomekRequestRow, support);
  gtk_widget_class_bind_template_child (widget_class, KomekRequestRow, supporters);
  gtk_widget_class_bind_template_child (widget_class, KomekRequestRow, open);
}

static void
komek_request_row_init (KomekRequestRow *self)
{
  self->metres = -1;
  gtk_widget_add_css_class (GTK_WIDGET (self), "waiting");
}

GtkWidget *
komek_request_row_new (KomekContext *context)
{
  KomekRequestRow *self = g_object_new (KOMEK_TYPE_REQUEST_ROW, NULL);

  self->context = g_object_ref (context);
  return GTK_WIDGET (self);
}

/**
 * komek_request_row_get_request:
 *
 * Returns: (transfer none) (nullable): what it shows
 */
KomekRequest *
komek_request_row_get_request (KomekRequestRow *self)
{
  return self->request;
}

/**
 * komek_request_row_set_request:
 * @request: (nullable): what to show, %NULL for the shape of what comes
 */
void
komek_request_row_set_request (KomekRequestRow *self, KomekRequest *request)
{
  g_return_if_fail (KOMEK_IS_REQUEST_ROW (self));

  if (g_set_object (&self->request, request))
    show_all (self);
}

/* The number in the shape, as on the map; 0, or more than fits, for the glyph of the state. */
void
komek_request_row_set_number (KomekRequestRow *self, guint number)
{
  g_return_if_fail (KOMEK_IS_REQUEST_ROW (self));

  self->number = number;
  if (is_shown (self))
    show_mark (self);
}

/**
 * komek_request_row_set_distance:
 * @metres: how far away it is, below 0 where that is not known
 * @shown: whether that shows; else it is only said, and the date shows
 */
void
komek_request_row_set_distance (KomekRequestRow *self, double metres, gboolean shown)
{
  g_return_if_fail (KOMEK_IS_REQUEST_ROW (self));

  self->metres = metres;
  self->far = shown;
  if (is_shown (self))
    show_aside (self);
}

/* A chosen row offers to open its request. */
void
komek_request_row_set_chosen (KomekRequestRow *self, gboolean chosen)
{
  g_return_if_fail (KOMEK_IS_REQUEST_ROW (self));

  self->chosen = chosen;
  if (is_shown (self))
    gtk_widget_set_visible (self->open, chosen);
}

gboolean
komek_request_row_is_awake (KomekRequestRow *self)
{
  return self->awake;
}

/* Whether it is near enough to the eye to be worth its parts. */
void
komek_request_row_set_awake (KomekRequestRow *self, gboolean awake)
{
  g_return_if_fail (KOMEK_IS_REQUEST_ROW (self));

  if (self->awake == !!awake)
    return;
  self->awake = !!awake;
  show_all (self);
}

static char *
describe_state (KomekRequestRow *self)
{
  g_autofree char *deadline = komek_words_deadline (self->context, self->request);

  if (is_told_by_deadline (self))
    return g_steal_pointer (&deadline);
  return g_strjoin (*deadline ? ", " : "", komek_words_status (self->context, self->request),
                    deadline, NULL);
}

/* "650 metres away", or nothing */
static char *
describe_distance (KomekRequestRow *self)
{
  g_autofree char *distance = NULL;

  if (self->metres < 0)
    return NULL;
  distance = komek_locale_say_distance (komek_context_get_locale (self->context), self->metres);
  /* Translators: how far a request is from here, read aloud; %s is a distance: 650 metres. */
  return g_strdup_printf (_("%s away"), distance);
}

/* The days of the calendar are counted, and not stretches of 24 hours. */
static gint64
count_days (gint64 time, GTimeZone *zone)
{
  int interval = g_time_zone_find_interval (zone, G_TIME_TYPE_UNIVERSAL, time);

  return (time + g_time_zone_get_offset (zone, interval)) / 86400;
}

static char *
describe_age (KomekRequestRow *self)
{
  gint64 requested = komek_request_peek (self->request)->requested;
  GTimeZone *zone = komek_context_get_zone (self->context);
  gint64 today = count_days (komek_context_now (self->context), zone);
  guint days = (guint) MAX (0, today - count_days (requested, zone));
  g_autofree char *date = NULL;

  if (days == 0)
    /* Translators: said of one request: it came in today. */
    return g_strdup (_("Registered today"));
  if (days < LONG_AGO)
    /* Translators: %u is the number of days since a request was registered. */
    return g_strdup_printf (ngettext ("Registered %u day ago", "Registered %u days ago", days),
                            days);
  date = komek_locale_format_date (komek_context_get_locale (self->context), requested, zone);
  /* Translators: %s is the date on which a request was registered. */
  return g_strdup_printf (_("Registered on %s"), date);
}

/**
 * komek_request_row_dup_name:
 *
 * Returns: (transfer full): all that there is to say of it, for those who hear it: what it is
 *   about, its state, its place, how far it is and how old; where the list cuts a word, it is
 *   whole here
 */
char *
komek_request_row_dup_name (KomekRequestRow *self)
{
  g_autofree char *place = NULL, *state = NULL, *distance = NULL, *age = NULL;

  g_return_val_if_fail (KOMEK_IS_REQUEST_ROW (self), NULL);

  if (!self->request)
    /* Translators: the name of a row for those who hear it while its request is read. */
    return g_strdup (_("Loading…"));
  place = komek_words_place (self->context, komek_request_get_place (self->request));
  state = describe_state (self);
  distance = describe_distance (self);
  age = describe_age (self);
  return g_strdup_printf ("%s. %s. %s. %s%s%s",
                          komek_words_service (self->context, self->request), state, place,
                          distance ? distance : "", distance ? ". " : "", age);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-pending-row.h"

#include "komek-column.h"
#include "komek-gettext.h"
#include "komek-icon.h"

/**
 * KomekPendingRow:
 *
 * One request that has not arrived: its number, what it is about, since when it lies here, and what
 * staff can do about it.
 */
struct _KomekPendingRow
{
  GtkListBoxRow parent;
  char         *key;
  GtkLabel     *number;
  GtkLabel     *about;
  GtkLabel     *state;
  GtkWidget    *chip;
  GtkLabel     *advice;
  GtkImage     *shape;
  GtkLabel     *reason;
  GtkWidget    *release;
};

G_DEFINE_FINAL_TYPE (KomekPendingRow, komek_pending_row, GTK_TYPE_LIST_BOX_ROW)

static const char *
say_state (KomekPendingState state)
{
  switch (state)
    {
    case KOMEK_PENDING_PARKED:
      /* Translators: the state of a request on this device: the city would not take it. */
      return C_ ("pending", "Not accepted");
    case KOMEK_PENDING_PHOTOS:
      /* Translators: the state of a request: the city has it, but not its photos. */
      return C_ ("pending", "Photos wait");
    case KOMEK_PENDING_FORMER:
      /* Translators: the state of a request that waits for an address of the city that is not in
       * use any more. */
      return C_ ("pending", "Former address");
    case KOMEK_PENDING_WAITING:
    default:
      /* Translators: the state of a request that will be sent as soon as it can be. */
      return C_ ("pending", "Waiting");
    }
}

/* By what the city has answered, what somebody at a desk can do. */
static const char *
advise_parked (guint status)
{
  switch (status)
    {
    case 0:
      return _("This device cannot open it: the key of its storage is missing or was changed. Put "
               "the old key back, then send it again.");
    case 413:
      return _("The city finds it too large. Ask its technical service to raise the limit, then "
               "send it again.");
    case 415:
      return _("The city does not understand this format. Tell its technical service, then send it "
               "again.");
    default:
      return _("Read what the city says, clear it up with the 109 service by this number, then "
               "send it again.");
    }
}

static char *
advise (const KomekPendingFields *fields)
{
  switch (fields->state)
    {
    case KOMEK_PENDING_PARKED:
      return g_strdup (advise_parked (fields->status));
    case KOMEK_PENDING_PHOTOS:
      return g_strdup (_("The city has the request. It takes no photos now; they are sent as soon "
                         "as it does."));
    case KOMEK_PENDING_FORMER:
      if (*fields->address == '\0')
        return g_strdup (_("It was meant for an address that this device does not use any more."));
      /* Translators: %s is an address on the internet: http://city.example/ */
      return g_strdup_printf (_("It was meant for: %s"), fields->address);
    case KOMEK_PENDING_WAITING:
    default:
      return g_strdup (_("It is sent by itself as soon as the city answers."));
    }
}

/* The token of its colour, and of its shape: nobody has to tell colours apart. */
static const char *
choose_token (KomekPendingState state)
{
  switch (state)
    {
    case KOMEK_PENDING_PARKED:
    case KOMEK_PENDING_FORMER:
      return "late";
    case KOMEK_PENDING_PHOTOS:
      return "work";
    case KOMEK_PENDING_WAITING:
    default:
      return "new";
    }
}

static char *
say_about (KomekContext *context, const KomekPendingFields *fields)
{
  KomekLocale *locale = komek_context_get_locale (context);
  KomekService *service = komek_context_find_service (context, fields->service);
  const char *name = service ? komek_locale_label (locale, komek_service_get_name (service))
                             : fields->service;
  g_autofree char *filed =
    komek_locale_format_date_time (locale, fields->filed, komek_context_get_zone (context));

  if (*name == '\0')
    /* Translators: %s is when a request was handed in: 21.11.2026, 12:40. */
    return g_strdup_printf (_("Handed in: %s"), filed);
  /* Translators: %1$s is what a request is about: "Pothole"; %2$s is when it was handed in. */
  return g_strdup_printf (_("%1$s · handed in: %2$s"), name, filed);
}

static void
show_state (KomekPendingRow *self, KomekPendingState state)
{
  const char *token = choose_token (state);
  g_autofree char *icon = g_strdup_printf ("komek-state-%s-symbolic", token);

  gtk_widget_add_css_class (self->chip, token);
  komek_icon_show (self->shape, icon);
  gtk_label_set_label (self->state, say_state (state));
}

/* GTK drops a focus on what cannot be used any more; it stays with the request. */
static void
on_release_clicked (KomekPendingRow *self)
{
  if (gtk_widget_is_focus (self->release))
    gtk_widget_grab_focus (GTK_WIDGET (self));
  gtk_widget_set_sensitive (self->release, FALSE);
}

static void
komek_pending_row_finalize (GObject *object)
{
  g_free (KOMEK_PENDING_ROW (object)->key);
  G_OBJECT_CLASS (komek_pending_row_parent_class)->finalize (object);
}

static void
komek_pending_row_class_init (KomekPendingRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = komek_pending_row_finalize;

  g_type_ensure (KOMEK_TYPE_COLUMN);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/kz/komek/Komek/staff/komek-pending-row.ui");
  gtk_widget_class_bind_template_child (widget_class, KomekPendingRow, number);
  gtk_widget_class_bind_template_child (widget_class, KomekPendingRow, about);
  gtk_widget_class_bind_template_child (widget_class, KomekPendingRow, state);
  gtk_widget_class_bind_template_child (widget_class, KomekPendingRow, chip);
  gtk_widget_class_bind_template_child (widget_class, KomekPendingRow, shape);
  gtk_widget_class_bind_template_child (widget_class, KomekPendingRow, advice);
  gtk_widget_class_bind_template_child (widget_class, KomekPendingRow, reason);
  gtk_widget_class_bind_template_child (widget_class, KomekPendingRow, release);
  gtk_widget_class_bind_template_callback (widget_class, on_release_clicked);
}

static void
komek_pending_row_init (KomekPendingRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/* The words of whoever refused, as they came; nobody translates them. */
static void
show_reason (KomekPendingRow *self, const KomekPendingFields *fields)
{
  g_autofree char *text = NULL;

  gtk_widget_set_visible (GTK_WIDGET (self->reason), fields->reason != NULL);
  if (!fields->reason)
    return;
  if (fields->status > 0)
    /* Translators: %1$u is a number such as 400, %2$s are the words of the city's server. */
    text = g_strdup_printf (_("The city says (%1$u): %2$s"), fields->status, fields->reason);
  gtk_label_set_label (self->reason, text ? text : fields->reason);
}

static void
show_release (KomekPendingRow *self, const KomekPendingFields *fields)
{
  /* Translators: %s is the number of a request. */
  g_autofree char *name = g_strdup_printf (_("Send again: %s"), fields->number);

  gtk_widget_set_visible (self->release, fields->state == KOMEK_PENDING_PARKED
                                         || fields->state == KOMEK_PENDING_PHOTOS);
  gtk_actionable_set_action_target (GTK_ACTIONABLE (self->release), "s", fields->key);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->release), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  name, -1);
}

/**
 * komek_pending_row_new:
 *
 * Returns: (transfer floating): a row whose button activates "queue.release" with the key
 */
GtkWidget *
komek_pending_row_new (KomekContext *context, KomekPending *pending)
{
  KomekPendingRow *self = g_object_new (KOMEK_TYPE_PENDING_ROW, NULL);
  const KomekPendingFields *fields = komek_pending_peek (pending);
  g_autofree char *about = say_about (context, fields);
  g_autofree char *advice = advise (fields);
  g_autofree char *name = g_strdup_printf ("%s, %s", fields->number, say_state (fields->state));

  self->key = g_strdup (fields->key);
  gtk_label_set_label (self->number, fields->number);
  gtk_label_set_label (self->about, about);
  show_state (self, fields->state);
  gtk_label_set_label (self->advice, advice);
  show_reason (self, fields);
  show_release (self, fields);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  return GTK_WIDGET (self);
}

/* By which the outbox knows the request. */
const char *
komek_pending_row_get_key (KomekPendingRow *self)
{
  g_return_val_if_fail (KOMEK_IS_PENDING_ROW (self), "");

  return self->key;
}

/* Its own focus where it has no button. */
void
komek_pending_row_focus_button (KomekPendingRow *self)
{
  g_return_if_fail (KOMEK_IS_PENDING_ROW (self));

  gtk_widget_grab_focus (gtk_widget_get_visible (self->release) ? self->release
                                                                : GTK_WIDGET (self));
}

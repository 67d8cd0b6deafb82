/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-check-page.h"

#include "komek-gettext.h"
#include "komek-notice.h"
#include "komek-number.h"
#include "komek-number-pad.h"
#include "komek-request-watch.h"
#include "komek-typed-number.h"
#include "komek-unread.h"
#include "komek-usable.h"

/**
 * KomekCheckPage:
 *
 * Takes the number of a request, by pad, keyboard or scanner, and leads to its page.
 *
 * The check digit finds a slip of the finger before anybody is asked. Numbers
 * of cities that count otherwise are taken as they are typed.
 */
struct _KomekCheckPage
{
  KomekPage          parent;
  GCancellable      *cancellable;
  KomekRequestWatch *watch; /* NULL while nothing is looked up */
  gboolean           ours;  /* whether this city's numbers have our form */
  guint              regrouping;
  GtkOrientable     *columns;
  KomekNotice       *notice;
  GtkEntry          *entry;
  GtkLabel          *field_error;
  GtkWidget         *check;
  GtkSpinner        *spinner;
  KomekNumberPad    *pad;
};

G_DEFINE_FINAL_TYPE (KomekCheckPage, komek_check_page, KOMEK_TYPE_PAGE)

static void
clear_complaint (KomekCheckPage *self)
{
  komek_notice_hide (self->notice);
  gtk_widget_set_visible (GTK_WIDGET (self->field_error), FALSE);
  gtk_widget_remove_css_class (GTK_WIDGET (self->entry), "wrong");
  gtk_accessible_reset_state (GTK_ACCESSIBLE (self->entry), GTK_ACCESSIBLE_STATE_INVALID);
}

/* What slides in can take the focus from its first frame on. */
static gboolean
on_notice_tick (GtkWidget *notice, GdkFrameClock *clock, gpointer data)
{
  gboolean waits =
    gtk_widget_get_visible (notice) && !gtk_widget_child_focus (notice, GTK_DIR_TAB_FORWARD);

  return waits ? G_SOURCE_CONTINUE : G_SOURCE_REMOVE;
}

static void
focus_notice (KomekCheckPage *self)
{
  gtk_widget_add_tick_callback (GTK_WIDGET (self->notice), on_notice_tick, NULL, NULL);
}

/* The same words stand on top, with a way on that has the focus, and at the field. */
static void
complain (KomekCheckPage *self, const char *title, const char *text)
{
  komek_notice_show (self->notice, KOMEK_NOTICE_ERROR, title, text);
  komek_notice_set_button (self->notice, C_ ("button", "All requests"), "win.open(('explore',''))");
  gtk_label_set_label (self->field_error, title);
  gtk_widget_set_visible (GTK_WIDGET (self->field_error), TRUE);
  gtk_widget_add_css_class (GTK_WIDGET (self->entry), "wrong");
  gtk_accessible_update_state (GTK_ACCESSIBLE (self->entry), GTK_ACCESSIBLE_STATE_INVALID,
                               GTK_ACCESSIBLE_INVALID_TRUE, -1);
  focus_notice (self);
}

static void
complain_of_short (KomekCheckPage *self)
{
  const char *typed = gtk_editable_get_text (GTK_EDITABLE (self->entry));
  guint missing = komek_typed_number_count_missing (typed);
  g_autofree char *text = NULL;

  /* Translators: %1$u is how many digits the number has, %2$u how many of them are not typed yet.
   */
  text = g_strdup_printf (ngettext ("The number has %1$u digits. %2$u is missing.",
                                    "The number has %1$u digits. %2$u are missing.", missing),
                          komek_typed_number_count_digits (typed) + missing, missing);
  complain (self, _("Digits are missing"), text);
}

static void
show_busy (KomekCheckPage *self, gboolean busy)
{
  komek_usable_set (self->check, !busy);
  gtk_spinner_set_spinning (self->spinner, busy);
  gtk_widget_set_visible (GTK_WIDGET (self->spinner), busy);
}

static void
say_missing (KomekCheckPage *self)
{
  g_autofree char *text = NULL;

  text = g_strdup_printf (
    /* Translators: %s is the number of a request. */
    _("The city knows no request with the number %s. Compare it with your receipt."),
    komek_request_watch_get_number (self->watch));
  complain (self, _("Request not found"), text);
}

static void
say_unreachable (KomekCheckPage *self)
{
  komek_notice_show_error (self->notice, komek_request_watch_get_problem (self->watch));
  komek_notice_set_button (self->notice, C_ ("button", "Try again"), "check.look-up");
  focus_notice (self);
}

static void
stop_watching (KomekCheckPage *self)
{
  if (self->watch)
    g_signal_handlers_disconnect_by_data (self->watch, self);
  g_clear_object (&self->watch);
  show_busy (self, FALSE);
}

static void
on_watch_changed (KomekCheckPage *self)
{
  KomekWatchState state = komek_request_watch_get_state (self->watch);
  KomekRequest *request = komek_request_watch_get_request (self->watch);
  /* The city's own number, whatever number led to it. */
  g_autofree char *number = request ? g_strdup (komek_request_get_number (request)) : NULL;

  if (state == KOMEK_WATCH_LOOKING)
    return;
  if (state == KOMEK_WATCH_MISSING)
    say_missing (self);
  else if (state == KOMEK_WATCH_UNREACHABLE)
    say_unreachable (self);
  stop_watching (self);
  if (state == KOMEK_WATCH_KNOWN)
    gtk_widget_activate_action (GTK_WIDGET (self), "win.open", "(ss)", "request", number);
}

static void
look_up (KomekCheckPage *self, const char *number)
{
  KomekContext *context = komek_page_get_context (KOMEK_PAGE (self));

  stop_watching (self);
  show_busy (self, TRUE);
  self->watch = komek_request_watch_new (context, number);
  g_signal_connect_swapped (self->watch, "changed", G_CALLBACK (on_watch_changed), self);
}

/* A number that this device gave: what it leads to is the outbox's to say. */
static void
look_up_kept (KomekCheckPage *self, KomekReceipt *receipt)
{
  if (komek_receipt_get_number (receipt))
    look_up (self, komek_receipt_get_number (receipt));
  else
    {
      komek_notice_show (
        self->notice, KOMEK_NOTICE_KNOWN, _("Your request is safe on this device"),
        komek_receipt_get_state (receipt) == KOMEK_RECEIPT_PARKED
          ? _("The city did not accept it as it is. Staff will look at it.")
          : _("It goes to the city by itself, as soon as there is a connection. You need "
              "not wait."));
      komek_notice_set_button (self->notice, C_ ("button", "All requests"),
                               "win.open(('explore',''))");
      focus_notice (self);
    }
}

static void
look_up_anywhere (KomekCheckPage *self, const char *number)
{
  KomekOutbox *outbox = komek_context_get_outbox (komek_page_get_context (KOMEK_PAGE (self)));
  g_autoptr (KomekReceipt) receipt =
    komek_number_is_local (number) ? komek_outbox_look_up (outbox, number) : NULL;

  if (receipt)
    look_up_kept (self, receipt);
  else
    look_up (self, number);
}

static void
on_look_up_activated (GtkWidget *widget, const char *action, GVariant *parameter)
{
  KomekCheckPage *self = KOMEK_CHECK_PAGE (widget);
  g_autofree char *number = NULL;

  clear_complaint (self);
  switch (komek_typed_number_read (gtk_editable_get_text (GTK_EDITABLE (self->entry)), self->ours,
                                   &number))
    {
    case KOMEK_TYPED_GOOD:
      look_up_anywhere (self, number);
      break;
    case KOMEK_TYPED_SHORT:
      complain_of_short (self);
      break;
    case KOMEK_TYPED_WRONG:
      complain (self, _("This number is not right"),
                _("One digit may be wrong. Compare it with your receipt."));
      break;
    case KOMEK_TYPED_NOTHING:
    default:
      gtk_widget_grab_focus (GTK_WIDGET (self->entry));
      break;
    }
}

static void on_entry_changed (KomekCheckPage *self);

static int
place_after (const char *grouped, guint digits)
{
  int place = 0;

  while (digits > 0 && grouped[place])
    digits -= g_ascii_isdigit (grouped[place++]) ? 1 : 0;
  return place;
}

/* The cursor stays behind the digit that it stood behind. */
static gboolean
on_regroup_idle (gpointer data)
{
  KomekCheckPage *self = data;
  GtkEditable *entry = GTK_EDITABLE (self->entry);
  g_autofree char *typed = g_strdup (gtk_editable_get_text (entry));
  g_autofree char *grouped = komek_typed_number_group (typed);
  g_autofree char *before = g_utf8_substring (typed, 0, gtk_editable_get_position (entry));
  guint digits = komek_typed_number_count_digits (before);

  if (grouped && !g_str_equal (grouped, typed))
    {
      g_signal_handlers_block_by_func (entry, on_entry_changed, self);
      gtk_editable_set_text (entry, grouped);
      g_signal_handlers_unblock_by_func (entry, on_entry_changed, self);
      gtk_editable_set_position (entry, place_after (grouped, digits));
    }
  self->regrouping = 0;
  return G_SOURCE_REMOVE;
}

/* Whoever types a letter sets the cursor behind it after this signal, so the
 * text is regrouped only then. */
static void
on_entry_changed (KomekCheckPage *self)
{
  clear_complaint (self);
  gtk_widget_activate_action (GTK_WIDGET (self), "win.remember", "s",
                              gtk_editable_get_text (GTK_EDITABLE (self->entry)));
  if (self->ours && self->regrouping == 0)
    self->regrouping = g_idle_add_full (G_PRIORITY_HIGH_IDLE, on_regroup_idle, self, NULL);
}

static void
on_entry_activated (KomekCheckPage *self)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "check.look-up", NULL);
}

/* A scanner types wherever the focus is; what it types is always a number. */
static gboolean
on_key_pressed (KomekCheckPage *self, guint keyval, guint keycode, GdkModifierType state,
                GtkEventControllerKey *keys)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = gtk_root_get_focus (root);
  gunichar letter = gdk_keyval_to_unicode (keyval);

  if ((focus && gtk_widget_is_ancestor (focus, GTK_WIDGET (self->entry)))
      || !g_unichar_isgraph (letter) || state & (GDK_CONTROL_MASK | GDK_ALT_MASK))
    return FALSE;
  gtk_entry_grab_focus_without_selecting (self->entry);
  if (gtk_widget_get_visible (GTK_WIDGET (self->field_error)))
    gtk_editable_set_text (GTK_EDITABLE (self->entry), "");
  gtk_editable_set_position (GTK_EDITABLE (self->entry), -1);
  return gtk_event_controller_key_forward (keys,
                                           gtk_widget_get_first_child (GTK_WIDGET (self->entry)));
}

static void
on_newest_ready (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) requests = komek_feed_load_finish (KOMEK_FEED (source), result, &error);
  KomekCheckPage *self = data;

  if (requests && requests->len > 0)
    self->ours = komek_number_is_ours (komek_request_get_number (requests->pdata[0]));
  else if (error)
    komek_unread_report ("The newest request", error);
}

/* How a city writes its numbers is seen from its newest one. */
static void
on_order_changed (KomekCheckPage *self)
{
  KomekContext *context = komek_page_get_context (KOMEK_PAGE (self));
  KomekPoints *points = komek_stock_get_points (komek_context_get_stock (context));
  g_autoptr (GArray) keys = g_array_new (FALSE, FALSE, sizeof (guint32));
  const KomekPoint *point;
  guint n;

  if (!points)
    return;
  point = komek_points_peek (points, &n);
  if (n == 0)
    return;
  g_array_append_val (keys, point->key);
  komek_feed_load_async (komek_context_get_feed (context), keys, self->cancellable,
                         on_newest_ready, self);
}

/* On a high screen what is pressed lies low, where it can be reached from a wheelchair. */
static void
on_upright_changed (KomekCheckPage *self)
{
  gboolean upright = komek_context_is_upright (komek_page_get_context (KOMEK_PAGE (self)));

  gtk_orientable_set_orientation (self->columns,
                                  upright ? GTK_ORIENTATION_VERTICAL : GTK_ORIENTATION_HORIZONTAL);
  gtk_widget_set_vexpand (GTK_WIDGET (self->columns), upright);
  gtk_widget_set_valign (GTK_WIDGET (self->columns), upright ? GTK_ALIGN_END : GTK_ALIGN_FILL);
}

/* A city that has not said who it is may number its requests in any way. */
static void
on_city_changed (KomekCheckPage *self)
{
  KomekContext *context = komek_page_get_context (KOMEK_PAGE (self));

  self->ours = *komek_city_peek (komek_context_get_city (context))->id != '\0';
  on_order_changed (self);
}

static void
komek_check_page_constructed (GObject *object)
{
  KomekCheckPage *self = KOMEK_CHECK_PAGE (object);
  KomekContext *context = komek_page_get_context (KOMEK_PAGE (self));

  G_OBJECT_CLASS (komek_check_page_parent_class)->constructed (object);

  g_signal_connect_object (context, "notify::upright", G_CALLBACK (on_upright_changed), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (komek_context_get_stock (context), "notify::order",
                           G_CALLBACK (on_order_changed), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (context, "notify::city", G_CALLBACK (on_city_changed), self,
                           G_CONNECT_SWAPPED);
  on_upright_changed (self);
  on_city_changed (self);
}

static void
komek_check_page_dispose (GObject *object)
{
  KomekCheckPage *self = KOMEK_CHECK_PAGE (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_handle_id (&self->regrouping, g_source_remove);
  if (self->watch)
    g_signal_handlers_disconnect_by_data (self->watch, self);
  g_clear_object (&self->watch);
  G_OBJECT_CLASS (komek_check_page_parent_class)->dispose (object);
}

static void
komek_check_page_finalize (GObject *object)
{
  g_object_unref (KOMEK_CHECK_PAGE (object)->cancellable);
  G_OBJECT_CLASS (komek_check_page_parent_class)->finalize (object);
}

static void
komek_check_page_class_init (KomekCheckPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->constructed = komek_check_page_constructed;
  object_class->dispose = komek_check_page_dispose;
  object_class->finalize = komek_check_page_finalize;

  g_type_ensure (KOMEK_TYPE_NOTICE);
  g_type_ensure (KOMEK_TYPE_NUMBER_PAD);
  gtk_widget_class_install_action (widget_class, "check.look-up", NULL, on_look_up_activated);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/kz/komek/Komek/request/komek-check-page.ui");
  gtk_widget_class_bind_template_child (widget_class, KomekCheckPage, columns);
  gtk_widget_class_bind_template_child (widget_class, KomekCheckPage, notice);
  gtk_widget_class_bind_template_child (widget_class, KomekCheckPage, entry);
  gtk_widget_class_bind_template_child (widget_class, KomekCheckPage, field_error);
  gtk_widget_class_bind_template_child (widget_class, KomekCheckPage, check);
  gtk_widget_class_bind_template_child (widget_class, KomekCheckPage, spinner);
  gtk_widget_class_bind_template_child (widget_class, KomekCheckPage, pad);
  gtk_widget_class_bind_template_callback (widget_class, on_entry_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_key_pressed);
}

static void
komek_check_page_init (KomekCheckPage *self)
{
  self->cancellable = g_cancellable_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  komek_number_pad_set_target (self->pad, GTK_EDITABLE (self->entry));
  g_signal_connect_swapped (self->entry, "activate", G_CALLBACK (on_entry_activated), self);
  komek_page_set_title (KOMEK_PAGE (self), _("Check a request"));
}

/**
 * komek_check_page_new:
 * @typed: what stands in the field already: what was typed before the language changed
 *
 * Returns: (transfer floating): the page
 */
KomekPage *
komek_check_page_new (KomekContext *context, const char *typed)
{
  KomekCheckPage *self = g_object_new (KOMEK_TYPE_CHECK_PAGE, "context", context, NULL);

  gtk_editable_set_text (GTK_EDITABLE (self->entry), typed);
  gtk_editable_set_position (GTK_EDITABLE (self->entry), -1);
  return KOMEK_PAGE (self);
}

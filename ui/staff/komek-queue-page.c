/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-queue-page.h"

#include "komek-error.h"
#include "komek-gettext.h"
#include "komek-notice.h"
#include "komek-pending-row.h"
#include "komek-words-cause.h"

/**
 * KomekQueuePage:
 *
 * What lies on this device and is not at the city, for the staff of a desk: how the queue stands,
 * what is wrong with each request, and buttons that try again.
 *
 * Nothing is ever deleted here: what the city refuses again comes back to the list.
 */
struct _KomekQueuePage
{
  KomekPage     parent;
  GCancellable *cancellable;
  gboolean      listing, again;
  KomekNotice  *notice;
  GtkLabel     *summary;
  GtkWidget    *release_all;
  GtkWidget    *adopt;
  GtkListBox   *list;
  GtkWidget    *nothing;
};

G_DEFINE_FINAL_TYPE (KomekQueuePage, komek_queue_page, KOMEK_TYPE_PAGE)

static KomekContext *
get_context (KomekQueuePage *self)
{
  return komek_page_get_context (KOMEK_PAGE (self));
}

static KomekOutbox *
get_outbox (KomekQueuePage *self)
{
  return komek_context_get_outbox (get_context (self));
}

static char *
say_waiting (KomekQueuePage *self, guint waiting)
{
  KomekContext *context = get_context (self);
  g_autofree char *oldest =
    komek_locale_format_date_time (komek_context_get_locale (context),
                                   komek_outbox_get_oldest (get_outbox (self)),
                                   komek_context_get_zone (context));

  return g_strdup_printf (
    /* Translators: %1$u is how many requests wait to be sent, %2$s is when the first of them was
     * handed in: 21.11.2026, 12:40. */
    ngettext ("%1$u waits to be sent; handed in: %2$s",
              "%1$u wait to be sent; the oldest was handed in: %2$s", waiting),
    waiting, oldest);
}

static void
append_line (GString *text, char *line)
{
  g_string_append_printf (text, "%s%s", text->len > 0 ? "\n" : "", line);
  g_free (line);
}

/* GTK leaves the focus on a button that has gone; it goes on to what comes next, or begins anew. */
static void
show_button (KomekQueuePage *self, GtkWidget *button, gboolean visible)
{
  gboolean had_focus = gtk_widget_is_focus (button);

  gtk_widget_set_visible (button, visible);
  if (visible || !had_focus || gtk_widget_child_focus (GTK_WIDGET (self), GTK_DIR_TAB_FORWARD))
    return;
  gtk_root_set_focus (gtk_widget_get_root (button), NULL);
  gtk_widget_child_focus (GTK_WIDGET (self), GTK_DIR_TAB_FORWARD);
}

static void
show_summary (KomekQueuePage *self)
{
  KomekOutbox *outbox = get_outbox (self);
  guint waiting = komek_outbox_get_waiting (outbox);
  guint parked = komek_outbox_get_parked (outbox);
  guint held = komek_outbox_get_held (outbox);
  guint strays = komek_outbox_get_strays (outbox);
  g_autoptr (GString) text = g_string_new (NULL);

  if (waiting > 0)
    append_line (text, say_waiting (self, waiting));
  if (parked > 0)
    /* Translators: %u is how many requests the city refused as they are. */
    append_line (text, g_strdup_printf (ngettext ("%u was not accepted by the city",
                                                  "%u were not accepted by the city", parked),
                                        parked));
  if (held > 0)
    /* Translators: %u is of how many requests the city has not taken the photos. */
    append_line (text, g_strdup_printf (ngettext ("Of %u the photos wait",
                                                  "Of %u the photos wait", held), held));
  if (strays > 0)
    /* Translators: %u is how many requests wait for an address that is not in use any more. */
    append_line (text, g_strdup_printf (ngettext ("%u waits for a former address of the city",
                                                  "%u wait for a former address of the city",
                                                  strays), strays));
  gtk_label_set_label (self->summary, text->str);
  gtk_widget_set_visible (GTK_WIDGET (self->summary), text->len > 0);
  show_button (self, self->release_all, parked + held > 0);
  show_button (self, self->adopt, strays > 0);
  gtk_widget_set_visible (self->nothing, waiting + parked + held + strays == 0);
}

/* What stops all of them; what concerns one stands beside it. */
static void
show_problem (KomekQueuePage *self)
{
  g_autoptr (GError) problem = komek_outbox_dup_problem (get_outbox (self));
  const char *title = komek_words_cause_title (komek_error_get_cause (problem));
  g_autofree char *remedy =
    komek_words_cause_remedy (get_context (self), komek_error_get_cause (problem));
  g_autofree char *text = g_strjoin (
    " ", _("Nothing is sent until that is put right."),
    remedy ? remedy : _("Please check the city’s address, its key and the clock of this device."),
    NULL);

  if (problem)
    komek_notice_show (self->notice, KOMEK_NOTICE_ERROR,
                       title ? title : _("The city takes no requests from this device"), text);
  else
    komek_notice_hide (self->notice);
}

static void list_pending (KomekQueuePage *self);

static void
fill_list (KomekQueuePage *self, GPtrArray *pending)
{
  GtkWidget *row;

  while ((row = GTK_WIDGET (gtk_list_box_get_row_at_index (self->list, 0))))
    gtk_list_box_remove (self->list, row);
  for (guint i = 0; i < pending->len; i++)
    gtk_list_box_append (self->list,
                         komek_pending_row_new (get_context (self), pending->pdata[i]));
  gtk_widget_set_visible (GTK_WIDGET (self->list), pending->len > 0);
}

/* The row of a request; where it has arrived, the one that is in its place. */
static GtkListBoxRow *
find_row (KomekQueuePage *self, const char *key, int index, int n_rows)
{
  for (int i = 0; i < n_rows; i++)
    {
      GtkListBoxRow *row = gtk_list_box_get_row_at_index (self->list, i);

      if (g_str_equal (komek_pending_row_get_key (KOMEK_PENDING_ROW (row)), key))
        return row;
    }
  return gtk_list_box_get_row_at_index (self->list, MIN (index, n_rows - 1));
}

/* Rows are made anew; whoever is at one of them with the keyboard stays there. A window of GTK 4.8
 * would leave the focus on a row that is gone. */
static void
show_pending (KomekQueuePage *self, GPtrArray *pending)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = root ? gtk_root_get_focus (root) : NULL;
  GtkWidget *row = focus ? gtk_widget_get_ancestor (focus, KOMEK_TYPE_PENDING_ROW) : NULL;
  gboolean on_button = GTK_IS_BUTTON (focus);
  int index = row ? gtk_list_box_row_get_index (GTK_LIST_BOX_ROW (row)) : 0;
  g_autofree char *key =
    row ? g_strdup (komek_pending_row_get_key (KOMEK_PENDING_ROW (row))) : NULL;

  if (key)
    gtk_root_set_focus (root, NULL);
  fill_list (self, pending);
  if (!key)
    return;
  row = GTK_WIDGET (find_row (self, key, index, (int) pending->len));
  if (!row)
    gtk_widget_child_focus (GTK_WIDGET (self), GTK_DIR_TAB_FORWARD);
  else if (on_button)
    komek_pending_row_focus_button (KOMEK_PENDING_ROW (row));
  else
    gtk_widget_grab_focus (row);
}

static void
on_listed (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (KomekQueuePage) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) pending =
    komek_outbox_list_finish (KOMEK_OUTBOX (source), result, &error);

  self->listing = FALSE;
  if (g_cancellable_is_cancelled (self->cancellable))
    return;
  if (pending)
    show_pending (self, pending);
  else
    komek_notice_show_error (self->notice, error);
  if (self->again)
    list_pending (self);
}

/* One at a time; what changes meanwhile is asked for by the next. */
static void
list_pending (KomekQueuePage *self)
{
  self->again = self->listing;
  if (self->listing)
    return;
  self->listing = TRUE;
  komek_outbox_list_async (get_outbox (self), self->cancellable, on_listed, g_object_ref (self));
}

static void
on_outbox_changed (KomekQueuePage *self)
{
  show_summary (self);
  show_problem (self);
  list_pending (self);
}

/* What comes of it is told by the counts; only what could not even be tried is told here. */
static void
on_released (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (KomekQueuePage) self = data;
  g_autoptr (GError) error = NULL;

  if (!komek_outbox_release_finish (KOMEK_OUTBOX (source), result, &error)
      && !g_cancellable_is_cancelled (self->cancellable))
    komek_notice_show_error (self->notice, error);
  else if (!g_cancellable_is_cancelled (self->cancellable))
    list_pending (self);
}

static void
on_release_activated (GtkWidget *widget, const char *action, GVariant *parameter)
{
  KomekQueuePage *self = KOMEK_QUEUE_PAGE (widget);

  komek_outbox_release_async (get_outbox (self), g_variant_get_string (parameter, NULL),
                              self->cancellable, on_released, g_object_ref (self));
}

static void
on_release_all_activated (GtkWidget *widget, const char *action, GVariant *parameter)
{
  KomekQueuePage *self = KOMEK_QUEUE_PAGE (widget);

  komek_outbox_release_async (get_outbox (self), NULL, self->cancellable, on_released,
                              g_object_ref (self));
}

static void
on_adopted (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (KomekQueuePage) self = data;
  g_autoptr (GError) error = NULL;

  if (!komek_outbox_adopt_finish (KOMEK_OUTBOX (source), result, &error)
      && !g_cancellable_is_cancelled (self->cancellable))
    komek_notice_show_error (self->notice, error);
}

static void
on_adopt_activated (GtkWidget *widget, const char *action, GVariant *parameter)
{
  KomekQueuePage *self = KOMEK_QUEUE_PAGE (widget);

  komek_outbox_adopt_async (get_outbox (self), self->cancellable, on_adopted,
                            g_object_ref (self));
}

static void
komek_queue_page_constructed (GObject *object)
{
  KomekQueuePage *self = KOMEK_QUEUE_PAGE (object);

  G_OBJECT_CLASS (komek_queue_page_parent_class)->constructed (object);

  g_signal_connect_object (get_outbox (self), "notify", G_CALLBACK (on_outbox_changed), self,
                           G_CONNECT_SWAPPED);
  on_outbox_changed (self);
}

static void
komek_queue_page_dispose (GObject *object)
{
  g_cancellable_cancel (KOMEK_QUEUE_PAGE (object)->cancellable);
  G_OBJECT_CLASS (komek_queue_page_parent_class)->dispose (object);
}

static void
komek_queue_page_finalize (GObject *object)
{
  g_object_unref (KOMEK_QUEUE_PAGE (object)->cancellable);
  G_OBJECT_CLASS (komek_queue_page_parent_class)->finalize (object);
}

static void
komek_queue_page_class_init (KomekQueuePageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->constructed = komek_queue_page_constructed;
  G_OBJECT_CLASS (klass)->dispose = komek_queue_page_dispose;
  G_OBJECT_CLASS (klass)->finalize = komek_queue_page_finalize;

  g_type_ensure (KOMEK_TYPE_NOTICE);
  gtk_widget_class_install_action (widget_class, "queue.release", "s", on_release_activated);
  gtk_widget_class_install_action (widget_class, "queue.release-all", NULL,
                                   on_release_all_activated);
  gtk_widget_class_install_action (widget_class, "queue.adopt", NULL, on_adopt_activated);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/kz/komek/Komek/staff/komek-queue-page.ui");
  gtk_widget_class_bind_template_child (widget_class, KomekQueuePage, notice);
  gtk_widget_class_bind_template_child (widget_class, KomekQueuePage, summary);
  gtk_widget_class_bind_template_child (widget_class, KomekQueuePage, release_all);
  gtk_widget_class_bind_template_child (widget_class, KomekQueuePage, adopt);
  gtk_widget_class_bind_template_child (widget_class, KomekQueuePage, list);
  gtk_widget_class_bind_template_child (widget_class, KomekQueuePage, nothing);
}

static void
komek_queue_page_init (KomekQueuePage *self)
{
  self->cancellable = g_cancellable_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  komek_page_set_title (KOMEK_PAGE (self), _("Requests on this device"));
}

/**
 * komek_queue_page_new:
 *
 * Returns: (transfer floating): the page
 */
KomekPage *
komek_queue_page_new (KomekContext *context)
{
  return g_object_new (KOMEK_TYPE_QUEUE_PAGE, "context", context, NULL);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-compat.h"

/* The only file that asks which GTK it is built with: what stands here has one
 * name in GTK 4.8 and another in the versions after it. */

#if GTK_CHECK_VERSION(4, 10, 0)

/* Takes the task and the file. */
static void
take (GTask *task, GFile *file, const GError *error)
{
  if (file)
    g_task_return_pointer (task, file, g_object_unref);
  else
    g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_CANCELLED, "%s", error->message);
  g_object_unref (task);
}

static void
on_save_ready (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GError) error = NULL;

  take (data, gtk_file_dialog_save_finish (GTK_FILE_DIALOG (source), result, &error), error);
}

static void
on_open_ready (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GError) error = NULL;

  take (data, gtk_file_dialog_open_finish (GTK_FILE_DIALOG (source), result, &error), error);
}

static void
choose_open (GTask *task, GtkWindow *parent, const char *title, GtkFileFilter *filter)
{
  g_autoptr (GtkFileDialog) dialog = gtk_file_dialog_new ();

  gtk_file_dialog_set_title (dialog, title);
  gtk_file_dialog_set_default_filter (dialog, filter);
  gtk_file_dialog_open (dialog, parent, g_task_get_cancellable (task), on_open_ready,
                        g_object_ref (task));
}

static void
choose_save (GTask *task, GtkWindow *parent, const char *title, const char *name)
{
  g_autoptr (GtkFileDialog) dialog = gtk_file_dialog_new ();

  gtk_file_dialog_set_title (dialog, title);
  gtk_file_dialog_set_initial_name (dialog, name);
  gtk_file_dialog_save (dialog, parent, g_task_get_cancellable (task), on_save_ready,
                        g_object_ref (task));
}

#else

static void
on_response (GtkNativeDialog *dialog, int response, gpointer data)
{
  g_autoptr (GTask) task = data;

  if (response == GTK_RESPONSE_ACCEPT)
    g_task_return_pointer (task, gtk_file_chooser_get_file (GTK_FILE_CHOOSER (dialog)),
                           g_object_unref);
  else
    g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_CANCELLED, "No file was chosen");
  gtk_native_dialog_destroy (dialog);
  g_object_unref (dialog);
}

static void
show (GTask *task, GtkFileChooserNative *dialog)
{
  g_signal_connect (dialog, "response", G_CALLBACK (on_response), g_object_ref (task));
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (dialog));
}

static void
choose_open (GTask *task, GtkWindow *parent, const char *title, GtkFileFilter *filter)
{
  GtkFileChooserNative *dialog =
    gtk_file_chooser_native_new (title, parent, GTK_FILE_CHOOSER_ACTION_OPEN, NULL, NULL);

  gtk_file_chooser_set_filter (GTK_FILE_CHOOSER (dialog), filter);
  show (task, dialog);
}

static void
choose_save (GTask *task, GtkWindow *parent, const char *title, const char *name)
{
  GtkFileChooserNative *dialog =
    gtk_file_chooser_native_new (title, parent, GTK_FILE_CHOOSER_ACTION_SAVE, NULL, NULL);

  gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (dialog), name);
  show (task, dialog);
}

#endif

/**
 * komek_compat_choose_save_async:
 * @title: what the dialogue is called
 * @name: the name that is offered for the file
 *
 * Asks at a desk where to save a file. A kiosk has nowhere.
 */
void
komek_compat_choose_save_async (GtkWindow *parent, const char *title, const char *name,
                                GCancellable *cancellable, GAsyncReadyCallback callback,
                                gpointer data)
{
  g_autoptr (GTask) task = g_task_new (parent, cancellable, callback, data);

  g_task_set_source_tag (task, komek_compat_choose_save_async);
  choose_save (task, parent, title, name);
}

/**
 * komek_compat_choose_open_async:
 * @title: what the dialogue is called
 * @filter: which files are offered
 *
 * Asks at a desk for a file to open.
 */
void
komek_compat_choose_open_async (GtkWindow *parent, const char *title, GtkFileFilter *filter,
                                GCancellable *cancellable, GAsyncReadyCallback callback,
                                gpointer data)
{
  g_autoptr (GTask) task = g_task_new (parent, cancellable, callback, data);

  g_task_set_source_tag (task, komek_compat_choose_open_async);
  choose_open (task, parent, title, filter);
}

/**
 * komek_compat_choose_finish:
 *
 * Fails with %G_IO_ERROR_CANCELLED where nothing was chosen.
 *
 * Returns: (transfer full): the chosen file
 */
GFile *
komek_compat_choose_finish (GtkWindow *parent, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * komek_compat_announce:
 * @widget: where it comes from; its accessible name says the same
 * @text: what a screen reader is to say when it has finished what it says now
 *
 * Where GTK cannot announce anything, the screen reader is left with the changed name of @widget.
 */
void
komek_compat_announce (GtkWidget *widget, const char *text)
{
  g_return_if_fail (GTK_IS_WIDGET (widget));

#if GTK_CHECK_VERSION(4, 14, 0)
  gtk_accessible_announce (GTK_ACCESSIBLE (widget), text,
                           GTK_ACCESSIBLE_ANNOUNCEMENT_PRIORITY_LOW);
#endif
}

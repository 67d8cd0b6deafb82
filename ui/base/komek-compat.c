/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-compat.h"

/* The only file that asks which GTK it is built with: what stands here has one
 * name in GTK 4.8 and another in the versions after it. */

#if GTK_CHECK_VERSION(4, 10, 0)

static void
on_save_ready (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  g_autoptr (GError) error = NULL;
  GFile *file = gtk_file_dialog_save_finish (GTK_FILE_DIALOG (source), result, &error);

  if (file)
    g_task_return_pointer (task, file, g_object_unref);
  else
    g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_CANCELLED, "%s", error->message);
}

static void
choose_save (GTask *task, GtkWindow *parent, const char *title, const char *name)
{
  g_autoptr (GtkFileDialog) dialog = gtk_file_dialog_new ();

  gtk_file_dialog_set_title (dialog, title);
  gtk_file_dialog_set_initial_name (dialog, name);
  gtk_file_dialog_save (dialog, parent, g_task_get_cancellable (task), on_save_ready, g_object_ref (task));
}

#else

static void
on_response (GtkNativeDialog *dialog, int response, gpointer data)
{
  g_autoptr (GTask) task = data;

  if (response == GTK_RESPONSE_ACCEPT)
    g_task_return_pointer (task, gtk_file_chooser_get_file (GTK_FILE_CHOOSER (dialog)), g_object_unref);
  else
    g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_CANCELLED, "No file was chosen");
  gtk_native_dialog_destroy (dialog);
  g_object_unref (dialog);
}

static void
choose_save (GTask *task, GtkWindow *parent, const char *title, const char *name)
{
  GtkFileChooserNative *dialog = gtk_file_chooser_native_new (title, parent, GTK_FILE_CHOOSER_ACTION_SAVE,
                                                              NULL, NULL);

  gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (dialog), name);
  g_signal_connect (dialog, "response", G_CALLBACK (on_response), g_object_ref (task));
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (dialog));
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
                                GCancellable *cancellable, GAsyncReadyCallback callback, gpointer data)
{
  g_autoptr (GTask) task = g_task_new (parent, cancellable, callback, data);

  g_task_set_source_tag (task, komek_compat_choose_save_async);
  choose_save (task, parent, title, name);
}

/**
 * komek_compat_choose_save_finish:
 *
 * Fails with %G_IO_ERROR_CANCELLED where nothing was chosen.
 *
 * Returns: (transfer full): the chosen file
 */
GFile *
komek_compat_choose_save_finish (GtkWindow *parent, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-photos.h"

#include "komek-ability.h"
#include "komek-compat.h"
#include "komek-gettext.h"
#include "komek-icon.h"
#include "komek-photo.h"
#include "komek-usable.h"

#define EDGE 96 /* pixels */

/**
 * KomekPhotos:
 *
 * The photos of a draft: small pictures of those that are there, each with a button that takes
 * it away, and a button that adds one. Files can be dropped here as well.
 *
 * Only for desks: a kiosk has no files of the citizen.
 */
struct _KomekPhotos
{
  GtkBox        parent;
  KomekContext *context;
  KomekNotice  *notice;
  GCancellable *cancellable;
  GtkWidget    *row;
  GtkWidget    *add;
};

G_DEFINE_FINAL_TYPE (KomekPhotos, komek_photos, GTK_TYPE_BOX)

static KomekDraft *
get_draft (KomekPhotos *self)
{
  return komek_context_get_draft (self->context);
}

static void
complain (KomekPhotos *self, const char *title, const char *text)
{
  komek_notice_show (self->notice, KOMEK_NOTICE_ERROR, title, text);
}

static void
on_looked (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GtkPicture) picture = data;
  g_autoptr (GdkTexture) texture = komek_photo_look_finish (result, NULL);

  /* It was looked at before it came into the draft; only a cancelled look brings nothing. */
  if (texture)
    gtk_picture_set_paintable (picture, GDK_PAINTABLE (texture));
}

static void
on_remove_clicked (KomekPhotos *self, GtkButton *button)
{
  GtkWidget *tile = gtk_widget_get_parent (GTK_WIDGET (button));
  guint position = 0;

  while ((tile = gtk_widget_get_prev_sibling (tile)))
    position++;
  komek_draft_remove_photo (get_draft (self), position);
}

static GtkWidget *
build_remove (KomekPhotos *self, guint position)
{
  GtkWidget *button = komek_icon_new_button ("komek-close-symbolic");
  /* Translators: %u is the number of the photo in the row, from 1. */
  g_autofree char *name = g_strdup_printf (_("Remove photo %u"), position + 1);

  gtk_widget_set_halign (button, GTK_ALIGN_END);
  gtk_widget_set_valign (button, GTK_ALIGN_START);
  gtk_widget_set_tooltip_text (button, name);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  g_signal_connect_object (button, "clicked", G_CALLBACK (on_remove_clicked), self,
                           G_CONNECT_SWAPPED);
  return button;
}

static GtkWidget *
build_tile (KomekPhotos *self, GBytes *photo, guint position)
{
  GtkWidget *tile = gtk_overlay_new ();
  GtkWidget *picture = gtk_picture_new ();
  /* Translators: %u is the number of the photo in the row, from 1. */
  g_autofree char *name = g_strdup_printf (_("Photo %u"), position + 1);

  gtk_picture_set_alternative_text (GTK_PICTURE (picture), name);
  gtk_picture_set_can_shrink (GTK_PICTURE (picture), TRUE);
  gtk_widget_set_size_request (picture, EDGE, EDGE);
  gtk_widget_add_css_class (picture, "photo");
  gtk_overlay_set_child (GTK_OVERLAY (tile), picture);
  gtk_overlay_add_overlay (GTK_OVERLAY (tile), build_remove (self, position));
  komek_photo_look_async (photo, 2 * EDGE, self->cancellable, on_looked, g_object_ref (picture));
  return tile;
}

static void
show_photos (KomekPhotos *self)
{
  GPtrArray *photos = komek_draft_get_photos (get_draft (self));
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (self->row)))
    gtk_box_remove (GTK_BOX (self->row), child);
  for (guint i = 0; i < photos->len; i++)
    gtk_box_append (GTK_BOX (self->row), build_tile (self, photos->pdata[i], i));
  gtk_widget_set_visible (self->row, photos->len > 0);
  komek_usable_set (self->add, photos->len < KOMEK_DRAFT_MAX_PHOTOS);
}

/* A file that is on its way to becoming a photo of the draft. */
typedef struct
{
  KomekPhotos *photos;
  GBytes      *bytes;
} Arrival;

static void
arrival_free (Arrival *self)
{
  g_object_unref (self->photos);
  g_clear_pointer (&self->bytes, g_bytes_unref);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Arrival, arrival_free)

static gboolean
was_cancelled (const GError *error)
{
  return g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

static void
on_checked (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (Arrival) arrival = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GdkTexture) texture = komek_photo_look_finish (result, &error);
  KomekPhotos *self = arrival->photos;

  if (was_cancelled (error))
    return;
  if (!texture)
    complain (self, _("This file is not a photo that can be sent"),
              _("Photos in JPEG, PNG or WebP of up to 40 megapixels can be sent."));
  else if (komek_draft_add_photo (get_draft (self), arrival->bytes))
    komek_notice_hide (self->notice);
  else
    complain (self, _("There is no room for one more photo"),
              _("A request takes up to five photos."));
}

static void
on_loaded (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (Arrival) arrival = data;
  g_autoptr (GError) error = NULL;
  KomekPhotos *self = arrival->photos;
  GBytes *bytes = arrival->bytes = g_file_load_bytes_finish (G_FILE (source), result, NULL, &error);

  if (was_cancelled (error))
    return;
  if (!bytes)
    complain (self, _("The photo could not be read"), NULL);
  else
    komek_photo_look_async (bytes, 2 * EDGE, self->cancellable, on_checked,
                            g_steal_pointer (&arrival));
}

/* A file of many gigabytes must not be read to find out that it is too large. */
static void
on_measured (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (Arrival) arrival = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GFileInfo) info = g_file_query_info_finish (G_FILE (source), result, &error);
  KomekPhotos *self = arrival->photos;

  if (was_cancelled (error))
    return;
  if (!info || g_file_info_get_file_type (info) != G_FILE_TYPE_REGULAR)
    complain (self, _("The photo could not be read"), NULL);
  else if (g_file_info_get_size (info) > KOMEK_DRAFT_MAX_PHOTO_BYTES)
    complain (self, _("The photo is too large"), _("A photo may have up to 10 megabytes."));
  else
    g_file_load_bytes_async (G_FILE (source), self->cancellable, on_loaded,
                             g_steal_pointer (&arrival));
}

/**
 * komek_photos_add_file:
 *
 * Adds the photo in a file to the draft, or says why it cannot.
 */
void
komek_photos_add_file (KomekPhotos *self, GFile *file)
{
  Arrival *arrival;

  g_return_if_fail (KOMEK_IS_PHOTOS (self));

  arrival = g_new0 (Arrival, 1);
  arrival->photos = g_object_ref (self);
  g_file_query_info_async (file, G_FILE_ATTRIBUTE_STANDARD_SIZE "," G_FILE_ATTRIBUTE_STANDARD_TYPE,
                           G_FILE_QUERY_INFO_NONE, G_PRIORITY_DEFAULT, self->cancellable,
                           on_measured, arrival);
}

static void
on_chosen (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (KomekPhotos) self = data;
  g_autoptr (GFile) file = komek_compat_choose_finish (GTK_WINDOW (source), result, NULL);

  if (file && !g_cancellable_is_cancelled (self->cancellable))
    komek_photos_add_file (self, file);
}

static void
on_add_clicked (KomekPhotos *self)
{
  g_autoptr (GtkFileFilter) filter = gtk_file_filter_new ();

  gtk_file_filter_add_mime_type (filter, "image/jpeg");
  gtk_file_filter_add_mime_type (filter, "image/png");
  gtk_file_filter_add_mime_type (filter, "image/webp");
  komek_compat_choose_open_async (GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))),
                                  _("Choose a photo"), filter, self->cancellable, on_chosen,
                                  g_object_ref (self));
}

static gboolean
on_drop (KomekPhotos *self, const GValue *value)
{
  g_autoptr (GSList) files = gdk_file_list_get_files (g_value_get_boxed (value));

  for (GSList *file = files; file; file = file->next)
    komek_photos_add_file (self, file->data);
  return TRUE;
}

static void
komek_photos_dispose (GObject *object)
{
  KomekPhotos *self = KOMEK_PHOTOS (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->context);
  g_clear_object (&self->notice);
  G_OBJECT_CLASS (komek_photos_parent_class)->dispose (object);
}

static void
komek_photos_finalize (GObject *object)
{
  g_object_unref (KOMEK_PHOTOS (object)->cancellable);
  G_OBJECT_CLASS (komek_photos_parent_class)->finalize (object);
}

static void
komek_photos_class_init (KomekPhotosClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = komek_photos_dispose;
  G_OBJECT_CLASS (klass)->finalize = komek_photos_finalize;
}

static void
komek_photos_init (KomekPhotos *self)
{
  GtkDropTarget *target = gtk_drop_target_new (GDK_TYPE_FILE_LIST, GDK_ACTION_COPY);

  self->cancellable = g_cancellable_new ();
  gtk_widget_add_css_class (GTK_WIDGET (self), "photos");
  self->row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  self->add = gtk_button_new_with_label (_("Add a photo"));
  gtk_widget_set_valign (self->add, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (self), self->row);
  gtk_box_append (GTK_BOX (self), self->add);
  g_signal_connect_object (self->add, "clicked", G_CALLBACK (on_add_clicked), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (target, "drop", G_CALLBACK (on_drop), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (target));
}

/**
 * komek_photos_new:
 * @notice: where to say what is wrong with a file
 *
 * Returns: (transfer floating): the photos of the draft of @context
 */
GtkWidget *
komek_photos_new (KomekContext *context, KomekNotice *notice)
{
  KomekPhotos *self = g_object_new (KOMEK_TYPE_PHOTOS, "spacing", 12, NULL);

  self->context = g_object_ref (context);
  self->notice = g_object_ref (notice);
  g_signal_connect_object (get_draft (self), "notify::photos", G_CALLBACK (show_photos), self,
                           G_CONNECT_SWAPPED);
  show_photos (self);
  return GTK_WIDGET (self);
}

/**
 * komek_photos_are_taken:
 *
 * Returns: whether there is anybody who has photos and a city that takes them
 */
gboolean
komek_photos_are_taken (KomekContext *context)
{
  return !komek_context_is_kiosk (context)
         && komek_city_can (komek_context_get_city (context), KOMEK_ABILITY_MEDIA);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-slip-offer.h"

#include "komek-compat.h"
#include "komek-gettext.h"

/* The slip on its way into a file. Whoever asks where to may take minutes, and
 * the page with the notice may be gone by then. */
typedef struct
{
  KomekSlip *slip;
  GWeakRef   notice;
} Offer;

static void
offer_free (Offer *offer)
{
  g_object_unref (offer->slip);
  g_weak_ref_clear (&offer->notice);
  g_free (offer);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Offer, offer_free)

static void
on_saved_ready (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (Offer) offer = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (KomekNotice) notice = g_weak_ref_get (&offer->notice);
  gboolean saved = komek_slip_save_finish (KOMEK_SLIP (source), result, &error);

  if (!saved)
    g_warning ("%s", error->message);
  if (!notice)
    return;

  if (saved)
    komek_notice_show (notice, KOMEK_NOTICE_SUCCESS, _("The receipt is saved"), NULL);
  else
    komek_notice_show_error (notice, error);
}

static void
on_chosen_ready (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (Offer) offer = data;
  g_autoptr (GFile) file = komek_compat_choose_finish (GTK_WINDOW (source), result, NULL);
  KomekSlip *slip = offer->slip;

  if (file)
    komek_slip_save_async (slip, file, NULL, on_saved_ready, g_steal_pointer (&offer));
}

/**
 * komek_slip_offer:
 * @notice: where to say what became of it
 *
 * Asks at a desk where to, and saves the slip there as a PDF.
 */
void
komek_slip_offer (KomekSlip *slip, KomekNotice *notice)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (notice));
  Offer *offer = g_new0 (Offer, 1);
  g_autofree char *name = komek_slip_dup_file_name (slip);

  offer->slip = g_object_ref (slip);
  g_weak_ref_init (&offer->notice, notice);
  komek_compat_choose_save_async (GTK_WINDOW (root), _("Save the receipt"), name, NULL,
                                  on_chosen_ready, offer);
}

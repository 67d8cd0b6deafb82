/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-slip.h"

#include "komek-error.h"
#include "komek-gettext.h"
#include "komek-slip-paper.h"
#include "komek-words.h"

#include <cairo-pdf.h>

#define ART "/kz/komek/Komek/art/"

/**
 * KomekSlip:
 *
 * What a citizen takes home: the number of a request, what it is about, until when, and a code that
 * leads to it.
 *
 * It speaks Kazakh and Russian at once, Kazakh above and both in one size,
 * whatever language the screen speaks. It is complete from the start and never
 * changes, so that a thread can draw it.
 */
struct _KomekSlip
{
  GObject        parent;
  KomekSlipPaper paper;
};

G_DEFINE_FINAL_TYPE (KomekSlip, komek_slip, G_TYPE_OBJECT)

/* What one language says on it. */
typedef struct
{
  char *where, *accepted, *registered, *service_label, *service, *place_label, *district,
    *due_label, *due;
  char *code_use, *disagree, *keep, *emergency, *sample;
} Words;

static void
clear_words (Words *words)
{
  char **word = (char **) words;

  for (guint i = 0; i < sizeof *words / sizeof *word; i++)
    g_free (word[i]);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Words, clear_words)

static char *
say_due (KomekContext *context, const KomekRequestFields *fields)
{
  GTimeZone *zone = komek_context_get_zone (context);
  g_autofree char *date = NULL;
  KomekDeadline whole;

  if (fields->due <= 0)
    return NULL;

  date = komek_locale_format_date (komek_context_get_locale (context), fields->due, zone);
  whole = komek_deadline_read (KOMEK_STATUS_NEW, fields->requested, fields->due, 0,
                               fields->requested, zone);
  /* Translators: on the printed slip: %1$s is the date of the deadline, %2$u the days from filing
   * to it. */
  return g_strdup_printf (ngettext ("%1$s · %2$u day", "%1$s · %2$u days", whole.days),
                          date, whole.days);
}

/* All in the language that is spoken at this moment. */
static void
find_words (Words *words, KomekContext *context, KomekRequest *request, gboolean has_link)
{
  const KomekRequestFields *fields = komek_request_peek (request);
  const KomekCityFields *city = komek_city_peek (komek_context_get_city (context));

  words->where = g_strdup (komek_locale_label (komek_context_get_locale (context), city->name));
  /* Translators: the heading of the printed slip and of the page after sending. */
  words->accepted = g_strdup (_("Request accepted"));
  /* Translators: on the printed slip and on the page of a request: above the date. */
  words->registered = g_strdup (C_ ("request", "Registered on"));
  /* Translators: on the printed slip: above the name of what the request is about. */
  words->service_label = g_strdup (C_ ("request", "Category"));
  words->service = g_strdup (komek_words_service (context, request));
  /* Translators: on the printed slip: above the address. */
  words->place_label = g_strdup (C_ ("request", "Place"));
  words->district =
    fields->place ? komek_words_district (context, fields->place) : g_strdup ("");
  /* Translators: on the printed slip and on the page of a request: above the date of the deadline.
   */
  words->due_label = g_strdup (C_ ("request", "Deadline"));
  words->due = say_due (context, fields);
  words->code_use =
    g_strdup (has_link ? _("Follow the request") : _("The code holds the number of the request"));
  words->disagree = g_strdup (_("If you disagree with the answer, call 109 and give this number."));
  words->keep = g_strdup (_("Keep this number"));
  words->emergency = g_strdup (_("In an emergency call 112"));
  /* Translators: a warning on everything that a made-up city shows and prints. */
  words->sample = city->sample ? g_strdup (_("Sample data")) : NULL;
}

static char *
join (const char *first, const char *second, const char *between)
{
  if (g_strcmp0 (first, second) == 0)
    return g_strdup (first);
  return g_strconcat (first, between, second, NULL);
}

static void
add_place (KomekSlipPaper *paper, const KomekRequestFields *fields, const Words *kk,
           const Words *ru)
{
  g_autofree char *district = join (kk->district, ru->district, " / ");
  const char *address = fields->place ? komek_place_get_address (fields->place) : "";

  if (*address || *district)
    komek_slip_paper_add_row (paper, join (kk->place_label, ru->place_label, " · "),
                              g_strdup (*address ? address : district),
                              *address && *district ? g_strdup (district) : NULL);
}

static void
fill_paper (KomekSlipPaper *paper, KomekContext *context, KomekRequest *request, const Words *kk,
            const Words *ru)
{
  const KomekRequestFields *fields = komek_request_peek (request);
  GTimeZone *zone = komek_context_get_zone (context);

  paper->where = join (kk->where, ru->where, " / ");
  paper->accepted = join (kk->accepted, ru->accepted, " · ");
  paper->number = g_strdup (fields->number);
  komek_slip_paper_add_row (paper, join (kk->registered, ru->registered, " · "),
                            komek_locale_format_date_time (komek_context_get_locale (context),
                                                           fields->requested, zone), NULL);
  komek_slip_paper_add_row (paper, join (kk->service_label, ru->service_label, " · "),
                            g_strdup (kk->service), g_strdup (ru->service));
  add_place (paper, fields, kk, ru);
  if (kk->due)
    komek_slip_paper_add_row (paper, join (kk->due_label, ru->due_label, " · "), g_strdup (kk->due),
                              g_strdup (ru->due));
  paper->code_use = join (kk->code_use, ru->code_use, "\n");
  paper->disagree = join (kk->disagree, ru->disagree, "\n");
  paper->keep = join (kk->keep, ru->keep, " · ");
  paper->emergency = join (kk->emergency, ru->emergency, " · ");
  paper->sample = kk->sample ? join (kk->sample, ru->sample, " · ") : NULL;
}

static GdkTexture *
load_art (const char *path)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = g_resources_lookup_data (path, 0, &error);
  GdkTexture *texture = bytes ? gdk_texture_new_from_bytes (bytes, &error) : NULL;

  if (!texture)
    g_warning ("The slip does without %s: %s", path, error->message);
  return texture;
}

static void
komek_slip_finalize (GObject *object)
{
  komek_slip_paper_clear (&KOMEK_SLIP (object)->paper);
  G_OBJECT_CLASS (komek_slip_parent_class)->finalize (object);
}

static void
komek_slip_class_init (KomekSlipClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = komek_slip_finalize;
}

static void
komek_slip_init (KomekSlip *self)
{
}

/**
 * komek_slip_new:
 *
 * Returns: (transfer full): the slip of a request
 */
KomekSlip *
komek_slip_new (KomekContext *context, KomekRequest *request)
{
  KomekSlip *self = g_object_new (KOMEK_TYPE_SLIP, NULL);
  KomekLocale *locale = komek_context_get_locale (context);
  const char *number = komek_request_get_number (request);
  g_autofree char *link = komek_city_dup_link (komek_context_get_city (context), number);
  g_auto (Words) kk = { NULL };
  g_auto (Words) ru = { NULL };
  KomekLanguage usual = komek_locale_borrow (locale, KOMEK_LANGUAGE_RUSSIAN);

  find_words (&ru, context, request, link != NULL);
  komek_locale_borrow (locale, KOMEK_LANGUAGE_KAZAKH);
  find_words (&kk, context, request, link != NULL);
  fill_paper (&self->paper, context, request, &kk, &ru);
  komek_locale_borrow (locale, usual);

  self->paper.code = g_strdup (link ? link : number);
  self->paper.mark = load_art (ART "mark-black.png");
  self->paper.ornament = load_art (ART "ornament-black.png");
  return self;
}

const char *
komek_slip_get_number (KomekSlip *self)
{
  g_return_val_if_fail (KOMEK_IS_SLIP (self), NULL);

  return self->paper.number;
}

/* What its QR code says: the address of the request's public page, else the number alone. */
const char *
komek_slip_get_code (KomekSlip *self)
{
  g_return_val_if_fail (KOMEK_IS_SLIP (self), NULL);

  return self->paper.code;
}

/**
 * komek_slip_dup_file_name:
 *
 * Returns: (transfer full): a name to offer for its file
 */
char *
komek_slip_dup_file_name (KomekSlip *self)
{
  g_autofree char *name = NULL;

  g_return_val_if_fail (KOMEK_IS_SLIP (self), NULL);

  name = g_strdup_printf ("komek-%s.pdf", self->paper.number);
  return g_strdelimit (g_steal_pointer (&name), "/\\:", '-');
}

/**
 * komek_slip_draw:
 * @cr: where a unit is a dot of the printer
 *
 * Draws it from the origin down, %KOMEK_SLIP_DOTS wide, on whatever is white.
 *
 * Returns: how long it is, in dots
 */
double
komek_slip_draw (KomekSlip *self, cairo_t *cr)
{
  g_return_val_if_fail (KOMEK_IS_SLIP (self), 0);

  return komek_slip_paper_draw (&self->paper, cr);
}

static double
measure (const KomekSlipPaper *paper)
{
  cairo_surface_t *surface = cairo_recording_surface_create (CAIRO_CONTENT_COLOR_ALPHA, NULL);
  cairo_t *cr = cairo_create (surface);
  double length = komek_slip_paper_draw (paper, cr);

  cairo_destroy (cr);
  cairo_surface_destroy (surface);
  return length;
}

static cairo_status_t
on_pdf_written (void *bytes, const unsigned char *data, unsigned int length)
{
  g_byte_array_append (bytes, data, length);
  return CAIRO_STATUS_SUCCESS;
}

static GBytes *
print_pdf (const KomekSlipPaper *paper)
{
  const double points_per_dot = 72 / KOMEK_SLIP_DOTS_PER_INCH;
  GByteArray *bytes = g_byte_array_new ();
  cairo_surface_t *surface =
    cairo_pdf_surface_create_for_stream (on_pdf_written, bytes,
                                         (KOMEK_SLIP_DOTS + 2 * KOMEK_SLIP_EDGE) * points_per_dot,
                                         measure (paper) * points_per_dot);
  cairo_t *cr = cairo_create (surface);

  cairo_pdf_surface_set_metadata (surface, CAIRO_PDF_METADATA_TITLE, paper->number);
  cairo_scale (cr, points_per_dot, points_per_dot);
  cairo_translate (cr, KOMEK_SLIP_EDGE, 0);
  komek_slip_paper_draw (paper, cr);
  cairo_destroy (cr);
  cairo_surface_finish (surface);
  cairo_surface_destroy (surface);
  return g_byte_array_free_to_bytes (bytes);
}

static void
save_in_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) pdf = print_pdf (&KOMEK_SLIP (source)->paper);
  gsize length;
  const char *contents = g_bytes_get_data (pdf, &length);

  if (g_file_replace_contents (data, contents, length, NULL, FALSE, G_FILE_CREATE_NONE, NULL,
                               cancellable, &error))
    g_task_return_boolean (task, TRUE);
  else if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    g_task_return_error (task, g_steal_pointer (&error));
  else
    g_task_return_new_error (task, KOMEK_ERROR, KOMEK_ERROR_UNSAVED,
                             "The slip cannot be written: %s", error->message);
}

/**
 * komek_slip_save_async:
 * @file: what is there already is replaced, all of it or nothing
 *
 * Writes the slip as a PDF of one page as wide as the paper of a slip printer.
 */
void
komek_slip_save_async (KomekSlip *self, GFile *file, GCancellable *cancellable,
                       GAsyncReadyCallback callback, gpointer data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, data);

  g_task_set_source_tag (task, komek_slip_save_async);
  g_task_set_task_data (task, g_object_ref (file), g_object_unref);
  g_task_run_in_thread (task, save_in_thread);
}

/* Fails with %KOMEK_ERROR_UNSAVED where the file cannot be written. */
gboolean
komek_slip_save_finish (KomekSlip *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

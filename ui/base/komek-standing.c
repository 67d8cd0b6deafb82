/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-standing.h"

#include "komek-error.h"
#include "komek-gettext.h"
#include "komek-words-cause.h"
#include "komek-words.h"

/* What is older is news no more, but history. */
#define STALE (24 * 60 * 60)

/**
 * KomekStanding:
 *
 * Says in one notice how things stand between this device and the city.
 *
 * Of what is wrong only the gravest is said, for nobody reads two; a citizen's
 * request comes before the map.
 */
struct _KomekStanding
{
  GObject       parent;
  KomekContext *context;
  KomekNotice  *notice;
};

G_DEFINE_FINAL_TYPE (KomekStanding, komek_standing, G_TYPE_OBJECT)

static char *
format_time (KomekContext *context, gint64 time)
{
  return komek_locale_format_date_time (komek_context_get_locale (context), time,
                                        komek_context_get_zone (context));
}

/* Takes a sentence for citizens and puts one for staff behind it. */
static char *
add_remedy (char *sentence, const char *remedy)
{
  g_autofree char *citizens = sentence;
  g_autofree char *staff = remedy ? komek_words_for_staff (remedy) : NULL;

  return g_strjoin (" ", citizens, staff, NULL);
}

static void
show_paused (KomekContext *context, KomekNotice *notice, const GError *problem)
{
  guint waiting = komek_outbox_get_waiting (komek_context_get_outbox (context));
  const char *title = komek_words_cause_title (komek_error_get_cause (problem));
  g_autofree char *remedy = komek_words_cause_remedy (context, komek_error_get_cause (problem));
  char *kept = g_strdup_printf (
    /* Translators: %u is how many requests of citizens wait on this device to be sent. */
    ngettext ("%u request is kept here and will be sent.",
              "%u requests are kept here and will be sent.", waiting), waiting);
  g_autofree char *text = add_remedy (
    kept, remedy ? remedy
                 : _("Please check the city’s address, its key and the clock of this device."));

  komek_notice_show (notice, KOMEK_NOTICE_ERROR,
                     title ? title : _("The city takes no requests from this device"), text);
}

static void
show_overdue (KomekContext *context, KomekNotice *notice)
{
  g_autofree char *time =
    format_time (context, komek_outbox_get_oldest (komek_context_get_outbox (context)));
  g_autofree char *text =
    /* Translators: %s is a day with the time of day: 21.11.2026, 12:40. */
    g_strdup_printf (_("The oldest one was handed in on %s. It is safe here. Staff: please "
                       "check the connection of this device."),
                     time);

  komek_notice_show (notice, KOMEK_NOTICE_ERROR,
                     _("Requests have been waiting for more than three days"), text);
}

static void
show_parked (KomekContext *context, KomekNotice *notice)
{
  guint parked = komek_outbox_get_parked (komek_context_get_outbox (context));
  g_autofree char *title =
    /* Translators: %u is how many requests the city refused as they are. */
    g_strdup_printf (ngettext ("%u request was not accepted by the city",
                               "%u requests were not accepted by the city", parked),
                     parked);

  komek_notice_show (notice, KOMEK_NOTICE_CAUTION, title,
                     _("It is kept on this device. Staff have to look at it."));
}

/* Whoever moved the city knows whether it is the same one. */
static void
show_strays (KomekContext *context, KomekNotice *notice)
{
  guint strays = komek_outbox_get_strays (komek_context_get_outbox (context));
  g_autofree char *title = g_strdup_printf (
    /* Translators: %u is how many requests wait for an address that is not in use any more. */
    ngettext ("%u request waits for a former address of the city",
              "%u requests wait for a former address of the city", strays),
    strays);

  komek_notice_show (notice, KOMEK_NOTICE_ERROR, title,
                     _("It is kept on this device and sent nowhere. Staff have to look at it."));
}

/* The request itself has arrived. */
static void
show_held (KomekContext *context, KomekNotice *notice)
{
  guint held = komek_outbox_get_held (komek_context_get_outbox (context));
  g_autofree char *title = g_strdup_printf (
    /* Translators: %u is of how many requests the city has not taken the photos. */
    ngettext ("The photos of %u request wait", "The photos of %u requests wait", held), held);

  komek_notice_show (notice, KOMEK_NOTICE_KNOWN, title,
                     _("The city has the requests, but takes no photos now."));
}

/* Filing goes on without a line, so this is no error: it is only not today's map. */
static gboolean
is_silence (KomekContext *context, const GError *problem)
{
  gint64 as_of = komek_line_get_as_of (komek_context_get_line (context));

  return as_of > 0 && komek_context_now (context) - as_of <= STALE
         && g_error_matches (problem, KOMEK_ERROR, KOMEK_ERROR_UNREACHABLE)
         && !komek_cause_is_unsafe (komek_error_get_cause (problem));
}

/* What is unsafe, or nobody can explain, is more important than how old the map is. */
static char *
say_line (KomekContext *context, const GError *problem)
{
  KomekCause cause = komek_error_get_cause (problem);
  gint64 as_of = komek_line_get_as_of (komek_context_get_line (context));
  g_autofree char *time = format_time (context, as_of);

  if (as_of == 0 || komek_cause_is_unsafe (cause)
      || (cause == KOMEK_CAUSE_UNKNOWN
          && !g_error_matches (problem, KOMEK_ERROR, KOMEK_ERROR_UNREACHABLE)))
    return komek_words_error (problem);
  /* Translators: %s is when this device last heard of the city: 21.11.2026, 12:40. */
  return g_strdup_printf (_("What you see is as of %s. New requests are kept here and sent as soon "
                            "as there is a connection."),
                          time);
}

static gboolean
show_line (KomekContext *context, KomekNotice *notice)
{
  KomekLine *line = komek_context_get_line (context);
  g_autoptr (GError) problem = komek_line_dup_problem (line);
  g_autofree char *remedy = NULL;
  g_autofree char *text = NULL;

  if (komek_line_get_state (line) != KOMEK_LINE_BROKEN || !problem)
    return FALSE;
  remedy = komek_words_cause_remedy (context, komek_error_get_cause (problem));
  text = add_remedy (say_line (context, problem), remedy);
  komek_notice_show (notice,
                     is_silence (context, problem) ? KOMEK_NOTICE_CAUTION : KOMEK_NOTICE_ERROR,
                     komek_words_error_title (problem), text);
  return TRUE;
}

/* Nobody looks into the queue of a kiosk but who takes it to a desk. */
static void
set_button_of_queue (KomekStanding *self)
{
  if (komek_context_is_kiosk (self->context))
    komek_notice_set_button (self->notice, C_ ("button", "Try again"), "win.retry");
  else
    /* Translators: opens the list of requests that have not arrived. */
    komek_notice_set_button (self->notice, C_ ("button", "Show them"), "win.open(('queue', ''))");
}

static gboolean
show_waiting (KomekContext *context, KomekNotice *notice)
{
  KomekOutbox *outbox = komek_context_get_outbox (context);
  g_autoptr (GError) problem = komek_outbox_dup_problem (outbox);

  if (problem && komek_outbox_get_waiting (outbox) > 0)
    show_paused (context, notice, problem);
  else if (komek_outbox_get_strays (outbox) > 0)
    show_strays (context, notice);
  else if (komek_outbox_is_overdue (outbox))
    show_overdue (context, notice);
  else
    return FALSE;
  return TRUE;
}

/* What only staff can mend; a citizen at a kiosk is not asked to look at what others filed. */
static gboolean
show_refused (KomekContext *context, KomekNotice *notice)
{
  guint parked = komek_outbox_get_parked (komek_context_get_outbox (context));

  if (parked == 0 || komek_context_is_kiosk (context))
    return FALSE;
  show_parked (context, notice);
  return TRUE;
}

static gboolean
show_photos (KomekContext *context, KomekNotice *notice)
{
  guint held = komek_outbox_get_held (komek_context_get_outbox (context));

  if (held == 0 || komek_context_is_kiosk (context))
    return FALSE;
  show_held (context, notice);
  return TRUE;
}

/**
 * komek_standing_show:
 *
 * Says it anew: in the language of now.
 */
void
komek_standing_show (KomekStanding *self)
{
  g_return_if_fail (KOMEK_IS_STANDING (self));

  if (show_waiting (self->context, self->notice) || show_refused (self->context, self->notice))
    set_button_of_queue (self);
  else if (show_line (self->context, self->notice))
    komek_notice_set_button (self->notice, C_ ("button", "Try again"), "win.retry");
  else if (show_photos (self->context, self->notice))
    set_button_of_queue (self);
  else
    komek_notice_hide (self->notice);
}

static void
komek_standing_dispose (GObject *object)
{
  KomekStanding *self = KOMEK_STANDING (object);

  g_clear_object (&self->context);
  g_clear_object (&self->notice);
  G_OBJECT_CLASS (komek_standing_parent_class)->dispose (object);
}

static void
komek_standing_class_init (KomekStandingClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = komek_standing_dispose;
}

static void
komek_standing_init (KomekStanding *self)
{
}

/**
 * komek_standing_new:
 * @notice: whose words follow the line and the outbox of @context from now on
 */
KomekStanding *
komek_standing_new (KomekContext *context, KomekNotice *notice)
{
  KomekStanding *self = g_object_new (KOMEK_TYPE_STANDING, NULL);

  self->context = g_object_ref (context);
  self->notice = g_object_ref (notice);
  g_signal_connect_object (komek_context_get_line (context), "notify",
                           G_CALLBACK (komek_standing_show), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (komek_context_get_outbox (context), "notify",
                           G_CALLBACK (komek_standing_show), self, G_CONNECT_SWAPPED);
  komek_standing_show (self);
  return self;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-embedded-city.h"

#include "komek-error.h"

/* From the end of a server to the start of the next: doubled each time, so that
 * one that cannot start costs little, and short again once one was up. */
#define FIRST_PAUSE 1  /* seconds */
#define LONGEST_PAUSE 60

/**
 * KomekEmbeddedCity:
 *
 * The bundled city server as a child of this program, for whoever has no city of their own.
 *
 * The child is told to end when its standard input closes: the kernel closes
 * our end of that pipe however we end, also when we are killed, and no signal
 * has to arrive for it. A child that ends by itself is started again, for as
 * long as this object is kept. It learns through its environment, which only
 * this user can read, the key by which it knows this program among strangers.
 */
struct _KomekEmbeddedCity
{
  GObject           parent;
  char             *program;
  char             *key;
  GCancellable     *cancellable;
  GSubprocess      *process;
  GDataInputStream *output;
  gboolean          up;
  guint             pause; /* seconds until the next start */
  guint             again; /* source of that start */
};

enum
{
  UP,
  DOWN,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (KomekEmbeddedCity, komek_embedded_city, G_TYPE_OBJECT)

static gboolean
on_pause_over (gpointer data)
{
  KomekEmbeddedCity *self = data;

  self->again = 0;
  komek_embedded_city_start (self);
  return G_SOURCE_REMOVE;
}

/* What a server said is on standard error already, so that nobody need repeat it. */
static void
come_down (KomekEmbeddedCity *self, const char *words)
{
  g_autoptr (GError) error =
    g_error_new_literal (KOMEK_ERROR, self->up ? KOMEK_ERROR_UNREACHABLE : KOMEK_ERROR_UNSAVED,
                         words);

  self->pause = self->up ? FIRST_PAUSE : MIN (self->pause * 2, LONGEST_PAUSE);
  self->up = FALSE;
  g_clear_object (&self->output);
  g_clear_object (&self->process);
  self->again = g_timeout_add_seconds (self->pause, on_pause_over, self);
  g_signal_emit (self, signals[DOWN], 0, error);
}

static void
on_ended (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GError) error = NULL;

  g_subprocess_wait_finish (G_SUBPROCESS (source), result, &error);
  if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    come_down (data, "The bundled city server has ended");
}

/* A server that does not come up ends, and that is where it is noticed. */
static void
on_line_ready (GObject *source, GAsyncResult *result, gpointer data)
{
  KomekEmbeddedCity *self = data;
  g_autoptr (GError) error = NULL;
  g_autofree char *line =
    g_data_input_stream_read_line_finish_utf8 (G_DATA_INPUT_STREAM (source), result, NULL, &error);

  if (error || !line || !g_str_has_prefix (line, "http://"))
    return;
  self->up = TRUE;
  g_signal_emit (self, signals[UP], 0, line);
}

static void
komek_embedded_city_dispose (GObject *object)
{
  KomekEmbeddedCity *self = KOMEK_EMBEDDED_CITY (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_handle_id (&self->again, g_source_remove);
  g_clear_object (&self->output);
  g_clear_object (&self->process);
  G_OBJECT_CLASS (komek_embedded_city_parent_class)->dispose (object);
}

static void
komek_embedded_city_finalize (GObject *object)
{
  KomekEmbeddedCity *self = KOMEK_EMBEDDED_CITY (object);

  g_object_unref (self->cancellable);
  g_free (self->program);
  g_free (self->key);
  G_OBJECT_CLASS (komek_embedded_city_parent_class)->finalize (object);
}

static void
komek_embedded_city_class_init (KomekEmbeddedCityClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = komek_embedded_city_dispose;
  G_OBJECT_CLASS (klass)->finalize = komek_embedded_city_finalize;

  /**
   * KomekEmbeddedCity::up:
   * @url: the address of its GeoReport service, another one each time
   *
   * The server takes requests.
   */
  signals[UP] = g_signal_new ("up", KOMEK_TYPE_EMBEDDED_CITY, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                              NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  /**
   * KomekEmbeddedCity::down:
   * @error: %KOMEK_ERROR_UNREACHABLE where it was up before, else %KOMEK_ERROR_UNSAVED: a server
   *   that does not even come up has nowhere to keep its city
   *
   * The server has ended; it will be started again.
   */
  signals[DOWN] = g_signal_new ("down", KOMEK_TYPE_EMBEDDED_CITY, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                NULL, G_TYPE_NONE, 1, G_TYPE_ERROR);
}

static void
komek_embedded_city_init (KomekEmbeddedCity *self)
{
  self->cancellable = g_cancellable_new ();
  self->pause = FIRST_PAUSE;
}

/**
 * komek_embedded_city_new:
 * @program: the path of komek-city
 *
 * Returns: (transfer full): a city that is not started yet
 */
KomekEmbeddedCity *
komek_embedded_city_new (const char *program)
{
  KomekEmbeddedCity *self = g_object_new (KOMEK_TYPE_EMBEDDED_CITY, NULL);
  g_autofree char *first = g_uuid_string_random ();
  g_autofree char *second = g_uuid_string_random ();

  self->program = g_strdup (program);
  self->key = g_strconcat (first, second, NULL);
  return self;
}

/**
 * komek_embedded_city_get_key:
 *
 * Returns: (transfer none): the api key that the server takes from us
 */
const char *
komek_embedded_city_get_key (KomekEmbeddedCity *self)
{
  g_return_val_if_fail (KOMEK_IS_EMBEDDED_CITY (self), NULL);

  return self->key;
}

/**
 * komek_embedded_city_start:
 *
 * Starts the server on a free port of this machine, unless it runs.
 */
void
komek_embedded_city_start (KomekEmbeddedCity *self)
{
  g_autoptr (GSubprocessLauncher) launcher = NULL;
  g_autoptr (GError) error = NULL;

  g_return_if_fail (KOMEK_IS_EMBEDDED_CITY (self));

  if (self->process)
    return;
  g_clear_handle_id (&self->again, g_source_remove);
  launcher =
    g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_STDIN_PIPE | G_SUBPROCESS_FLAGS_STDOUT_PIPE);
  g_subprocess_launcher_setenv (launcher, "KOMEK_CITY_KEY", self->key, TRUE);
  self->process =
    g_subprocess_launcher_spawn (launcher, &error, self->program, "--until-stdin-closes", NULL);
  if (!self->process)
    {
      g_printerr ("komek: %s\n", error->message);
      come_down (self, error->message);
      return;
    }
  self->output = g_data_input_stream_new (g_subprocess_get_stdout_pipe (self->process));
  g_data_input_stream_read_line_async (self->output, G_PRIORITY_DEFAULT, self->cancellable,
                                       on_line_ready, self);
  g_subprocess_wait_async (self->process, self->cancellable, on_ended, self);
}

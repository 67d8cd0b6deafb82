/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-embedded-city.h"

#include <string.h>

#include "komek-error.h"

/**
 * KomekEmbeddedCity:
 *
 * The bundled city server as a child of this program, for whoever has no city of their own.
 *
 * The child is told to end when its standard input closes: the kernel closes
 * our end of that pipe however we end, also when we are killed, and no signal
 * has to arrive for it. It must be kept for as long as the city is to run.
 */
struct _KomekEmbeddedCity
{
  GObject           parent;
  char             *program;
  GSubprocess      *process;
  GDataInputStream *output;
};

G_DEFINE_FINAL_TYPE (KomekEmbeddedCity, komek_embedded_city, G_TYPE_OBJECT)

static void
on_line_ready (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  g_autoptr (GError) error = NULL;
  char *line =
    g_data_input_stream_read_line_finish_utf8 (G_DATA_INPUT_STREAM (source), result, NULL, &error);

  if (line && g_str_has_prefix (line, "http://"))
    {
      g_task_return_pointer (task, line, g_free);
      return;
    }
  g_free (line);
  g_task_return_new_error (task, KOMEK_ERROR, KOMEK_ERROR_UNREACHABLE,
                           "The bundled city server did not start: %s",
                           error ? error->message : "its own words stand on standard error");
}

static void
komek_embedded_city_dispose (GObject *object)
{
  KomekEmbeddedCity *self = KOMEK_EMBEDDED_CITY (object);

  g_clear_object (&self->output);
  g_clear_object (&self->process);
  G_OBJECT_CLASS (komek_embedded_city_parent_class)->dispose (object);
}

static void
komek_embedded_city_finalize (GObject *object)
{
  g_free (KOMEK_EMBEDDED_CITY (object)->program);
  G_OBJECT_CLASS (komek_embedded_city_parent_class)->finalize (object);
}

static void
komek_embedded_city_class_init (KomekEmbeddedCityClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = komek_embedded_city_dispose;
  G_OBJECT_CLASS (klass)->finalize = komek_embedded_city_finalize;
}

static void
komek_embedded_city_init (KomekEmbeddedCity *self)
{
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

  self->program = g_strdup (program);
  return self;
}

/**
 * komek_embedded_city_start_async:
 *
 * Starts the server on a free port of this machine and waits until it takes requests.
 */
void
komek_embedded_city_start_async (KomekEmbeddedCity *self, GCancellable *cancellable,
                                 GAsyncReadyCallback callback, gpointer data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, data);
  g_autoptr (GError) error = NULL;

  g_return_if_fail (KOMEK_IS_EMBEDDED_CITY (self));
  g_return_if_fail (self->process == NULL);

  g_task_set_source_tag (task, komek_embedded_city_start_async);
  self->process = g_subprocess_new (G_SUBPROCESS_FLAGS_STDIN_PIPE | G_SUBPROCESS_FLAGS_STDOUT_PIPE, &error,
                                    self->program, "--until-stdin-closes", NULL);
  if (!self->process)
    {
      g_task_return_new_error (task, KOMEK_ERROR, KOMEK_ERROR_UNREACHABLE,
                               "The bundled city server cannot be started: %s", error->message);
      return;
    }
  self->output = g_data_input_stream_new (g_subprocess_get_stdout_pipe (self->process));
  g_data_input_stream_read_line_async (self->output, G_PRIORITY_DEFAULT, cancellable, on_line_ready,
                                       g_steal_pointer (&task));
}

/**
 * komek_embedded_city_start_finish:
 *
 * Fails with %KOMEK_ERROR_UNREACHABLE where the server does not come up.
 *
 * Returns: (transfer full) (nullable): the address of its GeoReport service
 */
char *
komek_embedded_city_start_finish (KomekEmbeddedCity *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

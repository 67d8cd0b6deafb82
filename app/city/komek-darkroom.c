/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-darkroom.h"

#include <gio/gio.h>
#include <string.h>

#include "komek-error.h"
#include "komek-picture-head.h"
#include "komek-picture.h"
#include "komek-refusal.h"

#define USUAL_PATIENCE_MS 20000

/* Each may take three quarters of a gigabyte while it works. */
#define MOST_AT_ONCE 2

/* Whoever waits holds a thread of the server, which filings need too. */
#define MOST_WAITING 4

/**
 * KomekDarkroom:
 *
 * Has strangers' pictures written anew, each by a process of its own that ends
 * with it: whatever a file does to its decoder is done to nobody else.
 */
struct _KomekDarkroom
{
  char  *program;
  guint  patience_ms;
  GMutex lock;
  GCond  freed;
  guint  working;
  guint  waiting;
};

/**
 * komek_darkroom_new:
 * @program: (nullable): the path of a komek-city, whose helper is used; %NULL for this program,
 *   also where its file was replaced since it started
 * @patience_ms: how long a picture may take, 0 for the usual
 *
 * Returns: (transfer full): a darkroom
 */
KomekDarkroom *
komek_darkroom_new (const char *program, guint patience_ms)
{
  KomekDarkroom *self = g_new0 (KomekDarkroom, 1);

  self->program = g_strdup (program ? program : "/proc/self/exe");
  self->patience_ms = patience_ms > 0 ? patience_ms : USUAL_PATIENCE_MS;
  g_mutex_init (&self->lock);
  g_cond_init (&self->freed);
  return self;
}

void
komek_darkroom_free (KomekDarkroom *self)
{
  g_mutex_clear (&self->lock);
  g_cond_clear (&self->freed);
  g_free (self->program);
  g_free (self);
}

static gboolean
enter (KomekDarkroom *self, GError **error)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->lock);

  if (self->working >= MOST_AT_ONCE && self->waiting >= MOST_WAITING)
    {
      g_set_error (error, KOMEK_REFUSAL, KOMEK_REFUSAL_BUSY, "%u photos wait already",
                   self->waiting);
      return FALSE;
    }
  self->waiting++;
  while (self->working >= MOST_AT_ONCE)
    g_cond_wait (&self->freed, &self->lock);
  self->waiting--;
  self->working++;
  return TRUE;
}

static void
leave (KomekDarkroom *self)
{
  g_mutex_lock (&self->lock);
  self->working--;
  g_cond_signal (&self->freed);
  g_mutex_unlock (&self->lock);
}

static gboolean
check_head (GBytes *picture, GError **error)
{
  KomekPictureHead head;
  KomekPictureKind kind;
  gsize length;
  const guint8 *data = g_bytes_get_data (picture, &length);

  if (length > KOMEK_PICTURE_MAX_SIZE)
    g_set_error (error, KOMEK_REFUSAL, KOMEK_REFUSAL_PICTURE_BIG, "%" G_GSIZE_FORMAT " bytes",
                 length);
  else if (!komek_picture_head_sniff (data, length, &kind))
    g_set_error (error, KOMEK_REFUSAL, KOMEK_REFUSAL_NO_PICTURE, "No picture");
  else if (!komek_picture_head_read (data, length, &head) || !head.whole)
    g_set_error (error, KOMEK_REFUSAL, KOMEK_REFUSAL_PICTURE_BROKEN, "No size or no end");
  else if (head.moves)
    g_set_error (error, KOMEK_REFUSAL, KOMEK_REFUSAL_PICTURE_MOVES, "An animation");
  else if ((guint64) head.width * head.height > KOMEK_PICTURE_MAX_PIXELS)
    g_set_error (error, KOMEK_REFUSAL, KOMEK_REFUSAL_PICTURE_PIXELS, "%u × %u pixels", head.width,
                 head.height);
  else
    return TRUE;
  return FALSE;
}

/* Nothing of our own surroundings is the helper's business. */
static GSubprocess *
start (KomekDarkroom *self, GError **error)
{
  g_autoptr (GSubprocessLauncher) launcher = g_subprocess_launcher_new (
      G_SUBPROCESS_FLAGS_STDIN_PIPE | G_SUBPROCESS_FLAGS_STDOUT_PIPE
      | G_SUBPROCESS_FLAGS_STDERR_SILENCE);
  const char *modules = g_getenv ("GDK_PIXBUF_MODULE_FILE");
  char *environment[] = { (char *) "LC_ALL=C.UTF-8", NULL, NULL };
  g_autofree char *where =
    modules ? g_strconcat ("GDK_PIXBUF_MODULE_FILE=", modules, NULL) : NULL;

  environment[1] = where;
  g_subprocess_launcher_set_environ (launcher, environment);
  return g_subprocess_launcher_spawn (launcher, error, self->program, KOMEK_DARKROOM_ARGUMENT,
                                      NULL);
}

typedef struct
{
  GMainContext *context;
  GSubprocess  *helper;
  GBytes       *output;
  gboolean      ended;
} Exposure;

static void
on_communicate_ready (GObject *source, GAsyncResult *result, gpointer data)
{
  Exposure *exposure = data;

  /* A helper that hangs up before it has read all is told apart by how it ends. */
  g_subprocess_communicate_finish (exposure->helper, result, &exposure->output, NULL, NULL);
  exposure->ended = TRUE;
}

static gboolean
on_patience_over (gpointer helper)
{
  g_subprocess_force_exit (helper);
  return G_SOURCE_REMOVE;
}

static GBytes *
wait_for (KomekDarkroom *self, GSubprocess *helper, GBytes *picture)
{
  g_autoptr (GMainContext) context = g_main_context_new ();
  g_autoptr (GSource) timer = g_timeout_source_new (self->patience_ms);
  Exposure exposure = { context, helper, NULL, FALSE };

  g_main_context_push_thread_default (context);
  g_source_set_callback (timer, on_patience_over, helper, NULL);
  g_source_attach (timer, context);
  g_subprocess_communicate_async (helper, picture, NULL, on_communicate_ready, &exposure);
  while (!exposure.ended)
    g_main_context_iteration (context, TRUE);
  g_source_destroy (timer);
  g_main_context_pop_thread_default (context);
  return exposure.output;
}

static gboolean
check_end (GSubprocess *helper, GBytes *output, GError **error)
{
  int end = -1;

  g_subprocess_wait (helper, NULL, NULL);
  if (g_subprocess_get_if_exited (helper))
    end = g_subprocess_get_exit_status (helper);
  if (end == KOMEK_PICTURE_WRITTEN && output && g_bytes_get_size (output) > 0)
    return TRUE;
  if (end == KOMEK_PICTURE_UNKNOWN)
    g_set_error (error, KOMEK_REFUSAL, KOMEK_REFUSAL_NO_PICTURE, "No decoder here");
  else if (end == KOMEK_PICTURE_FAILED || end == KOMEK_PICTURE_WRITTEN)
    g_set_error (error, KOMEK_ERROR, KOMEK_ERROR_UNSAVED, "The helper for pictures failed");
  else
    g_set_error (error, KOMEK_REFUSAL, KOMEK_REFUSAL_PICTURE_BROKEN,
                 "The helper for pictures ended with %d", end);
  return FALSE;
}

/**
 * komek_darkroom_develop:
 * @picture: what somebody sent as one
 *
 * Blocks until the picture is written anew; may be called in any thread.
 *
 * Fails with a #KomekRefusal where it is none that the city takes, and with
 * %KOMEK_REFUSAL_BUSY where too many others wait.
 *
 * Returns: (transfer full): a JPEG of its pixels
 */
GBytes *
komek_darkroom_develop (KomekDarkroom *self, GBytes *picture, GError **error)
{
  g_autoptr (GSubprocess) helper = NULL;
  g_autoptr (GBytes) output = NULL;

  if (!check_head (picture, error) || !enter (self, error))
    return NULL;
  helper = start (self, error);
  if (helper)
    output = wait_for (self, helper, picture);
  leave (self);
  return helper && check_end (helper, output, error) ? g_steal_pointer (&output) : NULL;
}

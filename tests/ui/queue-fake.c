/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "queue-fake.h"

enum
{
  PROP_WAITING = 1,
  PROP_PARKED,
  PROP_HELD,
  PROP_STRAYS,
  PROP_OLDEST,
  PROP_OVERDUE,
  PROP_PROBLEM,
};

static void
list_async (KomekOutbox *outbox, GCancellable *cancellable, GAsyncReadyCallback callback,
            gpointer data)
{
  g_autoptr (GTask) task = g_task_new (outbox, cancellable, callback, data);

  g_task_return_pointer (task, g_ptr_array_ref (TEST_QUEUE (outbox)->pending),
                         (GDestroyNotify) g_ptr_array_unref);
}

static GPtrArray *
list_finish (KomekOutbox *outbox, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
release_async (KomekOutbox *outbox, const char *key, GCancellable *cancellable,
               GAsyncReadyCallback callback, gpointer data)
{
  g_autoptr (GTask) task = g_task_new (outbox, cancellable, callback, data);

  g_string_append_printf (TEST_QUEUE (outbox)->asked, "release(%s) ", key ? key : "");
  g_task_return_boolean (task, TRUE);
}

static void
adopt_async (KomekOutbox *outbox, GCancellable *cancellable, GAsyncReadyCallback callback,
             gpointer data)
{
  g_autoptr (GTask) task = g_task_new (outbox, cancellable, callback, data);

  g_string_append (TEST_QUEUE (outbox)->asked, "adopt() ");
  g_task_return_boolean (task, TRUE);
}

static gboolean
done_finish (KomekOutbox *outbox, GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

static void
outbox_init (KomekOutboxInterface *iface)
{
  iface->list_async = list_async;
  iface->list_finish = list_finish;
  iface->release_async = release_async;
  iface->release_finish = done_finish;
  iface->adopt_async = adopt_async;
  iface->adopt_finish = done_finish;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (TestQueue, test_queue, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (KOMEK_TYPE_OUTBOX, outbox_init))

static void
test_queue_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  TestQueue *self = TEST_QUEUE (object);

  switch (prop_id)
    {
    case PROP_WAITING:
      g_value_set_uint (value, self->waiting);
      break;
    case PROP_PARKED:
      g_value_set_uint (value, self->parked);
      break;
    case PROP_HELD:
      g_value_set_uint (value, self->held);
      break;
    case PROP_STRAYS:
      g_value_set_uint (value, self->strays);
      break;
    case PROP_OLDEST:
      g_value_set_int64 (value, self->oldest);
      break;
    case PROP_OVERDUE:
      g_value_set_boolean (value, self->overdue);
      break;
    case PROP_PROBLEM:
      g_value_set_boxed (value, self->problem);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
test_queue_finalize (GObject *object)
{
  TestQueue *self = TEST_QUEUE (object);

  g_clear_error (&self->problem);
  g_ptr_array_unref (self->pending);
  g_string_free (self->asked, TRUE);
  G_OBJECT_CLASS (test_queue_parent_class)->finalize (object);
}

static void
test_queue_class_init (TestQueueClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = test_queue_get_property;
  object_class->finalize = test_queue_finalize;
  g_object_class_override_property (object_class, PROP_WAITING, "waiting");
  g_object_class_override_property (object_class, PROP_PARKED, "parked");
  g_object_class_override_property (object_class, PROP_HELD, "held");
  g_object_class_override_property (object_class, PROP_STRAYS, "strays");
  g_object_class_override_property (object_class, PROP_OLDEST, "oldest");
  g_object_class_override_property (object_class, PROP_OVERDUE, "overdue");
  g_object_class_override_property (object_class, PROP_PROBLEM, "problem");
}

static void
test_queue_init (TestQueue *self)
{
  self->pending = g_ptr_array_new_with_free_func (g_object_unref);
  self->asked = g_string_new (NULL);
}

TestQueue *
test_queue_new (void)
{
  return g_object_new (TEST_TYPE_QUEUE, NULL);
}

/* Says that the fields are other ones now. */
void
test_queue_change (TestQueue *self)
{
  g_object_notify (G_OBJECT (self), "waiting");
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "request-fakes.h"

#include "await.h"
#include "komek-error.h"
#include "komek-outbox.h"
#include "shipped-plan.h"

struct _TestCity
{
  GObject      parent;
  KomekCity   *card;
  GPtrArray   *services;
  KomekPoints *points;
  GHashTable  *requests;  /* number → request, known on this device */
  GHashTable  *far;       /* number → request, known to the city only */
  GHashTable  *histories; /* number → updates */
  GError      *error;     /* what the line and the outbox answer */
  gboolean     held;
  GPtrArray   *waiting; /* of GTask */
  GPtrArray   *keys;    /* of the drafts that were submitted */
  guint        n_refreshed;
  gboolean     full;    /* no room on the disk */
  gboolean     offline; /* nothing is delivered */
  GPtrArray   *definition; /* (nullable): of every service that has one */
  KomekReceipt *receipt; /* of the last one */
  guint        supporters;
};

enum
{
  PROP_STATE = 1,
  PROP_AS_OF,
  PROP_PROBLEM,
  PROP_WAITING,
  PROP_PARKED,
  PROP_HELD,
  PROP_STRAYS,
  PROP_OLDEST,
  PROP_OVERDUE,
};

static void test_city_feed_init (KomekFeedInterface *iface);
static void test_city_line_init (KomekLineInterface *iface);
static void test_city_outbox_init (KomekOutboxInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (TestCity, test_city, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (KOMEK_TYPE_FEED, test_city_feed_init)
                               G_IMPLEMENT_INTERFACE (KOMEK_TYPE_LINE, test_city_line_init)
                               G_IMPLEMENT_INTERFACE (KOMEK_TYPE_OUTBOX, test_city_outbox_init))

static void
city_async (KomekFeed *feed, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer data)
{
  g_autoptr (GTask) task = g_task_new (feed, cancellable, callback, data);

  g_task_return_pointer (task, g_object_ref (TEST_CITY (feed)->card), g_object_unref);
}

static KomekCity *
city_finish (KomekFeed *feed, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
services_async (KomekFeed *feed, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer data)
{
  g_autoptr (GTask) task = g_task_new (feed, cancellable, callback, data);
  GPtrArray *known = TEST_CITY (feed)->services;
  GPtrArray *services = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < known->len; i++)
    g_ptr_array_add (services, g_object_ref (known->pdata[i]));
  g_task_return_pointer (task, services, (GDestroyNotify) g_ptr_array_unref);
}

static GPtrArray *
array_finish (KomekFeed *feed, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
points_async (KomekFeed *feed, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer data)
{
  g_autoptr (GTask) task = g_task_new (feed, cancellable, callback, data);

  g_task_return_pointer (task, komek_points_ref (TEST_CITY (feed)->points),
                         (GDestroyNotify) komek_points_unref);
}

static KomekPoints *
points_finish (KomekFeed *feed, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

/* There is one request behind every key. */
static void
load_async (KomekFeed *feed, GArray *keys, GCancellable *cancellable, GAsyncReadyCallback callback,
            gpointer data)
{
  g_autoptr (GTask) task = g_task_new (feed, cancellable, callback, data);
  GPtrArray *requests = g_ptr_array_new_with_free_func (g_object_unref);
  GHashTableIter iter;
  gpointer request;

  g_hash_table_iter_init (&iter, TEST_CITY (feed)->requests);
  if (keys->len > 0 && g_hash_table_iter_next (&iter, NULL, &request))
    g_ptr_array_add (requests, g_object_ref (request));
  g_task_return_pointer (task, requests, (GDestroyNotify) g_ptr_array_unref);
}

/* And every search finds it. */
static void
search_async (KomekFeed *feed, const char *text, KomekSearchOrder order, guint limit,
              GCancellable *cancellable, GAsyncReadyCallback callback, gpointer data)
{
  g_autoptr (GTask) task = g_task_new (feed, cancellable, callback, data);
  GArray *keys = g_array_new (FALSE, FALSE, sizeof (guint32));
  guint32 key = 1;

  if (g_hash_table_size (TEST_CITY (feed)->requests) > 0)
    g_array_append_val (keys, key);
  g_task_return_pointer (task, komek_hits_new (keys, keys->len, TRUE), (GDestroyNotify) komek_hits_unref);
}

static KomekHits *
search_finish (KomekFeed *feed, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
find_async (KomekFeed *feed, const char *number, GCancellable *cancellable, GAsyncReadyCallback callback,
            gpointer data)
{
  g_autoptr (GTask) task = g_task_new (feed, cancellable, callback, data);
  KomekRequest *request = g_hash_table_lookup (TEST_CITY (feed)->requests, number);

  g_task_return_pointer (task, request ? g_object_ref (request) : NULL, g_object_unref);
}

static KomekRequest *
find_finish (KomekFeed *feed, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
history_async (KomekFeed *feed, const char *number, GCancellable *cancellable, GAsyncReadyCallback callback,
               gpointer data)
{
  g_autoptr (GTask) task = g_task_new (feed, cancellable, callback, data);
  GPtrArray *known = g_hash_table_lookup (TEST_CITY (feed)->histories, number);
  GPtrArray *updates = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = known ? known->len : 0; i > 0; i--)
    g_ptr_array_add (updates, g_object_ref (known->pdata[i - 1]));
  g_task_return_pointer (task, updates, (GDestroyNotify) g_ptr_array_unref);
}

static void
definition_async (KomekFeed *feed, const char *service, GCancellable *cancellable, GAsyncReadyCallback callback,
                  gpointer data)
{
  g_autoptr (GTask) task = g_task_new (feed, cancellable, callback, data);
  GPtrArray *known = TEST_CITY (feed)->definition;

  g_task_return_pointer (task, known ? g_ptr_array_ref (known) : g_ptr_array_new (),
                         (GDestroyNotify) g_ptr_array_unref);
}

static void
test_city_feed_init (KomekFeedInterface *iface)
{
  iface->city_async = city_async;
  iface->city_finish = city_finish;
  iface->services_async = services_async;
  iface->services_finish = array_finish;
  iface->points_async = points_async;
  iface->points_finish = points_finish;
  iface->load_async = load_async;
  iface->load_finish = array_finish;
  iface->search_async = search_async;
  iface->search_finish = search_finish;
  iface->find_async = find_async;
  iface->find_finish = find_finish;
  iface->definition_async = definition_async;
  iface->definition_finish = array_finish;
  iface->history_async = history_async;
  iface->history_finish = array_finish;
}

static void
retry (KomekLine *line)
{
}

static void
answer_refresh (GTask *task)
{
  TestCity *self = g_task_get_source_object (task);
  const char *number = g_task_get_task_data (task);
  KomekRequest *request = g_hash_table_lookup (self->far, number);

  if (self->error)
    {
      g_task_return_error (task, g_error_copy (self->error));
      return;
    }
  if (request)
    g_hash_table_insert (self->requests, g_strdup (number), g_object_ref (request));
  if (g_hash_table_contains (self->requests, number))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_new_error (task, KOMEK_ERROR, KOMEK_ERROR_REFUSED, "No such request");
  komek_feed_emit_requests_changed (KOMEK_FEED (self));
}

static KomekReceipt *
accept (TestCity *self, KomekDraft *draft)
{
  g_autofree char *address = komek_draft_dup_address (draft);
  KomekRequestFields fields = {
    .number = "221126-000-244",
    .service = komek_service_get_code (komek_draft_get_service (draft)),
    .text = komek_draft_get_text (draft),
    .place = komek_draft_get_place (draft),
    .requested = TEST_NOW,
    .updated = TEST_NOW,
    .due = TEST_NOW + 3 * 86400,
  };

  test_city_add_request (self, &fields);
  test_city_add_update (self, fields.number, KOMEK_STATUS_NEW, TEST_NOW, NULL, NULL, FALSE);
  g_clear_object (&self->receipt);
  self->receipt = komek_receipt_new (komek_draft_get_key (draft), TEST_LOCAL_NUMBER, TEST_NOW);
  if (!self->offline)
    komek_receipt_deliver (self->receipt, fields.number);
  return g_object_ref (self->receipt);
}

static void
answer_submit (GTask *task)
{
  TestCity *self = g_task_get_source_object (task);

  if (self->error)
    g_task_return_error (task, g_error_copy (self->error));
  else
    g_task_return_pointer (task, accept (self, g_task_get_task_data (task)), g_object_unref);
}

static void
answer (TestCity *self, GTask *task)
{
  if (g_task_get_source_tag (task) == answer_submit)
    answer_submit (task);
  else
    answer_refresh (task);
}

static void
answer_now_or_later (TestCity *self, GTask *task)
{
  if (self->held)
    g_ptr_array_add (self->waiting, g_object_ref (task));
  else
    answer (self, task);
}

static void
refresh_async (KomekLine *line, const char *number, KomekLanguage language, GCancellable *cancellable,
               GAsyncReadyCallback callback, gpointer data)
{
  g_autoptr (GTask) task = g_task_new (line, cancellable, callback, data);

  g_task_set_source_tag (task, answer_refresh);
  g_task_set_task_data (task, g_strdup (number), g_free);
  TEST_CITY (line)->n_refreshed++;
  answer_now_or_later (TEST_CITY (line), task);
}

static gboolean
refresh_finish (KomekLine *line, GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

static void
test_city_line_init (KomekLineInterface *iface)
{
  iface->retry = retry;
  iface->refresh_async = refresh_async;
  iface->refresh_finish = refresh_finish;
}

static void
submit_async (KomekOutbox *outbox, KomekDraft *draft, GCancellable *cancellable, GAsyncReadyCallback callback,
              gpointer data)
{
  g_autoptr (GTask) task = g_task_new (outbox, cancellable, callback, data);

  g_task_set_source_tag (task, answer_submit);
  g_task_set_task_data (task, g_object_ref (draft), g_object_unref);
  g_ptr_array_add (TEST_CITY (outbox)->keys, g_strdup (komek_draft_get_key (draft)));
  answer_now_or_later (TEST_CITY (outbox), task);
}

static KomekReceipt *
submit_finish (KomekOutbox *outbox, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
prepare_async (KomekOutbox *outbox, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer data)
{
  g_autoptr (GTask) task = g_task_new (outbox, cancellable, callback, data);

  if (TEST_CITY (outbox)->full)
    g_task_return_new_error (task, KOMEK_ERROR, KOMEK_ERROR_UNSAVED, "No space left");
  else
    g_task_return_boolean (task, TRUE);
}

static gboolean
prepare_finish (KomekOutbox *outbox, GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

static KomekReceipt *
look_up (KomekOutbox *outbox, const char *name)
{
  KomekReceipt *receipt = TEST_CITY (outbox)->receipt;

  if (!receipt || (!g_str_equal (komek_receipt_get_key (receipt), name)
                   && !g_str_equal (komek_receipt_get_local (receipt), name)))
    return NULL;
  return g_object_ref (receipt);
}

static void
support_async (KomekOutbox *outbox, const char *number, GCancellable *cancellable,
               GAsyncReadyCallback callback, gpointer data)
{
  g_autoptr (GTask) task = g_task_new (outbox, cancellable, callback, data);
  TestCity *self = TEST_CITY (outbox);

  self->supporters++;
  if (g_error_matches (self->error, KOMEK_ERROR, KOMEK_ERROR_UNREACHABLE))
    g_task_return_int (task, 0);
  else if (self->error)
    g_task_return_error (task, g_error_copy (self->error));
  else
    g_task_return_int (task, self->supporters);
}

static gboolean
support_finish (KomekOutbox *outbox, GAsyncResult *result, guint *supporters, GError **error)
{
  gssize count = g_task_propagate_int (G_TASK (result), error);

  *supporters = MAX (count, 0);
  return count >= 0;
}

static void
test_city_outbox_init (KomekOutboxInterface *iface)
{
  iface->support_async = support_async;
  iface->support_finish = support_finish;
  iface->prepare_async = prepare_async;
  iface->prepare_finish = prepare_finish;
  iface->look_up = look_up;
  iface->submit_async = submit_async;
  iface->submit_finish = submit_finish;
}

static void
test_city_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  TestCity *self = TEST_CITY (object);

  switch (prop_id)
    {
    case PROP_STATE:
      g_value_set_enum (value, self->error ? KOMEK_LINE_BROKEN : KOMEK_LINE_CURRENT);
      break;
    case PROP_AS_OF:
      g_value_set_int64 (value, TEST_NOW - 3600);
      break;
    case PROP_PROBLEM:
      g_value_set_boxed (value, self->error);
      break;
    case PROP_WAITING:
    case PROP_PARKED:
    case PROP_HELD:
    case PROP_STRAYS:
    case PROP_OLDEST:
    case PROP_OVERDUE:
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
test_city_finalize (GObject *object)
{
  TestCity *self = TEST_CITY (object);

  g_object_unref (self->card);
  g_clear_object (&self->receipt);
  g_clear_pointer (&self->definition, g_ptr_array_unref);
  g_ptr_array_unref (self->services);
  komek_points_unref (self->points);
  g_hash_table_unref (self->requests);
  g_hash_table_unref (self->far);
  g_hash_table_unref (self->histories);
  g_clear_error (&self->error);
  g_ptr_array_unref (self->waiting);
  g_ptr_array_unref (self->keys);
  G_OBJECT_CLASS (test_city_parent_class)->finalize (object);
}

static void
test_city_class_init (TestCityClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = test_city_get_property;
  object_class->finalize = test_city_finalize;
  g_object_class_override_property (object_class, PROP_STATE, "state");
  g_object_class_override_property (object_class, PROP_AS_OF, "as-of");
  g_object_class_override_property (object_class, PROP_PROBLEM, "problem");
  g_object_class_override_property (object_class, PROP_WAITING, "waiting");
  g_object_class_override_property (object_class, PROP_PARKED, "parked");
  g_object_class_override_property (object_class, PROP_HELD, "held");
  g_object_class_override_property (object_class, PROP_STRAYS, "strays");
  g_object_class_override_property (object_class, PROP_OLDEST, "oldest");
  g_object_class_override_property (object_class, PROP_OVERDUE, "overdue");
}

static void
test_city_init (TestCity *self)
{
  const char *const none[] = { NULL };
  GArray *nowhere = g_array_new (FALSE, FALSE, sizeof (KomekPoint));

  self->services = g_ptr_array_new_with_free_func (g_object_unref);
  self->points = komek_points_new (nowhere, none, none);
  self->requests = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_object_unref);
  self->far = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_object_unref);
  self->histories = g_hash_table_new_full (g_str_hash, g_str_equal, g_free,
                                           (GDestroyNotify) g_ptr_array_unref);
  self->waiting = g_ptr_array_new_with_free_func (g_object_unref);
  self->keys = g_ptr_array_new_with_free_func (g_free);
}

static KomekCity *
make_card (const char *id, const char *public_url, KomekAbility abilities)
{
  g_autoptr (KomekLabel) name = komek_label_new ("Астана", "Астана", "Astana");
  g_autoptr (KomekLabel) done = komek_label_new ("Жауап берілді", "Дан ответ", "Answered");
  g_autoptr (KomekLabel) agency = komek_label_new ("Байқоңыр ауданының әкімдігі", "Акимат района Байконур",
                                                   "Akimat of Baikonyr");
  g_autoptr (KomekLabel) district = komek_label_new ("Байқоңыр ауданы", "район Байконур", "Baikonyr");
  g_autoptr (KomekBounds) bounds = komek_bounds_new (50.85, 71.2, 51.36, 71.8, NULL);
  KomekCityFields fields = { .id = id, .name = name, .public_url = public_url, .bounds = bounds,
                             .abilities = abilities,
                             .seal_key = abilities & KOMEK_ABILITY_SEALING ? "key" : NULL };
  KomekCity *card = komek_city_new (&fields);

  komek_city_add (card, KOMEK_CITY_STATUSES, "answered", done);
  komek_city_add (card, KOMEK_CITY_AGENCIES, "baikonyr", agency);
  komek_city_add (card, KOMEK_CITY_DISTRICTS, "baikonyr", district);
  return card;
}

/* A city that can whatever cities can. */
TestCity *
test_city_new (const char *id, const char *public_url)
{
  TestCity *self = g_object_new (TEST_TYPE_CITY, NULL);

  self->card = make_card (id, public_url, (1 << KOMEK_N_ABILITIES) - 1);
  return self;
}

/* Before the stage is set. */
void
test_city_forget_abilities (TestCity *self)
{
  const KomekCityFields *fields = komek_city_peek (self->card);
  KomekCity *plain = make_card (fields->id, fields->public_url, 0);

  g_object_unref (self->card);
  self->card = plain;
}

void
test_city_add_service (TestCity *self, const KomekServiceFields *fields)
{
  g_ptr_array_add (self->services, komek_service_new (fields));
}

void
test_city_fill_disk (TestCity *self)
{
  self->full = TRUE;
}

void
test_city_set_offline (TestCity *self)
{
  self->offline = TRUE;
}

/* Takes the array: what the city asks for services with metadata. */
void
test_city_set_definition (TestCity *self, GPtrArray *attributes)
{
  g_clear_pointer (&self->definition, g_ptr_array_unref);
  self->definition = attributes;
}

void
test_city_add_request (TestCity *self, const KomekRequestFields *fields)
{
  g_hash_table_insert (self->requests, g_strdup (fields->number), komek_request_new (fields));
}

/* In the order in which they happened. */
void
test_city_add_update (TestCity *self, const char *number, KomekStatus status, gint64 time, const char *text,
                      const char *agency, gboolean is_answer)
{
  GPtrArray *updates = g_hash_table_lookup (self->histories, number);
  g_autofree char *id = NULL;

  if (!updates)
    {
      updates = g_ptr_array_new_with_free_func (g_object_unref);
      g_hash_table_insert (self->histories, g_strdup (number), updates);
    }
  id = g_strdup_printf ("%u", updates->len);
  g_ptr_array_add (updates, komek_update_new (id, number, status, time, text, agency, is_answer));
}

void
test_city_set_points (TestCity *self, KomekPoints *points)
{
  komek_points_unref (self->points);
  self->points = komek_points_ref (points);
}

/* Only the city knows the request from now on, until somebody asks it. */
void
test_city_hide (TestCity *self, const char *number)
{
  KomekRequest *request = g_hash_table_lookup (self->requests, number);

  g_hash_table_insert (self->far, g_strdup (number), g_object_ref (request));
  g_hash_table_remove (self->requests, number);
}

/* Breaks the line with an error, or mends it with none. */
void
test_city_fail (TestCity *self, GError *error)
{
  g_clear_error (&self->error);
  self->error = error;
  g_object_notify (G_OBJECT (self), "state");
}

/* Keeps what is asked of the line and the outbox waiting. */
void
test_city_hold (TestCity *self)
{
  self->held = TRUE;
}

void
test_city_release (TestCity *self)
{
  self->held = FALSE;
  while (self->waiting->len > 0)
    {
      g_autoptr (GTask) task = g_ptr_array_steal_index (self->waiting, 0);

      answer (self, task);
    }
}

guint
test_city_get_n_refreshed (TestCity *self)
{
  return self->n_refreshed;
}

guint
test_city_get_n_submitted (TestCity *self)
{
  return self->keys->len;
}

const char *
test_city_get_submitted_key (TestCity *self, guint position)
{
  return self->keys->pdata[position];
}

static void
on_gone (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  const char *name = "", *argument = "";

  if (parameter)
    g_variant_get (parameter, "(&s&s)", &name, &argument);
  g_ptr_array_add (data, g_strdup_printf ("%s(%s,%s)", g_action_get_name (G_ACTION (action)), name, argument));
}

static GtkWidget *
make_window (GPtrArray *gone, gboolean kiosk)
{
  const GActionEntry entries[] = {
    { "open", on_gone, "(ss)" },  { "continue", on_gone, "(ss)" }, { "restart", on_gone, "(ss)" },
    { "back", on_gone },          { "home", on_gone },             { "finish", on_gone },
    { "help", on_gone },          { "retry", on_gone },
  };
  g_autoptr (GSimpleActionGroup) group = g_simple_action_group_new ();
  GtkWidget *window = gtk_window_new ();

  g_action_map_add_action_entries (G_ACTION_MAP (group), entries, G_N_ELEMENTS (entries), gone);
  gtk_widget_insert_action_group (window, "win", G_ACTION_GROUP (group));
  gtk_widget_add_css_class (window, "komek");
  gtk_widget_add_css_class (window, kiosk ? "kiosk" : "desktop");
  gtk_window_set_default_size (GTK_WINDOW (window), 1280, 800);
  gtk_window_set_child (GTK_WINDOW (window), gtk_overlay_new ()); /* sheets lie over the page */
  return window;
}

/* Takes ownership of the city and of the locale. */
TestStage *
test_stage_new_in (TestCity *city, gboolean kiosk, KomekLocale *locale)
{
  TestStage *self = g_new0 (TestStage, 1);
  g_autoptr (KomekPlan) plan = read_shipped_plan ();
  KomekContextFields fields = { NULL };

  self->city = city;
  self->gone = g_ptr_array_new_with_free_func (g_free);
  self->locale = locale;
  self->theme = komek_theme_new (gdk_display_get_default (), adw_style_manager_get_default ());
  self->clock = komek_clock_new_fixed (TEST_NOW);
  fields.feed = KOMEK_FEED (city);
  fields.outbox = KOMEK_OUTBOX (city);
  fields.line = KOMEK_LINE (city);
  fields.clock = self->clock;
  fields.locale = self->locale;
  fields.theme = self->theme;
  fields.plan = plan;
  fields.kiosk = kiosk;
  self->context = komek_context_new (&fields);
  self->window = make_window (self->gone, kiosk);
  gtk_window_present (GTK_WINDOW (self->window));
  test_settle ();
  return self;
}

/* In English, which needs no catalogue. */
TestStage *
test_stage_new (TestCity *city, gboolean kiosk)
{
  return test_stage_new_in (city, kiosk, komek_locale_new ("/nowhere", KOMEK_LANGUAGE_ENGLISH));
}

/* Nobody may keep the context when the window is gone. */
void
test_stage_free (TestStage *self)
{
  gtk_window_destroy (GTK_WINDOW (self->window));
  test_settle ();
  let_go (G_OBJECT (self->context));
  let_go (G_OBJECT (self->theme));
  g_object_unref (self->locale);
  g_object_unref (self->clock);
  let_go (G_OBJECT (self->city));
  g_ptr_array_unref (self->gone);
  g_free (self);
}

static gboolean
on_patience_ended (gpointer ended)
{
  *(gboolean *) ended = TRUE;
  return G_SOURCE_REMOVE;
}

/* Puts a page into the window, in the place of the one before. */
void
test_stage_show (TestStage *self, KomekPage *page)
{
  KomekStock *stock = komek_context_get_stock (self->context);
  gboolean ended = FALSE;
  guint patience = g_timeout_add_seconds (5, on_patience_ended, &ended);

  gtk_overlay_set_child (GTK_OVERLAY (gtk_window_get_child (GTK_WINDOW (self->window))), GTK_WIDGET (page));
  /* The requests are sorted in a thread. */
  while (!ended && !komek_stock_get_points (stock) && !komek_stock_get_problem (stock))
    g_main_context_iteration (NULL, TRUE);
  if (!ended)
    g_source_remove (patience);
  test_settle ();
}

const char *
test_stage_get_last (TestStage *self)
{
  return self->gone->len > 0 ? self->gone->pdata[self->gone->len - 1] : "";
}

typedef gboolean (*Match) (GtkWidget *widget, const char *text);

static GtkWidget *
find_widget (GtkWidget *root, Match match, const char *text)
{
  if (match (root, text))
    return root;
  for (GtkWidget *child = gtk_widget_get_first_child (root); child; child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find_widget (child, match, text);

      if (found)
        return found;
    }
  return NULL;
}

static gboolean
has_name (GtkWidget *widget, const char *text)
{
  return g_strcmp0 (gtk_buildable_get_buildable_id (GTK_BUILDABLE (widget)), text) == 0;
}

static gboolean
has_text (GtkWidget *widget, const char *text)
{
  return GTK_IS_LABEL (widget) && test_is_seen (widget)
         && strstr (gtk_label_get_label (GTK_LABEL (widget)), text) != NULL;
}

/* By the id that it has in its template. */
GtkWidget *
test_find_by_name (GtkWidget *root, const char *name)
{
  return find_widget (root, has_name, name);
}

/* A label that shows the text, among other words or alone. */
GtkWidget *
test_find_by_text (GtkWidget *root, const char *text)
{
  return find_widget (root, has_text, text);
}

/* Whether a label with the text comes into sight: what slides in takes frames, and these take time. */
gboolean
test_comes (GtkWidget *root, const char *text)
{
  gboolean ended = FALSE;
  guint patience = g_timeout_add_seconds (5, on_patience_ended, &ended);

  while (!ended && !test_find_by_text (root, text))
    g_main_context_iteration (NULL, TRUE);
  if (!ended)
    g_source_remove (patience);
  return !ended;
}

/* As a finger does, without the quarter of a second that a key takes. */
void
test_press (GtkWidget *root, const char *text)
{
  GtkWidget *label = test_find_by_text (root, text);

  g_assert_nonnull (label);
  g_signal_emit_by_name (gtk_widget_get_ancestor (label, GTK_TYPE_BUTTON), "clicked");
  test_settle ();
}

gboolean
test_is_seen (GtkWidget *widget)
{
  return gtk_widget_get_mapped (widget);
}

/* Lets everything happen that is due. */
void
test_settle (void)
{
  for (guint i = 0; i < 5; i++)
    while (g_main_context_iteration (NULL, FALSE))
      ;
}

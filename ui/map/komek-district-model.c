/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-district-model.h"

/**
 * KomekDistrictModel:
 *
 * The figures of the districts, under the filters of now, while anybody looks at them.
 *
 * They are counted in a thread; what changes meanwhile is counted once more
 * after that. Where the map shows something else, nothing is counted.
 */
struct _KomekDistrictModel
{
  GObject               parent;
  KomekPlan            *plan;
  KomekExploration     *exploration;
  GCancellable         *cancellable;
  KomekAtlas           *counted; /* that the figures are of, or will be; NULL for none */
  KomekDistrictFigures *figures;
  gboolean              counting, count_again;
};

enum
{
  PROP_FIGURES = 1,
  N_PROPS
};

static GParamSpec *props[N_PROPS];

G_DEFINE_FINAL_TYPE (KomekDistrictModel, komek_district_model, G_TYPE_OBJECT)

static void count (KomekDistrictModel *self);

static void
on_counted (GObject *source, GAsyncResult *result, gpointer data)
{
  KomekDistrictModel *self = KOMEK_DISTRICT_MODEL (source);
  g_autoptr (KomekDistrictFigures) figures = g_task_propagate_pointer (G_TASK (result), NULL);

  self->counting = FALSE;
  if (!figures)
    return;
  g_clear_pointer (&self->figures, komek_district_figures_unref);
  self->figures = g_steal_pointer (&figures);
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_FIGURES]);
  if (self->count_again)
    count (self);
}

typedef struct
{
  KomekPlan  *plan;
  KomekAtlas *atlas;
} Job;

static void
job_free (Job *job)
{
  komek_plan_unref (job->plan);
  komek_atlas_unref (job->atlas);
  g_free (job);
}

static void
count_in_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Job *job = data;

  g_task_return_pointer (task, komek_district_figures_new (job->plan, job->atlas),
                         (GDestroyNotify) komek_district_figures_unref);
}

static void
count (KomekDistrictModel *self)
{
  KomekSurvey *survey = komek_exploration_get_survey (self->exploration);
  KomekAtlas *atlas = survey ? komek_survey_get_atlas (survey) : NULL;
  g_autoptr (GTask) task = NULL;
  Job *job;

  self->count_again = FALSE;
  if (!atlas || atlas == self->counted
      || komek_exploration_get_layer (self->exploration) != KOMEK_MAP_DISTRICTS)
    return;
  self->count_again = self->counting;
  if (self->counting)
    return;
  self->counting = TRUE;
  g_clear_pointer (&self->counted, komek_atlas_unref);
  self->counted = komek_atlas_ref (atlas);
  job = g_new (Job, 1);
  *job = (Job) { komek_plan_ref (self->plan), komek_atlas_ref (atlas) };
  task = g_task_new (self, self->cancellable, on_counted, NULL);
  g_task_set_source_tag (task, count);
  g_task_set_task_data (task, job, (GDestroyNotify) job_free);
  g_task_run_in_thread (task, count_in_thread);
}

static void
komek_district_model_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  switch (prop_id)
    {
    case PROP_FIGURES:
      g_value_set_boxed (value, KOMEK_DISTRICT_MODEL (object)->figures);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
komek_district_model_dispose (GObject *object)
{
  KomekDistrictModel *self = KOMEK_DISTRICT_MODEL (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->exploration);
  G_OBJECT_CLASS (komek_district_model_parent_class)->dispose (object);
}

static void
komek_district_model_finalize (GObject *object)
{
  KomekDistrictModel *self = KOMEK_DISTRICT_MODEL (object);

  g_object_unref (self->cancellable);
  g_clear_pointer (&self->counted, komek_atlas_unref);
  g_clear_pointer (&self->figures, komek_district_figures_unref);
  komek_plan_unref (self->plan);
  G_OBJECT_CLASS (komek_district_model_parent_class)->finalize (object);
}

static void
komek_district_model_class_init (KomekDistrictModelClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = komek_district_model_get_property;
  object_class->dispose = komek_district_model_dispose;
  object_class->finalize = komek_district_model_finalize;

  props[PROP_FIGURES] =
    g_param_spec_boxed ("figures", NULL, NULL, KOMEK_TYPE_DISTRICT_FIGURES,
                        G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (object_class, N_PROPS, props);
}

static void
komek_district_model_init (KomekDistrictModel *self)
{
  self->cancellable = g_cancellable_new ();
}

KomekDistrictModel *
komek_district_model_new (KomekPlan *plan, KomekExploration *exploration)
{
  KomekDistrictModel *self = g_object_new (KOMEK_TYPE_DISTRICT_MODEL, NULL);

  self->plan = komek_plan_ref (plan);
  self->exploration = g_object_ref (exploration);
  g_signal_connect_object (exploration, "notify::survey", G_CALLBACK (count), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (exploration, "notify::layer", G_CALLBACK (count), self,
                           G_CONNECT_SWAPPED);
  count (self);
  return self;
}

/**
 * komek_district_model_get_figures:
 *
 * Returns: (transfer none) (nullable): the latest figures, %NULL before anybody looked at them
 */
KomekDistrictFigures *
komek_district_model_get_figures (KomekDistrictModel *self)
{
  g_return_val_if_fail (KOMEK_IS_DISTRICT_MODEL (self), NULL);

  return self->figures;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-flow.h"

#include "komek-unseen.h"

/* Long enough to see which way it went, short enough not to wait for. */
#define TRANSITION_MS 150

typedef struct
{
  KomekRoute *route;
  KomekPage  *page; /* NULL until shown, and after the language changed */
} Step;

/**
 * KomekFlow:
 *
 * Shows one page and remembers the way to it, so that "Back" leads where people think it does.
 *
 * Pages below the visible one are kept as they were left. When the language
 * changes only the visible page is built at once; the others follow when
 * somebody goes back to them.
 */
struct _KomekFlow
{
  GtkWidget      parent;
  GtkStack      *stack;
  GPtrArray     *steps; /* of Step, the first is home */
  KomekFlowBuild build;
  gpointer       build_data;
};

enum
{
  PROP_PAGE = 1,
  PROP_CAN_GO_BACK,
  N_PROPS
};

static GParamSpec *props[N_PROPS];

G_DEFINE_FINAL_TYPE (KomekFlow, komek_flow, GTK_TYPE_WIDGET)

static void
step_free (gpointer data)
{
  Step *step = data;

  komek_route_free (step->route);
  g_clear_object (&step->page);
  g_free (step);
}

static Step *
last (KomekFlow *self)
{
  return self->steps->len > 0 ? self->steps->pdata[self->steps->len - 1] : NULL;
}

static void
drop_page (KomekFlow *self, Step *step)
{
  if (!step->page)
    return;
  gtk_stack_remove (self->stack, GTK_WIDGET (step->page));
  g_clear_object (&step->page);
}

static void
push (KomekFlow *self, const KomekRoute *route)
{
  Step *step = g_new0 (Step, 1);

  step->route = komek_route_copy (route);
  g_ptr_array_add (self->steps, step);
}

/* The newest page replaces its elder in sight before that one is destroyed, so
 * that the focus is never nowhere. */
static void
show_last (KomekFlow *self, GtkStackTransitionType transition)
{
  Step *step = last (self);

  if (!step->page)
    {
      step->page = g_object_ref_sink (self->build (step->route, self->build_data));
      gtk_stack_add_child (self->stack, GTK_WIDGET (step->page));
    }
  gtk_stack_set_transition_type (self->stack, transition);
  gtk_stack_set_visible_child (self->stack, GTK_WIDGET (step->page));
  /* The stack hands on a focus that was in the page before; asking again would
   * move it one further, past the field that waits to be filled. */
  if (!gtk_widget_get_focus_child (GTK_WIDGET (step->page)))
    gtk_widget_child_focus (GTK_WIDGET (step->page), GTK_DIR_TAB_FORWARD);
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_PAGE]);
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_CAN_GO_BACK]);
}

static void
komek_flow_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  KomekFlow *self = KOMEK_FLOW (object);

  switch (prop_id)
    {
    case PROP_PAGE:
      g_value_set_object (value, komek_flow_get_page (self));
      break;
    case PROP_CAN_GO_BACK:
      g_value_set_boolean (value, komek_flow_can_go_back (self));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
komek_flow_dispose (GObject *object)
{
  KomekFlow *self = KOMEK_FLOW (object);

  if (self->steps)
    g_ptr_array_set_size (self->steps, 0);
  if (self->stack)
    gtk_widget_unparent (GTK_WIDGET (self->stack));
  self->stack = NULL;
  G_OBJECT_CLASS (komek_flow_parent_class)->dispose (object);
}

static void
komek_flow_finalize (GObject *object)
{
  g_ptr_array_unref (KOMEK_FLOW (object)->steps);
  G_OBJECT_CLASS (komek_flow_parent_class)->finalize (object);
}

static void
komek_flow_class_init (KomekFlowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS;

  object_class->get_property = komek_flow_get_property;
  object_class->dispose = komek_flow_dispose;
  object_class->finalize = komek_flow_finalize;

  props[PROP_PAGE] = g_param_spec_object ("page", NULL, NULL, KOMEK_TYPE_PAGE, flags);
  props[PROP_CAN_GO_BACK] = g_param_spec_boolean ("can-go-back", NULL, NULL, FALSE, flags);
  g_object_class_install_properties (object_class, N_PROPS, props);

  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "flow");
}

static void
komek_flow_init (KomekFlow *self)
{
  self->steps = g_ptr_array_new_with_free_func (step_free);
  self->stack = GTK_STACK (gtk_stack_new ());
  gtk_stack_set_transition_duration (self->stack, TRANSITION_MS);
  gtk_stack_set_hhomogeneous (self->stack, FALSE);
  gtk_stack_set_vhomogeneous (self->stack, FALSE);
  komek_unseen_hide_in_stack (self->stack);
  gtk_widget_set_parent (GTK_WIDGET (self->stack), GTK_WIDGET (self));
}

/* Who makes the pages; to be called once, before the first route. */
void
komek_flow_set_builder (KomekFlow *self, KomekFlowBuild build, gpointer data)
{
  g_return_if_fail (KOMEK_IS_FLOW (self));

  self->build = build;
  self->build_data = data;
}

/**
 * komek_flow_restart:
 *
 * Goes to a page and forgets the whole way before it, but home.
 */
void
komek_flow_restart (KomekFlow *self, const KomekRoute *route)
{
  g_autoptr (GPtrArray) old = NULL;
  g_autoptr (KomekRoute) home = komek_route_new (KOMEK_ROUTE_HOME, NULL);

  g_return_if_fail (KOMEK_IS_FLOW (self));

  old = g_steal_pointer (&self->steps);
  self->steps = g_ptr_array_new_with_free_func (step_free);
  push (self, home);
  if (route->kind != KOMEK_ROUTE_HOME)
    push (self, route);
  show_last (self, GTK_STACK_TRANSITION_TYPE_CROSSFADE);
  for (guint i = 0; i < old->len; i++)
    drop_page (self, old->pdata[i]);
}

void
komek_flow_open (KomekFlow *self, const KomekRoute *route)
{
  g_return_if_fail (KOMEK_IS_FLOW (self));

  if (last (self) && komek_route_equal (last (self)->route, route))
    return;
  push (self, route);
  show_last (self, GTK_STACK_TRANSITION_TYPE_SLIDE_LEFT);
}

/**
 * komek_flow_back:
 *
 * Returns: %FALSE where this is home already
 */
gboolean
komek_flow_back (KomekFlow *self)
{
  g_autoptr (KomekPage) left = NULL;

  g_return_val_if_fail (KOMEK_IS_FLOW (self), FALSE);

  if (self->steps->len < 2)
    return FALSE;
  left = g_steal_pointer (&last (self)->page);
  g_ptr_array_remove_index (self->steps, self->steps->len - 1);
  show_last (self, GTK_STACK_TRANSITION_TYPE_SLIDE_RIGHT);
  if (left)
    gtk_stack_remove (self->stack, GTK_WIDGET (left));
  return TRUE;
}

/**
 * komek_flow_back_to:
 *
 * Goes back to the nearest page of a kind below the visible one.
 *
 * Returns: %FALSE where the way here did not lead over one
 */
gboolean
komek_flow_back_to (KomekFlow *self, KomekRouteKind kind)
{
  g_return_val_if_fail (KOMEK_IS_FLOW (self), FALSE);

  for (guint i = self->steps->len; i > 1; i--)
    if (((Step *) self->steps->pdata[i - 2])->route->kind == kind)
      {
        while (self->steps->len > i)
          {
            Step *between = self->steps->pdata[self->steps->len - 2];

            drop_page (self, between);
            g_ptr_array_remove_index (self->steps, self->steps->len - 2);
          }
        return komek_flow_back (self);
      }
  return FALSE;
}

/**
 * komek_flow_remember:
 * @argument: takes the place of the route's own
 *
 * Notes what the visible page would be built anew with, for a page whose only
 * model is a line that somebody is typing.
 */
void
komek_flow_remember (KomekFlow *self, const char *argument)
{
  KomekRoute *route;

  g_return_if_fail (KOMEK_IS_FLOW (self));
  g_return_if_fail (last (self));

  route = last (self)->route;
  if (g_strcmp0 (route->argument, argument) == 0)
    return;
  g_free (route->argument);
  route->argument = g_strdup (argument);
}

/**
 * komek_flow_rebuild:
 *
 * Builds the visible page anew and the others when they are next seen.
 */
void
komek_flow_rebuild (KomekFlow *self)
{
  g_autoptr (GPtrArray) old = NULL;

  g_return_if_fail (KOMEK_IS_FLOW (self));

  if (self->steps->len == 0)
    return;
  old = g_ptr_array_new_with_free_func (g_object_unref);
  for (guint i = 0; i < self->steps->len; i++)
    {
      Step *step = self->steps->pdata[i];

      if (step->page)
        g_ptr_array_add (old, g_steal_pointer (&step->page));
    }
  show_last (self, GTK_STACK_TRANSITION_TYPE_NONE);
  for (guint i = 0; i < old->len; i++)
    gtk_stack_remove (self->stack, old->pdata[i]);
}

gboolean
komek_flow_can_go_back (KomekFlow *self)
{
  g_return_val_if_fail (KOMEK_IS_FLOW (self), FALSE);

  return self->steps->len > 1;
}

/**
 * komek_flow_get_route:
 *
 * Returns: (transfer none) (nullable): where we are
 */
const KomekRoute *
komek_flow_get_route (KomekFlow *self)
{
  g_return_val_if_fail (KOMEK_IS_FLOW (self), NULL);

  return last (self) ? last (self)->route : NULL;
}

/**
 * komek_flow_get_page:
 *
 * Returns: (transfer none) (nullable): the visible page
 */
KomekPage *
komek_flow_get_page (KomekFlow *self)
{
  g_return_val_if_fail (KOMEK_IS_FLOW (self), NULL);

  return last (self) ? last (self)->page : NULL;
}

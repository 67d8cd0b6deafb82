/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-category-page.h"

#include <string.h>

#include "komek-category-icon.h"
#include "komek-gettext.h"
#include "komek-icon.h"
#include "komek-service-row.h"
#include "komek-service-search.h"
#include "komek-steps.h"

#define MOST_FOUND 12
#define N_OFTEN 3
#define SKELETON_ROWS 5
#define THIRTY_DAYS (30 * 86400)

/**
 * KomekCategoryPage:
 *
 * The first question: what happened? By category, by what is often reported at this time, or in
 * one's own words.
 */
struct _KomekCategoryPage
{
  KomekPage      parent;
  GCancellable  *cancellable;
  KomekPoints   *points;
  KomekQuestion *question;
  GtkEditable   *search;
  GtkWidget     *browse;
  GtkBox        *found;
  GtkLabel      *nothing;
  GtkWidget     *often_head;
  GtkWidget     *unknown;
  GtkWidget     *loading;
  GtkWidget     *all_head;
  GtkGrid       *often;
  GtkGrid       *all;
};

/* A category as this page needs it: the first service that names it, and how often it was reported
 * lately. */
typedef struct
{
  KomekService *service;
  guint         count;
} Category;

G_DEFINE_FINAL_TYPE (KomekCategoryPage, komek_category_page, KOMEK_TYPE_PAGE)

static GtkWidget *
make_tile (KomekCategoryPage *self, KomekService *service, gboolean often)
{
  KomekLocale *locale = komek_context_get_locale (komek_page_get_context (KOMEK_PAGE (self)));
  GtkWidget *tile = gtk_button_new ();
  GtkWidget *box = often ? gtk_box_new (GTK_ORIENTATION_VERTICAL, 16)
                         : gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 11);
  GtkWidget *well = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  g_autofree char *icon = komek_category_icon_dup_name (komek_service_get_group (service));
  GtkWidget *image = komek_icon_new_image (icon);
  GtkWidget *name =
    gtk_label_new (komek_locale_label (locale, komek_service_get_group_name (service)));

  gtk_widget_set_hexpand (image, TRUE);
  gtk_box_append (GTK_BOX (well), image);
  gtk_widget_set_hexpand (well, FALSE);
  gtk_widget_set_halign (well, GTK_ALIGN_START);
  gtk_widget_set_valign (well, often ? GTK_ALIGN_START : GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (well, "well");
  gtk_label_set_wrap (GTK_LABEL (name), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (name), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_xalign (GTK_LABEL (name), 0);
  gtk_widget_set_hexpand (name, TRUE);
  gtk_widget_set_vexpand (name, often);
  gtk_widget_set_valign (name, often ? GTK_ALIGN_END : GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (box), well);
  gtk_box_append (GTK_BOX (box), name);
  gtk_button_set_child (GTK_BUTTON (tile), box);
  gtk_widget_set_hexpand (tile, TRUE);
  gtk_widget_add_css_class (tile, "category-tile");
  if (often)
    gtk_widget_add_css_class (tile, "often");
  gtk_actionable_set_action_name (GTK_ACTIONABLE (tile), "win.open");
  gtk_actionable_set_action_target (GTK_ACTIONABLE (tile), "(ss)", "service",
                                    komek_service_get_group (service));
  gtk_accessible_update_property (GTK_ACCESSIBLE (tile), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  gtk_label_get_label (GTK_LABEL (name)), -1);
  return tile;
}

static void
clear (GtkWidget *container, void (*remove) (gpointer, GtkWidget *))
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (container)))
    remove (container, child);
}

static GArray *
list_categories (KomekCategoryPage *self)
{
  GPtrArray *services = komek_context_get_services (komek_page_get_context (KOMEK_PAGE (self)));
  g_autoptr (GHashTable) known = g_hash_table_new (g_str_hash, g_str_equal);
  GArray *categories = g_array_new (FALSE, FALSE, sizeof (Category));

  for (guint i = 0; i < services->len; i++)
    {
      Category category = { services->pdata[i], 0 };

      if (g_hash_table_add (known, (char *) komek_service_get_group (category.service)))
        g_array_append_val (categories, category);
    }
  return categories;
}

static int
get_columns (KomekCategoryPage *self)
{
  KomekContext *context = komek_page_get_context (KOMEK_PAGE (self));

  if (komek_context_is_upright (context))
    return 3;
  if (komek_context_is_kiosk (context))
    return 5;
  return komek_context_is_small (context) ? 3 : 4;
}

static int
compare_counts (gconstpointer a, gconstpointer b)
{
  return (int) ((const Category *) b)->count - (int) ((const Category *) a)->count;
}

static void
count_points (KomekCategoryPage *self, GArray *categories, KomekPoints *points)
{
  KomekContext *context = komek_page_get_context (KOMEK_PAGE (self));
  const char *const *codes = komek_points_get_services (points);
  gint64 since = komek_context_now (context) - THIRTY_DAYS;
  g_autofree guint *counts = g_new0 (guint, g_strv_length ((char **) codes) + 1);
  guint n;
  const KomekPoint *point = komek_points_peek (points, &n);

  for (guint i = 0; i < n; i++, point++)
    if (point->requested >= since)
      counts[point->service]++;
  for (guint code = 0; codes[code]; code++)
    {
      KomekService *service = komek_context_find_service (context, codes[code]);

      for (guint i = 0; service && i < categories->len; i++)
        {
          Category *category = &g_array_index (categories, Category, i);

          if (strcmp (komek_service_get_group (category->service),
                      komek_service_get_group (service))
              == 0)
            category->count += counts[code];
        }
    }
}

/* The categories that were reported most, as far as any was. */
static GArray *
find_often (KomekCategoryPage *self)
{
  GArray *often = list_categories (self);

  if (self->points)
    count_points (self, often, self->points);
  g_array_sort (often, compare_counts);
  g_array_set_size (often, MIN (N_OFTEN, often->len));
  while (often->len > 0 && g_array_index (often, Category, often->len - 1).count == 0)
    g_array_set_size (often, often->len - 1);
  return often;
}

static gboolean
holds (GArray *categories, KomekService *service)
{
  for (guint i = 0; i < categories->len; i++)
    if (g_array_index (categories, Category, i).service == service)
      return TRUE;
  return FALSE;
}

/* Blocks in the shape of the tiles that are to come. */
static void
show_skeleton (KomekCategoryPage *self)
{
  int columns = get_columns (self);

  for (int i = 0; i < SKELETON_ROWS * columns; i++)
    {
      GtkWidget *block = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);

      gtk_widget_set_hexpand (block, TRUE);
      gtk_widget_add_css_class (block, "skeleton");
      gtk_widget_add_css_class (block, "skeleton-tile");
      gtk_grid_attach (self->all, block, i % columns, i / columns, 1, 1);
    }
}

/* What stands above as often reported does not stand below again, so that all
 * of it fits one upright screen. */
static void
show_categories (KomekCategoryPage *self)
{
  g_autoptr (GArray) categories = list_categories (self);
  g_autoptr (GArray) often = find_often (self);
  int columns = get_columns (self);

  clear (GTK_WIDGET (self->often), (void (*) (gpointer, GtkWidget *)) gtk_grid_remove);
  clear (GTK_WIDGET (self->all), (void (*) (gpointer, GtkWidget *)) gtk_grid_remove);
  for (guint i = 0; i < often->len; i++)
    gtk_grid_attach (self->often,
                     make_tile (self, g_array_index (often, Category, i).service, TRUE), i, 0, 1,
                     1);
  for (guint i = 0, n = 0; i < categories->len; i++)
    {
      KomekService *service = g_array_index (categories, Category, i).service;

      if (holds (often, service))
        continue;
      gtk_grid_attach (self->all, make_tile (self, service, FALSE), n % columns, n / columns, 1, 1);
      n++;
    }
  if (categories->len == 0)
    show_skeleton (self);
  gtk_widget_set_visible (self->often_head, often->len > 0);
}

/* What is often reported does not change while somebody reads it. */
static void
on_order_changed (KomekCategoryPage *self)
{
  KomekContext *context = komek_page_get_context (KOMEK_PAGE (self));
  KomekPoints *points = komek_stock_get_points (komek_context_get_stock (context));

  if (!points || self->points)
    return;
  self->points = komek_points_ref (points);
  show_categories (self);
}

static void
on_search_changed (KomekCategoryPage *self)
{
  KomekContext *context = komek_page_get_context (KOMEK_PAGE (self));
  const char *text = gtk_editable_get_text (self->search);
  g_autoptr (GPtrArray) found =
    komek_service_search (komek_context_get_services (context), text, MOST_FOUND);

  clear (GTK_WIDGET (self->found), (void (*) (gpointer, GtkWidget *)) gtk_box_remove);
  for (guint i = 0; i < found->len; i++)
    gtk_box_append (self->found, komek_service_row_new (context, found->pdata[i], TRUE));
  gtk_widget_set_visible (self->browse, *text == '\0');
  gtk_widget_set_visible (GTK_WIDGET (self->nothing), *text && found->len == 0);
}

/* Without a city on its first day a device has no categories, and has to say why. */
static void
show_whether_known (KomekCategoryPage *self)
{
  KomekContext *context = komek_page_get_context (KOMEK_PAGE (self));
  gboolean known = komek_context_get_services (context)->len > 0;
  gboolean broken =
    komek_line_get_state (komek_context_get_line (context)) == KOMEK_LINE_BROKEN;

  gtk_widget_set_visible (self->all_head, known);
  gtk_widget_set_visible (self->unknown, !known && broken);
  gtk_widget_set_visible (self->loading, !known && !broken);
  gtk_widget_set_visible (GTK_WIDGET (self->all), known || !broken);
}

static void
on_services_changed (KomekCategoryPage *self)
{
  show_categories (self);
  show_whether_known (self);
  on_search_changed (self);
}

/* Nobody shall answer all the questions and then hear that there is no room for the answers. */
static void
on_prepared (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GError) error = NULL;
  KomekCategoryPage *self = data;

  if (komek_outbox_prepare_finish (KOMEK_OUTBOX (source), result, &error)
      || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  komek_notice_show_error (komek_question_get_notice (self->question), error);
  gtk_widget_set_visible (GTK_WIDGET (self->search), FALSE);
  gtk_widget_set_visible (self->browse, FALSE);
}

static void
komek_category_page_constructed (GObject *object)
{
  KomekCategoryPage *self = KOMEK_CATEGORY_PAGE (object);
  KomekContext *context = komek_page_get_context (KOMEK_PAGE (self));

  G_OBJECT_CLASS (komek_category_page_parent_class)->constructed (object);

  komek_steps_show (self->question, context, KOMEK_STEP_SERVICE);
  komek_outbox_prepare_async (komek_context_get_outbox (context), self->cancellable, on_prepared,
                              self);

  g_signal_connect_object (context, "notify::services", G_CALLBACK (on_services_changed), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (komek_context_get_line (context), "notify::state",
                           G_CALLBACK (show_whether_known), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (komek_context_get_stock (context), "notify::order",
                           G_CALLBACK (on_order_changed), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (context, "notify::upright", G_CALLBACK (show_categories), self,
                           G_CONNECT_SWAPPED);
  on_services_changed (self);
  on_order_changed (self);
}

static void
komek_category_page_dispose (GObject *object)
{
  g_cancellable_cancel (KOMEK_CATEGORY_PAGE (object)->cancellable);
  G_OBJECT_CLASS (komek_category_page_parent_class)->dispose (object);
}

static void
komek_category_page_finalize (GObject *object)
{
  KomekCategoryPage *self = KOMEK_CATEGORY_PAGE (object);

  g_object_unref (self->cancellable);
  g_clear_pointer (&self->points, komek_points_unref);
  G_OBJECT_CLASS (komek_category_page_parent_class)->finalize (object);
}

static void
komek_category_page_class_init (KomekCategoryPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->constructed = komek_category_page_constructed;
  object_class->dispose = komek_category_page_dispose;
  object_class->finalize = komek_category_page_finalize;

  g_type_ensure (KOMEK_TYPE_QUESTION);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/kz/komek/Komek/file/komek-category-page.ui");
  gtk_widget_class_bind_template_child (widget_class, KomekCategoryPage, question);
  gtk_widget_class_bind_template_child (widget_class, KomekCategoryPage, search);
  gtk_widget_class_bind_template_child (widget_class, KomekCategoryPage, browse);
  gtk_widget_class_bind_template_child (widget_class, KomekCategoryPage, found);
  gtk_widget_class_bind_template_child (widget_class, KomekCategoryPage, nothing);
  gtk_widget_class_bind_template_child (widget_class, KomekCategoryPage, often_head);
  gtk_widget_class_bind_template_child (widget_class, KomekCategoryPage, often);
  gtk_widget_class_bind_template_child (widget_class, KomekCategoryPage, unknown);
  gtk_widget_class_bind_template_child (widget_class, KomekCategoryPage, loading);
  gtk_widget_class_bind_template_child (widget_class, KomekCategoryPage, all_head);
  gtk_widget_class_bind_template_child (widget_class, KomekCategoryPage, all);
  gtk_widget_class_bind_template_callback (widget_class, on_search_changed);
}

static void
komek_category_page_init (KomekCategoryPage *self)
{
  self->cancellable = g_cancellable_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  komek_page_set_title (KOMEK_PAGE (self), C_ ("page", "Category"));
}

/**
 * komek_category_page_new:
 *
 * Returns: (transfer floating): the page
 */
KomekPage *
komek_category_page_new (KomekContext *context)
{
  return g_object_new (KOMEK_TYPE_CATEGORY_PAGE, "context", context, NULL);
}

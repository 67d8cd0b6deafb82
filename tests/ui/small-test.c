/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "request-fakes.h"

#include "await.h"
#include "komek-bottom-bar.h"
#include "komek-category-page.h"
#include "komek-check-page.h"
#include "komek-contact-page.h"
#include "komek-done-page.h"
#include "komek-explore-page.h"
#include "komek-home-page.h"
#include "komek-place-page.h"
#include "komek-request-page.h"
#include "komek-review-page.h"
#include "komek-sending.h"
#include "komek-service-page.h"
#include "komek-text-page.h"
#include "komek-top-bar.h"

/* Every page of a kiosk fits the smallest screen that is sold for one, wide and upright, and every
 * page of a desk fits the oldest screen that still stands on one: what does not fit scrolls, and no
 * button is cut. */

#define LONG_SIDE 1280
#define SHORT_SIDE 720
#define DESK_WIDTH 800
#define DESK_HEIGHT 600
#define SHADOW 10 /* pixels that the frame of a window on a desk takes on both sides together */
#define NUMBER "221126-000-164"

typedef struct
{
  TestCity         *city;
  TestStage        *stage;
  KomekExploration *exploration;
  KomekSending     *sending;
} Fixture;

typedef enum
{
  HOME,
  EXPLORE,
  REQUEST,
  CHECK,
  CATEGORY,
  SERVICE,
  PLACE,
  TEXT,
  CONTACT,
  REVIEW,
  DONE,
  N_PAGES,
} Page;

static const char *const names[N_PAGES] = {
  "home", "explore", "request", "check", "category", "service", "place", "text", "contact", "review",
  "done",
};

static void
add_service (TestCity *city)
{
  g_autoptr (KomekLabel) label = komek_label_new ("Жаяу жүргіншілер жолындағы шұңқыр, опырылған жер",
                                                  "Яма или провал на пешеходной дорожке",
                                                  "Pothole or collapse in a footpath");
  g_autoptr (KomekLabel) group = komek_label_new ("Жолдар мен тротуарлар", "Дороги и тротуары",
                                                  "Roads and pavements");
  KomekServiceFields fields = {
    .code = "ROA.hole", .name = label, .group = "ROA", .group_name = group, .needs_place = TRUE,
    .days = 15,
  };

  test_city_add_service (city, &fields);
}

static void
add_request (TestCity *city)
{
  g_autoptr (KomekPlace) place = komek_place_new (51.15, 71.43, "Қабанбай батыр даңғылы, 119/2", "esil");
  KomekRequestFields fields = {
    .number = NUMBER, .service = "ROA.hole", .status = KOMEK_STATUS_IN_WORK, .place = place,
    .text = "Жаяу жүргіншілер жолында үлкен шұңқыр бар, балалар күнде сол жерден өтеді.",
    .requested = TEST_NOW - 6 * 86400, .updated = TEST_NOW - 86400, .due = TEST_NOW - 3600,
  };

  test_city_add_request (city, &fields);
}

static void
set_up_for (Fixture *fixture, KomekLanguage language, gboolean kiosk)
{
  KomekDraft *draft;
  g_autoptr (KomekPlace) place = komek_place_new (51.15, 71.43, "Қабанбай батыр даңғылы", "esil");

  fixture->city = test_city_new ("astana", "https://example.org/r/");
  add_service (fixture->city);
  add_request (fixture->city);
  fixture->stage =
    test_stage_new_in (fixture->city, kiosk,
                       komek_locale_new (g_getenv ("KOMEK_LOCALE_DIR"), language));
  gtk_widget_add_css_class (fixture->stage->window, "small");
  komek_context_set_small (fixture->stage->context, TRUE);
  fixture->exploration = komek_exploration_new (fixture->stage->context);
  fixture->sending = komek_sending_new (fixture->stage->context);
  draft = komek_context_get_draft (fixture->stage->context);
  komek_draft_set_service (draft, komek_context_find_service (fixture->stage->context, "ROA.hole"));
  komek_draft_set_place (draft, place);
  komek_draft_set_text (draft, "Жолдағы шұңқыр");
}

static void
set_up (Fixture *fixture, gconstpointer language)
{
  set_up_for (fixture, GPOINTER_TO_INT (language), TRUE);
}

static void
set_up_desk (Fixture *fixture, gconstpointer language)
{
  set_up_for (fixture, GPOINTER_TO_INT (language), FALSE);
}

static void
tear_down (Fixture *fixture, gconstpointer language)
{
  gtk_window_set_child (GTK_WINDOW (fixture->stage->window), NULL);
  test_settle ();
  let_go (G_OBJECT (fixture->sending));
  let_go (G_OBJECT (fixture->exploration));
  test_stage_free (fixture->stage);
}

static KomekPage *
build (Fixture *fixture, Page page)
{
  KomekContext *context = fixture->stage->context;

  switch (page)
    {
    case EXPLORE:
      return komek_explore_page_new (context, fixture->exploration);
    case REQUEST:
      return komek_request_page_new (context, NUMBER);
    case CHECK:
      return komek_check_page_new (context, "");
    case CATEGORY:
      return komek_category_page_new (context);
    case SERVICE:
      return komek_service_page_new (context, "ROA");
    case PLACE:
      return komek_place_page_new (context);
    case TEXT:
      return komek_text_page_new (context);
    case CONTACT:
      return komek_contact_page_new (context);
    case REVIEW:
      return komek_review_page_new (context, fixture->sending);
    case DONE:
      return komek_done_page_new (context, NULL, NUMBER);
    case HOME:
    case N_PAGES:
    default:
      return komek_home_page_new (context);
    }
}

static int
measure (GtkWidget *widget, GtkOrientation orientation, int for_size)
{
  int minimum;

  gtk_widget_measure (widget, orientation, for_size, &minimum, NULL, NULL, NULL);
  return minimum;
}

/* The frame of the window: its two bars with a page between them. */
static GtkWidget *
frame (Fixture *fixture, KomekPage *page)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  gtk_widget_set_vexpand (GTK_WIDGET (page), TRUE);
  gtk_box_append (GTK_BOX (box), komek_top_bar_new (fixture->stage->context));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (page));
  if (komek_context_is_kiosk (fixture->stage->context))
    gtk_box_append (GTK_BOX (box), komek_bottom_bar_new (fixture->stage->context));
  return box;
}

static void
turn (Fixture *fixture, gboolean upright)
{
  gtk_widget_remove_css_class (fixture->stage->window, upright ? "wide" : "upright");
  gtk_widget_add_css_class (fixture->stage->window, upright ? "upright" : "wide");
  komek_context_set_upright (fixture->stage->context, upright);
}

/* The tag of a city that is made up, and the figures of a month; this one has neither, and there must
 * be room for them. */
static void
show_more (GtkWidget *root)
{
  if (gtk_widget_has_css_class (root, "sample") || gtk_widget_has_css_class (root, "figures"))
    gtk_widget_set_visible (root, TRUE);
  if (gtk_widget_has_css_class (root, "value"))
    gtk_label_set_label (GTK_LABEL (root), "160 000");
  for (GtkWidget *child = gtk_widget_get_first_child (root); child;
       child = gtk_widget_get_next_sibling (child))
    show_more (child);
}

static gboolean
fits (Fixture *fixture, Page page, gboolean upright, int width, int height)
{
  GtkWidget *box;
  int wide, high;

  turn (fixture, upright);
  box = frame (fixture, build (fixture, page));
  show_more (box);
  gtk_window_set_child (GTK_WINDOW (fixture->stage->window), box);
  test_settle ();
  wide = measure (box, GTK_ORIENTATION_HORIZONTAL, -1);
  high = measure (box, GTK_ORIENTATION_VERTICAL, MAX (wide, width));
  g_test_message ("%s %s: %d x %d", names[page], upright ? "upright" : "wide", wide, high);
  return wide <= width && high <= height;
}

static void
test_fits (Fixture *fixture, gboolean upright, int width, int height)
{
  GString *too_large = g_string_new (NULL);

  for (Page page = 0; page < N_PAGES; page++)
    if (!fits (fixture, page, upright, width, height))
      g_string_append_printf (too_large, " %s", names[page]);
  if (too_large->len > 0)
    g_test_fail_printf ("too large:%s", too_large->str);
  g_string_free (too_large, TRUE);
}

static void
test_fits_a_wide_screen (Fixture *fixture, gconstpointer language)
{
  test_fits (fixture, FALSE, LONG_SIDE, SHORT_SIDE);
}

static void
test_fits_an_upright_screen (Fixture *fixture, gconstpointer language)
{
  test_fits (fixture, TRUE, SHORT_SIDE, LONG_SIDE);
}

static void
test_fits_a_desk (Fixture *fixture, gconstpointer language)
{
  test_fits (fixture, FALSE, DESK_WIDTH - SHADOW, DESK_HEIGHT - SHADOW);
}

int
main (int argc, char **argv)
{
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();
  for (int language = 0; language < KOMEK_N_LANGUAGES; language++)
    {
      g_autofree char *wide = g_strdup_printf ("/small/%s/wide", komek_language_get_code (language));
      g_autofree char *upright =
        g_strdup_printf ("/small/%s/upright", komek_language_get_code (language));
      g_autofree char *desk = g_strdup_printf ("/small/%s/desk", komek_language_get_code (language));

      g_test_add (wide, Fixture, GINT_TO_POINTER (language), set_up, test_fits_a_wide_screen, tear_down);
      g_test_add (upright, Fixture, GINT_TO_POINTER (language), set_up, test_fits_an_upright_screen,
                  tear_down);
      g_test_add (desk, Fixture, GINT_TO_POINTER (language), set_up_desk, test_fits_a_desk, tear_down);
    }
  return g_test_run ();
}

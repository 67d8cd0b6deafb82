/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "storage-desk.h"
#include "storage-tests.h"

/* Lists, searches and walks through them. */

/* A city with ten requests of many kinds, the one with the highest letter registered last. */
typedef struct
{
  char *numbers[10];
} Ten;

static void
ten_clear (Ten *self)
{
  for (guint i = 0; i < 10; i++)
    g_free (self->numbers[i]);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Ten, ten_clear)

static void
file_ten (Desk *self, Ten *ten)
{
  static const char *const texts[] = {
    "шұңқыр жолда", "яма на дороге", "фонарь не горит", "қар тазаланбаған", "снег не убран",
    "шұңқыр Абай",  "мусор",         "фонарь и яма",    "лифт",             "Шункыр",
  };

  for (guint i = 0; i < 10; i++)
    {
      KomekRecord record = desk_write_form (texts[i], i * 60);

      record.service = i % 2 ? "RDS.pothole" : "ELC.light";
      record.status = i % 3 == 0 ? KOMEK_STATUS_DONE : KOMEK_STATUS_NEW;
      record.latitude = 51.10 + i * 0.001;
      record.address = "";
      /* The earlier they came, the later they changed. */
      record.updated = NOON + 10000 - i;
      ten->numbers[i] = desk_file (self, &record);
    }
}

static void
test_lists_are_what_was_asked_for (Desk *self, gconstpointer data)
{
  static char *pothole[] = { (char *) "RDS.pothole", (char *) "none", NULL };
  g_auto (Ten) ten = { 0 };
  g_autoptr (KomekBounds) bounds = komek_bounds_new (51.1015, 71.4, 51.1045, 71.5, NULL);
  g_autoptr (KomekBounds) country = komek_bounds_new (40, 50, 51.1015, 80, NULL);
  char **n = ten.numbers;
  char *two[3] = { NULL };

  file_ten (self, &ten);
  two[0] = n[2];
  two[1] = n[7];
  LISTS (self, Q (.offset = 0), n[9], n[8], n[7], n[6], n[5], n[4], n[3], n[2], n[1], n[0]);
  LISTS (self, Q (.services = pothole), n[9], n[7], n[5], n[3], n[1]);
  LISTS (self, Q (.statuses = 1u << KOMEK_STATUS_DONE), n[9], n[6], n[3], n[0]);
  LISTS (self, Q (.start = NOON + 180, .end = NOON + 300), n[5], n[4], n[3]);
  LISTS (self, Q (.bounds = bounds), n[4], n[3], n[2]);
  LISTS (self, Q (.bounds = country), n[1], n[0]);
  LISTS (self, Q (.updated_after = NOON + 9998), n[2], n[1], n[0]);
  LISTS (self, Q (.numbers = two), n[7], n[2]);
  LISTS (self, Q (.services = pothole, .statuses = 1u << KOMEK_STATUS_DONE, .end = NOON + 300),
         n[3]);
}

static void
test_words_are_found_by_their_beginnings (Desk *self, gconstpointer data)
{
  static char *light[] = { (char *) "ELC.light", NULL };
  g_auto (Ten) ten = { 0 };
  char **n = ten.numbers;
  g_autoptr (GPtrArray) none = NULL;

  file_ten (self, &ten);
  LISTS (self, Q (.words = (char *) "шункыр"), n[9], n[5], n[0]);
  LISTS (self, Q (.words = (char *) "шун"), n[9], n[5], n[0]);
  LISTS (self, Q (.words = (char *) "ф я"), n[7]);
  LISTS (self, Q (.words = (char *) "фонарь", .services = light), n[2]);
  LISTS (self, Q (.words = (char *) "шун", .end = NOON + 300), n[5], n[0]);
  LISTS (self, ((KomekQuery) { .words = (char *) "шун", .offset = 2, .limit = 1 }), n[0]);
  none = desk_list (self, &(KomekQuery) { .words = (char *) "ункыр", .limit = 10 });
  g_assert_cmpuint (none->len, ==, 0);
}

/* Many of the same second, so that the time alone is no place to go on from. */
static void
test_a_walk_meets_everything_once (Desk *self, gconstpointer data)
{
  g_autoptr (KomekBounds) bounds = komek_bounds_new (51.12, 71.42, 51.13, 71.44, NULL);

  for (guint i = 0; i < 60; i++)
    g_free (desk_file_text (self, i % 2 ? "шұңқыр" : "яма", i / 20));
  for (guint limit = 1; limit < 100; limit += 6)
    {
      KomekQuery late = { .limit = limit, .updated_after = NOON + 1 };
      KomekQuery near = { .limit = limit, .bounds = bounds };
      KomekQuery said = { .limit = limit, .words = (char *) "шун" };

      g_assert_cmpuint (desk_walk (self, (KomekQuery) { .limit = limit }), ==, 60);
      g_assert_cmpuint (desk_walk (self, late), ==, 40);
      g_assert_cmpuint (desk_walk (self, near), ==, 60);
      g_assert_cmpuint (desk_walk (self, said), ==, 30);
    }
}

static void
walk_steps (const KomekStep *step, gpointer data)
{
  Walk *walk = data;

  walk->n++;
  walk->position = (KomekPosition) { step->time, step->id };
}

static void
test_a_history_is_walked_in_pages (Desk *self, gconstpointer data)
{
  Walk state = { 0 };
  guint n = 0;

  for (guint i = 0; i < 30; i++)
    g_free (desk_file_text (self, "Яма", i / 10));
  do
    {
      KomekStepQuery query = { .after = state.position, .limit = 7, .start = NOON + 1 };

      state.n = 0;
      g_assert_true (komek_storage_history (self->storage, &query, walk_steps, &state, NULL));
      n += state.n;
    }
  while (state.n > 0);
  g_assert_cmpuint (n, ==, 20);
}

#define ADD(path, test) \
  g_test_add ("/city/storage/" path, Desk, NULL, desk_set_up, test, desk_tear_down)

void
add_storage_lists (void)
{
  ADD ("lists-are-what-was-asked-for", test_lists_are_what_was_asked_for);
  ADD ("words-are-found-by-their-beginnings", test_words_are_found_by_their_beginnings);
  ADD ("a-walk-meets-everything-once", test_a_walk_meets_everything_once);
  ADD ("a-history-is-walked-in-pages", test_a_history_is_walked_in_pages);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-free-room.h"

#include "komek-plan-names.h"

#define WIDTH 60
#define HEIGHT 40
#define ROUNDS 300

static GArray *
make_marks (const KomekMercatorBox *boxes, guint n)
{
  GArray *marks = g_array_new (FALSE, FALSE, sizeof (KomekPlanMark));

  for (guint i = 0; i < n; i++)
    {
      KomekPlanMark mark = { .box = boxes[i] };

      g_array_append_val (marks, mark);
    }
  return marks;
}

static void
assert_room (const KomekMercatorBox *boxes, guint n, KomekMercatorBox expected)
{
  g_autoptr (GArray) marks = make_marks (boxes, n);
  KomekMercatorBox room = komek_free_room_find (WIDTH, HEIGHT, marks);

  g_assert_cmpfloat (room.x0, ==, expected.x0);
  g_assert_cmpfloat (room.y0, ==, expected.y0);
  g_assert_cmpfloat (room.x1, ==, expected.x1);
  g_assert_cmpfloat (room.y1, ==, expected.y1);
}

static void
test_a_bare_map_is_all_free (void)
{
  assert_room (NULL, 0, (KomekMercatorBox) { 0, 0, WIDTH, HEIGHT });
}

/* A bar above, a legend below it, buttons at the other side; one of them over the edge. */
static void
test_what_is_between_cards_is_free (void)
{
  const KomekMercatorBox cards[] = { { 0, 0, 30, 6 }, { -5, 20, 20, 40 }, { 54, 2, 70, 20 } };

  assert_room (cards, G_N_ELEMENTS (cards), (KomekMercatorBox) { 20, 6, 54, 40 });
}

static void
test_what_is_covered_has_no_room (void)
{
  assert_room (&(KomekMercatorBox) { -1, -1, WIDTH + 1, HEIGHT + 1 }, 1, (KomekMercatorBox) { 0 });
}

/* By trying each square of whole pixels. */
static int
find_side (gboolean taken[HEIGHT][WIDTH])
{
  int sides[HEIGHT][WIDTH], most = 0;

  for (int y = 0; y < HEIGHT; y++)
    for (int x = 0; x < WIDTH; x++)
      {
        int side = y == 0 || x == 0 ? 0 : MIN (MIN (sides[y - 1][x], sides[y][x - 1]),
                                               sides[y - 1][x - 1]);

        sides[y][x] = taken[y][x] ? 0 : side + 1;
        most = MAX (most, sides[y][x]);
      }
  return most;
}

static KomekMercatorBox
throw_card (gboolean taken[HEIGHT][WIDTH])
{
  int x = g_test_rand_int_range (0, WIDTH), y = g_test_rand_int_range (0, HEIGHT);
  int wide = g_test_rand_int_range (1, 25), high = g_test_rand_int_range (1, 15);
  int right = MIN (WIDTH, x + wide), foot = MIN (HEIGHT, y + high);

  for (int row = y; row < foot; row++)
    for (int column = x; column < right; column++)
      taken[row][column] = TRUE;
  return (KomekMercatorBox) { x, y, right, foot };
}

static void
test_no_circle_has_more_room (void)
{
  for (guint i = 0; i < ROUNDS; i++)
    {
      gboolean taken[HEIGHT][WIDTH] = { 0 };
      KomekMercatorBox cards[6], room;
      guint n = (guint) g_test_rand_int_range (0, G_N_ELEMENTS (cards) + 1);
      g_autoptr (GArray) marks = NULL;

      for (guint j = 0; j < n; j++)
        cards[j] = throw_card (taken);
      marks = make_marks (cards, n);
      room = komek_free_room_find (WIDTH, HEIGHT, marks);
      g_assert_cmpfloat (MIN (room.x1 - room.x0, room.y1 - room.y0), ==, find_side (taken));
      for (int y = (int) room.y0; y < room.y1; y++)
        for (int x = (int) room.x0; x < room.x1; x++)
          g_assert_false (taken[y][x]);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/free-room/a-bare-map-is-all-free", test_a_bare_map_is_all_free);
  g_test_add_func ("/free-room/what-is-between-cards-is-free", test_what_is_between_cards_is_free);
  g_test_add_func ("/free-room/what-is-covered-has-no-room", test_what_is_covered_has_no_room);
  g_test_add_func ("/free-room/no-circle-has-more-room", test_no_circle_has_more_room);
  return g_test_run ();
}

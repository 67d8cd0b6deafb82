/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "komek-number.h"

static char *
make_number (int day, int month, int year, guint count)
{
  g_autoptr (GDateTime) date = g_date_time_new_utc (year, month, day, 0, 0, 0);

  return komek_number_format (date, count);
}

/* Check digits worked out by hand from the rule of the standard. */
static const struct
{
  int         day, month, year;
  guint       count;
  const char *number;
} known[] = {
  { 1, 1, 2000, 0, "010100-000-009" },
  { 21, 11, 2026, 1, "211126-000-019" },
  { 31, 12, 2099, 99999, "311299-999-994" },
};

static void
test_numbers_tell_day_count_and_check_digit (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (known); i++)
    {
      g_autofree char *number =
        make_number (known[i].day, known[i].month, known[i].year, known[i].count);

      g_assert_cmpstr (number, ==, known[i].number);
      g_assert_true (komek_number_is_ours (number));
    }
}

/* Some numbers, spread over days and counts. */
static char *
draw_number (guint i)
{
  return make_number (1 + i % 28, 1 + i % 12, 2020 + i % 30, i * 7919 % 100000);
}

static void
test_one_wrong_digit_is_always_found (void)
{
  for (guint i = 0; i < 500; i++)
    {
      g_autofree char *number = draw_number (i);

      for (char *p = number; *p != '\0'; p++)
        {
          char right = *p;

          for (char wrong = '0'; g_ascii_isdigit (right) && wrong <= '9'; wrong++)
            {
              g_autofree char *read = NULL;

              *p = wrong;
              read = komek_number_normalise (number);
              g_assert_cmpint (read != NULL, ==, wrong == right);
            }
          *p = right;
        }
    }
}

static void
swap (char *a, char *b)
{
  char c = *a;

  *a = *b;
  *b = c;
}

static void
test_swapped_neighbours_are_mostly_found (void)
{
  guint swapped = 0, found = 0;

  for (guint i = 0; i < 2000; i++)
    {
      g_autofree char *number = draw_number (i);

      for (char *p = number; p[1] != '\0'; p++)
        {
          char *next = p[1] == '-' ? p + 2 : p + 1;

          if (*p == '-' || *p == *next)
            continue;
          swap (p, next);
          swapped++;
          found += !komek_number_is_ours (number);
          swap (p, next);
        }
    }
  g_assert_cmpuint (swapped, >, 10000);
  g_assert_cmpuint (found * 100, >=, swapped * 97);
}

static const struct
{
  const char *typed;
  const char *read;
} spellings[] = {
  { "010100-000-009", "010100-000-009" },
  { "010100000009", "010100-000-009" },
  { " 010100 000 009 ", "010100-000-009" },
  { "№ 010100-000-009", "010100-000-009" },
  { "010100–000—009", "010100-000-009" },
  { "0-1-0-1-0-0-0-0-0-0-0-9", "010100-000-009" },
  { "010100\xc2\xa0"
    "000\xe2\x80\xaf"
    "009",
    "010100-000-009" },
  { "010100-000-00", NULL },
  { "010100-000-0090", NULL },
  { "0101000000099", NULL },
  { "010100-000-008", NULL },
  { "010100-000-00O", NULL },
  { "SR-010100000009", NULL },
  { "", NULL },
  { "-", NULL },
  { "٠١٠١٠٠٠٠٠٠٠٩", NULL },
};

static void
test_numbers_are_read_however_they_are_typed (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (spellings); i++)
    {
      g_autofree char *read = komek_number_normalise (spellings[i].typed);

      g_test_message ("%s", spellings[i].typed);
      g_assert_cmpstr (read, ==, spellings[i].read);
    }
}

static void
test_only_the_written_form_is_ours (void)
{
  g_assert_true (komek_number_is_ours ("010100-000-009"));
  g_assert_false (komek_number_is_ours ("010100000009"));
  g_assert_false (komek_number_is_ours ("14-01100669"));
}

static void
test_local_numbers_begin_with_a_zero_and_are_no_citys (void)
{
  g_autofree char *first = komek_number_format_local (1234567890, 42);
  g_autofree char *last = komek_number_format_local (KOMEK_NUMBER_N_SERIES - 1, 9999);
  g_autofree char *typed = komek_number_normalise ("№ 0123456789000423");

  g_assert_cmpstr (first, ==, "0123-4567-8900-0423");
  g_assert_true (komek_number_is_local (first));
  g_assert_true (komek_number_is_local (last));
  g_assert_cmpint (last[0], ==, '0');
  g_assert_false (komek_number_is_local ("010100-000-009"));
  g_assert_cmpstr (typed, ==, first);
}

static void
test_one_wrong_digit_of_a_local_number_is_always_found (void)
{
  g_autofree char *number = komek_number_format_local (1234567890, 42);

  for (char *p = number; *p; p++)
    for (char digit = '0'; digit <= '9' && *p != '-'; digit++)
      {
        char right = *p;

        *p = digit;
        g_assert_true (komek_number_is_local (number) == (digit == right));
        *p = right;
      }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/number/tells-day-count-and-check-digit",
                   test_numbers_tell_day_count_and_check_digit);
  g_test_add_func ("/number/one-wrong-digit-is-always-found", test_one_wrong_digit_is_always_found);
  g_test_add_func ("/number/swapped-neighbours-are-mostly-found",
                   test_swapped_neighbours_are_mostly_found);
  g_test_add_func ("/number/is-read-however-it-is-typed",
                   test_numbers_are_read_however_they_are_typed);
  g_test_add_func ("/number/local-ones-begin-with-a-zero",
                   test_local_numbers_begin_with_a_zero_and_are_no_citys);
  g_test_add_func ("/number/one-wrong-digit-of-a-local-one-is-always-found",
                   test_one_wrong_digit_of_a_local_number_is_always_found);
  g_test_add_func ("/number/only-the-written-form-is-ours", test_only_the_written_form_is_ours);
  return g_test_run ();
}

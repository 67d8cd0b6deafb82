/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-typed-number.h"

static const struct
{
  const char *name, *typed;
  gboolean    ours;
  KomekTyped  verdict;
  const char *number;
} reads[] = {
  { "nothing", "  ", TRUE, KOMEK_TYPED_NOTHING, NULL },
  { "bare-digits", "181126000097", TRUE, KOMEK_TYPED_GOOD, "181126-000-097" },
  { "with-sign-and-spaces", " № 181126 000 097 ", TRUE, KOMEK_TYPED_GOOD, "181126-000-097" },
  { "too-short", "181126-000-09", TRUE, KOMEK_TYPED_SHORT, NULL },
  { "wrong-check-digit", "181126-000-098", TRUE, KOMEK_TYPED_WRONG, NULL },
  { "swapped-neighbours", "181126-000-907", TRUE, KOMEK_TYPED_WRONG, NULL },
  { "too-long", "181126-000-0977", TRUE, KOMEK_TYPED_WRONG, NULL },
  { "of-a-device", "0123456789000013", TRUE, KOMEK_TYPED_GOOD, "0123-4567-8900-0013" },
  { "of-a-device-for-another-city", "0123-4567-8900-0013", FALSE, KOMEK_TYPED_GOOD, "0123-4567-8900-0013" },
  { "of-a-device-too-short", "0123-4567-8900-0", TRUE, KOMEK_TYPED_SHORT, NULL },
  { "words", "яма во дворе", TRUE, KOMEK_TYPED_WRONG, NULL },
  { "link", "https://109.example.kz/r/181126-000-097", TRUE, KOMEK_TYPED_GOOD, "181126-000-097" },
  { "link-with-language", "https://a/b/r/181126-000-097?lang=ru#top", TRUE, KOMEK_TYPED_GOOD, "181126-000-097" },
  { "link-of-another-city", "https://a/r/SR%20105", FALSE, KOMEK_TYPED_GOOD, "SR 105" },
  { "number-of-another-city", "101002345678", FALSE, KOMEK_TYPED_GOOD, "101002345678" },
  { "letters-of-another-city", " IM504616 ", FALSE, KOMEK_TYPED_GOOD, "IM504616" },
};

static const struct
{
  const char *name, *typed, *grouped;
} groups[] = {
  { "day", "221126", "221126" },
  { "seventh-digit-gets-a-hyphen", "2211260", "221126-0" },
  { "tenth-digit-gets-another", "221126-0002", "221126-000-2" },
  { "hyphens-in-the-wrong-place-move", "22-11", "2211" },
  { "thirteenth-digit-behind-a-zero-is-a-device-s", "0123456789000", "0123-4567-8900-0" },
  { "twelve-digits-behind-a-zero-are-the-city-s", "010126000097", "010126-000-097" },
  { "seventeenth-digit-is-left-to-the-citizen", "01234567890000191", NULL },
  { "thirteenth-digit-is-left-to-the-citizen", "2211260002411", NULL },
  { "letters-are-left-alone", "IM50", NULL },
};

static void
test_reads (gconstpointer data)
{
  gsize i = GPOINTER_TO_SIZE (data);
  g_autofree char *number = NULL;

  g_assert_cmpint (komek_typed_number_read (reads[i].typed, reads[i].ours, &number), ==, reads[i].verdict);
  g_assert_cmpstr (number, ==, reads[i].number);
}

static void
test_groups (gconstpointer data)
{
  gsize i = GPOINTER_TO_SIZE (data);
  g_autofree char *grouped = komek_typed_number_group (groups[i].typed);

  g_assert_cmpstr (grouped, ==, groups[i].grouped);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (reads); i++)
    {
      g_autofree char *path = g_strdup_printf ("/typed-number/reads/%s", reads[i].name);

      g_test_add_data_func (path, GSIZE_TO_POINTER (i), test_reads);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (groups); i++)
    {
      g_autofree char *path = g_strdup_printf ("/typed-number/groups/%s", groups[i].name);

      g_test_add_data_func (path, GSIZE_TO_POINTER (i), test_groups);
    }
  return g_test_run ();
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-service.h"

static const KomekServiceFields usual = {
  .code = "LIG.yard", .group = "LIG", .keywords = "lamp", .needs_place = TRUE, .days = 3,
};

static KomekService *
make (const KomekServiceFields *fields, const char *name, const char *group_name)
{
  g_autoptr (KomekLabel) label = komek_label_new (NULL, NULL, name);
  g_autoptr (KomekLabel) group = komek_label_new (NULL, NULL, group_name);
  KomekServiceFields named = *fields;

  named.name = label;
  named.group_name = group;
  return komek_service_new (&named);
}

static void
test_what_says_the_same_is_equal (void)
{
  g_autoptr (KomekService) a = make (&usual, "Yard lights", "Lighting");
  g_autoptr (KomekService) b = make (&usual, "Yard lights", "Lighting");

  g_assert_true (komek_service_equal (a, a));
  g_assert_true (komek_service_equal (a, b));
}

static void
assert_differs (KomekService *a, KomekService *b)
{
  g_assert_false (komek_service_equal (a, b));
  g_assert_false (komek_service_equal (b, a));
  g_object_unref (b);
}

static void
test_each_field_makes_a_difference (void)
{
  g_autoptr (KomekService) service = make (&usual, "Yard lights", "Lighting");
  KomekServiceFields others[] = { usual, usual, usual, usual, usual, usual, usual };

  others[0].code = "LIG.street";
  others[1].group = "ELE";
  others[2].keywords = "";
  others[3].danger = TRUE;
  others[4].needs_place = FALSE;
  others[5].metadata = TRUE;
  others[6].days = 4;
  for (guint i = 0; i < G_N_ELEMENTS (others); i++)
    assert_differs (service, make (&others[i], "Yard lights", "Lighting"));
  assert_differs (service, make (&usual, "Street lights", "Lighting"));
  assert_differs (service, make (&usual, "Yard lights", "Light"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/service/what-says-the-same-is-equal", test_what_says_the_same_is_equal);
  g_test_add_func ("/service/each-field-makes-a-difference", test_each_field_makes_a_difference);
  return g_test_run ();
}

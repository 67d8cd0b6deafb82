/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-service-search.h"

static const struct
{
  const char *code;
  const char *kk, *ru, *en;
  const char *group_kk, *group_ru, *group_en;
} services[] = {
  { "LIG.dark", "Түнде жарықтың болмауы", "Нет освещения ночью", "Street light does not work", "Көше жарығы",
    "Уличное освещение", "Street lighting" },
  { "ROA.pothole", "Жолдағы шұңқыр, опырылу", "Яма, провал асфальта", "Pothole or collapse",
    "Жолдар мен тротуарлар", "Дороги и тротуары", "Roads and pavements" },
  { "WST.overfull", "Контейнер толып кетті", "Переполнен контейнер", "Overfull container", "Қоқыс (ҚТҚ)",
    "Мусор (ТБО)", "Waste" },
};

static const struct
{
  const char *name;
  const char *text;
  const char *found; /* the codes, joined */
} rows[] = {
  { "kazakh", "шұңқыр", "ROA.pothole" },
  { "kazakh-on-russian-keys", "шункыр", "ROA.pothole" },
  { "beginning-of-a-word", "осв", "LIG.dark" },
  { "not-inside-a-word", "вещ", "" },
  { "two-words-in-any-order", "контейнер мусор", "WST.overfull" },
  { "english", "LIGHT", "LIG.dark" },
  { "by-category", "дороги", "ROA.pothole" },
  { "all-words-count", "шұңқыр мусор", "" },
  { "nothing-typed", "", "" },
  { "only-signs", " ,.! ", "" },
  { "hostile", "%%\"'(*", "" },
};

static GPtrArray *
make_services (void)
{
  GPtrArray *all = g_ptr_array_new_with_free_func (g_object_unref);

  for (gsize i = 0; i < G_N_ELEMENTS (services); i++)
    {
      g_autoptr (KomekLabel) name = komek_label_new (services[i].kk, services[i].ru, services[i].en);
      g_autoptr (KomekLabel) group =
        komek_label_new (services[i].group_kk, services[i].group_ru, services[i].group_en);
      KomekServiceFields fields = { .code = services[i].code, .name = name, .group = "G", .group_name = group };

      g_ptr_array_add (all, komek_service_new (&fields));
    }
  return all;
}

static void
test_finds (gconstpointer data)
{
  gsize i = GPOINTER_TO_SIZE (data);
  g_autoptr (GPtrArray) all = make_services ();
  g_autoptr (GPtrArray) found = komek_service_search (all, rows[i].text, 10);
  g_autoptr (GString) codes = g_string_new (NULL);

  for (guint n = 0; n < found->len; n++)
    g_string_append_printf (codes, "%s%s", n > 0 ? " " : "", komek_service_get_code (found->pdata[n]));
  g_assert_cmpstr (codes->str, ==, rows[i].found);
}

static void
test_stops_at_the_most (void)
{
  g_autoptr (GPtrArray) all = make_services ();
  g_autoptr (GPtrArray) found = komek_service_search (all, "о", 1);

  g_assert_cmpuint (found->len, ==, 1);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *path = g_strdup_printf ("/file/search/%s", rows[i].name);

      g_test_add_data_func (path, GSIZE_TO_POINTER (i), test_finds);
    }
  g_test_add_func ("/file/search/stops-at-the-most", test_stops_at_the_most);
  return g_test_run ();
}

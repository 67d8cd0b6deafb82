/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "request-fakes.h"

#include <glib/gstdio.h>

#include "await.h"
#include "komek-error.h"
#include "komek-slip.h"

#define NUMBER "181126-000-097"

typedef struct
{
  TestStage    *stage;
  KomekRequest *request;
  char         *folder;
  GFile        *file;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer public_url)
{
  g_autoptr (KomekPlace) place = komek_place_new (51.17, 71.43, "Республика даңғылы, 24", "baikonyr");
  g_autoptr (KomekLabel) name = komek_label_new ("Көктайғақ, құм себу", "Наледь, посыпка песком", "Ice");
  KomekServiceFields service = { .code = "SNO.ice", .name = name, .group = "SNO", .group_name = name };
  KomekRequestFields fields = {
    .number = NUMBER, .service = "SNO.ice", .place = place, .requested = TEST_NOW, .updated = TEST_NOW,
    .due = TEST_NOW + 3 * 86400,
  };
  TestCity *city = test_city_new ("astana", public_url);

  test_city_add_service (city, &service);
  fixture->stage = test_stage_new (city, FALSE);
  fixture->request = komek_request_new (&fields);
  fixture->folder = g_dir_make_tmp ("komek-slip-XXXXXX", NULL);
  fixture->file = g_file_new_build_filename (fixture->folder, "slip.pdf", NULL);
}

static void
tear_down (Fixture *fixture, gconstpointer public_url)
{
  g_file_delete (fixture->file, NULL, NULL);
  g_rmdir (fixture->folder);
  g_object_unref (fixture->file);
  g_free (fixture->folder);
  g_object_unref (fixture->request);
  test_stage_free (fixture->stage);
}

static void
save (Fixture *fixture, KomekSlip *slip)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  komek_slip_save_async (slip, fixture->file, NULL, on_awaited, &result);
  await (&result);
  g_assert_true (komek_slip_save_finish (slip, result, &error));
  g_assert_no_error (error);
}

/* What a program of the system prints, or NULL where it is not installed. */
static char *
run (const char *program, ...)
{
  g_autoptr (GPtrArray) arguments = g_ptr_array_new ();
  g_autofree char *path = g_find_program_in_path (program);
  g_autoptr (GError) error = NULL;
  char *output = NULL;
  const char *argument;
  va_list list;

  if (!path)
    {
      g_autofree char *message = g_strdup_printf ("%s is not installed", program);

      g_test_skip (message);
      return NULL;
    }
  g_ptr_array_add (arguments, path);
  va_start (list, program);
  while ((argument = va_arg (list, const char *)))
    g_ptr_array_add (arguments, (char *) argument);
  va_end (list);
  g_ptr_array_add (arguments, NULL);
  g_spawn_sync (NULL, (char **) arguments->pdata, NULL, G_SPAWN_STDERR_TO_DEV_NULL, NULL, NULL, &output, NULL,
                NULL, &error);
  g_assert_no_error (error);
  return output;
}

static char *
read_code (Fixture *fixture)
{
  g_autofree char *picture = g_build_filename (fixture->folder, "slip", NULL);
  g_autofree char *file = g_strconcat (picture, ".png", NULL);
  g_autofree char *drawn = run ("pdftoppm", "-r", "203", "-png", "-singlefile",
                                g_file_peek_path (fixture->file), picture, NULL);
  char *code = drawn ? run ("zbarimg", "--quiet", "--raw", file, NULL) : NULL;

  g_unlink (file);
  return code ? g_strchomp (code) : NULL;
}

static void
test_pdf_says_number_and_both_languages (Fixture *fixture, gconstpointer public_url)
{
  g_autoptr (KomekSlip) slip = komek_slip_new (fixture->stage->context, fixture->request);
  g_autofree char *text = NULL;
  const char *kazakh, *russian;

  save (fixture, slip);
  text = run ("pdftotext", "-layout", g_file_peek_path (fixture->file), "-", NULL);
  if (!text)
    return;
  kazakh = strstr (text, "Көктайғақ, құм себу");
  russian = strstr (text, "Наледь, посыпка песком");
  g_assert_nonnull (strstr (text, NUMBER));
  g_assert_nonnull (strstr (text, "24.11.2026"));
  g_assert_nonnull (strstr (text, "Байқоңыр ауданы /"));
  g_assert_nonnull (strstr (text, "район Байконур"));
  g_assert_nonnull (kazakh);
  g_assert_nonnull (russian);
  g_assert_true (kazakh < russian);
  g_assert_null (strstr (text, "Sample"));
}

static void
test_code_leads_to_the_request (Fixture *fixture, gconstpointer public_url)
{
  g_autoptr (KomekSlip) slip = komek_slip_new (fixture->stage->context, fixture->request);
  g_autofree char *code = NULL;

  save (fixture, slip);
  code = read_code (fixture);
  if (code)
    g_assert_cmpstr (code, ==, "https://109.example.kz/r/" NUMBER);
}

static void
test_code_is_the_number_without_pages (Fixture *fixture, gconstpointer public_url)
{
  g_autoptr (KomekSlip) slip = komek_slip_new (fixture->stage->context, fixture->request);
  g_autofree char *code = NULL;

  save (fixture, slip);
  code = read_code (fixture);
  if (code)
    g_assert_cmpstr (code, ==, NUMBER);
}

static void
test_language_is_given_back (Fixture *fixture, gconstpointer public_url)
{
  g_autoptr (KomekSlip) slip = komek_slip_new (fixture->stage->context, fixture->request);

  g_assert_cmpstr (komek_slip_get_number (slip), ==, NUMBER);
  g_assert_cmpint (komek_locale_get_language (fixture->stage->locale), ==, KOMEK_LANGUAGE_ENGLISH);
  g_assert_cmpstr (g_getenv ("LANGUAGE"), ==, "en");
}

static void
test_unwritable_file_is_unsaved (Fixture *fixture, gconstpointer public_url)
{
  g_autoptr (KomekSlip) slip = komek_slip_new (fixture->stage->context, fixture->request);
  g_autoptr (GFile) nowhere = g_file_get_child (fixture->file, "below-a-file.pdf");
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  save (fixture, slip);
  komek_slip_save_async (slip, nowhere, NULL, on_awaited, &result);
  await (&result);
  g_assert_false (komek_slip_save_finish (slip, result, &error));
  g_assert_error (error, KOMEK_ERROR, KOMEK_ERROR_UNSAVED);
}

static void
add (const char *path, const char *public_url, void (*test) (Fixture *, gconstpointer))
{
  g_test_add (path, Fixture, public_url, set_up, test, tear_down);
}

int
main (int argc, char **argv)
{
  const char *url = "https://109.example.kz";

  g_test_init (&argc, &argv, NULL);
  gtk_disable_setlocale ();
  adw_init ();
  add ("/slip/pdf-says-number-and-both-languages", url, test_pdf_says_number_and_both_languages);
  add ("/slip/code-leads-to-the-request", url, test_code_leads_to_the_request);
  add ("/slip/code-is-the-number-without-pages", "", test_code_is_the_number_without_pages);
  add ("/slip/language-is-given-back", url, test_language_is_given_back);
  add ("/slip/unwritable-file-is-unsaved", url, test_unwritable_file_is_unsaved);
  return g_test_run ();
}

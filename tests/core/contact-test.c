/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-contact.h"

/* How a citizen writes down where to be reached, and what is shown of it again. */

static const struct
{
  const char *written, *read;
} phones[] = {
  { "+7 701 234 56 78", "+77012345678" },
  { "8 (701) 234-56-78", "+77012345678" },
  { "87172123456", "+77172123456" },
  { "7012345678", "+77012345678" },
  { "77012345678", "+77012345678" },
  { " +998 90 123 45 67", "+998901234567" },
  { "+49 (30) 1234-5678", "+493012345678" },
  { "", NULL },
  { "+", NULL },
  { "+7", NULL },
  { "+7 701 234 56 7", NULL },
  { "701 234", NULL },
  { "+1234567890123456", NULL },
  { "Әсел +77012345678", NULL },
  { "+7701234567a", NULL },
  { "+7701+2345678", NULL },
};

static void
test_phones (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (phones); i++)
    {
      g_autofree char *read = komek_contact_read_phone (phones[i].written);

      g_assert_cmpstr (read, ==, phones[i].read);
    }
}

static const struct
{
  const char *text;
  gboolean    good;
} mails[] = {
  { "asel@example.kz", TRUE },
  { "asel.s+109@mail.example.kz", TRUE },
  { "әсел@мысал.қаз", TRUE },
  { "", FALSE },
  { "asel", FALSE },
  { "@example.kz", FALSE },
  { "asel@", FALSE },
  { "asel@kz", FALSE },
  { "asel@.kz", FALSE },
  { "asel@example.", FALSE },
  { "asel@example..kz", FALSE },
  { "asel@@example.kz", FALSE },
  { "asel @example.kz", FALSE },
  { "a@b.kz, c@d.kz", FALSE },
  { "Asel <asel@example.kz>", FALSE },
};

static void
test_mails (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (mails); i++)
    g_assert_true (komek_contact_is_email (mails[i].text) == mails[i].good);
}

static void
test_what_is_shown_again_gives_nothing_away (void)
{
  g_autoptr (KomekContact) all =
    komek_contact_new ("Әсел Сынақова", "+77015550145", "asel@example.kz");
  g_autoptr (KomekContact) one = komek_contact_new (NULL, "+77015550145", NULL);
  g_autofree char *masked = komek_contact_dup_masked (all);
  g_autofree char *phone = komek_contact_dup_masked (one);

  g_assert_cmpstr (masked, ==, "Ә•••\n+7 7••• •••45\na•••@•••");
  g_assert_cmpstr (phone, ==, "+7 7••• •••45");
}

static const struct
{
  const char *name, *phone, *email;
  gboolean    good;
} whole[] = {
  { "Әсел", "+77012345678", "", TRUE },
  { "", "", "asel@example.kz", TRUE },
  { "Әсел", "", "", FALSE },
  { "", "+7701", "asel@example.kz", FALSE },
  { "", "+77012345678", "asel", FALSE },
};

static void
test_somebody_could_be_reached (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (whole); i++)
    {
      g_autoptr (KomekContact) contact =
        komek_contact_new (whole[i].name, whole[i].phone, whole[i].email);

      g_assert_true (komek_contact_check (contact) == whole[i].good);
    }
}

/* What is typed is kept as it is until the citizen goes on, and the review shows it meanwhile. */
static void
test_what_is_no_number_is_masked_whole (void)
{
  static const char *const typed[] = { "Жасырынбек", "жұма", "+7 701", "👨‍👩‍👧‍👦" };

  for (gsize i = 0; i < G_N_ELEMENTS (typed); i++)
    {
      g_autoptr (KomekContact) contact = komek_contact_new ("", typed[i], "");
      g_autofree char *masked = komek_contact_dup_masked (contact);

      g_assert_true (g_utf8_validate (masked, -1, NULL));
      g_assert_cmpstr (masked, ==, "•••");
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/contact/phones", test_phones);
  g_test_add_func ("/contact/mails", test_mails);
  g_test_add_func ("/contact/somebody-could-be-reached", test_somebody_could_be_reached);
  g_test_add_func ("/contact/what-is-shown-again-gives-nothing-away",
                   test_what_is_shown_again_gives_nothing_away);
  g_test_add_func ("/contact/what-is-no-number-is-masked-whole",
                   test_what_is_no_number_is_masked_whole);
  return g_test_run ();
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-filing.h"
#include "komek-receipt.h"

static void
on_notify (GObject *object, GParamSpec *pspec, gpointer data)
{
  KomekReceipt *receipt = KOMEK_RECEIPT (object);

  g_assert_cmpint (komek_receipt_get_state (receipt), ==, KOMEK_RECEIPT_DELIVERED);
  g_assert_cmpstr (komek_receipt_get_number (receipt), ==, "010100-000-009");
  (*(guint *) data)++;
}

static void
test_a_receipt_tells_of_the_citys_number_once (void)
{
  g_autoptr (KomekReceipt) receipt = komek_receipt_new ("key", "0000-0000-0000-0002", 7);
  guint told = 0;

  g_assert_null (komek_receipt_get_number (receipt));
  g_assert_cmpstr (komek_receipt_get_shown (receipt), ==, "0000-0000-0000-0002");
  g_signal_connect (receipt, "notify", G_CALLBACK (on_notify), &told);
  komek_receipt_deliver (receipt, "010100-000-009");
  komek_receipt_deliver (receipt, "010100-000-009");
  g_assert_cmpuint (told, ==, 2);
  g_assert_cmpstr (komek_receipt_get_shown (receipt), ==, "010100-000-009");
  komek_receipt_park (receipt);
  g_assert_cmpint (komek_receipt_get_state (receipt), ==, KOMEK_RECEIPT_DELIVERED);
}

static void
test_a_parked_one_may_go_on (void)
{
  g_autoptr (KomekReceipt) receipt = komek_receipt_new ("key", "0000-0000-0000-0002", 7);

  komek_receipt_park (receipt);
  g_assert_cmpint (komek_receipt_get_state (receipt), ==, KOMEK_RECEIPT_PARKED);
  komek_receipt_resume (receipt);
  g_assert_cmpint (komek_receipt_get_state (receipt), ==, KOMEK_RECEIPT_WAITING);
}

static void
test_a_filing_is_a_copy (void)
{
  g_autoptr (GHashTable) answers = g_hash_table_new (g_str_hash, g_str_equal);
  char value[] = "7";
  char *values[] = { value, NULL };
  g_autoptr (KomekFiling) filing = NULL;

  g_hash_table_insert (answers, (gpointer) "lift", values);
  filing = komek_filing_new (&(KomekFilingFields) { .key = "k", .service = "s", .answers = answers });
  value[0] = '8';
  g_assert_cmpstr (((char **) g_hash_table_lookup (komek_filing_peek (filing)->answers, "lift"))[0], ==, "7");
  g_assert_cmpstr (komek_filing_peek (filing)->text, ==, "");
  g_assert_null (komek_filing_peek (filing)->contact);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/receipt/tells-of-the-citys-number-once", test_a_receipt_tells_of_the_citys_number_once);
  g_test_add_func ("/receipt/a-parked-one-may-go-on", test_a_parked_one_may_go_on);
  g_test_add_func ("/filing/is-a-copy", test_a_filing_is_a_copy);
  return g_test_run ();
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "quirk-reading.h"

#include <string.h>

#include "komek-wire-definition.h"
#include "komek-wire-request.h"
#include "komek-wire-service.h"

GBytes *
bytes (const char *text)
{
  return g_bytes_new (text, strlen (text));
}

GPtrArray *
read_requests (const char *text)
{
  g_autoptr (GBytes) body = bytes (text);
  g_autoptr (GError) error = NULL;
  GPtrArray *requests = komek_wire_read_requests (body, NULL, &error);

  g_assert_no_error (error);
  return requests;
}

void
assert_numbers (const char *text, const char *expected)
{
  g_autoptr (GPtrArray) requests = read_requests (text);
  g_autoptr (GString) numbers = g_string_new (NULL);

  g_test_message ("%s", text);
  for (guint i = 0; i < requests->len; i++)
    g_string_append_printf (numbers, "%s%s", i ? " " : "",
                            komek_request_get_number (requests->pdata[i]));
  g_assert_cmpstr (numbers->str, ==, expected);
}

/* The only request in @text. */
KomekRequest *
read_one (const char *text)
{
  g_autoptr (GPtrArray) requests = read_requests (text);

  g_test_message ("%s", text);
  g_assert_cmpuint (requests->len, ==, 1);
  return g_object_ref (requests->pdata[0]);
}

/* The request of these members, in a list of one. */
KomekRequest *
read_members (const char *members)
{
  g_autofree char *text =
    *members == '<' ? g_strdup_printf ("<service_requests><request><service_request_id>1"
                                       "</service_request_id>%s</request></service_requests>",
                                       members)
                    : g_strdup_printf ("[{\"service_request_id\":\"1\",%s}]", members);

  return read_one (text);
}

/* The only service in @text. */
KomekService *
read_service (const char *text)
{
  g_autoptr (GBytes) body = bytes (text);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) services = komek_wire_read_services (body, &error);

  g_test_message ("%s", text);
  g_assert_no_error (error);
  g_assert_cmpuint (services->len, ==, 1);
  return g_object_ref (services->pdata[0]);
}

GPtrArray *
read_definition (const char *text)
{
  g_autoptr (GBytes) body = bytes (text);
  g_autoptr (GError) error = NULL;
  GPtrArray *attributes = komek_wire_read_definition (body, &error);

  g_test_message ("%s", text);
  g_assert_no_error (error);
  return attributes;
}

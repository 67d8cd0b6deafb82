/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-pack-metadata.h"

static const struct
{
  const char *html;
  const char *text;
} attributions[] = {
  { "© OpenStreetMap contributors", "© OpenStreetMap contributors" },
  { "<a href=\"https://www.openstreetmap.org/copyright\">&copy; OpenStreetMap contributors</a>",
    "© OpenStreetMap contributors" },
  { "  <p>A\n\tB &amp; C</p> ", "A B & C" },
  { "1 < 2 &#169; &#xa9; &nbsp;&unknown; & &", "1 < 2 © ©  &unknown; & &" },
  { "<script", "<script" },
  { "&#0;&#1;&#xffffffff;&#10;", "&#0;&#1;&#xffffffff;&#10;" },
  { "\xff\xfe", "��" },
  { "a\xe2\x80\xae" "b", "a b" },
  { "<b></b>", NULL },
  { "", NULL },
};

static void
test_attributions_are_plain_text (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (attributions); i++)
    {
      g_autofree char *text = komek_pack_metadata_to_text (attributions[i].html);

      g_assert_cmpstr (text, ==, attributions[i].text);
    }
}

static void
test_a_long_attribution_is_cut (void)
{
  g_autoptr (GString) html = g_string_new (NULL);
  g_autofree char *text = NULL;

  for (guint i = 0; i < 1000; i++)
    g_string_append (html, "ә<b>");
  text = komek_pack_metadata_to_text (html->str);
  g_assert_cmpint (g_utf8_strlen (text, -1), ==, 200);
}

static const struct
{
  const char *value;
  gboolean    good;
} bounds[] = {
  { "71.2,51.0,71.8,51.4", TRUE },
  { " 71.2 , 51.0 ,71.8, 51.4", TRUE },
  { "-180,-85.0511,180,85.0511", TRUE },
  { "-180.0001,-91,180.0001,91", TRUE },
  { "71.8,51.0,71.2,51.4", FALSE },
  { "71.2,51.0,71.8", FALSE },
  { "71.2,51.0,71.8,51.4,9", FALSE },
  { "71.2,51.0,71.8,x", FALSE },
  { "nan,51.0,71.8,51.4", FALSE },
  { "inf,51.0,71.8,51.4", FALSE },
  { ",,,", FALSE },
  { "", FALSE },
};

static void
test_bounds_make_sense_or_are_not_there (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (bounds); i++)
    {
      g_auto (KomekPackMetadata) metadata;

      komek_pack_metadata_init (&metadata);
      komek_pack_metadata_take (&metadata, "bounds", bounds[i].value);
      g_test_message ("bounds: %s", bounds[i].value);
      g_assert_cmpint (metadata.bounds != NULL, ==, bounds[i].good);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/pack/attributions-are-plain-text", test_attributions_are_plain_text);
  g_test_add_func ("/pack/a-long-attribution-is-cut", test_a_long_attribution_is_cut);
  g_test_add_func ("/pack/bounds-make-sense-or-are-not-there",
                   test_bounds_make_sense_or_are_not_there);
  return g_test_run ();
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-outbox-vote-copy.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <string.h>

#include "komek-error.h"

/* A second, plain file for each vote: FOLDER/SUM, where the sum is that of the number, for a city
 * may put anything into its numbers. The last line is the sum of those before. */

#define FORMAT "(xsss)"

static void
vote_free (gpointer data)
{
  KomekOutboxVote *self = data;

  g_free (self->number);
  g_free (self->machine);
  g_free (self->device);
  g_free (self);
}

static char *
name_file (const char *folder, const char *number)
{
  g_autofree char *sum = g_compute_checksum_for_string (G_CHECKSUM_SHA256, number, -1);

  return g_build_filename (folder, sum, NULL);
}

/**
 * komek_outbox_vote_copy_write:
 *
 * Writes a copy, flushed; the row that it is of is durable already.
 */
gboolean
komek_outbox_vote_copy_write (const char *folder, const KomekOutboxVote *vote, GError **error)
{
  g_autofree char *path = name_file (folder, vote->number);
  g_autoptr (GVariant) fields = g_variant_ref_sink (
    g_variant_new (FORMAT, vote->sequence, vote->number, vote->machine, vote->device));
  g_autofree char *text = g_variant_print (fields, FALSE);
  g_autofree char *sum = g_compute_checksum_for_string (G_CHECKSUM_SHA256, text, -1);
  g_autofree char *whole = g_strconcat (text, "\n", sum, "\n", NULL);
  g_autoptr (GError) problem = NULL;

  if (g_mkdir_with_parents (folder, 0700) == 0
      && g_file_set_contents_full (path, whole, -1,
                                   G_FILE_SET_CONTENTS_CONSISTENT | G_FILE_SET_CONTENTS_DURABLE,
                                   0600, &problem))
    return TRUE;
  g_set_error (error, KOMEK_ERROR, KOMEK_ERROR_UNSAVED, "%s: %s", path,
               problem ? problem->message : g_strerror (errno));
  return FALSE;
}

static KomekOutboxVote *
parse (const char *text)
{
  g_auto (GStrv) lines = g_strsplit (text, "\n", 3);
  g_autofree char *sum = NULL;
  g_autoptr (GVariant) fields = NULL;
  KomekOutboxVote *vote;

  if (g_strv_length (lines) != 3)
    return NULL;
  sum = g_compute_checksum_for_string (G_CHECKSUM_SHA256, lines[0], -1);
  fields = g_str_equal (sum, lines[1])
             ? g_variant_parse (G_VARIANT_TYPE (FORMAT), lines[0], NULL, NULL, NULL)
             : NULL;
  if (!fields)
    return NULL;
  vote = g_new0 (KomekOutboxVote, 1);
  g_variant_get (fields, FORMAT, &vote->sequence, &vote->number, &vote->machine, &vote->device);
  return vote;
}

static KomekOutboxVote *
read_copy (const char *folder, const char *name)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);
  g_autofree char *text = NULL;
  KomekOutboxVote *vote = NULL;

  if (g_file_get_contents (path, &text, NULL, NULL))
    vote = parse (text);
  if (!vote)
    g_message ("The copy of a vote cannot be read: %s", path);
  return vote;
}

static gboolean
is_copy (const char *name)
{
  return strspn (name, "0123456789abcdef") == 64 && name[64] == '\0';
}

/**
 * komek_outbox_vote_copy_list:
 *
 * Returns: (transfer full) (element-type KomekOutboxVote): those that can be read, in no order
 */
GPtrArray *
komek_outbox_vote_copy_list (const char *folder)
{
  GPtrArray *votes = g_ptr_array_new_with_free_func (vote_free);
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while (dir && (name = g_dir_read_name (dir)))
    if (is_copy (name))
      {
        KomekOutboxVote *vote = read_copy (folder, name);

        if (vote)
          g_ptr_array_add (votes, vote);
      }
  return votes;
}

void
komek_outbox_vote_copy_remove (const char *folder, const char *number)
{
  g_autofree char *path = name_file (folder, number);

  if (g_unlink (path) != 0 && errno != ENOENT)
    g_message ("The copy of a vote cannot be removed yet: %s", g_strerror (errno));
}

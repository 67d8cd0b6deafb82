/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "await.h"
#include "crowd.h"
#include "komek-mirror.h"

/* bench-stock PATH N makes a mirror of N made-up requests, for programs that are to find one. */

#define PAGE 1000

static GPtrArray *
make_page (Crowd *crowd)
{
  GPtrArray *page = g_ptr_array_new_with_free_func (g_object_unref);
  KomekRequest *request;

  while (page->len < PAGE && (request = crowd_next (crowd)))
    g_ptr_array_add (page, request);
  return page;
}

static void
put (KomekMirror *mirror, GPtrArray *page, const KomekProgress *progress)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  komek_mirror_put_requests_async (mirror, page, progress, NULL, on_awaited, &result);
  if (!komek_mirror_write_finish (mirror, await (&result), &error))
    g_error ("The mirror cannot be filled: %s", error->message);
}

int
main (int argc, char **argv)
{
  KomekProgress progress = { .generation = 1, .page = 1 };
  g_autoptr (KomekMirror) mirror = NULL;
  guint n, done = 0;
  Crowd *crowd;

  if (argc != 3)
    g_error ("bench-stock PATH N");
  mirror = komek_mirror_new (argv[1]);
  n = g_ascii_strtoull (argv[2], NULL, 10);
  crowd = crowd_new (n);
  while (done < n)
    {
      g_autoptr (GPtrArray) page = make_page (crowd);

      done += page->len;
      progress.page = done < n ? progress.page + 1 : 0;
      put (mirror, page, &progress);
    }
  crowd_free (crowd);
  return 0;
}

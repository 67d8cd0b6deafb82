/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-outbox-marks.h"

#include "komek-fault.h"
#include "komek-number.h"
#include "komek-outbox-table-private.h"

/* What an outbox keeps of its device: a name, the machine that it was named on,
 * and a series of local numbers with how many of it were given. */

/**
 * komek_outbox_marks_get:
 * @value: (out) (nullable): %NULL where it was never set
 */
gboolean
komek_outbox_marks_get (KomekDatabase *database, const char *name, char **value, GError **error)
{
  g_autoptr (KomekStatement) statement =
    komek_database_prepare (database, "SELECT value FROM mark WHERE name = ?", error);
  gboolean found;

  *value = NULL;
  if (!statement)
    return FALSE;
  komek_statement_bind_text (statement, 1, name);
  if (!komek_database_find (database, statement, &found, error))
    return FALSE;
  if (found)
    *value = komek_outbox_dup_text (statement, 0);
  return TRUE;
}

static gboolean
set (KomekDatabase *database, const char *name, const char *value, GError **error)
{
  g_autoptr (KomekStatement) statement =
    komek_database_prepare (database, "INSERT OR REPLACE INTO mark VALUES (?, ?)", error);

  if (!statement)
    return FALSE;
  komek_statement_bind_text (statement, 1, name);
  komek_statement_bind_text (statement, 2, value);
  return komek_database_run (database, statement, error);
}

static char *
read_machine (const char *path)
{
  g_autofree char *id = NULL;

  if (!path || !g_file_get_contents (path, &id, NULL, NULL))
    return g_strdup ("unknown");
  return g_compute_checksum_for_string (G_CHECKSUM_SHA256, id, -1);
}

/* Gives numbers from another series from now on. */
gboolean
komek_outbox_marks_draw_series (KomekDatabase *database, GError **error)
{
  guint64 lot = (guint64) g_random_int () << 32 | g_random_int ();
  g_autofree char *series =
    g_strdup_printf ("%" G_GUINT64_FORMAT, 1 + lot % (KOMEK_NUMBER_N_SERIES - 1));

  return set (database, "series", series, error) && set (database, "count", "0", error);
}

static gboolean
become_a_device (KomekDatabase *database, const char *machine, GError **error)
{
  g_autofree char *device = g_uuid_string_random ();

  return set (database, "device", device, error)
         && set (database, "machine", machine, error)
         && komek_outbox_marks_draw_series (database, error);
}

static gboolean
has_name (KomekDatabase *database, gboolean *named, GError **error)
{
  g_autofree char *device = NULL;

  if (!komek_outbox_marks_get (database, "device", &device, error))
    return FALSE;
  *named = device && g_uuid_string_is_valid (device);
  return TRUE;
}

/**
 * komek_outbox_marks_check:
 * @path: (nullable): a file with an id of this machine
 *
 * A kiosk that was cloned with its disk is another device, or its numbers would
 * be given twice. So is one whose name a disk has spoilt; what waits keeps the
 * name that it was written under.
 */
gboolean
komek_outbox_marks_check (KomekDatabase *database, const char *path, GError **error)
{
  g_autofree char *machine = read_machine (path);
  g_autofree char *known = NULL;
  gboolean checked, named = FALSE;

  if (!komek_database_begin (database, error))
    return FALSE;
  checked = komek_outbox_marks_get (database, "machine", &known, error)
            && has_name (database, &named, error)
            && ((named && g_strcmp0 (known, machine) == 0)
                || become_a_device (database, machine, error));
  komek_fault_point ("outbox.device.before_commit");
  return komek_database_end (database, checked, error);
}

/**
 * komek_outbox_marks_dup_device:
 *
 * Returns: (transfer full) (nullable): what tells this device from others
 */
char *
komek_outbox_marks_dup_device (KomekDatabase *database, GError **error)
{
  char *device;

  if (!komek_outbox_marks_get (database, "device", &device, error))
    return NULL;
  if (!device)
    komek_database_condemn (database, "The outbox has lost its device", error);
  return device;
}

/* Where the series is over, or is none, @known is %FALSE. */
static gboolean
read_series (KomekDatabase *database, guint64 *series, guint64 *count, gboolean *known,
             GError **error)
{
  g_autofree char *name = NULL;
  g_autofree char *given = NULL;

  if (!komek_outbox_marks_get (database, "series", &name, error)
      || !komek_outbox_marks_get (database, "count", &given, error))
    return FALSE;
  *known = name && given
           && g_ascii_string_to_unsigned (name, 10, 1, KOMEK_NUMBER_N_SERIES - 1, series, NULL)
           && g_ascii_string_to_unsigned (given, 10, 0, KOMEK_NUMBER_SERIES_LENGTH - 1, count,
                                          NULL);
  return TRUE;
}

/**
 * komek_outbox_marks_draw_number:
 *
 * Within a transaction: gives the next local number.
 *
 * Returns: (transfer full) (nullable): the number
 */
char *
komek_outbox_marks_draw_number (KomekDatabase *database, GError **error)
{
  g_autofree char *next = NULL;
  guint64 series = 0, count = 0;
  gboolean known;

  if (!read_series (database, &series, &count, &known, error))
    return NULL;
  if (!known
      && (!komek_outbox_marks_draw_series (database, error)
          || !read_series (database, &series, &count, &known, error)))
    return NULL;
  next = g_strdup_printf ("%" G_GUINT64_FORMAT, count + 1);
  if (!set (database, "count", next, error))
    return NULL;
  return komek_number_format_local (series, count);
}

/**
 * komek_outbox_marks_name_address:
 * @address: of the city to which all of it goes, as people know it
 *
 * So that staff can be told for whom something waits when the city has moved on.
 */
gboolean
komek_outbox_marks_name_address (KomekDatabase *database, const char *address, GError **error)
{
  g_autofree char *known = NULL;
  gboolean named;

  if (!komek_outbox_marks_get (database, "address", &known, error))
    return FALSE;
  if (g_strcmp0 (known, address) == 0)
    return TRUE;
  if (!komek_database_begin (database, error))
    return FALSE;
  named = set (database, "address", address, error);
  return komek_database_end (database, named, error);
}

/**
 * komek_outbox_marks_take_name:
 * @machine: on which the device had that name
 * @device: a name that it had
 *
 * Within a transaction: gives the device the name back under which the city may know it. On another
 * machine, which is another device, that does nothing.
 */
gboolean
komek_outbox_marks_take_name (KomekDatabase *database, const char *machine, const char *device,
                              GError **error)
{
  g_autofree char *known = NULL;

  if (!komek_outbox_marks_get (database, "machine", &known, error))
    return FALSE;
  if (g_strcmp0 (known, machine) != 0 || !g_uuid_string_is_valid (device))
    return TRUE;
  return set (database, "device", device, error);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <sys/types.h>
#include <unistd.h>

/* Put before the C library (LD_PRELOAD), it makes calls on files fail that lie
 * below one folder:
 *
 *     KOMEK_SHIM_FOLDER   the folder; what lies elsewhere is left alone
 *     KOMEK_SHIM_CALL     read, write, sync, open, rename, unlink or any
 *     KOMEK_SHIM_NTH      which of these calls fails, counted from 1; 0 for none
 *     KOMEK_SHIM_LASTING  all from that one on fail
 *     KOMEK_SHIM_ERROR    with which errno; EIO otherwise
 *     KOMEK_SHIM_ROOM     files may grow by so many bytes together, then the disk
 *                         is full; what is unlinked gives its room back, and
 *                         statvfs tells what is left
 *     KOMEK_SHIM_COUNT    a file that gets a byte for each call, so that whoever
 *                         starts it knows how many there are */

static atomic_long calls;
static atomic_llong written;
static char        ours[4096]; /* by descriptor: whether it is below the folder */

static void *
find (const char *name)
{
  return dlsym (RTLD_NEXT, name);
}

static const char *
get (const char *name)
{
  const char *value = getenv (name);

  return value ? value : "";
}

static int
is_below (const char *path)
{
  const char *folder = get ("KOMEK_SHIM_FOLDER");

  return *folder && path && strncmp (path, folder, strlen (folder)) == 0;
}

static int
is_ours (int file)
{
  return file >= 0 && file < (int) sizeof ours && ours[file];
}

static void
mark (int file, const char *path)
{
  if (file >= 0 && file < (int) sizeof ours)
    ours[file] = is_below (path);
}

static void
count (void)
{
  int (*real_open) (const char *, int, ...) = find ("open");
  ssize_t (*real_write) (int, const void *, size_t) = find ("write");
  int (*real_close) (int) = find ("close");
  const char *path = get ("KOMEK_SHIM_COUNT");
  int file = *path ? real_open (path, O_WRONLY | O_APPEND | O_CREAT, 0600) : -1;

  if (file >= 0)
    {
      if (real_write (file, ".", 1) < 0)
        perror ("shim");
      real_close (file);
    }
}

/* Whether this call is the one. */
static int
fails (const char *call)
{
  const char *wanted = get ("KOMEK_SHIM_CALL");
  long nth = atol (get ("KOMEK_SHIM_NTH"));
  int number = atoi (get ("KOMEK_SHIM_ERROR"));
  long passed;

  if (!*wanted || (strcmp (wanted, call) != 0 && strcmp (wanted, "any") != 0))
    return 0;
  count ();
  passed = atomic_fetch_add (&calls, 1) + 1;
  if (nth == 0 || passed < nth || (passed > nth && !*get ("KOMEK_SHIM_LASTING")))
    return 0;
  errno = number ? number : EIO;
  return 1;
}

/* Whether the disk has no room for a file that reaches so far. What it has already it may write again. */
static int
overflows (int file, off_t end)
{
  const char *room = get ("KOMEK_SHIM_ROOM");
  struct stat status;
  long long length;

  if (!*room || fstat (file, &status) != 0 || end <= status.st_size)
    return 0;
  length = end - status.st_size;
  if (atomic_fetch_add (&written, length) + (long long) length <= atoll (room))
    return 0;
  atomic_fetch_sub (&written, length);
  errno = ENOSPC;
  return 1;
}

#define OPEN(name)                                                                                 \
  int name (const char *path, int flags, ...)                                                      \
  {                                                                                                \
    int (*real) (const char *, int, ...) = find (#name);                                           \
    mode_t mode = 0;                                                                               \
    va_list arguments;                                                                             \
    int file;                                                                                      \
                                                                                                   \
    va_start (arguments, flags);                                                                   \
    if (flags & (O_CREAT | O_TMPFILE))                                                             \
      mode = va_arg (arguments, mode_t);                                                           \
    va_end (arguments);                                                                            \
    if (is_below (path) && fails ("open"))                                                         \
      return -1;                                                                                   \
    file = real (path, flags, mode);                                                               \
    mark (file, path);                                                                             \
    return file;                                                                                   \
  }

#define READ(name, offset_type)                                                                    \
  ssize_t name (int file, void *bytes, size_t length, offset_type offset)                          \
  {                                                                                                \
    ssize_t (*real) (int, void *, size_t, offset_type) = find (#name);                             \
                                                                                                   \
    return is_ours (file) && fails ("read") ? -1 : real (file, bytes, length, offset);             \
  }

#define WRITE(name, offset_type)                                                                   \
  ssize_t name (int file, const void *bytes, size_t length, offset_type offset)                    \
  {                                                                                                \
    ssize_t (*real) (int, const void *, size_t, offset_type) = find (#name);                       \
                                                                                                   \
    if (is_ours (file) && (fails ("write") || overflows (file, offset + length)))                  \
      return -1;                                                                                   \
    return real (file, bytes, length, offset);                                                     \
  }

#define SYNC(name)                                                                                 \
  int name (int file)                                                                              \
  {                                                                                                \
    int (*real) (int) = find (#name);                                                              \
                                                                                                   \
    return is_ours (file) && fails ("sync") ? -1 : real (file);                                    \
  }

OPEN (open)
OPEN (open64)
READ (pread, off_t)
READ (pread64, off64_t)
WRITE (pwrite, off_t)
WRITE (pwrite64, off64_t)
SYNC (fsync)
SYNC (fdatasync)

ssize_t
read (int file, void *bytes, size_t length)
{
  ssize_t (*real) (int, void *, size_t) = find ("read");

  return is_ours (file) && fails ("read") ? -1 : real (file, bytes, length);
}

ssize_t
write (int file, const void *bytes, size_t length)
{
  ssize_t (*real) (int, const void *, size_t) = find ("write");

  if (is_ours (file) && (fails ("write") || overflows (file, lseek (file, 0, SEEK_CUR) + length)))
    return -1;
  return real (file, bytes, length);
}

int
close (int file)
{
  int (*real) (int) = find ("close");

  mark (file, NULL);
  return real (file);
}

int
rename (const char *from, const char *to)
{
  int (*real) (const char *, const char *) = find ("rename");

  return is_below (from) && fails ("rename") ? -1 : real (from, to);
}

int
unlink (const char *path)
{
  int (*real) (const char *) = find ("unlink");

  struct stat status;

  if (is_below (path) && fails ("unlink"))
    return -1;
  if (is_below (path) && stat (path, &status) == 0)
    atomic_fetch_sub (&written, status.st_size);
  return real (path);
}

#define FALLOCATE(name, offset_type)                                                               \
  int name (int file, offset_type offset, offset_type length)                                      \
  {                                                                                                \
    int (*real) (int, offset_type, offset_type) = find (#name);                                    \
                                                                                                   \
    if (is_ours (file) && (fails ("write") || overflows (file, offset + length)))                  \
      return errno;                                                                                \
    return real (file, offset, length);                                                            \
  }

FALLOCATE (posix_fallocate, off_t)
FALLOCATE (posix_fallocate64, off64_t)

#define STATVFS(name)                                                                              \
  int name (const char *path, struct name *room)                                                   \
  {                                                                                                \
    int (*real) (const char *, struct name *) = find (#name);                                      \
    int result = real (path, room);                                                                \
                                                                                                   \
    if (result == 0 && is_below (path) && *get ("KOMEK_SHIM_ROOM"))                                \
      room->f_bavail = (atoll (get ("KOMEK_SHIM_ROOM")) - atomic_load (&written)) / (long) room->f_frsize; \
    return result;                                                                                 \
  }

STATVFS (statvfs)
STATVFS (statvfs64)

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-wire-arena.h"

#include <string.h>

/* A request fits many times over; what does not fit gets a block of its own. */
#define BLOCK_SIZE (64 * 1024)
#define ALIGNMENT 8

/* An empty list of two signs takes thirty times its length: no answer may fill the memory. */
#define MOST_BYTES (32 * 1024 * 1024)

typedef struct _Block Block;

struct _Block
{
  Block *next;
  gsize  size;
  char   bytes[] __attribute__ ((aligned (ALIGNMENT)));
};

/**
 * KomekWireArena:
 *
 * Memory for one object of an answer, given back all at once before the next one is read.
 *
 * A request is some thirty pieces; taking each from the heap alone costs more than reading it.
 */
struct _KomekWireArena
{
  Block *blocks; /* the one in use comes first, the usual one last */
  gsize  used;   /* of the first */
  gsize  size;   /* of all */
};

static void
add_block (KomekWireArena *self, gsize size)
{
  Block *block = g_malloc (sizeof (Block) + size);

  block->next = self->blocks;
  block->size = size;
  self->blocks = block;
  self->used = 0;
  self->size += size;
}

KomekWireArena *
komek_wire_arena_new (void)
{
  KomekWireArena *self = g_new0 (KomekWireArena, 1);

  add_block (self, BLOCK_SIZE);
  return self;
}

static void
drop_blocks (KomekWireArena *self, gboolean all)
{
  while (self->blocks && (all || self->blocks->next))
    {
      Block *block = self->blocks;

      self->blocks = block->next;
      self->size -= block->size;
      g_free (block);
    }
}

void
komek_wire_arena_free (KomekWireArena *self)
{
  drop_blocks (self, TRUE);
  g_free (self);
}

/* Everything that was taken is gone from here on. */
void
komek_wire_arena_reset (KomekWireArena *self)
{
  drop_blocks (self, FALSE);
  self->used = 0;
}

/**
 * komek_wire_arena_take:
 *
 * Returns: (transfer none): memory that is not cleared and lives until the arena is reset
 */
gpointer
komek_wire_arena_take (KomekWireArena *self, gsize size)
{
  gsize rounded = (size + ALIGNMENT - 1) & ~(gsize) (ALIGNMENT - 1);
  gpointer memory;

  if (rounded > self->blocks->size - self->used)
    add_block (self, MAX (rounded, BLOCK_SIZE));
  memory = self->blocks->bytes + self->used;
  self->used += rounded;
  return memory;
}

/**
 * komek_wire_arena_is_full:
 *
 * Returns: whether whoever fills it should stop; it still gives memory
 */
gboolean
komek_wire_arena_is_full (const KomekWireArena *self)
{
  return self->size > MOST_BYTES;
}

/**
 * komek_wire_arena_copy:
 *
 * Returns: (transfer none): the text, ended by a zero
 */
char *
komek_wire_arena_copy (KomekWireArena *self, const char *text, gsize length)
{
  char *copy = komek_wire_arena_take (self, length + 1);

  memcpy (copy, text, length);
  copy[length] = '\0';
  return copy;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-address.h"

#include <string.h>

#include "komek-address-words.h"
#include "komek-folding.h"

#define LONGEST_TEXT 200 /* characters; nobody types more than that for an address */
#define MOST_TOKENS 24
#define LONGEST_NUMBER 5 /* digits; what is longer is a postcode or a telephone */

/* What a token has turned out to be. */
typedef enum
{
  OPEN,
  NAME,
  HOUSE,
  GONE,
} Use;

typedef struct
{
  char            *text;
  gboolean         number; /* begins with a digit */
  Use              use;
  KomekAddressRole role;
  KomekAddressKind kind;
} Token;

static void
clear_token (Token *token)
{
  g_free (token->text);
}

static Token *
get (GArray *tokens, guint position)
{
  return position < tokens->len ? &g_array_index (tokens, Token, position) : NULL;
}

static gboolean
is_open_number (GArray *tokens, guint position)
{
  Token *token = get (tokens, position);

  return token && token->number && token->use == OPEN;
}

static gboolean
is_one_letter (const char *text)
{
  return *text != '\0' && *g_utf8_next_char (text) == '\0';
}

static void
add_token (GArray *tokens, const char *text, gsize length)
{
  Token token = { .text = g_strndup (text, length), .number = g_ascii_isdigit (*text) };

  if (tokens->len < MOST_TOKENS && !(token.number && length > 2 * LONGEST_NUMBER))
    g_array_append_val (tokens, token);
  else
    g_free (token.text);
}

/* Parts "дом24" and "24уй" between letters and digits, but not "24а", which is a house. */
static void
add_word (GArray *tokens, const char *word)
{
  gsize digits = strspn (word, "0123456789"), letters = strcspn (word, "0123456789");

  if (*word == '\0' || digits > LONGEST_NUMBER)
    return;
  if (digits > 0 && (word[digits] == '\0' || is_one_letter (word + digits)))
    add_token (tokens, word, strlen (word));
  else if (digits > 0)
    {
      add_token (tokens, word, digits);
      add_word (tokens, word + digits);
    }
  else
    {
      add_token (tokens, word, letters);
      add_word (tokens, word + letters);
    }
}

static void
take_token (GArray *tokens, guint position)
{
  g_array_remove_index (tokens, position);
}

/* Puts the number behind a slash to the one before it: "24/1" is one house. */
static void
join (GArray *tokens, guint position)
{
  Token *first = get (tokens, position), *second = get (tokens, position + 1);
  char *text;

  if (!first || !second || !first->number || !second->number)
    return;
  text = g_strconcat (first->text, "/", second->text, NULL);
  g_free (first->text);
  first->text = text;
  take_token (tokens, position + 1);
}

static GArray *
tokenise (const char *text)
{
  GArray *tokens = g_array_new (FALSE, FALSE, sizeof (Token));
  glong length = g_utf8_validate (text, -1, NULL) ? g_utf8_strlen (text, -1) : 0;
  g_autofree char *start = g_utf8_substring (text, 0, MIN (LONGEST_TEXT, length));
  g_auto (GStrv) parts = g_strsplit_set (start, "/\\", -1);

  g_array_set_clear_func (tokens, (GDestroyNotify) clear_token);
  for (guint i = 0; parts[i]; i++)
    {
      g_autofree char *folded = komek_fold (parts[i]);
      g_auto (GStrv) words = g_strsplit (folded, " ", -1);
      guint before = tokens->len;

      for (guint j = 0; words[j]; j++)
        add_word (tokens, words[j]);
      if (i > 0 && before > 0 && tokens->len > before)
        join (tokens, before - 1);
    }
  return tokens;
}

/* Finds out what each word is for; two that belong together become one token. */
static void
read_roles (GArray *tokens)
{
  for (guint i = 0; i < tokens->len; i++)
    {
      Token *token = get (tokens, i), *next = get (tokens, i + 1);
      const char *words[] = { token->text, next ? next->text : NULL, NULL };

      if (!token->number
          && komek_address_words_read (words, &token->role, &token->kind) == 2)
        take_token (tokens, i + 1);
    }
}

/* "Школа №45" is called "Школа 45", and "№ 5" may be a house as 5 may. */
static void
drop_signs (GArray *tokens)
{
  for (guint i = 0; i + 1 < tokens->len; i++)
    if (get (tokens, i)->role == KOMEK_ADDRESS_ROLE_SIGN && get (tokens, i + 1)->number)
      take_token (tokens, i);
}

/* "24 в" is a house where it ends there or a flat follows; in "24 в Самале" and "24 г. Астана" the
 * letter is a word. */
static gboolean
may_be_letter (const Token *token, const Token *after)
{
  return is_one_letter (token->text) && strstr ("абвгabvg", token->text)
         && (token->role == KOMEK_ADDRESS_ROLE_NAME || !after
             || after->role == KOMEK_ADDRESS_ROLE_FLAT);
}

/* "24 а" and "24 корпус 2" are each one house. */
static void
join_houses (GArray *tokens)
{
  for (guint i = 0; i + 1 < tokens->len; i++)
    {
      Token *token = get (tokens, i), *next = get (tokens, i + 1), *after = get (tokens, i + 2);
      gboolean lettered = g_ascii_isdigit (token->text[strlen (token->text) - 1]);

      if (!token->number || next->number)
        continue;
      if (after && after->number
          && (next->role == KOMEK_ADDRESS_ROLE_BLOCK || strcmp (next->text, "к") == 0))
        {
          take_token (tokens, i + 1);
          join (tokens, i);
        }
      else if (lettered && may_be_letter (next, after))
        {
          char *text = g_strconcat (token->text, next->text, NULL);

          g_free (token->text);
          token->text = text;
          take_token (tokens, i + 1);
        }
    }
}

/* In Kazakh the number comes first, "5-үй", in Russian and English behind: "дом 5". */
static gboolean
stands_behind (const Token *mark)
{
  static const char *const marks[] = { "уй", "патер", "кабат", "киреберис", "кенсе", "гимарат" };

  for (guint i = 0; i < G_N_ELEMENTS (marks); i++)
    if (g_str_has_prefix (mark->text, marks[i]))
      return TRUE;
  return FALSE;
}

/* Takes the number that a word for a house or a flat belongs to, and the word with it. */
static void
claim_number (GArray *tokens, guint position)
{
  Token *mark = get (tokens, position), *number = NULL;
  gboolean before = position > 0 && is_open_number (tokens, position - 1);
  gboolean after = is_open_number (tokens, position + 1);

  if (before && (!after || stands_behind (mark)))
    number = get (tokens, position - 1);
  else if (after)
    number = get (tokens, position + 1);
  if (!number)
    return;
  number->use = mark->role == KOMEK_ADDRESS_ROLE_HOUSE ? HOUSE : GONE;
  mark->use = GONE;
}

/* "8 мкр" and "мкр 8" are names; in "Самал мкр 8" it is a house. */
static void
claim_name (GArray *tokens, guint position)
{
  if (position > 0 && is_open_number (tokens, position - 1))
    get (tokens, position - 1)->use = NAME;
  else if (position == 0 && is_open_number (tokens, 1))
    get (tokens, 1)->use = NAME;
}

/* "г. Астана" and "Астана қаласы" are where we are anyway. */
static void
drop_town (GArray *tokens, guint position)
{
  Token *mark = get (tokens, position);
  gboolean behind = g_str_has_prefix (mark->text, "каласы") || strcmp (mark->text, "city") == 0;
  Token *name = behind ? (position > 0 ? get (tokens, position - 1) : NULL)
                       : get (tokens, position + 1);

  if (!name || name->number || name->role != KOMEK_ADDRESS_ROLE_NAME)
    return;
  name->use = mark->use = GONE;
}

/* "8-ші", "8-й" */
static void
drop_ordinals (GArray *tokens)
{
  static const char *const endings[] = { "ши", "шы", "й", "я", "ый", "ая", "ой", "th", "nd", "rd" };

  for (guint i = 1; i < tokens->len; i++)
    for (guint j = 0; j < G_N_ELEMENTS (endings); j++)
      if (get (tokens, i - 1)->number && strcmp (get (tokens, i)->text, endings[j]) == 0)
        {
          take_token (tokens, i);
          get (tokens, i - 1)->use = NAME;
          break;
        }
}

static void
use_marks (GArray *tokens)
{
  for (guint i = 0; i < tokens->len; i++)
    {
      Token *token = get (tokens, i);

      if (token->role == KOMEK_ADDRESS_ROLE_HOUSE || token->role == KOMEK_ADDRESS_ROLE_FLAT)
        claim_number (tokens, i);
      else if (token->role == KOMEK_ADDRESS_ROLE_TOWN)
        drop_town (tokens, i);
      else if (token->kind == KOMEK_ADDRESS_MICRODISTRICT)
        claim_name (tokens, i);
    }
}

static gboolean
says_little (const Token *token)
{
  return token->role == KOMEK_ADDRESS_ROLE_KIND || token->role == KOMEK_ADDRESS_ROLE_NOISE;
}

/* Words for the kind of a place are no names, nor is "возле", unless there is nothing else. */
static void
use_kinds (KomekAddress *self, GArray *tokens)
{
  guint n_names = 0;

  for (guint i = 0; i < tokens->len; i++)
    n_names += get (tokens, i)->use != GONE && get (tokens, i)->use != HOUSE
               && !says_little (get (tokens, i));
  for (guint i = 0; i < tokens->len && n_names > 0; i++)
    if (says_little (get (tokens, i)))
      {
        get (tokens, i)->use = GONE;
        self->kinds |= KOMEK_ADDRESS_BIT (get (tokens, i)->kind) & ~1u;
      }
}

/* What nobody calls a house may be one: the last number that is left. */
static Token *
find_house (GArray *tokens, gboolean *sure)
{
  Token *house = NULL;

  *sure = FALSE;
  for (guint i = 0; i < tokens->len; i++)
    if (get (tokens, i)->use == HOUSE)
      {
        *sure = TRUE;
        return get (tokens, i);
      }
    else if (is_open_number (tokens, i))
      house = get (tokens, i);
  return house;
}

/* As it is written on the house. */
static char *
write_house (const char *text)
{
  static const struct
  {
    char        typed;
    const char *meant;
  } letters[] = { { 'a', "а" }, { 'b', "б" }, { 'v', "в" }, { 'g', "г" } };
  g_autoptr (GString) house = g_string_new (NULL);

  for (const char *p = text; *p; p++)
    {
      guint i = 0;

      while (i < G_N_ELEMENTS (letters) && letters[i].typed != *p)
        i++;
      if (i < G_N_ELEMENTS (letters))
        g_string_append (house, letters[i].meant);
      else
        g_string_append_c (house, *p);
    }
  return g_utf8_strup (house->str, -1);
}

static void
list_words (KomekAddress *self, GArray *tokens, const Token *house)
{
  GPtrArray *words = g_ptr_array_new ();

  for (guint i = 0; i < tokens->len; i++)
    {
      Token *token = get (tokens, i);

      if (token == house)
        self->house_at = words->len;
      else if (token->use != GONE && token->use != HOUSE)
        g_ptr_array_add (words, g_strdup (token->text));
    }
  self->open_end = words->len > 1 && tokens->len > 0 && get (tokens, tokens->len - 1)->use == OPEN
                   && komek_address_words_begin (get (tokens, tokens->len - 1)->text);
  g_ptr_array_add (words, NULL);
  self->words = (GStrv) g_ptr_array_free (words, FALSE);
}

static KomekAddress *
parse (const char *text, gboolean only_name)
{
  KomekAddress *self = g_new0 (KomekAddress, 1);
  g_autoptr (GArray) tokens = tokenise (text);
  Token *house;

  read_roles (tokens);
  drop_signs (tokens);
  drop_ordinals (tokens);
  if (!only_name)
    {
      join_houses (tokens);
      use_marks (tokens);
    }
  use_kinds (self, tokens);
  house = only_name ? NULL : find_house (tokens, &self->house_is_sure);
  list_words (self, tokens, house);
  if (house)
    self->house = write_house (house->text);
  return self;
}

/**
 * komek_address_parse:
 * @text: what somebody has typed or written, whatever that is
 *
 * Takes an address apart: the words of a name, what kind of place it is said to be, and a house.
 * Flats, floors, postcodes and the city's own name are left out.
 *
 * Returns: (transfer full): the address; of nonsense it has no words
 */
KomekAddress *
komek_address_parse (const char *text)
{
  return parse (text, FALSE);
}

/**
 * komek_address_parse_name:
 * @name: the name of a street or another place
 *
 * Does the same with a name alone: a number in it belongs to it.
 *
 * Returns: (transfer full): the address
 */
KomekAddress *
komek_address_parse_name (const char *name)
{
  return parse (name, TRUE);
}

/**
 * komek_address_dup_house:
 * @number: of a house: "24 а", "24/1"
 *
 * Returns: (transfer full) (nullable): the number as komek_address_parse() writes it, %NULL where
 *   it is none
 */
char *
komek_address_dup_house (const char *number)
{
  g_autofree char *text = g_strconcat ("дом ", number, NULL);
  g_autoptr (KomekAddress) address = komek_address_parse (text);

  return address->words[0] ? NULL : g_steal_pointer (&address->house);
}

void
komek_address_free (KomekAddress *self)
{
  g_strfreev (self->words);
  g_free (self->house);
  g_free (self);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "komek-answer.h"
#include "komek-geo-report.h"
#include "komek-memory.h"
#include "komek-wire-format.h"

/* What the files of KomekGeoReport share. */

/**
 * KomekCall:
 *
 * The calls of GeoReport v2. A city may speak JSON in one and only XML in the next.
 */
typedef enum
{
  KOMEK_CALL_DISCOVERY,
  KOMEK_CALL_SERVICES,
  KOMEK_CALL_DEFINITION,
  KOMEK_CALL_REQUESTS,
  KOMEK_CALL_REQUEST,
  KOMEK_CALL_UPDATES,
  KOMEK_CALL_TOKEN,
  KOMEK_CALL_FILE,
  KOMEK_CALL_COMMENT,
  KOMEK_CALL_UPLOAD,
} KomekCall;

#define KOMEK_N_CALLS 10

struct _KomekGeoReport
{
  GObject             parent;
  char               *url;         /* as somebody typed it */
  SoupSession        *session;
  KomekClock         *clock;
  KomekExchangeLimits limits;
  char               *api_key;
  char               *jurisdiction;
  char               *device;
  char               *endpoint;
  GTimeZone          *zone;
  gboolean            extended;    /* it announces our profile */
  KomekAbility        abilities;
  KomekAbility        known;       /* about which it is no longer asked */
  KomekWireFormat     format;      /* for calls that were never tried */
  KomekWireFormat     formats[KOMEK_N_CALLS];
  gboolean            proven[KOMEK_N_CALLS];
  gboolean            keyed;       /* the key has to be in the address, too */
  gboolean            unpacked;    /* what it packs nobody can unpack */
  guint               delay;       /* milliseconds for which the last answer asked */
  KomekMemory        *memory;      /* what it gave for an address */
};

typedef gpointer (*KomekReader) (const KomekAnswer *answer, GTimeZone *zone, GError **error);

/**
 * KomekQuestion:
 * @call: which one it is
 * @base: (nullable): where to ask; %NULL for the endpoint
 * @path: without the suffix
 * @query: (nullable): the arguments, escaped
 * @reader: reads a success, in a thread
 * @destroy: of what is read
 * @remember: whether the city may answer that nothing has changed
 * @long_list: whether the answer may be twice as long as others
 *
 * Something to read from a city; copied.
 */
typedef struct
{
  KomekCall      call;
  const char    *base;
  const char    *path;
  const char    *query;
  KomekReader    reader;
  GDestroyNotify destroy;
  gboolean       remember;
  gboolean       long_list;
} KomekQuestion;

/* komek-geo-report-ask.c */
void komek_geo_report_ask (KomekGeoReport *self, GTask *task, const KomekQuestion *question);
const KomekAnswer *komek_geo_report_peek_answer (GTask *task);
guint komek_geo_report_get_former_status (GTask *task);
KomekWireFormat komek_geo_report_get_format (KomekGeoReport *self, KomekCall call);
void komek_geo_report_prove_format (KomekGeoReport *self, KomekCall call, KomekWireFormat format);
char *komek_geo_report_dup_address (KomekGeoReport *self, const char *base, const char *path,
                                    const char *query, KomekWireFormat format);
void komek_geo_report_append (GString *query, const char *name, const char *value);
SoupMessage *komek_geo_report_make_message (KomekGeoReport *self, const char *method,
                                            const char *url, KomekWireFormat format,
                                            GError **error);
void komek_geo_report_forget (KomekGeoReport *self);

/* komek-geo-report-write.c */

/**
 * KomekWriting:
 * @call: whose format it is
 * @method: of HTTP
 * @path: without the suffix
 * @query: (nullable): the arguments, escaped
 * @type: of the body
 * @body: what is sent
 * @key: what makes it the same when it is sent again
 * @reader: reads a success
 * @total: milliseconds for the whole answer
 *
 * Something to write to a city; copied.
 */
typedef struct
{
  KomekCall        call;
  const char      *method;
  const char      *path;
  const char      *query;
  const char      *type;
  GBytes          *body;
  const char      *key;
  KomekReplyReader reader;
  guint            total;
} KomekWriting;

void komek_geo_report_write (KomekGeoReport *self, GTask *task, const KomekWriting *writing);
KomekFilingReply *komek_geo_report_judge (KomekGeoReport *self, const KomekAnswer *answer,
                                          const char *key, KomekReplyReader reader);

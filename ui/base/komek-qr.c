/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-qr.h"

#include <qrencode.h>

/* ISO/IEC 18004 asks for four modules of white around the code. */
#define QUIET_ZONE 4

/**
 * KomekQr:
 *
 * Draws a QR code: black on white in every theme, since a phone must read it.
 */
struct _KomekQr
{
  GtkWidget parent;
  char     *text;
  QRcode   *code;
};

enum
{
  PROP_TEXT = 1,
  N_PROPS
};

static GParamSpec *props[N_PROPS];

G_DEFINE_FINAL_TYPE (KomekQr, komek_qr, GTK_TYPE_WIDGET)

static QRcode *
encode (const char *text)
{
  return QRcode_encodeString8bit (text, 0, QR_ECLEVEL_M);
}

static gboolean
is_dark (const QRcode *code, int x, int y)
{
  return code->data[y * code->width + x] & 1;
}

static void
komek_qr_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  static const GdkRGBA black = { 0, 0, 0, 1 };
  static const GdkRGBA white = { 1, 1, 1, 1 };
  KomekQr *self = KOMEK_QR (widget);
  int side = MIN (gtk_widget_get_width (widget), gtk_widget_get_height (widget));
  int module, left, top;

  if (!self->code)
    return;
  /* Whole pixels a module: a blurred edge is what scanners stumble over. */
  module = side / (self->code->width + 2 * QUIET_ZONE);
  left = (gtk_widget_get_width (widget) - module * self->code->width) / 2;
  top = (gtk_widget_get_height (widget) - module * self->code->width) / 2;

  gtk_snapshot_append_color (snapshot, &white,
                             &GRAPHENE_RECT_INIT (left - module * QUIET_ZONE,
                                                  top - module * QUIET_ZONE,
                                                  module * (self->code->width + 2 * QUIET_ZONE),
                                                  module * (self->code->width + 2 * QUIET_ZONE)));
  for (int y = 0; y < self->code->width; y++)
    for (int x = 0; x < self->code->width; x++)
      if (is_dark (self->code, x, y))
        gtk_snapshot_append_color (snapshot, &black,
                                   &GRAPHENE_RECT_INIT (left + x * module, top + y * module, module,
                                                        module));
}

static GtkSizeRequestMode
komek_qr_get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_CONSTANT_SIZE;
}

static void
komek_qr_measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum,
                  int *natural, int *minimum_baseline, int *natural_baseline)
{
  KomekQr *self = KOMEK_QR (widget);

  *minimum = *natural = self->code ? 3 * (self->code->width + 2 * QUIET_ZONE) : 0;
}

static void
komek_qr_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  switch (prop_id)
    {
    case PROP_TEXT:
      g_value_set_string (value, KOMEK_QR (object)->text);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
komek_qr_set_property (GObject *object, guint prop_id, const GValue *value, GParamSpec *pspec)
{
  switch (prop_id)
    {
    case PROP_TEXT:
      komek_qr_set_text (KOMEK_QR (object), g_value_get_string (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
komek_qr_finalize (GObject *object)
{
  KomekQr *self = KOMEK_QR (object);

  g_free (self->text);
  g_clear_pointer (&self->code, QRcode_free);
  G_OBJECT_CLASS (komek_qr_parent_class)->finalize (object);
}

static void
komek_qr_class_init (KomekQrClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = komek_qr_get_property;
  object_class->set_property = komek_qr_set_property;
  object_class->finalize = komek_qr_finalize;
  widget_class->snapshot = komek_qr_snapshot;
  widget_class->measure = komek_qr_measure;
  widget_class->get_request_mode = komek_qr_get_request_mode;

  props[PROP_TEXT] =
    g_param_spec_string ("text", NULL, NULL, NULL,
                         G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (object_class, N_PROPS, props);

  gtk_widget_class_set_css_name (widget_class, "qr");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
}

static void
komek_qr_init (KomekQr *self)
{
}

GtkWidget *
komek_qr_new (void)
{
  return g_object_new (KOMEK_TYPE_QR, NULL);
}

/**
 * komek_qr_set_text:
 * @text: (nullable): what the code says; whoever shows it names it for those who cannot see
 */
void
komek_qr_set_text (KomekQr *self, const char *text)
{
  g_return_if_fail (KOMEK_IS_QR (self));

  if (g_strcmp0 (self->text, text) == 0)
    return;
  g_free (self->text);
  self->text = g_strdup (text);
  g_clear_pointer (&self->code, QRcode_free);
  if (text && *text)
    self->code = encode (text);
  gtk_widget_queue_resize (GTK_WIDGET (self));
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_TEXT]);
}

/**
 * komek_qr_draw:
 * @size: the side of the square in user units, quiet zone included
 *
 * Draws the code of a text at the origin, for paper.
 */
void
komek_qr_draw (cairo_t *cr, const char *text, double size)
{
  QRcode *code = encode (text);
  double module;

  if (!code)
    return;
  module = size / (code->width + 2 * QUIET_ZONE);
  cairo_save (cr);
  cairo_set_antialias (cr, CAIRO_ANTIALIAS_NONE);
  cairo_set_source_rgb (cr, 0, 0, 0);
  for (int y = 0; y < code->width; y++)
    for (int x = 0; x < code->width; x++)
      if (is_dark (code, x, y))
        cairo_rectangle (cr, (x + QUIET_ZONE) * module, (y + QUIET_ZONE) * module, module, module);
  cairo_fill (cr);
  cairo_restore (cr);
  QRcode_free (code);
}

/* SPDX-License-Identifier: MIT */
#include "amparo/pdf/fonts.h"

#include <fontconfig/fontconfig.h>
#include <pango/pangocairo.h>
#include <pango/pangofc-fontmap.h>

#include "amparo/base/mem.h"

#define SYSTEM_FONTS "/usr/share/fonts"
#define LOCAL_FONTS "/usr/local/share/fonts"
#define FONT_CACHE "/var/cache/fontconfig"

const char *const fonts_folders[] = {
    SYSTEM_FONTS,
    LOCAL_FONTS,
    "/usr/share/fonts-droid-fallback", /* links in the first lead there */
    FONT_CACHE,
    "/usr/share/libthai", /* where a Thai word ends */
    NULL,
};

/*
 * Left out are bitmaps and pictures, the Type 1 forms of fonts that are there in a newer one, and
 * a font for mathematics that counts itself to the family of DejaVu.
 */
static const char settings[] =
    "<fontconfig>"
    "<dir>" SYSTEM_FONTS "</dir><dir>" LOCAL_FONTS "</dir><cachedir>" FONT_CACHE "</cachedir>"
    "<match target='pattern'><edit name='family' mode='append_last'>"
    "<string>DejaVu Sans</string><string>Droid Sans Fallback</string></edit></match>"
    "<selectfont><rejectfont>"
    "<pattern><patelt name='scalable'><bool>false</bool></patelt></pattern>"
    "<pattern><patelt name='color'><bool>true</bool></patelt></pattern>"
    "<pattern><patelt name='fontformat'><string>Type 1</string></patelt></pattern>"
    "<pattern><patelt name='family'><string>DejaVu Math TeX Gyre</string></patelt></pattern>"
    "</rejectfont></selectfont>"
    "</fontconfig>";

static FcConfig *find_fonts(void)
{
    FcConfig *config = FcConfigCreate();

    if (!config || !FcConfigParseAndLoadFromMemory(config, (const FcChar8 *)settings, FcTrue) ||
        !FcConfigBuildFonts(config))
        BUG("the settings of fonts are wrong");
    return config;
}

static bool any_font(FcConfig *config)
{
    FcFontSet *fonts = FcConfigGetFonts(config, FcSetSystem);

    return fonts && fonts->nfont > 0;
}

/* Letters stand where they belong, not on the dots of a screen. */
static void set_for_paper(PangoContext *context)
{
    cairo_font_options_t *options = cairo_font_options_create();

    cairo_font_options_set_hint_style(options, CAIRO_HINT_STYLE_NONE);
    cairo_font_options_set_hint_metrics(options, CAIRO_HINT_METRICS_OFF);
    cairo_font_options_set_antialias(options, CAIRO_ANTIALIAS_GRAY);
    pango_cairo_context_set_font_options(context, options);
    cairo_font_options_destroy(options);
    pango_cairo_context_set_resolution(context, 72);
    pango_context_set_round_glyph_positions(context, FALSE);
    pango_context_set_base_dir(context, PANGO_DIRECTION_LTR);
}

PangoContext *fonts_open(void)
{
    FcConfig *config = find_fonts();

    if (!any_font(config))
        return NULL;
    FcConfigSetCurrent(config); /* else Pango reads the settings of the desktop beside it */
    PangoFontMap *map = pango_cairo_font_map_new_for_font_type(CAIRO_FONT_TYPE_FT);
    pango_fc_font_map_set_config(PANGO_FC_FONT_MAP(map), config);
    FcConfigDestroy(config);
    PangoContext *context = pango_font_map_create_context(map);
    g_object_unref(map);
    set_for_paper(context);
    return context;
}

void fonts_load(PangoContext *context)
{
    static const char *const names[] = {
        "DejaVu Sans 10",       "DejaVu Sans Bold 10", "DejaVu Serif 10",
        "DejaVu Serif Bold 10", "DejaVu Sans Mono 10",
    };
    cairo_surface_t *nowhere = cairo_image_surface_create(CAIRO_FORMAT_A8, 1, 1);
    cairo_t *cairo = cairo_create(nowhere);
    PangoLayout *layout = pango_layout_new(context);

    pango_layout_set_text(layout, "A \xd8\xa7 \xe4\xb8\xad", -1);
    for (size_t i = 0; i < ARRAY_SIZE(names); i++) {
        PangoFontDescription *font = pango_font_description_from_string(names[i]);
        pango_layout_set_font_description(layout, font);
        pango_cairo_show_layout(cairo, layout);
        pango_font_description_free(font);
    }
    g_object_unref(layout);
    cairo_destroy(cairo);
    cairo_surface_destroy(nowhere);
}

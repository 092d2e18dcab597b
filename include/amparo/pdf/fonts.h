/* SPDX-License-Identifier: MIT */
/*
 * The fonts of drawn pages: those installed in the system's folders, whatever the desktop of this
 * machine or a user's settings make of them, so that a document looks the same for every officer.
 * Latin, Cyrillic, Greek, Arabic and Hebrew come from DejaVu, Chinese and Japanese from Droid
 * Sans Fallback, other scripts from whatever is there. Layer: pdf; uses base.
 */
#ifndef AMPARO_PDF_FONTS_H
#define AMPARO_PDF_FONTS_H

#include <stdbool.h>

#include <pango/pango.h>

/* What has to be readable for that, ended by NULL; for sandbox_enter(). */
extern const char *const fonts_folders[];

/*
 * The fonts as Pango takes them, one point to the unit. NULL where no font is installed. The caller
 * ends it by g_object_unref().
 */
PangoContext *fonts_open(void);

/* Opens the files of those that nearly every document needs, so that it goes on without opening. */
void fonts_load(PangoContext *context);

#endif

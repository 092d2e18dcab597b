/* SPDX-License-Identifier: MIT */
#include "amparo/base/error.h"

void error_init(struct error *err)
{
    *err = (struct error)ERROR_INIT;
}

void error_release(struct error *err)
{
    buf_release(&err->text);
    err->kind = ERROR_NONE;
}

void error_clear(struct error *err)
{
    buf_clear(&err->text);
    err->kind = ERROR_NONE;
}

bool error_set(struct error *err, enum error_kind kind, const char *format, ...)
{
    va_list args;

    if (!err)
        return false;
    if (err->kind == ERROR_NONE)
        err->kind = kind;
    if (err->text.size)
        buf_addc(&err->text, '\n');
    va_start(args, format);
    buf_vaddf(&err->text, format, args);
    va_end(args);
    return false;
}

const char *error_text(const struct error *err)
{
    return buf_text(&err->text);
}

/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 the fullstop authors
 *
 * status.c - the sentence of a failure.
 *
 * Decides nothing; keeps control characters of quoted input out of it.
 */
#include <stdarg.h>
#include <stdio.h>

#include "fullstop/status.h"

enum fs_status fs_error_set(struct fs_error *err, enum fs_status status, const char *format, ...)
{
    if (err == NULL)
        return status;
    va_list args;
    va_start(args, format);
    err->status = status;
    if (vsnprintf(err->text, sizeof(err->text), format, args) < 0)
        err->text[0] = '\0';
    va_end(args);
    for (char *p = err->text; *p != '\0'; p++) {
        unsigned char c = (unsigned char)*p;
        if (c < 0x20 || c == 0x7f)
            *p = '?';
    }
    return status;
}

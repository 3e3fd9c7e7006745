/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 the fullstop authors
 *
 * status.h - how every fallible function of fullstop reports.
 *
 * A function that can fail returns enum fs_status, FS_OK being 0. The detail for a
 * person goes to struct fs_error, always the last parameter, written once, where the
 * failure happened; err may be NULL when the caller does not want the sentence.
 * Outputs are untouched on failure. Thread-safe: an fs_error belongs to its caller.
 */
#ifndef FULLSTOP_STATUS_H
#define FULLSTOP_STATUS_H

#include <stddef.h>

enum fs_status {
    FS_OK = 0,
    FS_NOT_FOUND, /* what was asked for does not exist */
    FS_REFUSED,   /* understood, but not possible in this state; err is the sentence */
    FS_INPUT,     /* bad input from outside: file, line or field named in err */
    FS_LIMIT,     /* a named cap was exceeded */
    FS_NOMEM,
    FS_IO,      /* a system call failed */
    FS_AWAY,    /* the store cannot be used now; nothing was written */
    FS_UNKNOWN, /* commit outcome unknown: it may or may not have been written */
    FS_CORRUPT, /* what is stored contradicts itself */
};

/* Longest sentence in struct fs_error, terminator included; longer ones are cut. */
#define FS_ERROR_SIZE_B 512

struct fs_error {
    enum fs_status status;
    char text[FS_ERROR_SIZE_B];
};

/* Fills err (when not NULL) and returns status, so that a failure is one line:
 * return fs_error_set(err, FS_INPUT, "..."). Control characters in the result are
 * replaced by '?', for the text may quote input. */
enum fs_status fs_error_set(struct fs_error *err, enum fs_status status, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

#endif

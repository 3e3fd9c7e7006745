/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 the fullstop authors
 *
 * cli_text.h - text as a terminal may see it, and the dates that people type.
 *
 * Pure: values in, values out; the timezone is the process's.
 */
#ifndef FULLSTOP_CLI_TEXT_H
#define FULLSTOP_CLI_TEXT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "fullstop/arena.h"
#include "fullstop/status.h"

/* In place: control characters (C0, DEL, C1), bidirectional overrides and what is no UTF-8
 * become '?', byte for byte. */
void fs_cli_clean(char *text);

/* Length in bytes of the longest part of text that takes at most columns columns and ends
 * at a character; *out_columns is what it takes. */
size_t fs_cli_fit(const char *text, size_t columns, size_t *out_columns);
/* Columns of the first length_b bytes of text. */
size_t fs_cli_width(const char *text, size_t length_b);
/* As fs_cli_fit, but ends where a word ends when there is one. */
size_t fs_cli_fit_words(const char *text, size_t columns);

/* "2026-12-01" is the start of that day, "14d" that much after now. FS_INPUT: neither;
 * FS_REFUSED: not in the future. */
enum fs_status fs_cli_until(const char *text, int64_t now, int64_t *out_at, struct fs_error *err);

#endif

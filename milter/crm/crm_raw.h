/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 the fullstop authors
 *
 * crm_raw.h - a line as text, whatever the format, on its way to what it says; private to the
 * crm room.
 */
#ifndef FULLSTOP_CRM_RAW_H
#define FULLSTOP_CRM_RAW_H

#include "fullstop/crm_file.h"

/* Borrowed until the next line; NULL: the line has no such field. */
struct raw {
    size_t number;
    const char *values[FS_CRM_FIELD_COUNT];
};

/* FS_CRM_LINE: there is no such column. ASCII case-insensitive. */
enum fs_crm_field raw_field(const char *name);
/* finding->value is the field's value, cut. Returns FS_INPUT. */
enum fs_status raw_fault(const struct raw *raw, enum fs_crm_field field, enum fs_crm_fault fault,
                         struct fs_crm_finding *finding);
/* FS_OK, FS_INPUT with finding, FS_NOMEM. */
enum fs_status raw_understand(const struct raw *raw, struct fs_arena *arena,
                              struct fs_crm_line *out, struct fs_crm_finding *finding);

/* Names that are told once as unknown. */
struct ignored {
    const char *names[FS_CRM_IGNORED_MAX];
    char text[FS_CRM_IGNORED_MAX][FS_CRM_NAME_MAX_B];
    size_t count;
};
void ignored_add(struct ignored *ignored, const char *name);

/* ---- jsonl.c ---- */

/* One line of JSON lines; the values live in text until the next call. */
struct jsonl_line {
    struct raw raw;
    char text[FS_CRM_LINE_MAX_B + 1];
};
/* FS_OK, FS_INPUT with finding, FS_NOMEM. line->raw.number is set before. */
enum fs_status jsonl_read(struct jsonl_line *line, const char *data, size_t length_b,
                          struct ignored *ignored, struct fs_crm_finding *finding);

#endif

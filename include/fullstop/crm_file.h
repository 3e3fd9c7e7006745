/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 the fullstop authors
 *
 * crm_file.h - the file in which a CRM and fullstop tell each other about leads.
 *
 * CSV (RFC 4180, with a header; "," or ";"; UTF-8 with or without byte order mark) or JSON
 * lines. Reading is a bounded pull: line after line, each good or with its fault. A file of
 * which one line is broken is read on. A reader belongs to one thread. Days begin where the
 * process's timezone says.
 */
#ifndef FULLSTOP_CRM_FILE_H
#define FULLSTOP_CRM_FILE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

#include "fullstop/arena.h"
#include "fullstop/crm.h"
#include "fullstop/status.h"

/* Caps. */
#define FS_CRM_FILE_MAX_B ((size_t)256 * 1024 * 1024)
#define FS_CRM_LINES_MAX 1000000
#define FS_CRM_LINE_MAX_B 16384
#define FS_CRM_CELLS_MAX 64
#define FS_CRM_NOTE_MAX_B 1000
#define FS_CRM_NAME_MAX_B 64     /* of a process or column, in bytes */
#define FS_CRM_IGNORED_MAX 16    /* names of unknown columns that are kept to be told */
#define FS_CRM_FINDING_MAX_B 120 /* of the value that a finding quotes, terminator included */

enum fs_crm_format { FS_CRM_BY_CONTENT, FS_CRM_CSV, FS_CRM_JSONL };

/* What is wrong, and where. fault FS_CRM_FAULT_NONE: nothing. */
struct fs_crm_finding {
    size_t number; /* of the line, from 1; 0: the file */
    enum fs_crm_field field;
    enum fs_crm_fault fault;
    char value[FS_CRM_FINDING_MAX_B]; /* what stands there, cut; may be no UTF-8 */
};

struct fs_crm_reader;

/* data is borrowed and need not be terminated. FS_INPUT: the file cannot be read, finding says
 * why. FS_NOMEM. */
enum fs_status fs_crm_reader_new(const char *data, size_t length_b, enum fs_crm_format format,
                                 struct fs_crm_reader **out, struct fs_crm_finding *finding);
void fs_crm_reader_free(struct fs_crm_reader *reader);
/* FS_OK: *out, its strings in the arena; FS_INPUT: a bad line, finding says why; FS_NOT_FOUND:
 * the end; FS_LIMIT: more than FS_CRM_LINES_MAX lines, finding says so; FS_NOMEM. */
enum fs_status fs_crm_reader_next(struct fs_crm_reader *reader, struct fs_arena *arena,
                                  struct fs_crm_line *out, struct fs_crm_finding *finding);
/* Names of columns or keys that say nothing here, in the order met. */
size_t fs_crm_reader_ignored(const struct fs_crm_reader *reader, const char *const **out);

/* Lines that speak of the same lead: all but one become FS_CRM_BAD. FS_NOMEM. */
enum fs_status fs_crm_find_twice(const struct fs_crm_line *lines, size_t count,
                                 struct fs_crm_verdict *verdicts);

/* "address", ...; "line" for FS_CRM_LINE. */
const char *fs_crm_field_name(enum fs_crm_field field);
/* One sentence each, with the mend; without conversions, to be translated. */
const char *fs_crm_fault_text(enum fs_crm_fault fault);

/* What export-leads writes; FS_NOMEM for JSON lines; what the stream could not take shows in
 * ferror(). Values are in the order of fs_crm_field; NULL: empty. */
void fs_crm_write_header(FILE *out);
void fs_crm_write_csv(FILE *out, const char *const values[FS_CRM_FIELD_COUNT]);
enum fs_status fs_crm_write_json(FILE *out, const char *const values[FS_CRM_FIELD_COUNT]);

#endif

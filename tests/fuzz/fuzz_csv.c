/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 the fullstop authors
 *
 * fuzz_csv.c - a CRM's file: every good line is whole and, written again, is the same line.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "fullstop/clock.h"
#include "fullstop/crm_file.h"
#include "fullstop/text.h"
#include "fuzz.h"

/* More would only be slow. */
#define LINES_MAX 200

static const char *reason_of(const struct fs_crm_line *line)
{
    if (line->state == FS_STATE_ENDED)
        return fs_end_reason_name(line->end_reason);
    return line->state == FS_STATE_PAUSED ? fs_pause_reason_name(line->pause_reason) : NULL;
}

static void require_whole(const struct fs_crm_line *line)
{
    fuzz_require(line->number > 0 && line->address[0] != '\0');
    fuzz_require(line->state != FS_STATE_NONE);
    fuzz_require((line->state == FS_STATE_ENDED) == (line->end_reason != FS_END_NONE));
    fuzz_require((line->state == FS_STATE_PAUSED) == (line->pause_reason != FS_PAUSE_NONE));
    fuzz_require(line->note == NULL ||
                 (fuzz_is_utf8(line->note) && strlen(line->note) <= FS_CRM_NOTE_MAX_B));
    fuzz_require(line->process == NULL || fuzz_is_utf8(line->process));
}

static void require_same(const struct fs_crm_line *a, const struct fs_crm_line *b)
{
    fuzz_require(fuzz_same(a->address, b->address) && fuzz_same(a->process, b->process));
    fuzz_require(fuzz_same(a->sender, b->sender) && fuzz_same(a->note, b->note));
    fuzz_require(a->state == b->state && a->end_reason == b->end_reason);
    fuzz_require(a->pause_reason == b->pause_reason && a->changed_at == b->changed_at);
    fuzz_require(a->until_at == b->until_at);
}

static void write_again(struct fs_arena *arena, const struct fs_crm_line *line, bool json)
{
    char until[FS_TIME_SIZE_B];
    char changed[FS_TIME_SIZE_B];
    char *text = NULL;
    size_t length_b;
    struct fs_crm_reader *reader;
    struct fs_crm_finding finding;
    struct fs_crm_line again;
    FILE *out = open_memstream(&text, &length_b);
    fs_time_rfc3339(line->until_at, until, sizeof until);
    fs_time_rfc3339(line->changed_at, changed, sizeof changed);
    const char *const values[FS_CRM_FIELD_COUNT] = {
        line->address,   line->process, line->sender, fs_state_name(line->state),
        reason_of(line), until,         line->note,   changed};
    if (json) {
        fuzz_require(fs_crm_write_json(out, values) == FS_OK);
    } else {
        fs_crm_write_header(out);
        fs_crm_write_csv(out, values);
    }
    fclose(out);
    fuzz_require(fs_crm_reader_new(text, length_b, json ? FS_CRM_JSONL : FS_CRM_CSV, &reader,
                                   &finding) == FS_OK);
    fuzz_require(fs_crm_reader_next(reader, arena, &again, &finding) == FS_OK);
    require_same(line, &again);
    fuzz_require(fs_crm_reader_next(reader, arena, &again, &finding) == FS_NOT_FOUND);
    fs_crm_reader_free(reader);
    free(text);
}

static void read_as(const struct fuzz_input *input, enum fs_crm_format format)
{
    struct fs_crm_reader *reader;
    struct fs_crm_finding finding = {0};
    struct fs_crm_line line;
    size_t last = 0;
    if (fs_crm_reader_new(input->bytes, input->length_b, format, &reader, &finding) != FS_OK) {
        fuzz_require(finding.fault != FS_CRM_FAULT_NONE && finding.number == 0);
        return;
    }
    for (int i = 0; i < LINES_MAX; i++) {
        enum fs_status status = fs_crm_reader_next(reader, input->arena, &line, &finding);
        if (status == FS_NOT_FOUND)
            break;
        size_t number = status == FS_OK ? line.number : finding.number;
        fuzz_require(number > last); /* it goes on */
        last = number;
        if (status == FS_OK) {
            require_whole(&line);
            /* an instant of 0 prints as nothing, which a pause may not be */
            if (line.state != FS_STATE_PAUSED || line.until_at > 0)
                write_again(input->arena, &line, i % 2 == 0);
        } else {
            fuzz_require(status == FS_INPUT && finding.fault != FS_CRM_FAULT_NONE);
        }
    }
    fs_crm_reader_free(reader);
}

void fuzz_one(const struct fuzz_input *input)
{
    read_as(input, FS_CRM_CSV);
    read_as(input, FS_CRM_JSONL);
    read_as(input, FS_CRM_BY_CONTENT);
}

/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 the fullstop authors
 *
 * reader.c - a CRM's file, line after line.
 *
 * Decides which format it is, which column is which, and how many lines are taken. Must not
 * know the lead, nor where the bytes came from.
 */
#include <stdlib.h>
#include <string.h>

#include "crm_csv.h"
#include "crm_raw.h"
#include "fullstop/text.h"

#define BOM "\xef\xbb\xbf"
#define BOM_SIZE_B 3

struct fs_crm_reader {
    bool is_json;
    struct csv csv;
    enum fs_crm_field columns[FS_CRM_CELLS_MAX];
    size_t column_count;
    const char *data; /* what is left of JSON lines */
    size_t length_b;
    size_t number; /* of the line there */
    struct jsonl_line json;
    struct ignored ignored;
    size_t lines; /* given out, good and bad */
};

void ignored_add(struct ignored *ignored, const char *name)
{
    char cut[FS_CRM_NAME_MAX_B];

    fs_text_copy(cut, sizeof cut, name);
    for (size_t i = 0; i < ignored->count; i++)
        if (strcmp(ignored->names[i], cut) == 0)
            return;
    if (ignored->count == FS_CRM_IGNORED_MAX || cut[0] == '\0')
        return;
    memcpy(ignored->text[ignored->count], cut, sizeof cut);
    ignored->names[ignored->count] = ignored->text[ignored->count];
    ignored->count++;
}

static enum fs_status file_fault(enum fs_crm_field field, enum fs_crm_fault fault,
                                 struct fs_crm_finding *finding)
{
    *finding = (struct fs_crm_finding){.field = field, .fault = fault};
    return FS_INPUT;
}

/* The column that a cell of the header names, spaces around it left out. */
static enum fs_crm_field column_of(const char *cell, char name[FS_CRM_NAME_MAX_B])
{
    size_t length_b;

    cell += strspn(cell, " \t");
    fs_text_copy(name, FS_CRM_NAME_MAX_B, cell);
    length_b = strlen(name);
    while (length_b > 0 && (name[length_b - 1] == ' ' || name[length_b - 1] == '\t'))
        name[--length_b] = '\0';
    return raw_field(name);
}

static enum fs_status read_header(struct fs_crm_reader *reader, struct fs_crm_finding *finding)
{
    struct csv *csv = &reader->csv;
    bool seen[FS_CRM_FIELD_COUNT] = {false};
    char name[FS_CRM_NAME_MAX_B];
    enum fs_crm_fault fault;
    enum csv_result result = csv_next(csv, &fault);

    if (result == CSV_BAD)
        return file_fault(FS_CRM_LINE, FS_CRM_FAULT_HEADER, finding);
    reader->column_count = result == CSV_END ? 0 : csv->count;
    for (size_t i = 0; i < reader->column_count; i++) {
        enum fs_crm_field field = column_of(csv->cells[i], name);
        reader->columns[i] = field;
        if (field == FS_CRM_LINE) {
            ignored_add(&reader->ignored, name);
            continue;
        }
        if (seen[field])
            return file_fault(field, FS_CRM_FAULT_COLUMN_TWICE, finding);
        seen[field] = true;
    }
    if (!seen[FS_CRM_ADDRESS])
        return file_fault(FS_CRM_LINE, FS_CRM_FAULT_NO_ADDRESS_COLUMN, finding);
    if (!seen[FS_CRM_STATE])
        return file_fault(FS_CRM_LINE, FS_CRM_FAULT_NO_STATE_COLUMN, finding);
    return FS_OK;
}

/* '{' or '[' when it begins like JSON, else 0. */
static char json_mark(const char *data, size_t length_b)
{
    for (size_t i = 0; i < length_b; i++)
        if (strchr(" \t\r\n", data[i]) == NULL || data[i] == '\0')
            return data[i] == '{' || data[i] == '[' ? data[i] : '\0';
    return '\0';
}

static enum fs_status begin(struct fs_crm_reader *reader, const char *data, size_t length_b,
                            enum fs_crm_format format, struct fs_crm_finding *finding)
{
    char mark;

    if (length_b >= 2 && (memcmp(data, "\xff\xfe", 2) == 0 || memcmp(data, "\xfe\xff", 2) == 0))
        return file_fault(FS_CRM_LINE, FS_CRM_FAULT_UTF16, finding);
    if (length_b >= BOM_SIZE_B && memcmp(data, BOM, BOM_SIZE_B) == 0) {
        data += BOM_SIZE_B;
        length_b -= BOM_SIZE_B;
    }
    mark = json_mark(data, length_b);
    if (mark == '[' && format != FS_CRM_CSV)
        return file_fault(FS_CRM_LINE, FS_CRM_FAULT_ARRAY, finding);
    reader->is_json = format == FS_CRM_JSONL || (format == FS_CRM_BY_CONTENT && mark == '{');
    reader->data = data;
    reader->length_b = length_b;
    reader->number = 1;
    if (reader->is_json)
        return FS_OK;
    csv_init(&reader->csv, data, length_b);
    return read_header(reader, finding);
}

enum fs_status fs_crm_reader_new(const char *data, size_t length_b, enum fs_crm_format format,
                                 struct fs_crm_reader **out, struct fs_crm_finding *finding)
{
    struct fs_crm_reader *reader = calloc(1, sizeof *reader);
    enum fs_status status;

    if (reader == NULL)
        return FS_NOMEM;
    status = begin(reader, data, length_b, format, finding);
    if (status != FS_OK) {
        fs_crm_reader_free(reader);
        return status;
    }
    *out = reader;
    return FS_OK;
}

void fs_crm_reader_free(struct fs_crm_reader *reader)
{
    free(reader);
}

static enum fs_status next_csv(struct fs_crm_reader *reader, struct raw *raw,
                               struct fs_crm_finding *finding)
{
    struct csv *csv = &reader->csv;
    enum fs_crm_fault fault = FS_CRM_FAULT_NONE;
    enum csv_result result = csv_next(csv, &fault);

    if (result == CSV_END)
        return FS_NOT_FOUND;
    *raw = (struct raw){.number = csv->record_number};
    if (result == CSV_BAD)
        return raw_fault(raw, FS_CRM_LINE, fault, finding);
    if (csv->count != reader->column_count)
        return raw_fault(raw, FS_CRM_LINE, FS_CRM_FAULT_CELLS, finding);
    for (size_t i = 0; i < csv->count; i++)
        if (reader->columns[i] != FS_CRM_LINE)
            raw->values[reader->columns[i]] = csv->cells[i];
    return FS_OK;
}

static bool is_blank(const char *data, size_t length_b)
{
    for (size_t i = 0; i < length_b; i++)
        if (data[i] != ' ' && data[i] != '\t' && data[i] != '\r')
            return false;
    return true;
}

static enum fs_status next_json(struct fs_crm_reader *reader, struct raw *raw,
                                struct fs_crm_finding *finding)
{
    while (reader->length_b > 0) {
        const char *line = reader->data;
        const char *end = memchr(line, '\n', reader->length_b);
        size_t length_b = end == NULL ? reader->length_b : (size_t)(end - line);
        size_t step_b = end == NULL ? length_b : length_b + 1;
        size_t number = reader->number++;
        enum fs_status status;
        reader->data += step_b;
        reader->length_b -= step_b;
        if (is_blank(line, length_b))
            continue;
        reader->json.raw.number = number;
        status = jsonl_read(&reader->json, line, length_b, &reader->ignored, finding);
        if (status == FS_OK)
            *raw = reader->json.raw;
        return status;
    }
    return FS_NOT_FOUND;
}

enum fs_status fs_crm_reader_next(struct fs_crm_reader *reader, struct fs_arena *arena,
                                  struct fs_crm_line *out, struct fs_crm_finding *finding)
{
    struct raw raw;
    enum fs_status status =
        reader->is_json ? next_json(reader, &raw, finding) : next_csv(reader, &raw, finding);

    if (status == FS_NOT_FOUND || status == FS_NOMEM)
        return status;
    if (reader->lines == FS_CRM_LINES_MAX) {
        file_fault(FS_CRM_LINE, FS_CRM_FAULT_TOO_MANY_LINES, finding);
        return FS_LIMIT;
    }
    reader->lines++;
    return status == FS_OK ? raw_understand(&raw, arena, out, finding) : status;
}

size_t fs_crm_reader_ignored(const struct fs_crm_reader *reader, const char *const **out)
{
    *out = reader->ignored.names;
    return reader->ignored.count;
}

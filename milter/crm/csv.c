/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 the fullstop authors
 *
 * csv.c - records of comma-separated values, RFC 4180.
 *
 * Decides where cells and records end: CRLF, LF and CR end a line, a quoted cell may hold
 * them. Strict about quotes, for a guess could move a cell into the next column. Must not know
 * what a column means.
 */
#include "crm_csv.h"

#include <string.h>

static bool is_line_end(char c)
{
    return c == '\n' || c == '\r';
}

/* Over one line end, whichever it is. */
static void next_line(struct csv *csv)
{
    bool is_cr = csv->data[csv->at] == '\r';

    csv->at++;
    if (is_cr && csv->at < csv->length_b && csv->data[csv->at] == '\n')
        csv->at++;
    csv->number++;
}

/* The one that the first line has more of, outside quotes. */
static char find_separator(const char *data, size_t length_b)
{
    size_t commas = 0;
    size_t semicolons = 0;
    bool is_quoted = false;

    for (size_t i = 0; i < length_b && i < FS_CRM_LINE_MAX_B; i++) {
        if (data[i] == '"')
            is_quoted = !is_quoted;
        else if (!is_quoted && is_line_end(data[i]))
            break;
        else if (!is_quoted && data[i] == ',')
            commas++;
        else if (!is_quoted && data[i] == ';')
            semicolons++;
    }
    return semicolons > commas ? ';' : ',';
}

void csv_init(struct csv *csv, const char *data, size_t length_b)
{
    memset(csv, 0, sizeof *csv);
    csv->data = data;
    csv->length_b = length_b;
    csv->number = 1;
    csv->separator = find_separator(data, length_b);
}

/* Where the bytes of the record go. */
struct sink {
    struct csv *csv;
    size_t length_b;
};

static enum fs_crm_fault put(struct sink *sink, char c)
{
    if (c == '\0')
        return FS_CRM_FAULT_NUL;
    if (sink->length_b == FS_CRM_LINE_MAX_B)
        return FS_CRM_FAULT_TOO_LONG;
    sink->csv->text[sink->length_b++] = c;
    return FS_CRM_FAULT_NONE;
}

/* After the opening quote, to behind the closing one. */
static enum fs_crm_fault quoted(struct csv *csv, struct sink *sink)
{
    for (; csv->at < csv->length_b; csv->at++) {
        char c = csv->data[csv->at];
        enum fs_crm_fault fault;
        if (c == '"') {
            csv->at++;
            if (csv->at == csv->length_b || csv->data[csv->at] != '"')
                return FS_CRM_FAULT_NONE;
        } else if (c == '\n' ||
                   (c == '\r' && csv->at + 1 < csv->length_b && csv->data[csv->at + 1] != '\n')) {
            csv->number++;
        }
        fault = put(sink, c);
        if (fault != FS_CRM_FAULT_NONE)
            return fault;
    }
    return FS_CRM_FAULT_QUOTE_OPEN;
}

static enum fs_crm_fault plain(struct csv *csv, struct sink *sink)
{
    for (; csv->at < csv->length_b; csv->at++) {
        char c = csv->data[csv->at];
        enum fs_crm_fault fault;
        if (c == csv->separator || is_line_end(c))
            break;
        if (c == '"')
            return FS_CRM_FAULT_QUOTE;
        fault = put(sink, c);
        if (fault != FS_CRM_FAULT_NONE)
            return fault;
    }
    return FS_CRM_FAULT_NONE;
}

static enum fs_crm_fault one_cell(struct csv *csv, struct sink *sink)
{
    enum fs_crm_fault fault;

    if (csv->count == FS_CRM_CELLS_MAX)
        return FS_CRM_FAULT_TOO_MANY_CELLS;
    csv->cells[csv->count] = csv->text + sink->length_b;
    if (csv->at < csv->length_b && csv->data[csv->at] == '"') {
        csv->at++;
        fault = quoted(csv, sink);
        if (fault == FS_CRM_FAULT_NONE && csv->at < csv->length_b &&
            csv->data[csv->at] != csv->separator && !is_line_end(csv->data[csv->at]))
            fault = FS_CRM_FAULT_QUOTE;
    } else {
        fault = plain(csv, sink);
    }
    if (fault != FS_CRM_FAULT_NONE)
        return fault;
    if (sink->length_b == FS_CRM_LINE_MAX_B)
        return FS_CRM_FAULT_TOO_LONG;
    csv->text[sink->length_b++] = '\0';
    csv->count++;
    return FS_CRM_FAULT_NONE;
}

/* To the line below the one where the broken record began. */
static void go_on_below(struct csv *csv, size_t begin)
{
    csv->at = begin;
    csv->number = csv->record_number;
    while (csv->at < csv->length_b && !is_line_end(csv->data[csv->at]))
        csv->at++;
    if (csv->at < csv->length_b)
        next_line(csv);
}

enum csv_result csv_next(struct csv *csv, enum fs_crm_fault *fault)
{
    struct sink sink = {csv, 0};
    size_t begin;

    while (csv->at < csv->length_b && is_line_end(csv->data[csv->at]))
        next_line(csv);
    if (csv->at == csv->length_b)
        return CSV_END;
    begin = csv->at;
    csv->record_number = csv->number;
    csv->count = 0;
    for (;;) {
        *fault = one_cell(csv, &sink);
        if (*fault != FS_CRM_FAULT_NONE) {
            go_on_below(csv, begin);
            return CSV_BAD;
        }
        if (csv->at == csv->length_b)
            return CSV_RECORD;
        if (is_line_end(csv->data[csv->at])) {
            next_line(csv);
            return CSV_RECORD;
        }
        csv->at++; /* the separator */
    }
}

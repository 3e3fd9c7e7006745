/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 the fullstop authors
 *
 * cli_table.c - tables that fit the terminal.
 *
 * Decides which column gives way, and how far. Must not know what is in the cells.
 */
#include "cli_table.h"

#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "cli_text.h"
#include "fullstop/text.h"

#define GAP "  "
#define GAP_COLUMNS 2
#define ELLIPSIS "\xe2\x80\xa6"
/* No column is narrowed below this, and no terminal is taken to be narrower. */
#define COLUMN_MIN 8
#define TERMINAL_MIN 20
#define TERMINAL_MAX 10000

struct fs_cli_table {
    struct fs_arena *arena;
    const struct fs_cli_column *columns;
    size_t column_count;
    char **cells; /* row by row */
    size_t row_count;
    size_t row_room;
};

struct fs_cli_table *fs_cli_table_new(struct fs_arena *arena, const struct fs_cli_column *columns,
                                      size_t count)
{
    struct fs_cli_table *table = fs_arena_alloc(arena, 1, sizeof *table);

    if (table == NULL || columns == NULL || count > FS_CLI_COLUMNS_MAX)
        return NULL;
    table->arena = arena;
    table->columns = columns;
    table->column_count = count;
    return table;
}

static enum fs_status make_room(struct fs_cli_table *table)
{
    size_t room = table->row_room == 0 ? 16 : 2 * table->row_room;
    char **cells = fs_arena_alloc(table->arena, room * table->column_count, sizeof *cells);

    if (cells == NULL)
        return FS_NOMEM;
    if (table->row_count > 0)
        memcpy(cells, table->cells, table->row_count * table->column_count * sizeof *cells);
    table->cells = cells;
    table->row_room = room;
    return FS_OK;
}

enum fs_status fs_cli_table_add(struct fs_cli_table *table, const char *const *cells)
{
    if (table->row_count == table->row_room && make_room(table) != FS_OK)
        return FS_NOMEM;
    char **row = table->cells + table->row_count * table->column_count;
    for (size_t i = 0; i < table->column_count; i++) {
        row[i] = fs_arena_strdup(table->arena, cells[i] == NULL ? "" : cells[i]);
        if (row[i] == NULL)
            return FS_NOMEM;
        fs_cli_clean(row[i]);
    }
    table->row_count++;
    return FS_OK;
}

static bool may_give(enum fs_cli_fit fit)
{
    return fit == FS_CLI_FIT_CUT || fit == FS_CLI_FIT_WRAP;
}

static void natural_widths(const struct fs_cli_table *table, size_t *widths)
{
    for (size_t i = 0; i < table->column_count; i++) {
        widths[i] = fs_text_width(table->columns[i].title);
        for (size_t row = 0; row < table->row_count; row++) {
            size_t width = fs_text_width(table->cells[row * table->column_count + i]);
            if (width > widths[i])
                widths[i] = width;
        }
    }
}

/* The widest column that may still give way, or the column count. */
static size_t widest(const struct fs_cli_table *table, const size_t *widths)
{
    size_t found = table->column_count;

    for (size_t i = 0; i < table->column_count; i++)
        if (may_give(table->columns[i].fit) && widths[i] > COLUMN_MIN &&
            widths[i] > fs_text_width(table->columns[i].title) &&
            (found == table->column_count || widths[i] > widths[found]))
            found = i;
    return found;
}

static void fit_widths(const struct fs_cli_table *table, size_t *widths, size_t width)
{
    size_t total = (table->column_count - 1) * GAP_COLUMNS;

    natural_widths(table, widths);
    if (width == 0)
        return;
    for (size_t i = 0; i < table->column_count; i++)
        total += widths[i];
    while (total > width) {
        size_t column = widest(table, widths);
        if (column == table->column_count)
            return;
        size_t give = total - width;
        size_t least = fs_text_width(table->columns[column].title);
        least = least < COLUMN_MIN ? COLUMN_MIN : least;
        /* in small steps, so that two long columns share */
        size_t step = give > 8 ? give / 8 : 1;
        if (step > widths[column] - least)
            step = widths[column] - least;
        widths[column] -= step;
        total -= step;
    }
}

static void spaces(FILE *out, size_t count)
{
    fprintf(out, "%*s", (int)count, "");
}

/* Prints the next part of a cell and returns what is left for the next line. */
static const char *print_cell(FILE *out, const char *text, enum fs_cli_fit fit, size_t width,
                              bool last)
{
    size_t length_b = strlen(text);
    size_t columns = fs_text_width(text);
    const char *end = "";
    const char *rest = "";

    if (columns > width && fit == FS_CLI_FIT_CUT) {
        length_b = fs_cli_fit(text, width - 1, &columns);
        columns++;
        end = ELLIPSIS;
    } else if (columns > width && fit == FS_CLI_FIT_WRAP) {
        length_b = fs_cli_fit_words(text, width);
        columns = fs_cli_width(text, length_b);
        rest = text + length_b + strspn(text + length_b, " ");
    }
    size_t pad = columns < width ? width - columns : 0;
    if (fit == FS_CLI_FIT_NUMBER)
        spaces(out, pad);
    fwrite(text, 1, length_b, out);
    fputs(end, out);
    if (fit != FS_CLI_FIT_NUMBER && !last)
        spaces(out, pad);
    return rest;
}

static void print_row(const struct fs_cli_table *table, const char *const *cells,
                      const size_t *widths, FILE *out)
{
    const char *left[FS_CLI_COLUMNS_MAX];
    bool more = true;

    memcpy(left, cells, table->column_count * sizeof *left);
    while (more) {
        more = false;
        size_t last = table->column_count - 1;
        while (last > 0 && *left[last] == '\0')
            last--;
        for (size_t i = 0; i <= last; i++) {
            left[i] = print_cell(out, left[i], table->columns[i].fit, widths[i], i == last);
            more = more || *left[i] != '\0';
            if (i < last)
                fputs(GAP, out);
        }
        for (size_t i = last + 1; i < table->column_count; i++)
            left[i] = "";
        fputc('\n', out);
    }
}

void fs_cli_table_print(const struct fs_cli_table *table, FILE *out, size_t width)
{
    size_t widths[FS_CLI_COLUMNS_MAX];
    const char *titles[FS_CLI_COLUMNS_MAX];

    fit_widths(table, widths, width);
    for (size_t i = 0; i < table->column_count; i++)
        titles[i] = table->columns[i].title;
    print_row(table, titles, widths, out);
    for (size_t row = 0; row < table->row_count; row++)
        print_row(table, (const char *const *)(table->cells + row * table->column_count), widths,
                  out);
}

size_t fs_cli_terminal_columns(FILE *out)
{
    const char *said = getenv("COLUMNS");
    int64_t columns;
    struct winsize size;

    if (said != NULL && fs_text_int(said, TERMINAL_MAX, &columns) == FS_OK &&
        columns >= TERMINAL_MIN)
        return (size_t)columns;
    if (isatty(fileno(out)) && ioctl(fileno(out), TIOCGWINSZ, &size) == 0 &&
        size.ws_col >= TERMINAL_MIN)
        return size.ws_col;
    return 0;
}

/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 the fullstop authors
 *
 * test_crm.c - a CRM's file: the cases of tests/cases/import, caps, what is written is read.
 */
#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "fullstop/clock.h"
#include "fullstop/crm_file.h"
#include "fullstop/text.h"

#define TOLD_SIZE_B 1024

static struct fs_arena *arena;

static void set_up(void)
{
    setenv("TZ", "UTC", 1);
    tzset();
    arena = fs_arena_new(0);
    ck_assert_ptr_nonnull(arena);
}

static void tear_down(void)
{
    fs_arena_free(arena);
}

static char *load(const char *name, size_t *length_b)
{
    char path[2048];
    char *data = fs_arena_alloc(arena, 1 << 16, 1);
    snprintf(path, sizeof path, "%s/cases/import/%s", getenv("FS_TESTDIR"), name);
    FILE *file = fopen(path, "rb");
    ck_assert_msg(file != NULL, "%s", path);
    *length_b = fread(data, 1, 1 << 16, file);
    fclose(file);
    return data;
}

static const char *or_dash(const char *text)
{
    return text == NULL || text[0] == '\0' ? "-" : text;
}

static const char *reason_of(const struct fs_crm_line *line)
{
    if (line->state == FS_STATE_ENDED)
        return fs_end_reason_name(line->end_reason);
    return line->state == FS_STATE_PAUSED ? fs_pause_reason_name(line->pause_reason) : NULL;
}

static void tell_line(const struct fs_crm_line *line, char out[TOLD_SIZE_B])
{
    char until[FS_TIME_SIZE_B];
    char changed[FS_TIME_SIZE_B];
    fs_time_rfc3339(line->until_at, until, sizeof until);
    fs_time_rfc3339(line->changed_at, changed, sizeof changed);
    snprintf(out, TOLD_SIZE_B, "%zu %s %s %s %s %s %s %s %s", line->number, line->address,
             or_dash(line->process), or_dash(line->sender), fs_state_name(line->state),
             or_dash(reason_of(line)), or_dash(until), or_dash(changed), or_dash(line->note));
    for (char *at = out; *at != '\0'; at++)
        if (*at == '\n')
            *at = '?';
}

static void tell_finding(const struct fs_crm_finding *finding, char out[TOLD_SIZE_B])
{
    snprintf(out, TOLD_SIZE_B, "%zu ! %s %s", finding->number, fs_crm_field_name(finding->field),
             fs_crm_fault_text(finding->fault));
}

/* The next row of the table for this file, without its end; NULL: none. */
static char *next_row(FILE *table, char *row, size_t size_b, char **name)
{
    while (fgets(row, (int)size_b, table) != NULL) {
        row[strcspn(row, "\n")] = '\0';
        char *tab = strchr(row, '\t');
        if (row[0] == '#' || tab == NULL)
            continue;
        *tab = '\0';
        *name = row;
        return tab + 1;
    }
    return NULL;
}

static FILE *open_table(void)
{
    char path[512];
    snprintf(path, sizeof path, "%s/cases/import/import.tsv", getenv("FS_TESTDIR"));
    FILE *table = fopen(path, "r");
    ck_assert_msg(table != NULL, "%s", path);
    return table;
}

/* One more answer of the reader; false at its end. */
static bool read_one(struct fs_crm_reader *reader, char told[TOLD_SIZE_B])
{
    struct fs_crm_finding finding;
    struct fs_crm_line line;
    enum fs_status status = fs_crm_reader_next(reader, arena, &line, &finding);
    if (status == FS_OK)
        tell_line(&line, told);
    else if (status == FS_INPUT)
        tell_finding(&finding, told);
    else
        ck_assert_int_eq(status, FS_NOT_FOUND);
    return status != FS_NOT_FOUND;
}

START_TEST(every_case_is_read_as_the_table_says)
{
    FILE *table = open_table();
    struct fs_crm_reader *reader = NULL;
    char row[TOLD_SIZE_B];
    char told[TOLD_SIZE_B];
    char current[64] = "";
    char *name;
    size_t rows = 0;
    for (char *expected; (expected = next_row(table, row, sizeof row, &name)) != NULL; rows++) {
        struct fs_crm_finding finding;
        size_t length_b;
        told[0] = '\0';
        if (strcmp(name, current) != 0) {
            if (reader != NULL)
                ck_assert_msg(!read_one(reader, told), "%s: also %s", current, told);
            fs_crm_reader_free(reader);
            reader = NULL;
            fs_text_copy(current, sizeof current, name);
            const char *data = load(name, &length_b);
            if (fs_crm_reader_new(data, length_b, FS_CRM_BY_CONTENT, &reader, &finding) != FS_OK)
                tell_finding(&finding, told);
        }
        if (reader != NULL)
            ck_assert_msg(read_one(reader, told), "%s: ends before %s", name, expected);
        if (strchr(expected, '!') == NULL)
            ck_assert_str_eq(told, expected);
        else
            ck_assert_msg(fs_text_has_prefix(told, expected), "%s: %s, not %s", name, told,
                          expected);
    }
    ck_assert_msg(reader == NULL || !read_one(reader, told), "%s: also %s", current, told);
    fs_crm_reader_free(reader);
    fclose(table);
    ck_assert_uint_gt(rows, 50);
}
END_TEST

static struct fs_crm_reader *reader_of(const char *text, enum fs_crm_format format)
{
    struct fs_crm_reader *reader = NULL;
    struct fs_crm_finding finding = {0};
    ck_assert_msg(fs_crm_reader_new(text, strlen(text), format, &reader, &finding) == FS_OK, "%s",
                  fs_crm_fault_text(finding.fault));
    return reader;
}

static enum fs_crm_fault fault_of(const char *text)
{
    struct fs_crm_reader *reader = reader_of(text, FS_CRM_BY_CONTENT);
    struct fs_crm_finding finding = {0};
    struct fs_crm_line line;
    enum fs_status status = fs_crm_reader_next(reader, arena, &line, &finding);
    fs_crm_reader_free(reader);
    ck_assert(status == FS_OK || status == FS_INPUT);
    return status == FS_OK ? FS_CRM_FAULT_NONE : finding.fault;
}

START_TEST(unknown_columns_are_named_once)
{
    const char *const *names;
    struct fs_crm_reader *reader =
        reader_of("{\"address\":\"a@b.example\",\"state\":\"replied\",\"owner\":1,\"phone\":[]}\n"
                  "{\"address\":\"c@b.example\",\"state\":\"replied\",\"owner\":2}\n",
                  FS_CRM_BY_CONTENT);
    char told[TOLD_SIZE_B];
    while (read_one(reader, told))
        ck_assert_ptr_null(strchr(told, '!'));
    ck_assert_uint_eq(fs_crm_reader_ignored(reader, &names), 2);
    ck_assert_str_eq(names[0], "owner");
    ck_assert_str_eq(names[1], "phone");
    fs_crm_reader_free(reader);
}
END_TEST

/* ---- caps ---- */

static char *with_note(const char *format, size_t note_b)
{
    char *note = fs_arena_alloc(arena, note_b + 1, 1);
    memset(note, 'x', note_b);
    return fs_arena_printf(arena, format, note);
}

#define NOTE_ROW "address,state,note\na@b.example,replied,%s\n"
#define NOTE_OBJECT "{\"address\":\"a@b.example\",\"state\":\"replied\",\"note\":\"%s\"}\n"

START_TEST(a_note_has_its_cap)
{
    ck_assert_int_eq(fault_of(with_note(NOTE_ROW, FS_CRM_NOTE_MAX_B)), FS_CRM_FAULT_NONE);
    ck_assert_int_eq(fault_of(with_note(NOTE_ROW, FS_CRM_NOTE_MAX_B + 1)), FS_CRM_FAULT_NOTE_LONG);
}
END_TEST

START_TEST(a_line_has_its_cap)
{
    size_t rest_b = strlen("a@b.example,replied,") + 1; /* cells end in one byte each */
    size_t object_b = strlen(NOTE_OBJECT) - strlen("%s\n");
    ck_assert_int_eq(fault_of(with_note(NOTE_ROW, FS_CRM_LINE_MAX_B - rest_b)),
                     FS_CRM_FAULT_NOTE_LONG);
    ck_assert_int_eq(fault_of(with_note(NOTE_ROW, FS_CRM_LINE_MAX_B - rest_b + 1)),
                     FS_CRM_FAULT_TOO_LONG);
    ck_assert_int_eq(fault_of(with_note(NOTE_OBJECT, FS_CRM_LINE_MAX_B - object_b)),
                     FS_CRM_FAULT_NOTE_LONG);
    ck_assert_int_eq(fault_of(with_note(NOTE_OBJECT, FS_CRM_LINE_MAX_B - object_b + 1)),
                     FS_CRM_FAULT_TOO_LONG);
}
END_TEST

START_TEST(a_line_has_so_many_cells)
{
    struct fs_buf text;
    fs_buf_init(&text, 1 << 16);
    ck_assert_int_eq(fs_buf_printf(&text, "address,state"), FS_OK);
    for (int i = 2; i < FS_CRM_CELLS_MAX; i++)
        ck_assert_int_eq(fs_buf_printf(&text, ",c%d", i), FS_OK);
    ck_assert_int_eq(fs_buf_printf(&text, "\na@b.example,replied"), FS_OK);
    for (int i = 2; i < FS_CRM_CELLS_MAX; i++)
        ck_assert_int_eq(fs_buf_printf(&text, ","), FS_OK);
    ck_assert_int_eq(fault_of(text.data), FS_CRM_FAULT_NONE);
    ck_assert_int_eq(fs_buf_printf(&text, ","), FS_OK);
    ck_assert_int_eq(fault_of(text.data), FS_CRM_FAULT_TOO_MANY_CELLS);
    fs_buf_clear(&text);
}
END_TEST

START_TEST(a_file_has_so_many_lines)
{
    static const char line[] = "x\n";
    size_t length_b = (FS_CRM_LINES_MAX + 1) * (sizeof line - 1);
    char *data = malloc(length_b);
    struct fs_crm_reader *reader;
    struct fs_crm_finding finding;
    struct fs_crm_line out;
    size_t bad = 0;
    enum fs_status status;
    for (size_t i = 0; i < length_b; i += sizeof line - 1)
        memcpy(data + i, line, sizeof line - 1);
    ck_assert_int_eq(fs_crm_reader_new(data, length_b, FS_CRM_JSONL, &reader, &finding), FS_OK);
    while ((status = fs_crm_reader_next(reader, arena, &out, &finding)) == FS_INPUT)
        bad++;
    ck_assert_int_eq(status, FS_LIMIT);
    ck_assert_uint_eq(bad, FS_CRM_LINES_MAX);
    ck_assert_int_eq(finding.fault, FS_CRM_FAULT_TOO_MANY_LINES);
    fs_crm_reader_free(reader);
    free(data);
}
END_TEST

/* ---- written and read ---- */

START_TEST(what_is_written_is_read)
{
    static const char *const values[FS_CRM_FIELD_COUNT] = {"jane@customer.example",
                                                           "sales",
                                                           "anna@example.com",
                                                           "paused",
                                                           "not_now",
                                                           "2030-12-01T00:00:00Z",
                                                           "a \"quoted\", two;\r\nline note",
                                                           "2026-01-01T00:00:00Z"};
    char told[2][TOLD_SIZE_B] = {"", ""};
    for (int i = 0; i < 2; i++) {
        char *text = NULL;
        size_t length_b;
        FILE *out = open_memstream(&text, &length_b);
        if (i == 0) {
            fs_crm_write_header(out);
            fs_crm_write_csv(out, values);
        } else {
            ck_assert_int_eq(fs_crm_write_json(out, values), FS_OK);
        }
        fclose(out);
        struct fs_crm_reader *reader = reader_of(text, FS_CRM_BY_CONTENT);
        ck_assert(read_one(reader, told[i]));
        fs_crm_reader_free(reader);
        free(text);
    }
    ck_assert_str_eq(told[0] + 1, told[1] + 1); /* below the header */
    ck_assert_msg(strstr(told[0], "a \"quoted\", two;\r?line note") != NULL, "%s", told[0]);
}
END_TEST

/* ---- twice ---- */

static const struct {
    const char *const lines[3][2]; /* process, sender; "" ends */
    const char *bad;               /* for each line */
} twices[] = {
    {{{"sales", NULL}, {"events", NULL}, {"other", NULL}}, "..."},
    {{{"sales", NULL}, {"sales", NULL}, {"events", NULL}}, ".x."},
    {{{"sales", NULL}, {NULL, NULL}, {"events", NULL}}, "x.x"},
    {{{"sales", "a@x.example"}, {"sales", "b@x.example"}, {"sales", "a@x.example"}}, "..x"},
    {{{"sales", "a@x.example"}, {"sales", NULL}, {"events", "a@x.example"}}, "x.."},
};

START_TEST(of_lines_for_the_same_lead_one_stands)
{
    struct fs_crm_line lines[4] = {{.number = 0}};
    struct fs_crm_verdict verdicts[4] = {{.outcome = FS_CRM_CHANGES}};
    for (size_t i = 0; i < 3; i++) {
        verdicts[i].outcome = FS_CRM_CHANGES;
        lines[i] = (struct fs_crm_line){.number = i + 2,
                                        .address = "jane@customer.example",
                                        .process = twices[_i].lines[i][0],
                                        .sender = twices[_i].lines[i][1]};
    }
    lines[3] = (struct fs_crm_line){.number = 5, .address = "bob@customer.example"};
    verdicts[3].outcome = FS_CRM_CHANGES;
    ck_assert_int_eq(fs_crm_find_twice(lines, 4, verdicts), FS_OK);
    for (size_t i = 0; i < 3; i++)
        ck_assert_msg((verdicts[i].outcome == FS_CRM_BAD) == (twices[_i].bad[i] == 'x'), "line %zu",
                      i);
    ck_assert_int_eq(verdicts[3].outcome, FS_CRM_CHANGES);
}
END_TEST

/* ---- sentences ---- */

START_TEST(every_fault_has_a_sentence_of_its_own)
{
    for (int i = FS_CRM_FAULT_NONE + 1; i < FS_CRM_FAULT_COUNT; i++) {
        const char *text = fs_crm_fault_text((enum fs_crm_fault)i);
        ck_assert_msg(strlen(text) > 20, "fault %d", i);
        for (int j = FS_CRM_FAULT_NONE + 1; j < i; j++)
            ck_assert_str_ne(text, fs_crm_fault_text((enum fs_crm_fault)j));
    }
    for (int i = FS_END_NONE + 1; i < FS_END_REASON_COUNT; i++)
        ck_assert_ptr_nonnull(strstr(fs_crm_fault_text(FS_CRM_FAULT_END_REASON),
                                     fs_end_reason_name((enum fs_end_reason)i)));
    for (int i = FS_PAUSE_NONE + 1; i < FS_PAUSE_REASON_COUNT; i++)
        ck_assert_ptr_nonnull(strstr(fs_crm_fault_text(FS_CRM_FAULT_PAUSE_REASON),
                                     fs_pause_reason_name((enum fs_pause_reason)i)));
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("crm");
    TCase *tests = tcase_create("all");
    suite_add_tcase(suite, tests);
    tcase_add_checked_fixture(tests, set_up, tear_down);
    tcase_add_test(tests, every_case_is_read_as_the_table_says);
    tcase_add_test(tests, unknown_columns_are_named_once);
    tcase_add_test(tests, a_note_has_its_cap);
    tcase_add_test(tests, a_line_has_its_cap);
    tcase_add_test(tests, a_line_has_so_many_cells);
    tcase_add_test(tests, a_file_has_so_many_lines);
    tcase_add_test(tests, what_is_written_is_read);
    tcase_add_loop_test(tests, of_lines_for_the_same_lead_one_stands, 0,
                        sizeof twices / sizeof *twices);
    tcase_add_test(tests, every_fault_has_a_sentence_of_its_own);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}

/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 the fullstop authors
 *
 * test_mail_answers.c - messages as people and programs write them, through parser and
 * engine: class, opt-out, decline, return date and match (tests/cases/mail/answers.tsv).
 */
#include "engine_support.h"

#define COLUMNS 10
enum column {
    FILE_NAME,
    LANGUAGE,
    CLASS,
    OPT_OUT,
    DECLINE,
    RETURN_DATE,
    MATCH,
    RECIPIENT,
    STATUS,
    PERMANENT
};
static const char *const column_names[COLUMNS] = {"file",    "language",    "class", "opt-out",
                                                  "decline", "return date", "match", "recipient",
                                                  "status",  "permanent"};

/* Our touches, which the messages answer; sent one after the other. */
static const struct {
    const char *id;
    const char *to[3];
} touches[] = {
    {"t1@sales.example.com", {"jana.weber@kunde.example"}},
    {"t2@sales.example.com", {"tom.baker@prospect.example"}},
    {"t3@sales.example.com",
     {"k.yilmaz@werk.example", "l.huber@werk.example", "einkauf@werk.example"}},
    {"t4@sales.example.com", {"marie.durand@client.example"}},
    {"t5@sales.example.com", {"someone1990@gmail.com"}},
    {"t6@sales.example.com", {"tom.baker@prospect.example"}},
    {"t7@sales.example.com", {"olga@zavod.example"}},
    {"t8@sales.example.com", {"sato@kaisha.example"}},
};

#define SENT_AT ((int64_t)1772442000)  /* 2026-03-02 09:00 UTC */
#define HEARD_AT ((int64_t)1772700000) /* 2026-03-05: within all windows */

static int wrong;

static char *read_file(const char *name, size_t *out_length_b)
{
    const char *directory = getenv("FS_TESTDIR");
    char path[512];
    snprintf(path, sizeof path, "%s/cases/mail/%s", directory != NULL ? directory : "tests", name);
    FILE *file = fopen(path, "rb");
    ck_assert_msg(file != NULL, "cannot open %s", path);
    char *bytes = malloc(262144);
    ck_assert_ptr_nonnull(bytes);
    *out_length_b = fread(bytes, 1, 262143, file);
    bytes[*out_length_b] = '\0';
    fclose(file);
    return bytes;
}

/* An engine that has sent the touches. */
static void begin_sent(void)
{
    open_engine(SENT_AT);
    load_config("our_domains = { \"example.com\", \"@.example.com\" }\n"
                "process \"sales\" { senders = { \"@sales.example.com\" } }\n");
    for (int i = 0; i < COUNT(touches); i++) {
        size_t count = 0;
        while (count < 3 && touches[i].to[count] != NULL)
            count++;
        struct fs_facts facts = {.message_id = touches[i].id,
                                 .from = "anna@sales.example.com",
                                 .key = fs_arena_printf(arena, "id:%s", touches[i].id)};
        struct fs_outbound in = {.config = config,
                                 .process = &config->processes[0],
                                 .facts = &facts,
                                 .recipients = touches[i].to,
                                 .recipient_count = count};
        struct fs_ruling ruling;
        ck_assert_int_eq(fs_engine_outbound(engine, arena, &in, &ruling, NULL), FS_OK);
        now += 600;
    }
    now = HEARD_AT;
}

/* The tier by which it matches a message. */
static const char *tier_of(const struct fs_facts *facts)
{
    struct fs_hearing hearing = {0};
    struct fs_inbound in = {.config = config, .facts = facts};
    ck_assert_int_eq(fs_engine_inbound(engine, arena, &in, &hearing, NULL), FS_OK);
    if (hearing.own_mail)
        return "own";
    return hearing.match != NULL ? hearing.match : "none";
}

static void compare(char *const *want, enum column column, const char *got)
{
    if (strcmp(got != NULL ? got : "-", want[column]) != 0) {
        printf("%s: %s is %s, want %s\n", want[FILE_NAME], column_names[column],
               got != NULL ? got : "-", want[column]);
        wrong++;
    }
}

static void check_row(char *const *want)
{
    size_t length_b;
    char *bytes = read_file(want[FILE_NAME], &length_b);
    struct fs_facts facts;
    char day[32] = "-";
    begin_sent();
    ck_assert_int_eq(fs_mail_parse(arena, bytes, length_b, NULL, &facts, NULL), FS_OK);
    if (facts.return_date.year != 0) {
        snprintf(day, sizeof day, "%04d-%02d-%02d", facts.return_date.year, facts.return_date.month,
                 facts.return_date.day);
    }
    compare(want, CLASS, fs_mail_class_name(facts.class));
    compare(want, OPT_OUT, fs_answer_name(facts.opt_out));
    compare(want, DECLINE, fs_answer_name(facts.decline));
    compare(want, RETURN_DATE, day);
    compare(want, MATCH, tier_of(&facts));
    compare(want, RECIPIENT, facts.original_recipient);
    compare(want, STATUS, facts.status);
    compare(want, PERMANENT, facts.permanent ? "yes" : "no");
    end();
    free(bytes);
}

/* Every row of a table; their number. */
static int check_table(const char *name)
{
    size_t length_b;
    char *table = read_file(name, &length_b);
    char *rest = table;
    int rows = 0;
    for (char *line; (line = strsep(&rest, "\n")) != NULL;) {
        char *columns[COLUMNS];
        size_t count = 0;
        if (line[0] == '#' || line[0] == '\0') {
            continue;
        }
        for (char *at = line; at != NULL && count < COLUMNS; count++) {
            columns[count] = strsep(&at, "\t");
        }
        ck_assert_msg(count == COLUMNS, "%s: not %d columns", line, COLUMNS);
        check_row(columns);
        rows++;
    }
    free(table);
    return rows;
}

START_TEST(every_message_is_what_a_reader_says)
{
    ck_assert_int_ge(check_table("answers.tsv"), 250);
    fflush(stdout); /* a failed check leaves without */
    ck_assert_msg(wrong == 0, "%d values are wrong", wrong);
}
END_TEST

static void add_tests(TCase *tcase)
{
    tcase_set_timeout(tcase, 120);
    tcase_add_test(tcase, every_message_is_what_a_reader_says);
}

int main(void)
{
    return run_suite("mail_answers", NULL, add_tests);
}

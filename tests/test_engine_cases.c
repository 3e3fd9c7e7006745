/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 the fullstop authors
 *
 * test_engine_cases.c - by what each message of tests/cases/mail is matched to the leads of
 * the touches that the tables there name. Whether class, recipient and status are read as the
 * tables say is tested with the mail room; here a message that is read otherwise is left out.
 */
#include "engine_inbound.h"

enum column {
    FILE_NAME,
    LANGUAGE,
    CLASS,
    OPT_OUT,
    DECLINE,
    RETURN,
    MATCH,
    RECIPIENT,
    STATUS,
    COLUMNS
};
#define FILE_MAX_B (1u << 20)

static const char *const tables[] = {"answers-de.tsv", "answers-en.tsv"};

static const struct {
    const char *id;
    const char *to;
} touches[] = {
    {"t1@sales.example.com", "jana.weber@kunde.example"},
    {"t2@sales.example.com", "tom.baker@prospect.example"},
    {"t3@sales.example.com", "k.yilmaz@werk.example,l.huber@werk.example,einkauf@werk.example"},
    {"t4@sales.example.com", "marie.durand@client.example"},
    {"t5@sales.example.com", "someone1990@gmail.com"},
    {"t6@sales.example.com", "tom.baker@prospect.example"},
    {"t7@sales.example.com", "olga@zavod.example"},
    {"t8@sales.example.com", "sato@kaisha.example"},
};

static char *read_file(const char *name, size_t *out_length_b)
{
    char path[512];
    const char *tests = getenv("FS_TESTDIR");
    snprintf(path, sizeof(path), "%s/cases/mail/%s", tests != NULL ? tests : "tests", name);
    FILE *file = fopen(path, "rb");
    ck_assert_msg(file != NULL, "%s cannot be opened", path);
    char *bytes = fs_arena_alloc(arena, 1, FILE_MAX_B);
    *out_length_b = fread(bytes, 1, FILE_MAX_B - 1, file);
    fclose(file);
    return bytes;
}

static void send_all(void)
{
    now = 1772445600; /* 2026-03-02, 10:00 UTC */
    for (size_t i = 0; i < sizeof(touches) / sizeof(touches[0]); i++) {
        send_to(touches[i].id, touches[i].to);
        now += DAY_S / 3;
    }
}

static struct fs_facts facts_of(const char *name)
{
    struct fs_facts facts;
    size_t length_b = 0;
    const char *bytes = read_file(name, &length_b);
    ck_assert_int_eq(fs_mail_parse(arena, bytes, length_b, NULL, &facts, NULL), FS_OK);
    if (facts.date_at > now && facts.date_at < now + 30 * DAY_S)
        now = facts.date_at;
    return facts;
}

static bool is_said(const char *fact, const char *cell)
{
    return strcmp(fact != NULL ? fact : "-", cell) == 0;
}

static bool is_read_as_said(const struct fs_facts *facts, const char *const *cells)
{
    return is_said(fs_mail_class_name(facts->class), cells[CLASS]) &&
           is_said(facts->original_recipient, cells[RECIPIENT]) &&
           is_said(facts->status, cells[STATUS]);
}

/* In the table's words. */
static const char *matched(const struct fs_facts *facts)
{
    struct fs_hearing hearing = hear(*facts);
    if (hearing.own_mail)
        return "own";
    return hearing.match != NULL ? hearing.match : "none";
}

START_TEST(every_message_is_matched_as_its_table_says)
{
    size_t length_b = 0;
    int checked = 0;
    int wrong = 0;
    char *text = strdup(read_file(tables[_i], &length_b)); /* outlives the fixture's arena */
    char *rest = text;
    for (char *line; (line = strsep(&rest, "\n")) != NULL;) {
        const char *cells[COLUMNS] = {NULL};
        for (int i = 0; i < COLUMNS && line != NULL && line[0] != '#'; i++)
            cells[i] = strsep(&line, "\t");
        if (cells[COLUMNS - 1] == NULL)
            continue;
        end(); /* each message meets the leads as the touches left them */
        begin();
        send_all();
        struct fs_facts facts = facts_of(cells[FILE_NAME]);
        if (!is_read_as_said(&facts, cells))
            continue;
        const char *match = matched(&facts);
        checked++;
        if (strcmp(match, cells[MATCH]) != 0) {
            fprintf(stderr, "%s: %s, not %s\n", cells[FILE_NAME], match, cells[MATCH]);
            wrong++;
        }
    }
    free(text);
    ck_assert_int_eq(wrong, 0);
    ck_assert_int_gt(checked, 100);
}
END_TEST

static void add_tests(TCase *tcase)
{
    tcase_set_timeout(tcase, 60);
    tcase_add_loop_test(tcase, every_message_is_matched_as_its_table_says, 0, COUNT(tables));
}

int main(void)
{
    return run_suite("engine_cases", add_tests);
}

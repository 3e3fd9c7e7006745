/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 the fullstop authors
 *
 * test_engine_rules.c - every setting of a process, from the configuration's text through the
 * engine to what is decided, as stories with a clock of their own (cases/engine-rules.txt).
 *
 * Each story is told twice, with and without a sweep before each event: it must end the same.
 */
#include <time.h>

#include "engine_support.h"

#define START_AT ((int64_t)1699866000) /* Monday, 2023-11-13 09:00 UTC */
#define LINE_MAX_B 2048

/* One story while it is told. */
struct story {
    const char *name;
    bool sweeps;
    int touches; /* for ids */
    int heard;
    struct fs_ruling ruling;
    struct fs_hearing hearing;
    enum fs_status said;
    struct fs_error said_error;
};

/* What an event's options say. */
struct options {
    const char *to;
    const char *from;
    const char *in;
    const char *id;
    const char *re;
    const char *login;
    const char *header;
    const char *status;
    const char *reason;
    const char *until;
    bool final, invitation, content, thread, sent, evidence;
};

static char holidays_value[64];

static int64_t instant(const char *days)
{
    double seconds = strtod(days, NULL) * DAY_S;
    return START_AT + (int64_t)(seconds < 0 ? seconds - 0.5 : seconds + 0.5);
}

static char *trim(char *text)
{
    text += strspn(text, " ");
    size_t length_b = strlen(text);
    while (length_b > 0 && (text[length_b - 1] == ' ' || text[length_b - 1] == '\n'))
        text[--length_b] = '\0';
    return text;
}

/* ---- the configuration, from words like end.unanswered=2 ---- */

static const char *const sections[] = {"",    "exempt", "continue", "pause",
                                       "end", "resume", "answers"};

/* Monday the 20th (day 7) and Wednesday the 22nd of November. */
static void make_holidays(void)
{
    snprintf(holidays_value, sizeof(holidays_value), "file:/tmp/fullstop-test-XXXXXX");
    FILE *file = fdopen(mkstemp(holidays_value + strlen("file:")), "w");
    fputs("# a comment\n2023-11-22\n2023-11-20\n2023-12-25\n", file);
    fclose(file);
}

static bool is_word_of(const char *word, const char *const *words)
{
    for (; *words != NULL; words++) {
        if (strcmp(word, *words) == 0)
            return true;
    }
    return false;
}

static void write_setting(FILE *file, const char *key, char *value)
{
    static const char *const plain[] = {"unanswered", "pauses", "cycles",
                                        "final_mail", "reply",  NULL};
    static const char *const lists[] = {"kinds",  "recipients", "senders",
                                        "logins", "headers",    NULL};
    static const char *const blanks[] = {"headers", "contact_limit", NULL};
    for (char *at = value; is_word_of(key, blanks) && (at = strchr(at, '_')) != NULL;)
        *at = ' ';
    if (is_word_of(key, plain)) {
        fprintf(file, " %s = %s", key, value);
        return;
    }
    if (!is_word_of(key, lists)) {
        fprintf(file, " %s = \"%s\"", key, strcmp(key, "holidays") == 0 ? holidays_value : value);
        return;
    }
    fprintf(file, " %s = {", key);
    for (const char *comma = ""; value != NULL; comma = ",") {
        char *item = strsep(&value, ",");
        fprintf(file, "%s \"%s\"", comma, item);
    }
    fputs(" }", file);
}

/* Writes those settings that belong to a section ("top" is outside the process). */
static bool write_section(FILE *file, const char *settings, const char *section)
{
    bool any = false;
    char *copy = fs_arena_strdup(arena, settings);
    for (char *word; (word = strsep(&copy, " ")) != NULL;) {
        char *value = strchr(word, '=');
        if (value == NULL)
            continue;
        *value++ = '\0';
        char *dot = strchr(word, '.');
        const char *key = dot != NULL ? dot + 1 : word;
        size_t section_b = dot != NULL ? (size_t)(dot - word) : 0;
        if (section_b != strlen(section) || strncmp(word, section, section_b) != 0)
            continue;
        if (!any && section[0] != '\0' && strcmp(section, "top") != 0)
            fprintf(file, " %s {", section);
        any = true;
        write_setting(file, key, value);
        fputc('\n', file);
    }
    return any;
}

static void load(const char *settings)
{
    char *text = NULL;
    size_t length_b = 0;
    FILE *file = open_memstream(&text, &length_b);
    fputs("our_domains = { \"example.com\" }\n", file);
    write_section(file, settings, "top");
    fputs("process \"sales\" { mode = \"enforce\" senders = { \"@example.com\" }\n", file);
    for (size_t i = 0; i < sizeof(sections) / sizeof(sections[0]); i++) {
        if (write_section(file, settings, sections[i]) && sections[i][0] != '\0')
            fputs("}\n", file);
    }
    fputs("}\nprocess \"events\" { mode = \"enforce\" senders = { \"ben@partner.example\" } }\n",
          file);
    fclose(file);
    load_config("%s", text);
    free(text);
    setenv("TZ", config->timezone[0] != '\0' ? config->timezone : "UTC", 1);
    tzset();
}

/* ---- events ---- */

static void set_option(struct options *options, const char *name, const char *value)
{
    const struct {
        const char *name;
        const char **text;
        bool *flag;
    } known[] = {
        {"to", &options->to, NULL},           {"from", &options->from, NULL},
        {"in", &options->in, NULL},           {"id", &options->id, NULL},
        {"re", &options->re, NULL},           {"login", &options->login, NULL},
        {"header", &options->header, NULL},   {"status", &options->status, NULL},
        {"reason", &options->reason, NULL},   {"until", &options->until, NULL},
        {"final", NULL, &options->final},     {"invitation", NULL, &options->invitation},
        {"content", NULL, &options->content}, {"thread", NULL, &options->thread},
        {"sent", NULL, &options->sent},       {"evidence", NULL, &options->evidence},
    };
    for (size_t i = 0; i < sizeof(known) / sizeof(known[0]); i++) {
        if (strcmp(known[i].name, name) != 0)
            continue;
        if (known[i].text != NULL)
            *known[i].text = value;
        else
            *known[i].flag = true;
        return;
    }
    ck_abort_msg("unknown option %s", name);
}

static const char *address_of(const char *name, const char *otherwise)
{
    if (name == NULL)
        return otherwise;
    return strchr(name, '@') != NULL ? name : fs_arena_printf(arena, "%s@kunde.example", name);
}

static void touch(struct story *story, const struct options *options)
{
    struct fs_error err = {FS_OK, ""};
    bool in_events = options->in != NULL;
    const char *id =
        options->id != NULL ? options->id : fs_arena_printf(arena, "t%d", ++story->touches);
    const char *from = in_events ? "ben@partner.example" : "anna@example.com";
    const char *recipients[8];
    size_t count = 0;
    char *list = fs_arena_strdup(arena, options->to != NULL ? options->to : "jane");
    for (char *one; (one = strsep(&list, "+")) != NULL;)
        recipients[count++] = address_of(one, NULL);
    struct fs_facts facts = {.class = FS_CLASS_HUMAN,
                             .message_id = id,
                             .in_reply_to = options->re,
                             .in_thread = options->thread || options->re != NULL,
                             .is_invitation = options->invitation,
                             .is_content = options->content,
                             .final_mark = options->final,
                             .from = options->from != NULL ? options->from : from,
                             .key = fs_arena_printf(arena, "id:%s", id)};
    struct fs_outbound in = {.config = config,
                             .process = &config->processes[in_events ? 1 : 0],
                             .facts = &facts,
                             .login = options->login,
                             .recipients = recipients,
                             .recipient_count = count,
                             .headers = options->header,
                             .headers_b = options->header != NULL ? strlen(options->header) : 0,
                             .already_sent = options->sent};
    ck_assert_msg(fs_engine_outbound(engine, arena, &in, &story->ruling, &err) == FS_OK, "%s: %s",
                  story->name, err.text);
}

static struct fs_facts heard_facts(struct story *story, const char *word,
                                   const struct options *options)
{
    struct fs_facts facts = {.class = FS_CLASS_HUMAN,
                             .rule = "test",
                             .from = address_of(options->from, JANE),
                             .in_reply_to = options->re,
                             .message_id = options->id != NULL
                                               ? options->id
                                               : fs_arena_printf(arena, "h%d", ++story->heard)};
    if (strcmp(word, "absence") == 0)
        facts.class = FS_CLASS_OUT_OF_OFFICE;
    else if (strcmp(word, "calendar") == 0)
        facts.class = FS_CLASS_CALENDAR;
    else if (strcmp(word, "opt_out") == 0)
        facts.opt_out = FS_ANSWER_YES;
    else if (strcmp(word, "unclear") == 0)
        facts.opt_out = FS_ANSWER_UNCLEAR;
    else if (strcmp(word, "decline") == 0)
        facts.decline = FS_ANSWER_YES;
    else if (strcmp(word, "notice") == 0)
        facts.class = FS_CLASS_AUTO_REPLY;
    else
        ck_assert_msg(strcmp(word, "answer") == 0, "%s: unknown event %s", story->name, word);
    if (options->until != NULL)
        facts.return_date = fs_date_local(instant(options->until));
    return facts;
}

static struct fs_facts report_facts(const char *word, const struct options *options)
{
    const char **ids = fs_arena_alloc(arena, 1, sizeof(*ids));
    ids[0] = options->id;
    struct fs_facts facts = {.class = FS_CLASS_BOUNCE,
                             .rule = "test",
                             .sender = "",
                             .status = options->status != NULL ? options->status : "5.1.1",
                             .permanent = true,
                             .original_recipient = address_of(options->to, JANE),
                             .returned_ids = ids,
                             .returned_id_count = options->id != NULL};
    if (strcmp(word, "complaint") == 0)
        facts.class = FS_CLASS_COMPLAINT;
    if (strcmp(word, "delayed") == 0)
        facts.class = FS_CLASS_DELAYED;
    return facts;
}

static void hear_word(struct story *story, const char *word, const struct options *options)
{
    static const char *const reports[] = {"bounce", "complaint", "delayed", NULL};
    struct fs_error err = {FS_OK, ""};
    struct fs_facts facts =
        is_word_of(word, reports) ? report_facts(word, options) : heard_facts(story, word, options);
    struct fs_inbound in = {.config = config, .facts = &facts};
    ck_assert_msg(fs_engine_inbound(engine, arena, &in, &story->hearing, &err) == FS_OK, "%s: %s",
                  story->name, err.text);
}

static bool say(struct story *story, const char *word, const struct options *options)
{
    struct fs_hearing_lead out;
    const char *event = NULL;
    struct fs_saying saying = {.config = config,
                               .address = address_of(options->to, JANE),
                               .process = options->in,
                               .note = "so they said",
                               .evidence = options->evidence ? "a signed form" : NULL,
                               .until_at = options->until != NULL ? instant(options->until) : 0,
                               .actor = {"anna", 1000}};
    if (!fs_happening_parse(word, &saying.what) ||
        (saying.what != FS_ON_PAUSE && saying.what != FS_ON_END && saying.what != FS_ON_RESUME &&
         saying.what != FS_ON_ANSWERED))
        return false;
    if (options->reason != NULL)
        ck_assert(fs_pause_reason_parse(options->reason, &saying.pause_reason) ||
                  fs_end_reason_parse(options->reason, &saying.end_reason));
    if (saying.what == FS_ON_END && options->reason != NULL)
        ck_assert(fs_end_reason_parse(options->reason, &saying.end_reason));
    story->said_error = (struct fs_error){FS_OK, ""};
    story->said = fs_engine_say(engine, arena, &saying, &out, &event, &story->said_error);
    return true;
}

static void sweep(void)
{
    int64_t changes;
    ck_assert_int_eq(fs_engine_sweep(engine, config, &changes, NULL), FS_OK);
}

static void happen(struct story *story, char *text)
{
    struct options options = {.to = NULL};
    char *rest = text;
    char *day = strsep(&rest, ",");
    const char *word = strsep(&day, "@");
    ck_assert_msg(day != NULL, "%s: no day: %s", story->name, word);
    now = instant(day);
    for (char *option; (option = strsep(&rest, ",")) != NULL;) {
        char *value = option;
        const char *name = strsep(&value, "=");
        for (char *at = value;
             at != NULL && strcmp(name, "header") == 0 && (at = strchr(at, '_')) != NULL;)
            *at = ' ';
        set_option(&options, name, value);
    }
    if (story->sweeps)
        sweep();
    if (strcmp(word, "touch") == 0)
        touch(story, &options);
    else if (strcmp(word, "look") != 0 && !say(story, word, &options))
        hear_word(story, word, &options);
}

/* ---- what must be true at the end ---- */

static const char *yes(bool value)
{
    return value ? "yes" : "no";
}

static const char *moment(int64_t at)
{
    if (at == 0)
        return "never";
    return fs_arena_printf(arena, "%.10g", (double)(at - START_AT) / DAY_S);
}

static const char *said_name(enum fs_status status)
{
    if (status == FS_OK)
        return "done";
    return status == FS_REFUSED ? "refused" : "missing";
}

static const char *reason_of(const struct fs_lead *lead)
{
    return lead->state == FS_STATE_PAUSED ? fs_pause_reason_name(lead->pause_reason)
                                          : fs_end_reason_name(lead->end_reason);
}

static const char *fact(const struct story *story, const char *key, const char *contact,
                        const char *process)
{
    size_t count = 0;
    const struct fs_lead_view *views = views_in(process, contact, &count);
    struct fs_lead_view view = count > 0 ? views[0] : (struct fs_lead_view){.process = process};
    const struct fs_lead *lead = &view.lead;
    const struct fs_ruling_recipient *first = story->ruling.recipients;
    const struct {
        const char *key;
        const char *value;
    } facts[] = {
        {"state", fs_state_name(lead->state)},
        {"reason", reason_of(lead)},
        {"rule", fs_rule_name(lead->rule)},
        {"decided", fs_decider_name(lead->decided_by)},
        {"unanswered", fs_arena_printf(arena, "%d", lead->unanswered)},
        {"overrun", fs_arena_printf(arena, "%d", lead->overrun)},
        {"cycle", fs_arena_printf(arena, "%d", lead->cycle)},
        {"until", moment(lead->until_at)},
        {"ended", moment(lead->ended_at)},
        {"next", moment(view.outlook.next_allowed_at)},
        {"final", yes(view.outlook.final_mail)},
        {"relevant", yes(view.relevant)},
        {"suppressed", yes(view.suppressed)},
        {"used", fs_arena_printf(arena, "%d", view.contact_limit.count)},
        {"sender", view.sender != NULL ? view.sender : ""},
        {"verdict", first != NULL ? fs_verdict_name(first->verdict) : "-"},
        {"promised", first != NULL ? moment(first->next_allowed_at) : "-"},
        {"exempt", first != NULL && first->exempt_by != NULL ? first->exempt_by : "no"},
        {"disposition", fs_disposition_name(story->ruling.disposition)},
        {"refused", fs_arena_printf(arena, "%zu", story->ruling.refused_count)},
        {"heard", fs_arena_printf(arena, "%zu", story->hearing.lead_count)},
        {"said", said_name(story->said)},
    };
    for (size_t i = 0; i < sizeof(facts) / sizeof(facts[0]); i++) {
        if (strcmp(facts[i].key, key) == 0)
            return facts[i].value;
    }
    ck_abort_msg("%s: unknown expectation %s", story->name, key);
    return NULL;
}

/* KEY[@CONTACT][/PROCESS]=VALUE */
static void expect(const struct story *story, char *text)
{
    char *value = text;
    const char *key = strsep(&value, "=");
    char *process = strchr(key, '/');
    if (process != NULL)
        *process++ = '\0';
    char *contact = strchr(key, '@');
    if (contact != NULL)
        *contact++ = '\0';
    const char *is =
        fact(story, key, address_of(contact, JANE), process != NULL ? process : "sales");
    ck_assert_msg(value != NULL && strcmp(is, value) == 0, "%s%s: %s is %s, must be %s (%s)",
                  story->name, story->sweeps ? " (with sweeps)" : "", key, is, value,
                  story->said_error.text);
}

static void tell(char *fields[4], bool sweeps)
{
    struct story story = {.name = fields[0], .sweeps = sweeps};
    open_engine(START_AT);
    load(fields[1]);
    char *events = fs_arena_strdup(arena, fields[2]);
    for (char *word; (word = strsep(&events, " ")) != NULL;)
        happen(&story, word);
    char *expected = fs_arena_strdup(arena, fields[3]);
    for (char *word; (word = strsep(&expected, " ")) != NULL;)
        expect(&story, word);
    end();
}

START_TEST(settings_do_what_they_say)
{
    char path[512];
    char line[LINE_MAX_B];
    const char *dir = getenv("FS_TESTDIR");
    int count = 0;
    snprintf(path, sizeof(path), "%s/cases/engine-rules.txt", dir != NULL ? dir : "tests");
    FILE *file = fopen(path, "r");
    ck_assert_msg(file != NULL, "%s is missing", path);
    make_holidays();
    while (fgets(line, sizeof(line), file) != NULL) {
        char *rest = trim(line);
        char *fields[4] = {NULL};
        if (*rest == '#' || *rest == '\0')
            continue;
        for (int i = 0; i < 4; i++) {
            char *field = strsep(&rest, "|");
            ck_assert_msg(field != NULL, "too few fields: %s", line);
            fields[i] = trim(field);
        }
        ck_assert_msg(rest == NULL, "too many fields: %s", fields[0]);
        tell(fields, false);
        tell(fields, true);
        count++;
    }
    fclose(file);
    unlink(holidays_value + strlen("file:"));
    ck_assert_int_ge(count, 100);
}
END_TEST

static void add_tests(TCase *tcase)
{
    tcase_set_timeout(tcase, 120);
    tcase_add_test(tcase, settings_do_what_they_say);
}

int main(void)
{
    return run_suite("engine_rules", NULL, add_tests);
}

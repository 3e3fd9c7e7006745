/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 the fullstop authors
 *
 * tree.c - the file's grammar and the check of each value, where its line is known.
 *
 * libconfuse knows the line only while it parses, so each value is checked in its validate
 * callback, from one table. libconfuse gives its error function no context: the first error
 * of the running parse is caught in a thread-local.
 */
#include <confuse.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/un.h>
#include <unistd.h>

#include "config_parse.h"
#include "fullstop/address.h"
#include "fullstop/text.h"

enum check {
    CHECK_ANY,
    CHECK_DURATION,
    CHECK_WORD,     /* one of detail */
    CHECK_RANGE,    /* an integer from 1 or 0 (low) to 1000 */
    CHECK_PATTERNS, /* addresses and domains */
    CHECK_NETWORKS,
    CHECK_KINDS,
    CHECK_LISTEN,
    CHECK_STORE,
    CHECK_SOCKET_MODE,
    CHECK_TIMEZONE,
    CHECK_LIMIT,
    CHECK_HOLIDAYS,
    CHECK_HEADERS, /* header lines */
    CHECK_WORDS,   /* names without white space */
    CHECK_ADDRESS, /* an address, or nothing */
    CHECK_TEXT,    /* a text of texts {} */
    CHECK_WEBHOOK, /* of webhook {}, tree_webhook.c */
};

static const struct {
    const char *key;
    enum check check;
    const char *detail; /* CHECK_WORD: the words */
    long low;
} checks[] = {
    {"listen", CHECK_LISTEN, NULL, 0},
    {"socket_mode", CHECK_SOCKET_MODE, NULL, 0},
    {"store", CHECK_STORE, NULL, 0},
    {"our_domains", CHECK_PATTERNS, NULL, 0},
    {"internal_networks", CHECK_NETWORKS, NULL, 0},
    {"inbound_relays", CHECK_NETWORKS, NULL, 0},
    {"on_store_error", CHECK_WORD, "accept|tempfail", 0},
    {"relevant_for", CHECK_DURATION, NULL, 0},
    {"contact_limit", CHECK_LIMIT, NULL, 0},
    {"timezone", CHECK_TIMEZONE, NULL, 0},
    {"holidays", CHECK_HOLIDAYS, NULL, 0},
    {"authserv_ids", CHECK_WORDS, NULL, 0},
    {"mode", CHECK_WORD, "observe|flag|hold|enforce", 0},
    {"senders", CHECK_PATTERNS, NULL, 0},
    {"lead", CHECK_WORD, "process|sender", 0},
    {"mixed", CHECK_WORD, "reject|drop", 0},
    {"kinds", CHECK_KINDS, NULL, 0},
    {"language", CHECK_WORD, "en|de|", 0},
    {"recipients", CHECK_PATTERNS, NULL, 0},
    {"logins", CHECK_WORDS, NULL, 0},
    {"headers", CHECK_HEADERS, NULL, 0},
    {"min_gap", CHECK_DURATION, NULL, 0},
    {"out_of_office", CHECK_DURATION, NULL, 0},
    {"longest", CHECK_DURATION, NULL, 0},
    {"account_reply", CHECK_DURATION, NULL, 0},
    {"review_for", CHECK_DURATION, NULL, 0},
    {"unanswered", CHECK_RANGE, NULL, 1},
    {"grace", CHECK_DURATION, NULL, 0},
    {"open_for", CHECK_DURATION, NULL, 0},
    {"idle", CHECK_DURATION, NULL, 0},
    {"pauses", CHECK_RANGE, NULL, 0},
    {"after", CHECK_DURATION, NULL, 0},
    {"cycles", CHECK_RANGE, NULL, 1},
    {"require", CHECK_WORD, "any|thread|authenticated", 0},
    {"copy_to", CHECK_ADDRESS, NULL, 0},
    {"early", CHECK_TEXT, NULL, 0},
    {"kind", CHECK_TEXT, NULL, 0},
    {"over", CHECK_TEXT, NULL, 0},
    {"paused", CHECK_TEXT, NULL, 0},
    {"ended", CHECK_TEXT, NULL, 0},
    {"suppressed", CHECK_TEXT, NULL, 0},
    {"limit", CHECK_TEXT, NULL, 0},
    {"url", CHECK_WEBHOOK, NULL, 0},
    {"proxy", CHECK_WEBHOOK, NULL, 0},
    {"ca_file", CHECK_WEBHOOK, NULL, 0},
    {"secret_file", CHECK_WEBHOOK, NULL, 0},
    {"events", CHECK_WEBHOOK, NULL, 0},
    {"timeout", CHECK_WEBHOOK, NULL, 0},
};

/* libconfuse calls what it parses from memory "[buf]": the file's name goes along. */
static _Thread_local struct {
    struct fs_error *error;
    const char *path;
} parsing;

/* libconfuse says what is wrong; how to mend it is for us to say. */
static const struct {
    const char *what;
    const char *mend;
} mends[] = {
    {"no such option", "see fullstop.conf(5) for the keys that there are"},
    {"premature end of file", "close the quotation mark or the brace that is still open"},
    {"missing title", "give it a name, like process \"sales\" { ... }"},
    {"duplicate title", "give each one a name of its own"},
    {"integer value", "write a whole number, like 4"},
    {"boolean value", "write true or false"},
    {"missing equal sign", "write NAME = VALUE"},
    {"missing opening brace", "write { behind its name"},
    {"missing closing brace", "write } behind the last value"},
    {"closing brace", "remove it, or write the { that it belongs to"},
    {"unexpected token", "write NAME = \"TEXT\", NAME = { \"TEXT\", \"TEXT\" } or NAME { ... }"},
};

static const char *mend_of(const char *text)
{
    for (size_t i = 0; i < sizeof(mends) / sizeof(mends[0]); i++) {
        if (strstr(text, mends[i].what) != NULL)
            return mends[i].mend;
    }
    return NULL;
}

static void catch_error(cfg_t *cfg, const char *format, va_list args)
{
    char text[FS_ERROR_SIZE_B];
    vsnprintf(text, sizeof(text), format, args);
    if (parsing.error == NULL || parsing.error->status != FS_OK)
        return;
    const char *mend = mend_of(text);
    fs_error_set(parsing.error, FS_INPUT, "%s:%d: %s%s%s", parsing.path,
                 cfg != NULL ? cfg->line : 0, text, mend != NULL ? "; " : "",
                 mend != NULL ? mend : "");
}

bool config_is_word(const char *text, const char *words)
{
    size_t length_b = strlen(text);
    for (const char *word = words; word != NULL; word = strchr(word, '|')) {
        if (*word == '|')
            word++;
        size_t word_b = strcspn(word, "|");
        if (word_b == length_b && memcmp(word, text, word_b) == 0)
            return true;
        if (word[word_b] == '\0')
            break;
    }
    return false;
}

static int check_word(cfg_t *cfg, cfg_opt_t *opt, const char *words)
{
    const char *text = cfg_opt_getnstr(opt, 0);
    if (!config_is_word(text, words)) {
        int shown_b = (int)strlen(words);
        if (words[shown_b - 1] == '|') /* nothing is a word, too */
            shown_b--;
        cfg_error(cfg, "%s = \"%s\": not one of %.*s; write one of these", opt->name, text, shown_b,
                  words);
        return -1;
    }
    return 0;
}

static int check_duration(cfg_t *cfg, cfg_opt_t *opt)
{
    int64_t seconds;
    struct fs_error err;
    if (fs_text_duration(cfg_opt_getnstr(opt, 0), &seconds, &err) == FS_OK)
        return 0;
    cfg_error(cfg, "%s: %s", opt->name, err.text);
    return -1;
}

static int check_range(cfg_t *cfg, cfg_opt_t *opt, long low)
{
    long value = cfg_opt_getnint(opt, 0);
    if (value >= low && value <= 1000)
        return 0;
    cfg_error(cfg, "%s = %ld: must be a number from %ld to 1000", opt->name, value, low);
    return -1;
}

static int check_patterns(cfg_t *cfg, cfg_opt_t *opt)
{
    struct config_items items = {.arena = fs_arena_new(0)};
    struct fs_error err = {FS_OK, ""};
    int result = items.arena != NULL ? 0 : -1;
    for (unsigned i = 0; i < cfg_opt_size(opt) && result == 0; i++) {
        if (config_patterns_add(&items, cfg_opt_getnstr(opt, i), &err) != FS_OK) {
            cfg_error(cfg, "%s: %s", opt->name, err.text);
            result = -1;
        }
    }
    fs_arena_free(items.arena);
    return result;
}

static int check_holidays(cfg_t *cfg, cfg_opt_t *opt)
{
    struct config_dates dates = {.arena = fs_arena_new(0)};
    struct fs_error err = {FS_NOMEM, "out of memory"};
    int result = -1;
    if (dates.arena != NULL && config_holidays(&dates, cfg_opt_getnstr(opt, 0), &err) == FS_OK)
        result = 0;
    else
        cfg_error(cfg, "%s: %s", opt->name, err.text);
    fs_arena_free(dates.arena);
    return result;
}

static int check_limit(cfg_t *cfg, cfg_opt_t *opt)
{
    int count;
    int64_t within_s;
    struct fs_error err = {FS_OK, ""};
    const char *text = cfg_opt_getnstr(opt, 0);
    if (text[0] == '\0' || config_limit_parse(text, &count, &within_s, &err) == FS_OK)
        return 0;
    cfg_error(cfg, "%s: %s", opt->name, err.text);
    return -1;
}

static int check_headers(cfg_t *cfg, cfg_opt_t *opt)
{
    for (unsigned i = 0; i < cfg_opt_size(opt); i++) {
        if (config_is_header_line(cfg_opt_getnstr(opt, i)))
            continue;
        cfg_error(cfg, "%s: \"%s\" is no header line; write \"Name: value\"", opt->name,
                  cfg_opt_getnstr(opt, i));
        return -1;
    }
    return 0;
}

static int check_words(cfg_t *cfg, cfg_opt_t *opt)
{
    for (unsigned i = 0; i < cfg_opt_size(opt); i++) {
        const char *word = cfg_opt_getnstr(opt, i);
        if (word[0] != '\0' && word[strcspn(word, " \t\r\n;,")] == '\0')
            continue;
        cfg_error(cfg, "%s: \"%s\" is no name; write one without spaces in each entry", opt->name,
                  word);
        return -1;
    }
    return 0;
}

static int check_address(cfg_t *cfg, cfg_opt_t *opt)
{
    struct fs_arena *arena = fs_arena_new(0);
    struct fs_error err = {FS_NOMEM, "out of memory"};
    const char *text = cfg_opt_getnstr(opt, 0);
    const char *address;
    int result = 0;
    if (text[0] != '\0' &&
        (arena == NULL || fs_address_canonical(arena, text, &address, &err) != FS_OK)) {
        cfg_error(cfg, "%s = \"%s\": %s", opt->name, text, err.text);
        result = -1;
    }
    fs_arena_free(arena);
    return result;
}

static int check_template(cfg_t *cfg, cfg_opt_t *opt)
{
    struct fs_error err = {FS_OK, ""};
    if (config_text_check(cfg_opt_getnstr(opt, 0), &err) == FS_OK)
        return 0;
    cfg_error(cfg, "%s: %s", opt->name, err.text);
    return -1;
}

static int check_networks(cfg_t *cfg, cfg_opt_t *opt)
{
    for (unsigned i = 0; i < cfg_opt_size(opt); i++) {
        struct fs_network network;
        if (config_network_parse(cfg_opt_getnstr(opt, i), &network))
            continue;
        cfg_error(cfg,
                  "%s: \"%s\" is no network; write ADDRESS/BITS with no bit set after them, "
                  "like \"192.0.2.0/24\" or \"2001:db8::/32\"",
                  opt->name, cfg_opt_getnstr(opt, i));
        return -1;
    }
    return 0;
}

static int check_kinds(cfg_t *cfg, cfg_opt_t *opt)
{
    for (unsigned i = 0; i < cfg_opt_size(opt); i++) {
        enum fs_touch_kind kind;
        if (fs_touch_kind_parse(cfg_opt_getnstr(opt, i), &kind))
            continue;
        cfg_error(cfg, "kinds: \"%s\" is not one of first, follow_up, invitation, content",
                  cfg_opt_getnstr(opt, i));
        return -1;
    }
    return 0;
}

static int check_text(cfg_t *cfg, cfg_opt_t *opt, bool ok, const char *mend)
{
    if (ok)
        return 0;
    cfg_error(cfg, "%s = \"%s\": %s", opt->name, cfg_opt_getnstr(opt, 0), mend);
    return -1;
}

static int check_value(cfg_t *cfg, cfg_opt_t *opt)
{
    size_t i = 0;
    while (i < sizeof(checks) / sizeof(checks[0]) && strcmp(checks[i].key, opt->name) != 0)
        i++;
    if (i == sizeof(checks) / sizeof(checks[0]))
        return 0;
    switch (checks[i].check) {
    case CHECK_DURATION:
        return check_duration(cfg, opt);
    case CHECK_WORD:
        return check_word(cfg, opt, checks[i].detail);
    case CHECK_RANGE:
        return check_range(cfg, opt, checks[i].low);
    case CHECK_PATTERNS:
        return check_patterns(cfg, opt);
    case CHECK_NETWORKS:
        return check_networks(cfg, opt);
    case CHECK_KINDS:
        return check_kinds(cfg, opt);
    case CHECK_LIMIT:
        return check_limit(cfg, opt);
    case CHECK_HOLIDAYS:
        return check_holidays(cfg, opt);
    case CHECK_HEADERS:
        return check_headers(cfg, opt);
    case CHECK_WORDS:
        return check_words(cfg, opt);
    case CHECK_ADDRESS:
        return check_address(cfg, opt);
    case CHECK_TEXT:
        return check_template(cfg, opt);
    case CHECK_LISTEN:
        return check_text(cfg, opt, config_is_listen(cfg_opt_getnstr(opt, 0)),
                          "write unix:/absolute/path (107 bytes at most) or inet:PORT@HOST");
    case CHECK_STORE:
        return check_text(cfg, opt, config_is_store(cfg_opt_getnstr(opt, 0)),
                          "write sqlite:/absolute/path or memory:");
    case CHECK_SOCKET_MODE:
        return check_text(cfg, opt, config_is_socket_mode(cfg_opt_getnstr(opt, 0)),
                          "write an octal mode from 0600 to 0777");
    case CHECK_TIMEZONE:
        return check_text(cfg, opt, config_is_timezone(cfg_opt_getnstr(opt, 0)),
                          "write a name of the system's time zones, like \"Europe/Berlin\", or "
                          "leave it empty");
    case CHECK_WEBHOOK:
        return config_webhook_check(cfg, opt);
    case CHECK_ANY:
        break;
    }
    return 0;
}

static void set_checks(cfg_t *tree)
{
    config_notices_checks(tree);
    config_crm_checks(tree);
    static const char *const sections[] = {"",         "continue|", "pause|",  "end|",  "resume|",
                                           "answers|", "flag|",     "exempt|", "texts|"};
    char name[128];
    for (size_t i = 0; i < sizeof(checks) / sizeof(checks[0]); i++) {
        if (cfg_getopt(tree, checks[i].key) != NULL)
            cfg_set_validate_func(tree, checks[i].key, check_value);
        for (size_t k = 0; k < sizeof(sections) / sizeof(sections[0]); k++) {
            snprintf(name, sizeof(name), "process|%s%s", sections[k], checks[i].key);
            cfg_set_validate_func(tree, name, check_value);
        }
        snprintf(name, sizeof(name), "webhook|%s", checks[i].key);
        cfg_set_validate_func(tree, name, check_value);
    }
}

/* libconfuse copies the options, so they need not outlive the call. */
static cfg_t *tree_with(cfg_opt_t *process)
{
    cfg_opt_t webhook[] = {CFG_STR("url", "", CFGF_NONE),
                           CFG_STR("secret_file", "", CFGF_NONE),
                           CFG_STR_LIST("events", "{}", CFGF_NONE),
                           CFG_STR("timeout", "10s", CFGF_NONE),
                           CFG_BOOL("allow_http", cfg_false, CFGF_NONE),
                           CFG_STR("ca_file", "", CFGF_NONE),
                           CFG_STR("proxy", "", CFGF_NONE),
                           CFG_END()};
    cfg_opt_t crm[CONFIG_CRM_OPTIONS];
    config_crm_options(crm);
    cfg_opt_t top[] = {
        CFG_STR("listen", "unix:/var/spool/postfix/fullstop/fullstop.sock", CFGF_NONE),
        CFG_STR("socket_mode", "0660", CFGF_NONE),
        CFG_STR("socket_group", "postfix", CFGF_NONE),
        CFG_STR("user", "fullstop", CFGF_NONE),
        CFG_STR("store", "sqlite:/var/lib/fullstop/fullstop.db", CFGF_NONE),
        CFG_STR_LIST("our_domains", "{}", CFGF_NONE),
        CFG_STR_LIST("internal_networks", "{\"127.0.0.0/8\", \"::1/128\"}", CFGF_NONE),
        CFG_STR_LIST("inbound_relays", "{}", CFGF_NONE),
        CFG_STR("on_store_error", "accept", CFGF_NONE),
        CFG_STR("relevant_for", "30d", CFGF_NONE),
        CFG_STR("contact_limit", "", CFGF_NONE),
        CFG_STR("timezone", "", CFGF_NONE),
        CFG_STR("holidays", "", CFGF_NONE),
        CFG_STR("language", "en", CFGF_NONE),
        CFG_STR_LIST("authserv_ids", "{}", CFGF_NONE),
        CFG_SEC("process", process, CFGF_MULTI | CFGF_TITLE | CFGF_NO_TITLE_DUPES),
        CFG_SEC("webhook", webhook, CFGF_MULTI | CFGF_TITLE | CFGF_NO_TITLE_DUPES),
        CFG_SEC("crm", crm, CFGF_MULTI | CFGF_TITLE | CFGF_NO_TITLE_DUPES),
        CFG_END()};
    return cfg_init(top, CFGF_NONE);
}

static cfg_t *new_tree(void)
{
    cfg_opt_t exempt[] = {CFG_STR_LIST("recipients", "{}", CFGF_NONE),
                          CFG_STR_LIST("senders", "{}", CFGF_NONE),
                          CFG_STR_LIST("logins", "{}", CFGF_NONE),
                          CFG_STR_LIST("headers", "{}", CFGF_NONE), CFG_END()};
    cfg_opt_t go_on[] = {CFG_STR("min_gap", "0", CFGF_NONE), CFG_END()};
    cfg_opt_t pause[] = {CFG_STR("out_of_office", "7d", CFGF_NONE),
                         CFG_STR("longest", "90d", CFGF_NONE),
                         CFG_STR("account_reply", "3d", CFGF_NONE),
                         CFG_STR("review_for", "14d", CFGF_NONE), CFG_END()};
    cfg_opt_t end[] = {CFG_INT("unanswered", 4, CFGF_NONE),
                       CFG_STR("grace", "5d", CFGF_NONE),
                       CFG_STR("open_for", "180d", CFGF_NONE),
                       CFG_STR("idle", "60d", CFGF_NONE),
                       CFG_INT("pauses", 3, CFGF_NONE),
                       CFG_BOOL("final_mail", cfg_true, CFGF_NONE),
                       CFG_END()};
    cfg_opt_t resume[] = {CFG_BOOL("reply", cfg_true, CFGF_NONE), CFG_STR("after", "0", CFGF_NONE),
                          CFG_INT("cycles", 2, CFGF_NONE), CFG_END()};
    cfg_opt_t answers[] = {CFG_STR("require", "any", CFGF_NONE), CFG_END()};
    cfg_opt_t flag[] = {CFG_STR("header", "X-Fullstop-Flag", CFGF_NONE),
                        CFG_STR("copy_to", "", CFGF_NONE), CFG_END()};
    cfg_opt_t texts[] = {CFG_STR("early", "", CFGF_NONE), CFG_STR("kind", "", CFGF_NONE),
                         CFG_STR("over", "", CFGF_NONE),  CFG_STR("paused", "", CFGF_NONE),
                         CFG_STR("ended", "", CFGF_NONE), CFG_STR("suppressed", "", CFGF_NONE),
                         CFG_STR("limit", "", CFGF_NONE), CFG_END()};
    cfg_opt_t notices[CONFIG_NOTICES_OPTIONS];
    config_notices_options(notices);
    cfg_opt_t process[] = {
        CFG_STR("mode", "observe", CFGF_NONE),
        CFG_STR_LIST("senders", "{}", CFGF_NONE),
        CFG_STR("lead", "process", CFGF_NONE),
        CFG_STR("mixed", "reject", CFGF_NONE),
        CFG_STR_LIST("kinds", "{first, follow_up, invitation, content}", CFGF_NONE),
        CFG_STR("language", "", CFGF_NONE),
        CFG_SEC("exempt", exempt, CFGF_NONE),
        CFG_SEC("continue", go_on, CFGF_NONE),
        CFG_SEC("pause", pause, CFGF_NONE),
        CFG_SEC("end", end, CFGF_NONE),
        CFG_SEC("resume", resume, CFGF_NONE),
        CFG_SEC("answers", answers, CFGF_NONE),
        CFG_SEC("flag", flag, CFGF_NONE),
        CFG_SEC("texts", texts, CFGF_NONE),
        CFG_SEC("notices", notices, CFGF_NONE),
        CFG_END()};
    return tree_with(process);
}

enum fs_status config_tree_parse(const char *path, const char *text, struct cfg_t **out,
                                 struct fs_error *err)
{
    struct fs_error caught = {FS_OK, ""};
    cfg_t *tree = new_tree();
    if (tree == NULL)
        return fs_error_set(err, FS_NOMEM, "out of memory");
    cfg_set_error_function(tree, catch_error);
    set_checks(tree);
    parsing.error = &caught;
    parsing.path = path;
    int result = cfg_parse_buf(tree, text);
    parsing.error = NULL;
    if (result == CFG_SUCCESS && caught.status == FS_OK) {
        *out = tree;
        return FS_OK;
    }
    cfg_free(tree);
    if (caught.status == FS_OK)
        return fs_error_set(err, FS_INPUT, "%s: cannot be parsed", path);
    return fs_error_set(err, caught.status, "%s", caught.text);
}

void config_tree_free(struct cfg_t *tree)
{
    if (tree != NULL)
        cfg_free(tree);
}

/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 the fullstop authors
 *
 * test_config.c - what is taken, what is refused and with which words; who matches.
 */
#include <arpa/inet.h>
#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "fullstop/config.h"
#include "suite.h"

#define HEAD "our_domains = { \"example.com\" }\n"
#define SALES "process \"sales\" {\n senders = { \"@sales.example.com\" }\n"

static enum fs_status load(const char *text, const struct fs_config **out, struct fs_error *err,
                           char path[32])
{
    snprintf(path, 32, "/tmp/fullstop-test-XXXXXX");
    FILE *file = fdopen(mkstemp(path), "w");
    ck_assert_ptr_nonnull(file);
    fputs(text, file);
    fclose(file);
    enum fs_status status = fs_config_load(path, out, err);
    unlink(path);
    return status;
}

/* Each is refused; the sentence begins with FILE then the first text, and has the second. */
static const struct {
    const char *text;
    const char *line;
    const char *says;
} broken[] = {
    {HEAD SALES " end { grace = \"5x\" }\n}\n", ":4: ", "no duration"},
    {HEAD SALES " end { gracee = \"5d\" }\n}\n", ":4: ", "gracee"},
    {HEAD SALES " end { unanswered = 0 }\n}\n", ":4: ", "from 1 to 1000"},
    {HEAD SALES " end { unanswered = -1 }\n}\n", ":4: ", "from 1 to 1000"},
    {HEAD SALES " end { open_for = \"0\" }\n}\n", ":4: ", "end.open_for"},
    {HEAD SALES " end { idle = \"0\" }\n}\n", ":4: ", "end.idle"},
    {HEAD SALES " pause { review_for = \"0\" }\n}\n", ":4: ", "pause.review_for"},
    {HEAD SALES " mode = \"block\"\n}\n", ":4: ", "observe|flag|hold|enforce"},
    {HEAD SALES " mixed = \"drop\"\n}\n", ":", "add \"dropped\" to notices"},
    {HEAD SALES " mixed = \"drop\"\n notices { kinds = { refused } }\n}\n",
     ":5: ", "add \"dropped\" to notices"},
    {HEAD SALES " language = \"fr\"\n}\n", ":4: ", "not one of en|de"},
    {HEAD SALES " answers { require = \"dkim\" }\n}\n", ":4: ", "any|thread|authenticated"},
    {HEAD SALES " answers { require = \"authenticated\" }\n}\n", ":4: ", "needs authserv_ids"},
    {HEAD SALES " flag { copy_to = \"boss\" }\n}\n", ":4: ", "copy_to"},
    {HEAD SALES " flag { copy_to = \"boss@other.example\" }\n}\n",
     ":4: ", "mailbox in our_domains"},
    {HEAD SALES " flag { header = \"Flag\" }\n}\n", ":4: ", "begins with X-"},
    {HEAD SALES " exempt { recipients = { \"a b\" } }\n}\n", ":4: ", "recipients: \"a b\""},
    {HEAD SALES " exempt { senders = { \"@@\" } }\n}\n", ":4: ", "senders: \"@@\""},
    {HEAD SALES " exempt { logins = { \"two words\" } }\n}\n", ":4: ", "no name"},
    {HEAD SALES " exempt { headers = { \"X-Invoice\" } }\n}\n", ":4: ", "Name: value"},
    {HEAD SALES " exempt { headers = { \"X Invoice: y\" } }\n}\n", ":4: ", "Name: value"},
    {HEAD SALES " texts { over = \"%{name}\" }\n}\n", ":4: ", "%{name} is no place"},
    {HEAD SALES " texts { over = \"%{lead\" }\n}\n", ":4: ", "is no place"},
    {HEAD SALES " texts { pass = \"x\" }\n}\n", ":4: ", "pass"},
    {HEAD "contact_limit = \"6\"\n" SALES "}\n", ":2: ", "like \"6 per 90d\""},
    {HEAD "contact_limit = \"0 per 90d\"\n" SALES "}\n", ":2: ", "like \"6 per 90d\""},
    {HEAD "contact_limit = \"6 per 0\"\n" SALES "}\n", ":2: ", "like \"6 per 90d\""},
    {HEAD "contact_limit = \"6 per month\"\n" SALES "}\n", ":2: ", "like \"6 per 90d\""},
    {HEAD "holidays = \"2026-12-25\"\n" SALES "}\n", ":2: ", "write file: and the path"},
    {HEAD "holidays = \"file:/no/such\"\n" SALES "}\n", ":2: ", "/no/such: No such file"},
    {HEAD "holidays = \"file:here\"\n" SALES "}\n", ":2: ", "the whole path"},
    {HEAD "authserv_ids = { \"\" }\n" SALES "}\n", ":2: ", "no name"},
    {HEAD "listen = \"tcp:25\"\n" SALES "}\n", ":2: ", "inet:PORT@HOST"},
    {HEAD "listen = \"inet:0@localhost\"\n" SALES "}\n", ":2: ", "inet:PORT@HOST"},
    {HEAD "store = \"sqlite:here.db\"\n" SALES "}\n", ":2: ", "sqlite:/absolute/path"},
    {HEAD "socket_mode = \"999\"\n" SALES "}\n", ":2: ", "octal"},
    {HEAD "timezone = \"Mars/Phobos\"\n" SALES "}\n", ":2: ", "time zones"},
    {HEAD "internal_networks = { \"10.0.0.1/8\" }\n" SALES "}\n", ":2: ", "no network"},
    {HEAD "internal_networks = { \"10.0.0.0/33\" }\n" SALES "}\n", ":2: ", "no network"},
    {HEAD "process \"a b\" { senders = { \"@x.example\" } }\n", ":", "a name is"},
    {HEAD "process \"sales\" { }\n", ":", "no senders"},
    {HEAD "process \"sales\" { senders = { \"file:/no/such\" } }\n", ":2: ", "No such file"},
    {HEAD SALES "}\nprocess \"other\" { senders = { \"@sales.example.com\" } }\n",
     ":5: ", "in process \"sales\" and in \"other\"; remove it"},
    {HEAD "process \"b\" { senders = { \"@z.example\" } }\n" SALES "}\nprocess \"a\" {\n"
          "senders = { \"@z.example\" }\n}\n",
     ":8: ", "in process \"b\" and in \"a\"; remove it"},
    {HEAD SALES "}\n" SALES "}\n", ":5: ", "a name of its own"},
    {SALES "}\n", ":4: ", "our_domains is missing"},
    {HEAD, ":2: ", "there is no process"},
    {HEAD SALES " kinds = {}\n}\n", ":5: ", "name those it sends"},
    {HEAD SALES " continue { min_gap = \"180d\" }\n}\n", ":4: ", "a shorter time than open_for"},
    {HEAD SALES " flag { header = \"x-fullstop-final\" }\n}\n", ":4: ", "mark of a final mail"},
    {HEAD SALES " end { unanswered = many }\n}\n", ":4: ", "write a whole number"},
    {HEAD SALES " end { final_mail = maybe }\n}\n", ":4: ", "write true or false"},
    {HEAD "process { }\n", ":2: ", "give it a name"},
    {HEAD "language = \"en\n", ":3: ", "close the quotation mark"},
    {HEAD "language \"en\"\n", ":2: ", "write NAME = VALUE"},
    {HEAD "language = { \"en\" }\n", ":2: ", "write NAME = \"TEXT\""},
    {HEAD "}\n", ":2: ", "remove it"},
    {"", ": ", "is empty"},
    {HEAD SALES "\n", ":", ""},
};

START_TEST(what_is_wrong_is_named_with_its_place)
{
    const struct fs_config *config = NULL;
    struct fs_error err = {FS_OK, ""};
    char path[32];
    ck_assert_int_eq(load(broken[_i].text, &config, &err, path), FS_INPUT);
    size_t path_b = strlen(path);
    ck_assert_msg(strncmp(err.text, path, path_b) == 0, "%s", err.text);
    ck_assert_msg(strncmp(err.text + path_b, broken[_i].line, strlen(broken[_i].line)) == 0,
                  "%s: must go on with \"%s\"", err.text, broken[_i].line);
    ck_assert_msg(strstr(err.text, broken[_i].says) != NULL, "%s: must say \"%s\"", err.text,
                  broken[_i].says);
}
END_TEST

/* A file of its own for values; the caller unlinks it. */
static void write_values(const char *text, char path[32])
{
    snprintf(path, 32, "/tmp/fullstop-test-XXXXXX");
    FILE *file = fdopen(mkstemp(path), "w");
    ck_assert_ptr_nonnull(file);
    fputs(text, file);
    fclose(file);
}

static const struct fs_config *good(const char *text)
{
    const struct fs_config *config = NULL;
    struct fs_error err = {FS_OK, ""};
    char path[32];
    ck_assert_msg(load(text, &config, &err, path) == FS_OK, "%s", err.text);
    return config;
}

START_TEST(defaults_are_those_of_the_man_page)
{
    struct fs_rules rules;
    const struct fs_config *config = good(HEAD SALES "}\n");
    fs_rules_defaults(&rules);
    ck_assert_int_eq(memcmp(&config->processes[0].rules.min_gap_s, &rules.min_gap_s,
                            sizeof(rules) - offsetof(struct fs_rules, min_gap_s)),
                     0);
    ck_assert_int_eq(config->processes[0].rules.unanswered, 4);
    ck_assert_int_eq(config->processes[0].mode, FS_MODE_OBSERVE);
    ck_assert_int_eq(config->on_store_error, FS_STORE_ERROR_ACCEPT);
    ck_assert_int_eq(config->relevant_for_s, 30 * 86400);
    ck_assert_str_eq(fs_config_store_path(config), "/var/lib/fullstop/fullstop.db");
    fs_config_unref(config);
}
END_TEST

START_TEST(the_first_process_that_matches_wins)
{
    const struct fs_config *config =
        good(HEAD "process \"a\" { senders = { \"anna@example.com\" } }\n"
                  "process \"b\" { senders = { \"@.example.com\", \"crm\" } }\n");
    const struct fs_process *process =
        fs_config_process_for(config, "anna@example.com", NULL, NULL);
    ck_assert_str_eq(process->name, "a");
    process = fs_config_process_for(config, "bob@sub.example.com", NULL, NULL);
    ck_assert_str_eq(process->name, "b");
    ck_assert_str_eq(fs_config_process_for(config, "", "x@example.com", NULL)->name, "b");
    ck_assert_str_eq(fs_config_process_for(config, NULL, NULL, "crm")->name, "b");
    ck_assert_ptr_null(fs_config_process_for(config, "x@other.example", NULL, "nobody"));
    ck_assert(fs_config_is_ours(config, "z@example.com"));
    ck_assert(!fs_config_is_ours(config, "z@example.com.evil.example"));
    fs_config_unref(config);
}
END_TEST

static bool internal(const struct fs_config *config, const char *address)
{
    struct sockaddr_in four = {.sin_family = AF_INET};
    struct sockaddr_in6 six = {.sin6_family = AF_INET6};
    if (inet_pton(AF_INET, address, &four.sin_addr) == 1)
        return fs_config_is_internal(config, (const struct sockaddr *)&four);
    ck_assert_int_eq(inet_pton(AF_INET6, address, &six.sin6_addr), 1);
    return fs_config_is_internal(config, (const struct sockaddr *)&six);
}

START_TEST(networks_match_by_their_bits)
{
    const struct fs_config *config =
        good(HEAD "internal_networks = { \"192.0.2.128/25\", \"2001:db8::/33\" }\n" SALES "}\n");
    ck_assert(internal(config, "192.0.2.128"));
    ck_assert(internal(config, "192.0.2.255"));
    ck_assert(!internal(config, "192.0.2.127"));
    ck_assert(internal(config, "::ffff:192.0.2.200"));
    ck_assert(internal(config, "2001:db8:7fff::1"));
    ck_assert(!internal(config, "2001:db8:8000::1"));
    ck_assert(!fs_config_is_internal(config, NULL));
    fs_config_unref(config);
}
END_TEST

START_TEST(keys_that_need_a_restart_are_named)
{
    char keys[128];
    const struct fs_config *one = good(HEAD SALES "}\n");
    const struct fs_config *two = good(HEAD "user = \"x\"\nlisten = \"inet:1@h\"\n" SALES "}\n");
    fs_config_restart_keys(one, two, keys, sizeof(keys));
    ck_assert_str_eq(keys, "listen, user");
    fs_config_restart_keys(one, one, keys, sizeof(keys));
    ck_assert_str_eq(keys, "");
    fs_config_unref(one);
    fs_config_unref(two);
}
END_TEST

START_TEST(values_of_a_file_are_read_and_an_error_names_its_line)
{
    static const struct {
        const char *values;
        const char *key;
        const char *says;
    } wrong[] = {
        {"anna@example.com\nnot an address\n", "senders", ":2: "},
        {"2026-12-25\n\n# new year\n2027-13-01\n", "holidays", ":4: \"2027-13-01\" is no date"},
    };
    char text[512];
    char path[32];
    char values[32];
    struct fs_error err = {FS_OK, ""};
    for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++) {
        const struct fs_config *config = NULL;
        write_values(wrong[i].values, values);
        bool is_senders = strcmp(wrong[i].key, "senders") == 0;
        snprintf(text, sizeof(text),
                 is_senders ? HEAD "process \"a\" { senders = { \"file:%s\" } }\n"
                            : HEAD "holidays = \"file:%s\"\n" SALES "}\n",
                 values);
        ck_assert_int_eq(load(text, &config, &err, path), FS_INPUT);
        ck_assert_msg(strstr(err.text, wrong[i].says) != NULL, "%s", err.text);
        ck_assert_msg(strstr(err.text, values) != NULL, "%s", err.text);
        unlink(values);
    }
    write_values("# who sells\nAnna@Example.com   # since May\n\n@.vertrieb.example\n", values);
    snprintf(text, sizeof(text), HEAD "process \"a\" { senders = { \"file:%s\", \"crm\" } }\n",
             values);
    const struct fs_config *config = good(text);
    ck_assert_uint_eq(config->processes[0].senders.count, 3);
    ck_assert_ptr_nonnull(fs_config_process_for(config, "anna@example.com", NULL, NULL));
    ck_assert_ptr_nonnull(fs_config_process_for(config, NULL, "x@sub.vertrieb.example", NULL));
    ck_assert_ptr_null(fs_config_process_for(config, "otto@example.com", NULL, NULL));
    fs_config_unref(config);
    unlink(values);
}
END_TEST

START_TEST(limit_holidays_and_texts_are_frozen)
{
    char text[512];
    char values[32];
    write_values("2026-12-25\n2026-01-01\n", values);
    snprintf(text, sizeof(text),
             HEAD "contact_limit = \"6 per 90d\"\nholidays = \"file:%s\"\nlanguage = \"de\"\n"
                  "authserv_ids = { \"mx.example.com\" }\n" SALES
                  " mode = \"hold\"\n answers { require = \"authenticated\" }\n"
                  " texts { over = \"Schluss mit %%{lead}\" }\n}\n",
             values);
    const struct fs_config *config = good(text);
    const struct fs_process *process = &config->processes[0];
    ck_assert_int_eq(config->contact_limit, 6);
    ck_assert_int_eq(config->contact_limit_s, 90 * 86400);
    ck_assert(fs_config_is_day_off(config, (struct fs_date){2026, 12, 25}));
    ck_assert(fs_config_is_day_off(config, (struct fs_date){2026, 1, 1}));
    ck_assert(fs_config_is_day_off(config, (struct fs_date){2026, 12, 26})); /* a Saturday */
    ck_assert(!fs_config_is_day_off(config, (struct fs_date){2026, 12, 28}));
    ck_assert_int_eq(process->language, FS_LANGUAGE_DE);
    ck_assert_int_eq(process->mode, FS_MODE_HOLD);
    ck_assert_int_eq(process->require, FS_REQUIRE_AUTHENTICATED);
    ck_assert_str_eq(process->texts[FS_VERDICT_OVER], "Schluss mit %{lead}");
    ck_assert_ptr_null(process->texts[FS_VERDICT_PAUSED]);
    fs_config_unref(config);
    unlink(values);
}
END_TEST

START_TEST(exempt_is_by_recipient_sender_login_and_header)
{
    const struct fs_config *config =
        good(HEAD SALES
             " exempt { recipients = { \"@.partner.example\" } senders = { \"rechnung@"
             "sales.example.com\" } logins = { \"erp\" } headers = { \"X-Invoice: yes\" } }\n}\n");
    const struct fs_process *process = &config->processes[0];
    ck_assert(fs_config_is_exempt_recipient(process, "jo@de.partner.example"));
    ck_assert(!fs_config_is_exempt_recipient(process, "jo@kunde.example"));
    ck_assert(fs_config_is_exempt_sender(process, NULL, "rechnung@sales.example.com", NULL));
    ck_assert(fs_config_is_exempt_sender(process, "anna@sales.example.com", NULL, "ERP"));
    ck_assert(!fs_config_is_exempt_sender(process, "anna@sales.example.com", NULL, "anna"));
    ck_assert(fs_config_is_exempt_header(process, "x-invoice", "Yes"));
    ck_assert(!fs_config_is_exempt_header(process, "x-invoice", "yes, please"));
    ck_assert(!fs_config_is_exempt_header(process, "x-invoices", "yes"));
    fs_config_unref(config);
}
END_TEST

int main(void)
{
    if (fs_hash_setup(NULL) != FS_OK)
        return EXIT_FAILURE;
    Suite *suite = suite_create("config");
    TCase *tcase = tcase_create("file");
    tcase_add_loop_test(tcase, what_is_wrong_is_named_with_its_place, 0,
                        (int)(sizeof(broken) / sizeof(broken[0])));
    tcase_add_test(tcase, defaults_are_those_of_the_man_page);
    tcase_add_test(tcase, the_first_process_that_matches_wins);
    tcase_add_test(tcase, networks_match_by_their_bits);
    tcase_add_test(tcase, keys_that_need_a_restart_are_named);
    tcase_add_test(tcase, values_of_a_file_are_read_and_an_error_names_its_line);
    tcase_add_test(tcase, limit_holidays_and_texts_are_frozen);
    tcase_add_test(tcase, exempt_is_by_recipient_sender_login_and_header);
    suite_add_tcase(suite, tcase);
    return run_all(suite);
}

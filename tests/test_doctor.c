/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 the fullstop authors
 *
 * test_doctor.c - how fullstop doctor reads main.cf, master.cf and sendmail.cf, and where
 * it puts fullstop in a list of filters.
 */
#include <check.h>
#include <string.h>

#include "../milter/cli/doctor.h"
#include "arena_fixture.h"

static const struct {
    const char *text;
    const char *lines; /* joined by '|' */
} line_cases[] = {
    {"a = b\nc = d\n", "a = b|c = d"},
    {"a = b,\n  c,\n\td\ne = f", "a = b,  c,\td|e = f"},
    {"# one\n\na = b\n# between\n  c\n", "a = b  c"},
    {"  # indented comment\na = b\n   \n", "a = b"},
    {"  begins with a blank\n", "  begins with a blank"},
    {"a = b\r\n", "a = b\r"},
    {"", ""},
    {"\n\n\n", ""},
};

START_TEST(a_line_that_begins_with_a_blank_goes_on)
{
    char joined[256] = "";
    char **lines = NULL;
    size_t count = 0;

    ck_assert_int_eq(fs_doctor_lines(arena, line_cases[_i].text, &lines, &count), FS_OK);
    for (size_t i = 0; i < count; i++) {
        strncat(joined, i == 0 ? "" : "|", sizeof joined - strlen(joined) - 1);
        strncat(joined, lines[i], sizeof joined - strlen(joined) - 1);
    }
    ck_assert_str_eq(joined, line_cases[_i].lines);
}
END_TEST

START_TEST(more_lines_and_items_than_the_cap_are_left_out)
{
    size_t size_b = ((size_t)FS_DOCTOR_LINES_MAX + 1) * 2;
    char *text = fs_arena_alloc(arena, size_b + 1, 1);
    char **found = NULL;
    size_t count = 0;

    ck_assert_ptr_nonnull(text);
    for (size_t i = 0; i < size_b; i += 2) {
        text[i] = 'a';
        text[i + 1] = '\n';
    }
    ck_assert_int_eq(fs_doctor_lines(arena, text, &found, &count), FS_OK);
    ck_assert_uint_eq(count, FS_DOCTOR_LINES_MAX);
    text[((size_t)FS_DOCTOR_ITEMS_MAX + 1) * 2] = '\0';
    ck_assert_int_eq(fs_doctor_items(arena, text, &found, &count), FS_OK);
    ck_assert_uint_eq(count, FS_DOCTOR_ITEMS_MAX);
    text[(size_t)FS_DOCTOR_MILTERS_MAX * 2 + 2] = '\0';
    struct fs_doctor_milters milters;
    ck_assert_int_eq(fs_doctor_milters(arena, text, &milters), FS_OK);
    ck_assert_uint_eq(milters.count, FS_DOCTOR_MILTERS_MAX);
}
END_TEST

static const struct {
    const char *text;
    size_t count;
    size_t at; /* the one that is looked at */
    const char *entry;
    const char *address;
    const char *default_action;
    const char *connect_timeout;
} milter_cases[] = {
    {"", 0, 0, NULL, NULL, NULL, NULL},
    {" , ", 0, 0, NULL, NULL, NULL, NULL},
    {"unix:/a/b", 1, 0, "unix:/a/b", "unix:/a/b", NULL, NULL},
    {"local:a/b inet:localhost:8891", 2, 0, "local:a/b", "unix:a/b", NULL, NULL},
    {"unix:/a,inet:localhost:8891", 2, 1, "inet:localhost:8891", "inet:localhost:8891", NULL, NULL},
    {"inet:8891@localhost", 1, 0, "inet:8891@localhost", "inet:localhost:8891", NULL, NULL},
    {"/run/x.sock", 1, 0, "/run/x.sock", "unix:/run/x.sock", NULL, NULL},
    {"inet:[::1]:8891", 1, 0, "inet:[::1]:8891", "inet:[::1]:8891", NULL, NULL},
    {"{ unix:/a, default_action=tempfail, connect_timeout=5s }, unix:/b", 2, 0,
     "{unix:/a,default_action=tempfail,connect_timeout=5s}", "unix:/a", "tempfail", "5s"},
    {"unix:/b,{unix:/a,default_action = accept}", 2, 1, "{unix:/a,default_action=accept}",
     "unix:/a", "accept", NULL},
    {"{unix:/a   default_action\t=   accept}", 1, 0, "{unix:/a,default_action=accept}", "unix:/a",
     "accept", NULL},
    {"{}", 1, 0, "{}", "", NULL, NULL},
    {"{", 1, 0, "{}", "", NULL, NULL},
    {"{ unix:/never, closed", 1, 0, "{unix:/never,closed}", "unix:/never", NULL, NULL},
    {"}", 1, 0, "}", "}", NULL, NULL},
};

START_TEST(a_list_of_milters_is_taken_apart)
{
    struct fs_doctor_milters milters;
    const struct fs_doctor_milter *one = &milters.list[milter_cases[_i].at];

    ck_assert_int_eq(fs_doctor_milters(arena, milter_cases[_i].text, &milters), FS_OK);
    ck_assert_uint_eq(milters.count, milter_cases[_i].count);
    if (milters.count == 0)
        return;
    ck_assert_str_eq(one->entry, milter_cases[_i].entry);
    ck_assert_str_eq(one->address, milter_cases[_i].address);
    ck_assert_pstr_eq(one->default_action, milter_cases[_i].default_action);
    ck_assert_pstr_eq(one->connect_timeout, milter_cases[_i].connect_timeout);
}
END_TEST

static const struct {
    const char *line;
    bool is_service;
    const char *key;
    const char *chroot;
    const char *command;
    bool is_loopback;
    int port;
} service_cases[] = {
    {"smtp       inet  n       -       y       -       -       smtpd", true, "smtp/inet", "y",
     "smtpd", false, 25},
    {"submission inet n - n - - smtpd -o {smtpd_milters=unix:/a, b} -o x=y", true,
     "submission/inet", "n", "smtpd", false, 587},
    {"127.0.0.1:10025 inet n - - - - smtpd", true, "127.0.0.1:10025/inet", "-", "smtpd", true,
     10025},
    {"[::1]:10025 inet n - - - - smtpd", true, "[::1]:10025/inet", "-", "smtpd", true, 10025},
    {"localhost:smtps inet n - - - - smtpd", true, "localhost:smtps/inet", "-", "smtpd", true, 465},
    {"192.0.2.1:465 inet n - - - - smtpd", true, "192.0.2.1:465/inet", "-", "smtpd", false, 465},
    {"cleanup unix n - n - 0 cleanup", true, "cleanup/unix", "n", "cleanup", false, -1},
    {"smtp inet n - y -", false, NULL, NULL, NULL, false, 0},
    {"", false, NULL, NULL, NULL, false, 0},
};

START_TEST(a_line_of_master_cf_is_a_service)
{
    struct fs_doctor_service service;

    ck_assert_int_eq(fs_doctor_service_parse(arena, service_cases[_i].line, &service),
                     service_cases[_i].is_service);
    if (!service_cases[_i].is_service)
        return;
    ck_assert_str_eq(service.key, service_cases[_i].key);
    ck_assert_str_eq(service.chroot, service_cases[_i].chroot);
    ck_assert_str_eq(service.command, service_cases[_i].command);
    ck_assert_int_eq(fs_doctor_service_is_loopback(&service), service_cases[_i].is_loopback);
    ck_assert_int_eq(fs_doctor_service_port(&service), service_cases[_i].port);
}
END_TEST

static const struct {
    const char *text;
    int64_t seconds; /* -1: none */
} time_cases[] = {
    {"30", 30},
    {"30s", 30},
    {"5m", 300},
    {"2h", 7200},
    {"1d", 86400},
    {"1w", 604800},
    {"", -1},
    {"s", -1},
    {"-1s", -1},
    {"1.5s", -1},
    {"5 m", -1},
    {"5mm", -1},
    {"99999999999999999999s", -1},
};

START_TEST(times_are_read_as_postfix_writes_them)
{
    int64_t seconds = -1;

    ck_assert_int_eq(fs_doctor_seconds(time_cases[_i].text, &seconds), time_cases[_i].seconds >= 0);
    ck_assert_int_eq(seconds, time_cases[_i].seconds);
}
END_TEST

static const struct {
    const char *list;
    size_t ours_at; /* 99: put in */
    const char *ordered;
} order_cases[] = {
    {"", 99, "OURS"},
    {"unix:/x", 99, "unix:/x, OURS"},
    {"inet:localhost:8891", 99, "OURS, inet:localhost:8891"},
    {"inet:localhost:11332, inet:localhost:8891", 99,
     "inet:localhost:11332, OURS, inet:localhost:8891"},
    {"unix:/ours, inet:127.0.0.1:11332", 0, "inet:127.0.0.1:11332, OURS"},
    {"inet:localhost:8891 unix:/ours", 1, "OURS, inet:localhost:8891"},
    /* what nobody knows keeps its side */
    {"unix:/a, unix:/ours, unix:/b", 1, "unix:/a, OURS, unix:/b"},
    {"unix:/ours, unix:/b, unix:/run/clamav/clamav-milter.ctl, unix:/c", 0,
     "unix:/run/clamav/clamav-milter.ctl, OURS, unix:/b, unix:/c"},
    {"unix:opendkim/opendkim.sock, unix:/ours, unix:spamass/spamass.sock, "
     "{unix:opendmarc/opendmarc.sock,default_action=accept}",
     1,
     "unix:spamass/spamass.sock, {unix:opendmarc/opendmarc.sock,default_action=accept}, OURS, "
     "unix:opendkim/opendkim.sock"},
};

START_TEST(fullstop_stands_after_those_that_refuse_and_before_those_that_sign)
{
    struct fs_doctor_milters milters;
    size_t at = order_cases[_i].ours_at;

    ck_assert_int_eq(fs_doctor_milters(arena, order_cases[_i].list, &milters), FS_OK);
    ck_assert_str_eq(
        fs_doctor_ordered(arena, &milters, at == 99 ? milters.count : at, "OURS", false),
        order_cases[_i].ordered);
}
END_TEST

static const struct {
    const char *name;
    const char *address;
    enum fs_doctor_trade trade;
    const char *called;
    bool may_verify;
} trade_cases[] = {
    {NULL, "inet:localhost:11332", FS_DOCTOR_TRADE_REFUSES_OR_SIGNS, "rspamd", true},
    {NULL, "inet:localhost:8891", FS_DOCTOR_TRADE_SIGNS, "opendkim", true},
    {NULL, "inet:localhost:18891", FS_DOCTOR_TRADE_UNKNOWN, "inet:localhost:18891", false},
    {NULL, "unix:/run/opendmarc.sock", FS_DOCTOR_TRADE_REFUSES, "opendmarc", true},
    {NULL, "unix:/run/openarc.sock", FS_DOCTOR_TRADE_SIGNS, "openarc", false},
    {"spamassassin", "inet:localhost:783", FS_DOCTOR_TRADE_REFUSES, "spamass-milter", false},
    {"greylist", "unix:/x", FS_DOCTOR_TRADE_REFUSES, "milter-greylist", false},
    {"filter1", "unix:/x", FS_DOCTOR_TRADE_UNKNOWN, "filter1", false},
};

START_TEST(other_milters_are_known_by_name_socket_and_port)
{
    struct fs_doctor_milter milter = {.name = trade_cases[_i].name,
                                      .address = trade_cases[_i].address};
    const char *called = NULL;

    ck_assert_int_eq(fs_doctor_trade(&milter, &called), trade_cases[_i].trade);
    ck_assert_str_eq(called, trade_cases[_i].called);
    ck_assert_int_eq(fs_doctor_may_verify(&milter), trade_cases[_i].may_verify);
}
END_TEST

START_TEST(where_answers_need_proof_what_verifies_stands_before_fullstop)
{
    struct fs_doctor_milters milters;

    ck_assert_int_eq(fs_doctor_milters(arena,
                                       "unix:/ours, inet:localhost:8891, unix:/openarc, "
                                       "inet:localhost:11332, unix:/b",
                                       &milters),
                     FS_OK);
    milters.must_verify = true;
    ck_assert_str_eq(fs_doctor_ordered(arena, &milters, 0, "OURS", false),
                     "inet:localhost:8891, inet:localhost:11332, OURS, unix:/openarc, unix:/b");
}
END_TEST

/* ---- proof of answers ---- */

static const struct {
    const char *list; /* fullstop is "unix:/ours" */
    size_t at;
    const char *ids[2];
    const char *unseen;
    const char *found; /* its id; NULL: nothing, for another check says it */
} proof_cases[] = {
    {"inet:localhost:11332, unix:/ours", 1, {"mx.example.com"}, NULL, "verifier"},
    {"unix:/opendkim, unix:/ours", 1, {"other", "MX.example.com"}, NULL, "verifier"},
    {"unix:/opendkim, unix:/ours", 1, {"other"}, NULL, "authserv-unknown"},
    {"unix:/ours, unix:/opendkim", 0, {"mx.example.com"}, NULL, "verifier-after"},
    {"unix:/ours, unix:/opendkim", 0, {"mx.example.com"}, "a policy service", "verifier-after"},
    {"unix:/opendmarc, unix:/ours, unix:/opendkim", 1, {"mx.example.com"}, NULL, "verifier"},
    {"unix:/ours, unix:/opendmarc", 0, {"mx.example.com"}, NULL, NULL},
    {"unix:/ours", 0, {"mx.example.com"}, NULL, "verifier-missing"},
    {"unix:/clamav, unix:/ours", 1, {"mx.example.com"}, NULL, "verifier-missing"},
    {"unix:/openarc, unix:/ours", 1, {"mx.example.com"}, NULL, "verifier-missing"},
    {"unix:/ours, unix:/other", 0, {"mx.example.com"}, NULL, "verifier-missing"},
    {"unix:/ours", 0, {"edge.example.com"}, NULL, "verifier-elsewhere"},
    {"unix:/other, unix:/ours", 1, {"mx.example.com"}, NULL, "verifier-unseen"},
    {"unix:/ours", 0, {"edge.example.com"}, "a policy service", "verifier-unseen"},
};

START_TEST(somebody_before_fullstop_vouches_for_answers_or_a_finding_says_so)
{
    const struct fs_process processes[] = {{.name = "sales", .require = FS_REQUIRE_THREAD},
                                           {.name = "events", .require = FS_REQUIRE_AUTHENTICATED}};
    const char *const *ids = proof_cases[_i].ids;
    const struct fs_config config = {
        .path = "fullstop.conf",
        .processes = processes,
        .process_count = 2,
        .authserv_ids = {.items = ids, .count = ids[1] == NULL ? 1 : 2}};
    struct fs_doctor *doctor = fs_arena_alloc(arena, 1, sizeof *doctor);
    struct fs_doctor_milters milters;
    struct fs_doctor_proof proof = {.milters = &milters,
                                    .at = proof_cases[_i].at,
                                    .label = "smtpd_milters",
                                    .mend = "the mend",
                                    .host = "mx.example.com",
                                    .unseen = proof_cases[_i].unseen};

    doctor->arena = arena;
    doctor->config = &config;
    ck_assert(fs_doctor_wants_proof(doctor));
    ck_assert_int_eq(fs_doctor_milters(arena, proof_cases[_i].list, &milters), FS_OK);
    fs_doctor_proof(doctor, &proof);
    ck_assert_uint_eq(doctor->finding_count, proof_cases[_i].found == NULL ? 0 : 1);
    if (proof_cases[_i].found == NULL)
        return;
    ck_assert_str_eq(fs_doctor_sentence(doctor->findings[0].row)->id, proof_cases[_i].found);
    ck_assert_ptr_nonnull(strstr(doctor->findings[0].text, "events"));
    ck_assert_ptr_null(strstr(doctor->findings[0].text, "sales"));
}
END_TEST

static const struct {
    const char *line;
    bool is_filter;
    const char *name;
    const char *address;
    const char *action;
    const char *reading_timeout;
} filter_cases[] = {
    {"Xfullstop, S=local:/run/f.sock, F=T, T=S:10s;R:15s;E:1m", true, "fullstop",
     "unix:/run/f.sock", "tempfail", "15s"},
    {"Xfullstop, S=inet:8899@localhost", true, "fullstop", "inet:localhost:8899", "accept", NULL},
    {"Xa,S=unix:/x,F=R", true, "a", "unix:/x", "reject", NULL},
    {"Xa, F=4, S=/x", true, "a", "unix:/x", "tempfail", NULL},
    {"Xa, F=T", true, "a", "", "tempfail", NULL},
    {"X, S=unix:/x", false, NULL, NULL, NULL, NULL},
    {"Xa", false, NULL, NULL, NULL, NULL},
    {"Mlocal, P=/x", false, NULL, NULL, NULL, NULL},
};

START_TEST(an_x_line_is_a_filter)
{
    struct fs_doctor_filter filter;

    ck_assert_int_eq(fs_doctor_cf_filter(arena, filter_cases[_i].line, &filter),
                     filter_cases[_i].is_filter);
    if (!filter_cases[_i].is_filter)
        return;
    ck_assert_str_eq(filter.milter.name, filter_cases[_i].name);
    ck_assert_str_eq(filter.milter.address, filter_cases[_i].address);
    ck_assert_str_eq(filter.milter.default_action, filter_cases[_i].action);
    ck_assert_pstr_eq(filter.milter.command_timeout, filter_cases[_i].reading_timeout);
}
END_TEST

START_TEST(options_and_their_parts_are_found)
{
    char text[] = "Olong\nO InputMailFilters=a, b\nO InputMailFiltersX=no\n"
                  "O DaemonPortOptions=Name=MTA\nO DaemonPortOptions=Port=587, Name=MSA , M=Ea\n"
                  "O QueueDirectory = /q\n";
    struct fs_doctor_cf cf = {.count = 0};

    ck_assert_int_eq(fs_doctor_lines(arena, text, &cf.lines, &cf.count), FS_OK);
    ck_assert_str_eq(fs_doctor_cf_option(&cf, "InputMailFilters", 0), "a, b");
    ck_assert_ptr_null(fs_doctor_cf_option(&cf, "InputMailFilters", 1));
    ck_assert_str_eq(fs_doctor_cf_option(&cf, "QueueDirectory", 0), "/q");
    const char *second = fs_doctor_cf_option(&cf, "DaemonPortOptions", 1);
    ck_assert_str_eq(fs_doctor_cf_part(arena, second, 'P'), "587");
    ck_assert_str_eq(fs_doctor_cf_part(arena, second, 'N'), "MSA");
    ck_assert_str_eq(fs_doctor_cf_part(arena, second, 'M'), "Ea");
    ck_assert_ptr_null(fs_doctor_cf_part(arena, second, 'I'));
}
END_TEST

START_TEST(every_row_has_an_id_of_its_own_and_a_mend_unless_in_order)
{
    const struct fs_doctor_sentence *one = fs_doctor_sentence((enum fs_doctor_row)_i);

    ck_assert_ptr_nonnull(one->id);
    ck_assert_ptr_nonnull(one->text);
    ck_assert_int_eq(one->mend == NULL, one->level == FS_DOCTOR_OK);
    for (int i = 0; i < _i; i++)
        ck_assert_str_ne(fs_doctor_sentence((enum fs_doctor_row)i)->id, one->id);
}
END_TEST

#define ROWS(cases) ((int)(sizeof(cases) / sizeof(cases)[0]))

static Suite *suite(void)
{
    Suite *made = suite_create("doctor");
    TCase *all = tcase_create("parse");

    tcase_add_checked_fixture(all, set_up, tear_down);
    tcase_add_loop_test(all, a_line_that_begins_with_a_blank_goes_on, 0, ROWS(line_cases));
    tcase_add_test(all, more_lines_and_items_than_the_cap_are_left_out);
    tcase_add_loop_test(all, a_list_of_milters_is_taken_apart, 0, ROWS(milter_cases));
    tcase_add_loop_test(all, a_line_of_master_cf_is_a_service, 0, ROWS(service_cases));
    tcase_add_loop_test(all, times_are_read_as_postfix_writes_them, 0, ROWS(time_cases));
    tcase_add_loop_test(all, fullstop_stands_after_those_that_refuse_and_before_those_that_sign, 0,
                        ROWS(order_cases));
    tcase_add_loop_test(all, other_milters_are_known_by_name_socket_and_port, 0, ROWS(trade_cases));
    tcase_add_test(all, where_answers_need_proof_what_verifies_stands_before_fullstop);
    tcase_add_loop_test(all, somebody_before_fullstop_vouches_for_answers_or_a_finding_says_so, 0,
                        ROWS(proof_cases));
    tcase_add_loop_test(all, an_x_line_is_a_filter, 0, ROWS(filter_cases));
    tcase_add_test(all, options_and_their_parts_are_found);
    tcase_add_loop_test(all, every_row_has_an_id_of_its_own_and_a_mend_unless_in_order, 0,
                        FS_DOCTOR_ROW_COUNT);
    suite_add_tcase(made, all);
    return made;
}

int main(void)
{
    return run_all(suite());
}

/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 the fullstop authors
 *
 * test_mta_direction.c - outbound, inbound or neither, from tests/cases/mta-direction.txt.
 */
#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../milter/mta/mta_direction.h"
#include "suite.h"

#define LINE_B 512

static const struct flag {
    const char *word;
    size_t offset;
} FLAGS[] = {
    {"addr", offsetof(struct mta_signals, has_client_address)},
    {"loop", offsetof(struct mta_signals, is_loopback)},
    {"internal", offsetof(struct mta_signals, is_internal)},
    {"relay", offsetof(struct mta_signals, is_inbound_relay)},
    {"null", offsetof(struct mta_signals, has_null_sender)},
    {"process", offsetof(struct mta_signals, has_process)},
    {"sender-ours", offsetof(struct mta_signals, sender_is_ours)},
    {"ours", offsetof(struct mta_signals, has_our_recipient)},
};

static const struct value {
    const char *prefix;
    size_t offset;
} VALUES[] = {
    {"login=", offsetof(struct mta_signals, login)},
    {"cert=", offsetof(struct mta_signals, cert_subject)},
    {"verify=", offsetof(struct mta_signals, cert_verify)},
    {"daemon=", offsetof(struct mta_signals, daemon_name)},
    {"host=", offsetof(struct mta_signals, client_name)},
};

static bool read_flag(struct mta_signals *signals, const char *word)
{
    for (size_t i = 0; i < sizeof FLAGS / sizeof FLAGS[0]; i++) {
        if (strcmp(word, FLAGS[i].word) != 0)
            continue;
        *(bool *)((char *)signals + FLAGS[i].offset) = true;
        return true;
    }
    return false;
}

static bool read_value(struct mta_signals *signals, const char *word)
{
    for (size_t i = 0; i < sizeof VALUES / sizeof VALUES[0]; i++) {
        size_t length = strlen(VALUES[i].prefix);
        if (strncmp(word, VALUES[i].prefix, length) != 0)
            continue;
        *(const char **)((char *)signals + VALUES[i].offset) = word + length;
        return true;
    }
    return false;
}

static void read_word(struct mta_signals *signals, const char *word)
{
    if (strcmp(word, "postfix") == 0)
        signals->mta_version = "Postfix 3.7.11";
    else if (strcmp(word, "sendmail") == 0)
        signals->mta_version = "8.17.1";
    else if (strcmp(word, "unconnected") == 0)
        signals->is_connected = false;
    else if (strncmp(word, "port=", 5) == 0)
        signals->client_port = (unsigned)strtoul(word + 5, NULL, 10);
    else if (!read_flag(signals, word) && !read_value(signals, word))
        ck_abort_msg("unknown word in the table: %s", word);
}

static void check_case(char *line, int number)
{
    char *expected = strstr(line, "=>");
    ck_assert_msg(expected != NULL, "line %d: no =>", number);
    *expected = '\0';
    expected += strlen("=> ");
    struct mta_signals signals = {.is_connected = true};
    char *rest = NULL;
    for (char *word = strtok_r(line, " ", &rest); word != NULL; word = strtok_r(NULL, " ", &rest))
        read_word(&signals, word);
    struct mta_course course = mta_course(&signals);
    char got[128];
    (void)snprintf(got, sizeof got, "%s %s %s", mta_direction_name(course.direction), course.signal,
                   course.reason);
    ck_assert_msg(strcmp(got, expected) == 0, "line %d: got \"%s\", expected \"%s\"", number, got,
                  expected);
}

START_TEST(each_row_of_the_table_gives_its_direction_and_names_the_signal)
{
    const char *directory = getenv("FS_TESTDIR");
    char path[1024];
    (void)snprintf(path, sizeof path, "%s/cases/mta-direction.txt",
                   directory == NULL ? "tests" : directory);
    FILE *file = fopen(path, "r");
    ck_assert_msg(file != NULL, "%s is missing", path);
    char line[LINE_B];
    int number = 0;
    int cases = 0;
    while (fgets(line, sizeof line, file) != NULL) {
        number++;
        line[strcspn(line, "\n")] = '\0';
        if (line[0] == '#' || line[0] == '\0')
            continue;
        check_case(line, number);
        cases++;
    }
    (void)fclose(file);
    ck_assert_int_gt(cases, 45);
}
END_TEST

START_TEST(a_login_stands_before_a_certificate_subject)
{
    struct mta_signals signals = {
        .mta_version = "Postfix", .login = "anna", .cert_subject = "anna's laptop"};
    ck_assert_str_eq(mta_login(&signals), "anna");
    signals.login = "";
    ck_assert_str_eq(mta_login(&signals), "anna's laptop");
}
END_TEST

START_TEST(a_certificate_is_known_by_its_common_name)
{
    struct mta_signals signals = {.mta_version = "8.17.1",
                                  .cert_subject = "/O=Example/CN=anna",
                                  .cert_name = "anna",
                                  .cert_verify = "OK"};
    ck_assert_str_eq(mta_login(&signals), "anna");
    signals.cert_name = NULL;
    ck_assert_str_eq(mta_login(&signals), "/O=Example/CN=anna");
}
END_TEST

static const struct {
    const char *mta, *login, *decoded;
} LOGINS[] = {
    {"8.17.1", "anna", "anna"},
    {"8.17.1", "anna+2Bcrm@example.com", "anna+crm@example.com"},
    {"8.17.1", "Anna+20M+C3+BCller", "Anna M\xc3\xbcller"},
    {"8.17.1", "anna+2", "anna+2"},
    {"8.17.1", "anna+", "anna+"},
    {"8.17.1", "anna+2b", "anna+2b"}, /* no xtext: its digits are upper case */
    {"8.17.1", "anna+00x", "anna+00x"},
    {"Postfix 3.7.11", "anna+2Bcrm@example.com", "anna+2Bcrm@example.com"},
};

START_TEST(a_login_that_sendmail_encoded_is_read_as_it_was_given)
{
    struct mta_signals signals = {.mta_version = LOGINS[_i].mta};
    char login[64];
    (void)snprintf(login, sizeof login, "%s", LOGINS[_i].login);
    mta_login_decode(&signals, login);
    ck_assert_str_eq(login, LOGINS[_i].decoded);
}
END_TEST

START_TEST(an_unverified_certificate_is_no_login)
{
    struct mta_signals signals = {
        .mta_version = "8.17.1", .cert_subject = "/CN=anna", .cert_verify = "FAIL"};
    ck_assert_ptr_null(mta_login(&signals));
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("mta direction");
    TCase *tcase = tcase_create("direction");
    tcase_add_test(tcase, each_row_of_the_table_gives_its_direction_and_names_the_signal);
    tcase_add_test(tcase, a_login_stands_before_a_certificate_subject);
    tcase_add_test(tcase, a_certificate_is_known_by_its_common_name);
    tcase_add_loop_test(tcase, a_login_that_sendmail_encoded_is_read_as_it_was_given, 0,
                        sizeof LOGINS / sizeof LOGINS[0]);
    tcase_add_test(tcase, an_unverified_certificate_is_no_login);
    suite_add_tcase(suite, tcase);
    return run_all(suite);
}

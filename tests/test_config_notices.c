/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 the fullstop authors
 *
 * test_config_notices.c - what notices {} may say, which sentence refuses the rest, and that a
 * password stays where nobody else reads it.
 */
#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "fullstop/config.h"
#include "suite.h"

static char folder[64];
static const struct fs_config *config;

static void put(const char *name, const char *text, mode_t mode)
{
    char path[128];
    snprintf(path, sizeof(path), "%s/%s", folder, name);
    FILE *file = fopen(path, "w");
    ck_assert_ptr_nonnull(file);
    fputs(text, file);
    fclose(file);
    ck_assert_int_eq(chmod(path, mode), 0);
}

static void begin(void)
{
    snprintf(folder, sizeof(folder), "/tmp/fullstop-test-XXXXXX");
    ck_assert_ptr_nonnull(mkdtemp(folder));
    put("good", "pass word#1 \r\nnot this\n", 0640);
    put("open", "password\n", 0644);
    put("empty", "\nsecond line\n", 0600);
}

static void end(void)
{
    char command[128];
    fs_config_unref(config);
    config = NULL;
    snprintf(command, sizeof(command), "rm -r %s", folder);
    ck_assert_int_eq(system(command), 0);
}

/* FOLDER/ stands for the test's own. */
static enum fs_status load(const char *section, struct fs_error *err)
{
    char text[1024];
    char path[128];
    size_t used = (size_t)snprintf(text, sizeof(text),
                                   "our_domains = { \"example.com\" }\n"
                                   "process \"sales\" {\n senders = { \"@example.com\" }\n ");
    for (const char *p = section; *p != '\0'; p++) {
        bool is_place = strncmp(p, "FOLDER/", 7) == 0;
        used += (size_t)snprintf(text + used, sizeof(text) - used, "%.*s", is_place ? 64 : 1,
                                 is_place ? folder : p);
        p += is_place ? 5 : 0;
    }
    snprintf(text + used, sizeof(text) - used, "\n}\n");
    put("conf", text, 0600);
    snprintf(path, sizeof(path), "%s/conf", folder);
    fs_config_unref(config);
    config = NULL;
    return fs_config_load(path, &config, err);
}

static const struct fs_notices *notices(const char *section)
{
    struct fs_error err = {FS_OK, ""};
    ck_assert_msg(load(section, &err) == FS_OK, "%s", err.text);
    return &config->processes[0].notices;
}

#define USER "kinds = { held } via = \"smtp://anna@127.0.0.1:587\""

/* Each is refused; the sentence names line 4 and has the words. */
static const struct {
    const char *section;
    const char *says;
} broken[] = {
    {"notices { kinds = { over } }", "is not one of last_touch"},
    {"notices { kinds = { flagged } }", "is not one of last_touch"},
    {"notices { to = \"boss\" }", "write \"sender\" or an address"},
    {"notices { to = \"boss@other.example\" kinds = { held } }", "mailbox in our_domains"},
    {"notices { via = \"http://127.0.0.1\" }", "smtp://HOST:PORT"},
    {"notices { via = \"smtp://u:p@127.0.0.1\" }", "no password in it"},
    {"notices { via = \"smtp://@127.0.0.1\" }", "the user in front of @ is missing"},
    {"notices { via = \"smtp://anna@\" }", "the host is missing"},
    {"notices { via = \"smtp://127.0.0.1/x\" }", "follow the port"},
    {"notices { via = \"\" kinds = { held } }", "via is empty"},
    {"notices { gather = \"2h\" }", "from \"0\" to \"1h\""},
    {"notices { gather = \"soon\" }", "from \"0\" to \"1h\""},
    {"notices { digest = \"7\" }", "write a time of day"},
    {"notices { digest = \"24:00\" }", "write a time of day"},
    {"notices { digest = \"17:60\" }", "write a time of day"},
    {"notices { digest = \"17.00\" }", "write a time of day"},
    {"notices { digest = \"17:00\" }", "no kinds to tell in it"},
    {"flag { copy_to = \"boss@example.com\" } notices { via = \"\" }",
     "say which host takes them, like via"},
    {"notices { " USER " }", "name that in via_password_file"},
    {"notices { via_password_file = \"FOLDER/good\" }", "via names no user"},
    {"notices { " USER " via_password_file = \"FOLDER/open\" }", "chmod 640"},
    {"notices { " USER " via_password_file = \"FOLDER/empty\" }", "into its first line"},
    {"notices { " USER " via_password_file = \"FOLDER/none\" }", "No such file"},
    {"notices { " USER " via_password_file = \"good\" }", "write the whole path"},
    {"notices { ca_file = \"FOLDER/none\" }", "No such file"},
};

START_TEST(what_is_wrong_is_named_with_its_line)
{
    struct fs_error err = {FS_OK, ""};
    ck_assert_int_eq(load(broken[_i].section, &err), FS_INPUT);
    ck_assert_msg(strstr(err.text, broken[_i].says) != NULL, "%s: must say \"%s\"", err.text,
                  broken[_i].says);
    bool has_line = strstr(err.text, "conf:4: ") != NULL || strstr(err.text, "empty:") != NULL;
    ck_assert_msg(has_line, "%s", err.text);
    ck_assert_ptr_null(strstr(err.text, "pass word"));
}
END_TEST

START_TEST(without_a_word_there_are_none)
{
    const struct fs_notices *none = notices("");
    ck_assert(!none->is_on && !none->must_be_coded);
    ck_assert_int_eq(none->gather_s, 60);
    ck_assert_int_eq(none->digest_minute, -1);
    ck_assert_str_eq(none->via, "smtp://127.0.0.1:25");
    ck_assert_str_eq(none->user, "");
    ck_assert_str_eq(none->password, "");
}
END_TEST

START_TEST(a_copy_of_what_is_flagged_needs_no_kinds)
{
    const struct fs_notices *copies = notices("flag { copy_to = \"boss@example.com\" }");
    ck_assert(copies->is_on);
    ck_assert_uint_eq(copies->kinds, 0);
}
END_TEST

/* Its tag too: whoever reads there may sort by it. */
static const struct {
    const char *written;
    const char *told;
} mailboxes[] = {
    {"boss@example.com", "boss@example.com"},
    {"boss+fullstop@example.com", "boss+fullstop@example.com"},
    {" Boss@EXAMPLE.com ", "Boss@example.com"},
    {"<boss+x@example.com>", "boss+x@example.com"},
    {"<@a.test:boss@example.com>", "boss@example.com"},
    {"\\\"the boss\\\"@example.com", "\"the boss\"@example.com"},
};

START_TEST(one_mailbox_is_told_as_it_is_written)
{
    char section[256];
    snprintf(section, sizeof(section), "notices { to = \"%s\" } flag { copy_to = \"%s\" }",
             mailboxes[_i].written, mailboxes[_i].written);
    ck_assert_str_eq(notices(section)->to, mailboxes[_i].told);
    ck_assert_str_eq(config->processes[0].flag_copy_to, mailboxes[_i].told);
}
END_TEST

/* The user may be a mail address; with a password TLS is a must, also on this host. */
static const struct {
    const char *via;
    const char *url;
    const char *user;
    bool must_be_coded;
} vias[] = {
    {"smtp://anna@127.0.0.1:587", "smtp://127.0.0.1:587", "anna", true},
    {"smtp://anna@example.com@mail.example.com:587", "smtp://mail.example.com:587",
     "anna@example.com", true},
    {"smtp://anna%40example.com@[::1]", "smtp://[::1]", "anna@example.com", true},
    {"smtp://100%@127.0.0.1", "smtp://127.0.0.1", "100%", true},
    {"smtps://anna@mail.example.com", "smtps://mail.example.com", "anna", false},
};

START_TEST(a_user_is_told_apart_from_the_host)
{
    char section[256];
    snprintf(section, sizeof(section),
             "notices { kinds = { held } via = \"%s\" via_password_file = \"FOLDER/good\" }",
             vias[_i].via);
    const struct fs_notices *made = notices(section);
    ck_assert_str_eq(made->via, vias[_i].url);
    ck_assert_str_eq(made->user, vias[_i].user);
    ck_assert_str_eq(made->password, "pass word#1 ");
    ck_assert_int_eq(made->must_be_coded, vias[_i].must_be_coded);
}
END_TEST

START_TEST(a_digest_has_its_minute)
{
    ck_assert_int_eq(notices("notices { kinds = { held } digest = \"17:05\" }")->digest_minute,
                     17 * 60 + 5);
    ck_assert_int_eq(notices("notices { kinds = { held } digest = \"00:00\" }")->digest_minute, 0);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("config notices");
    TCase *tcase = tcase_create("notices");
    tcase_add_checked_fixture(tcase, begin, end);
    tcase_add_loop_test(tcase, what_is_wrong_is_named_with_its_line, 0,
                        sizeof(broken) / sizeof(broken[0]));
    tcase_add_test(tcase, without_a_word_there_are_none);
    tcase_add_test(tcase, a_copy_of_what_is_flagged_needs_no_kinds);
    tcase_add_loop_test(tcase, one_mailbox_is_told_as_it_is_written, 0,
                        sizeof(mailboxes) / sizeof(mailboxes[0]));
    tcase_add_loop_test(tcase, a_user_is_told_apart_from_the_host, 0,
                        sizeof(vias) / sizeof(vias[0]));
    tcase_add_test(tcase, a_digest_has_its_minute);
    suite_add_tcase(suite, tcase);
    return run_all(suite);
}

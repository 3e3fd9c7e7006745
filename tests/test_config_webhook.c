/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 the fullstop authors
 *
 * test_config_webhook.c - webhook {}: what is taken, what is refused and with which words.
 */
#define SECRET "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw\n"
#define HTTPS "url = \"https://crm.example/x\" "
#define KEYS "secret_file = \"%s\" "

#include "config_secret.h"

static const struct {
    const char *text;
    const char *says;
} broken[] = {
    {"webhook \"crm\" { url = \"ftp://crm.example/\" " KEYS "}", "https://HOST/PATH"},
    {"webhook \"crm\" { url = \"https://\" " KEYS "}", "host is missing"},
    {"webhook \"crm\" { url = \"https://crm.example/a b\" " KEYS "}", "without spaces"},
    {"webhook \"crm\" { url = \"https://u:p@crm.example/\" " KEYS "}", "no user and password"},
    {"webhook \"crm\" { url = \"http://crm.example/\" " KEYS "}", "allow_http"},
    {"webhook \"crm\" { url = \"http://localhost.evil.example/\" " KEYS "}", "allow_http"},
    {"webhook \"crm\" { url = \"http://128.0.0.1/\" " KEYS "}", "allow_http"},
    {"webhook \"crm\" { url = \"https://crm.example:99999/\" " KEYS "}", "port after the host"},
    {"webhook \"crm\" { url = \"https://crm.example:https/\" " KEYS "}", "port after the host"},
    {"webhook \"crm\" { url = \"https://crm.example:0/\" " KEYS "}", "port after the host"},
    {"webhook \"crm\" { url = \"http://[::1/\" " KEYS "}", "port after the host"},
    {"webhook \"crm\" { url = \"http://[::1]evil.example/\" " KEYS "}", "port after the host"},
    {"webhook \"crm\" { url = \"https://fe80::1/\" " KEYS "}", "port after the host"},
    {"webhook \"crm\" { url = \"http://127.0.0.1/\" proxy = \"http://squid:3128\" " KEYS "}",
     "allow_http"},
    {"webhook \"crm\" { " HTTPS KEYS "proxy = \"http://u:p@squid:3128\" }",
     "proxy: no user and password in it: they would show up where URLs are shown; let it know"},
    {"webhook \"crm\" { " KEYS "}", "has no url"},
    {"webhook \"crm\" { " HTTPS "}", "has no secret_file"},
    {"webhook \"crm\" { " HTTPS "secret_file = \"keys\" }", "the whole path"},
    {"webhook \"crm\" { " HTTPS "secret_file = \"/nonexistent/keys\" }", "No such file"},
    {"webhook \"c r m\" { " HTTPS KEYS "}", "a name is 1 to 64"},
    {"webhook \"crm\" { " HTTPS KEYS "events = { \"lead.won\" } }", "\"lead.won\" is not one of"},
    {"webhook \"crm\" { " HTTPS KEYS "timeout = \"0\" }", "from \"1s\" to \"60s\""},
    {"webhook \"crm\" { " HTTPS KEYS "timeout = \"61s\" }", "from \"1s\" to \"60s\""},
    {"webhook \"crm\" { " HTTPS KEYS "ca_file = \"/nonexistent\" }", "ca_file: /nonexistent"},
    {"webhook \"crm\" { " HTTPS KEYS "proxy = \"squid\" }", "proxy: write http://HOST:PORT"},
    {"webhook \"crm\" { " HTTPS KEYS "}\nwebhook \"crm\" { " HTTPS "}", "crm"},
};

START_TEST(what_is_wrong_is_refused_with_how_to_mend_it)
{
    struct fs_error err = {FS_OK, ""};
    const struct fs_config *config = NULL;
    ck_assert_int_eq(load(broken[_i].text, &config, &err), FS_INPUT);
    ck_assert_msg(strstr(err.text, broken[_i].says) != NULL, "%s", err.text);
    ck_assert_ptr_null(strstr(err.text, "u:p@"));
}
END_TEST

static const struct {
    const char *text;
    mode_t mode;
    const char *says; /* NULL: it is taken */
} files[] = {
    {SECRET, 0600, NULL},
    {"# the new one\n" SECRET "\n" SECRET, 0640, NULL},
    {SECRET, 0644, "others may read"},
    {SECRET, 0602, "others may read"},
    {SECRET, 0660, "others may read or change"},
    {"", 0600, "there is no secret in it"},
    {"MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw\n", 0600, ":1: no secret"},
    {"whsec_c2hvcnQ=\n", 0600, ":1: no secret"},
    {SECRET "whsec_%%%%\n", 0600, ":2: no secret"},
    {SECRET SECRET SECRET SECRET SECRET SECRET SECRET SECRET, 0600, NULL},
    {SECRET SECRET SECRET SECRET SECRET SECRET SECRET SECRET SECRET, 0600, "more than 8"},
};

START_TEST(a_file_of_secrets_is_taken_only_when_it_is_one)
{
    struct fs_error err = {FS_OK, ""};
    const struct fs_config *config = NULL;
    write_secret(files[_i].text, files[_i].mode);
    enum fs_status status = load("webhook \"crm\" { " HTTPS KEYS "}", &config, &err);
    ck_assert_int_eq(status, files[_i].says == NULL ? FS_OK : FS_INPUT);
    if (files[_i].says != NULL)
        ck_assert_msg(strstr(err.text, files[_i].says) != NULL, "%s", err.text);
    ck_assert_ptr_null(strstr(err.text, "MfKQ9r8"));
    fs_config_unref(config);
}
END_TEST

/* Whoever opens a pipe waits until somebody writes. */
START_TEST(a_pipe_is_no_file)
{
    static const char *const texts[] = {
        "webhook \"crm\" { " HTTPS KEYS "}",
        "webhook \"crm\" { " HTTPS "ca_file = \"%s\" }",
        "crm \"hub\" { " HTTPS "token_file = \"%s\" }",
        "crm \"hub\" { " HTTPS "ca_file = \"%s\" }",
    };
    struct fs_error err = {FS_OK, ""};
    const struct fs_config *config = NULL;
    ck_assert_int_eq(unlink(secret_path), 0);
    ck_assert_int_eq(mkfifo(secret_path, 0600), 0);
    alarm(5);
    ck_assert_int_eq(load(texts[_i], &config, &err), FS_INPUT);
    alarm(0);
    ck_assert_msg(strstr(err.text, ": that is no file") != NULL, "%s", err.text);
}
END_TEST

START_TEST(a_webhook_is_frozen_with_its_defaults)
{
    struct fs_error err = {FS_OK, ""};
    const struct fs_config *config = NULL;
    write_secret(SECRET "whsec_AAECAwQFBgcICQoLDA0ODxAREhMUFRYX\n", 0600);
    ck_assert_msg(load("webhook \"crm\" { " HTTPS KEYS "}\n"
                       "webhook \"bi\" { url = \"http://[::1]:8080/x\" secret_file = "
                       "\"/nonexistent\" }",
                       &config, &err) == FS_INPUT,
                  "%s", err.text);
    ck_assert_msg(load("webhook \"crm\" { " HTTPS KEYS "}", &config, &err) == FS_OK, "%s",
                  err.text);
    const struct fs_webhook *crm = fs_config_webhook_named(config, "crm");
    ck_assert_ptr_nonnull(crm);
    ck_assert_str_eq(crm->url, "https://crm.example/x");
    ck_assert_uint_eq(crm->events, FS_NEWS_ALL);
    ck_assert_int_eq(crm->timeout_s, 10);
    ck_assert(!crm->allow_http);
    ck_assert_uint_eq(crm->secret_count, 2);
    ck_assert_uint_eq(crm->secrets[1].length_b, 24);
    ck_assert_uint_eq(crm->secrets[1].bytes[23], 23);
    ck_assert_ptr_null(fs_config_webhook_named(config, "bi"));
    fs_config_unref(config);
}
END_TEST

START_TEST(http_is_for_this_host_or_where_it_is_allowed)
{
    static const char *const good[] = {
        "webhook \"a\" { url = \"http://127.0.0.1:9000/x\" " KEYS "}",
        "webhook \"a\" { url = \"http://[::1]/x\" " KEYS "}",
        "webhook \"a\" { url = \"http://localhost/x\" " KEYS "}",
        "webhook \"a\" { url = \"http://localhost:65535?x\" " KEYS "}",
        "webhook \"a\" { url = \"https://[fe80::1%25eth0]:8443/x\" " KEYS "}",
        "webhook \"a\" { url = \"https://crm.example:/x\" " KEYS "}",
        "webhook \"a\" { url = \"http://localhost/x\" allow_http = true proxy = "
        "\"http://[::1]:3128\" " KEYS "}",
        "webhook \"a\" { url = \"http://crm.example/x\" allow_http = true " KEYS "}",
    };
    check_is_taken(good[_i]);
}
END_TEST

int main(void)
{
    if (fs_hash_setup(NULL) != FS_OK)
        return EXIT_FAILURE;
    Suite *suite = suite_create("config webhook");
    TCase *tcase = tcase_create("webhook");
    tcase_add_checked_fixture(tcase, begin, end);
    tcase_add_loop_test(tcase, what_is_wrong_is_refused_with_how_to_mend_it, 0,
                        sizeof(broken) / sizeof(broken[0]));
    tcase_add_loop_test(tcase, a_file_of_secrets_is_taken_only_when_it_is_one, 0,
                        sizeof(files) / sizeof(files[0]));
    tcase_add_test(tcase, a_webhook_is_frozen_with_its_defaults);
    tcase_add_loop_test(tcase, a_pipe_is_no_file, 0, 4);
    tcase_add_loop_test(tcase, http_is_for_this_host_or_where_it_is_allowed, 0, 8);
    suite_add_tcase(suite, tcase);
    return run_all(suite);
}

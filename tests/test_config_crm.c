/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 the fullstop authors
 *
 * test_config_crm.c - crm {}: what is taken, what is refused, at which line and with which words.
 */
#define URL "url = \"https://crm.example/leads.csv\" "
#define TOKEN "token_file = \"%s\" "
#define TOKEN_TEXT "s3cr3t.Token_of-ours~+/=="
#define SECRET TOKEN_TEXT "\n"

#include "config_secret.h"

static const struct {
    const char *text;
    const char *says;
} broken[] = {
    {"crm \"hub\" { url = \"ftp://crm.example/\" }", ":3: url: write https://HOST/PATH"},
    {"crm \"hub\" { url = \"https://\" }", ":3: url: the host is missing"},
    {"crm \"hub\" { url = \"https://crm.example/a b\" }", "without spaces"},
    {"crm \"hub\" { url = \"https://u:p@crm.example/\" }", "no user and password"},
    {"crm \"hub\" { url = \"http://crm.example/\" }", ":3: crm \"hub\": http shows"},
    {"crm \"hub\" {\n\n url = \"http://localhost.evil.example/\" }", "allow_http"},
    {"crm \"hub\" { url = \"http://localhost/\" proxy = \"http://squid:3128\" }", "allow_http"},
    {"crm \"hub\" { every = \"1h\" }", ":3: crm \"hub\" has no url"},
    {"crm \"h b\" { " URL "}", ":3: crm \"h b\": a name is 1 to 64"},
    {"crm { " URL "}", ":3: "},
    {"crm \"hub\" {\n" URL "\nevery = \"0\" }", ":5: every = \"0\": write a duration"},
    {"crm \"hub\" { " URL "every = \"8d\" }", "from \"1s\" to \"7d\""},
    {"crm \"hub\" { " URL "every = \"often\" }", "every = \"often\": write a duration"},
    {"crm \"hub\" { " URL "timeout = \"0\" }", "timeout = \"0\""},
    {"crm \"hub\" { " URL "timeout = \"11m\" }", "from \"1s\" to \"10m\""},
    {"crm \"hub\" { " URL "token_file = \"token\" }",
     "token_file: \"token\": write the whole path"},
    {"crm \"hub\" { " URL "token_file = \"/nonexistent/token\" }", "No such file"},
    {"crm \"hub\" { " URL "token_file = \"/tmp\" }", "token_file: /tmp"},
    {"crm \"hub\" { " URL "ca_file = \"/nonexistent\" }", "ca_file: /nonexistent"},
    {"crm \"hub\" { " URL "proxy = \"squid\" }", "proxy: write http://HOST:PORT"},
    {"crm \"hub\" { " URL "partial = 7 }", "write true or false"},
    {"crm \"hub\" { " URL "allow_http = maybe }", "write true or false"},
    {"crm \"hub\" { " URL "token = \"" TOKEN_TEXT "\" }", "no such option"},
    {"crm \"hub\" { " URL "}\ncrm \"hub\" { " URL "}", "duplicate title"},
};

START_TEST(what_is_wrong_is_refused_with_line_and_mend)
{
    struct fs_error err = {FS_OK, ""};
    const struct fs_config *config = NULL;
    ck_assert_int_eq(load(broken[_i].text, &config, &err), FS_INPUT);
    ck_assert_msg(strstr(err.text, broken[_i].says) != NULL, "%s", err.text);
    ck_assert_ptr_null(strstr(err.text, "u:p@"));
    ck_assert_ptr_null(strstr(err.text, TOKEN_TEXT));
}
END_TEST

static const struct {
    const char *text;
    mode_t mode;
    const char *says; /* NULL: it is taken */
} files[] = {
    {TOKEN_TEXT, 0600, NULL},
    {TOKEN_TEXT "\r\n\n", 0640, NULL},
    {"#hash", 0600, NULL},
    {TOKEN_TEXT, 0644, "others may read"},
    {TOKEN_TEXT, 0602, "others may read"},
    {TOKEN_TEXT, 0660, "others may read or change"},
    {"", 0600, "the token in it"},
    {"\n", 0600, "the token in it"},
    {TOKEN_TEXT "\n" TOKEN_TEXT, 0600, "nothing else"},
    {"Bearer " TOKEN_TEXT, 0600, "nothing else"},
    {"t\xc3\xb6ken", 0600, "visible ASCII"},
    {"tok\001en", 0600, "visible ASCII"},
};

START_TEST(a_file_with_the_token_is_taken_only_when_it_is_one)
{
    struct fs_error err = {FS_OK, ""};
    const struct fs_config *config = NULL;
    write_secret_bytes(files[_i].text, strlen(files[_i].text), files[_i].mode);
    enum fs_status status = load("crm \"hub\" { " URL TOKEN "}", &config, &err);
    ck_assert_msg(status == (files[_i].says == NULL ? FS_OK : FS_INPUT), "%s", err.text);
    if (files[_i].says != NULL)
        ck_assert_msg(strstr(err.text, files[_i].says) != NULL, "%s", err.text);
    ck_assert_ptr_null(strstr(err.text, TOKEN_TEXT));
    fs_config_unref(config);
}
END_TEST

START_TEST(a_token_has_its_cap_and_no_nul)
{
    char text[FS_CRM_TOKEN_MAX_B + 2];
    struct fs_error err = {FS_OK, ""};
    const struct fs_config *config = NULL;
    memset(text, 'x', sizeof(text));
    write_secret_bytes(text, FS_CRM_TOKEN_MAX_B, 0600);
    ck_assert_int_eq(load("crm \"hub\" { " URL TOKEN "}", &config, &err), FS_OK);
    ck_assert_uint_eq(strlen(config->crms[0].token), FS_CRM_TOKEN_MAX_B);
    fs_config_unref(config);
    write_secret_bytes(text, FS_CRM_TOKEN_MAX_B + 1, 0600);
    ck_assert_int_eq(load("crm \"hub\" { " URL TOKEN "}", &config, &err), FS_INPUT);
    write_secret_bytes("tok\0en", 6, 0600);
    ck_assert_int_eq(load("crm \"hub\" { " URL TOKEN "}", &config, &err), FS_INPUT);
}
END_TEST

START_TEST(there_may_be_twenty)
{
    struct fs_error err = {FS_OK, ""};
    const struct fs_config *config = NULL;
    char text[4096] = "";
    for (int i = 0; i <= FS_CONFIG_CRMS_MAX; i++) {
        size_t used_b = strlen(text);
        snprintf(text + used_b, sizeof(text) - used_b, "crm \"c%d\" { " URL "}\n", i);
        ck_assert_int_eq(load(text, &config, &err), i < FS_CONFIG_CRMS_MAX ? FS_OK : FS_INPUT);
        if (i < FS_CONFIG_CRMS_MAX)
            fs_config_unref(config);
    }
    ck_assert_msg(strstr(err.text, ":23: more than 20") != NULL, "%s", err.text);
}
END_TEST

START_TEST(a_source_is_frozen_with_its_defaults)
{
    struct fs_error err = {FS_OK, ""};
    const struct fs_config *config = NULL;
    ck_assert_msg(load("crm \"hub\" { " URL TOKEN "}\ncrm \"two\" { url = \"http://[::1]:8080/x\" "
                       "every = \"1h\" partial = true timeout = \"5s\" proxy = "
                       "\"socks5h://localhost:1080\" }\n",
                       &config, &err) == FS_OK,
                  "%s", err.text);
    ck_assert_uint_eq(config->crm_count, 2);
    const struct fs_crm_source *hub = &config->crms[0];
    ck_assert_str_eq(hub->name, "hub");
    ck_assert_str_eq(hub->url, "https://crm.example/leads.csv");
    ck_assert_str_eq(hub->token, TOKEN_TEXT);
    ck_assert_int_eq(hub->every_s, 900);
    ck_assert_int_eq(hub->timeout_s, 60);
    ck_assert(!hub->partial && !hub->allow_http);
    ck_assert_str_eq(hub->ca_file, "");
    ck_assert_str_eq(hub->proxy, "");
    const struct fs_crm_source *two = &config->crms[1];
    ck_assert_str_eq(two->token, "");
    ck_assert_int_eq(two->every_s, 3600);
    ck_assert_int_eq(two->timeout_s, 5);
    ck_assert(two->partial);
    ck_assert_str_eq(two->proxy, "socks5h://localhost:1080");
    fs_config_unref(config);
}
END_TEST

START_TEST(http_is_for_this_host_or_where_it_is_allowed)
{
    static const char *const good[] = {
        "crm \"a\" { url = \"http://127.0.0.1:9000/x\" }",
        "crm \"a\" { url = \"http://localhost/x\" }",
        "crm \"a\" { url = \"http://crm.example/x\" allow_http = true }",
    };
    check_is_taken(good[_i]);
}
END_TEST

int main(void)
{
    if (fs_hash_setup(NULL) != FS_OK)
        return EXIT_FAILURE;
    Suite *suite = suite_create("config crm");
    TCase *tcase = tcase_create("crm");
    tcase_add_checked_fixture(tcase, begin, end);
    tcase_add_loop_test(tcase, what_is_wrong_is_refused_with_line_and_mend, 0,
                        sizeof(broken) / sizeof(broken[0]));
    tcase_add_loop_test(tcase, a_file_with_the_token_is_taken_only_when_it_is_one, 0,
                        sizeof(files) / sizeof(files[0]));
    tcase_add_test(tcase, a_token_has_its_cap_and_no_nul);
    tcase_add_test(tcase, there_may_be_twenty);
    tcase_add_test(tcase, a_source_is_frozen_with_its_defaults);
    tcase_add_loop_test(tcase, http_is_for_this_host_or_where_it_is_allowed, 0, 3);
    suite_add_tcase(suite, tcase);
    return run_all(suite);
}

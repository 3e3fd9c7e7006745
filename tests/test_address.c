/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 the fullstop authors
 *
 * test_address.c - canonical addresses from a table, patterns, accounts.
 */
#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "arena_fixture.h"
#include "fullstop/address.h"

static const char *canonical(const char *text)
{
    const char *out = NULL;
    return fs_address_canonical(arena, text, &out, NULL) == FS_OK ? out : "-";
}

START_TEST(every_row_of_the_table_has_its_canonical_form)
{
    const char *directory = getenv("FS_TESTDIR");
    char path[512];
    char line[1024];
    int rows = 0;
    snprintf(path, sizeof path, "%s/cases/addresses.tsv", directory != NULL ? directory : "tests");
    FILE *file = fopen(path, "r");
    ck_assert_msg(file != NULL, "cannot open %s", path);
    while (fgets(line, sizeof line, file) != NULL) {
        line[strcspn(line, "\n")] = '\0';
        char *tab = strchr(line, '\t');
        if (line[0] == '#' || tab == NULL) {
            continue;
        }
        *tab = '\0';
        ck_assert_msg(strcmp(canonical(line), tab + 1) == 0, "\"%s\": got \"%s\", want \"%s\"",
                      line, canonical(line), tab + 1);
        rows++;
    }
    fclose(file);
    ck_assert_int_gt(rows, 40);
}
END_TEST

START_TEST(canonical_is_stable)
{
    static const char *const forms[] = {"\"a b\"@x.de",
                                        "J\xc3\x9crgen@B\xc3\xbc"
                                        "cher.de",
                                        "\"q\\\"q\"@x.de", "jane@[192.0.2.1]"};
    for (size_t i = 0; i < sizeof forms / sizeof forms[0]; i++) {
        const char *once = canonical(forms[i]);
        ck_assert_str_eq(canonical(once), once);
    }
}
END_TEST

START_TEST(composed_and_decomposed_spellings_are_one_contact)
{
    ck_assert_str_eq(canonical("Ju\xcc\x88rgen@x.de"), canonical("j\xc3\xbcrgen@x.de"));
}
END_TEST

START_TEST(bytes_that_are_no_utf8_are_no_address)
{
    ck_assert_str_eq(canonical("j\xfcrgen@x.de"), "-");
    ck_assert_str_eq(canonical("jane@b\xfc"
                               "cher.de"),
                     "-");
    ck_assert_str_eq(canonical("ja\x01ne@x.de"), "-");
    ck_assert_str_eq(canonical("\"ja\x7fne\"@x.de"), "-");
}
END_TEST

START_TEST(length_is_taken_to_the_cap_and_not_beyond)
{
    char text[FS_ADDRESS_MAX_B + 8];
    memset(text, 'a', sizeof text);
    memcpy(text + FS_ADDRESS_MAX_B - 5, "@x.de", 6);
    ck_assert_uint_eq(strlen(text), FS_ADDRESS_MAX_B);
    ck_assert_str_ne(canonical(text), "-");
    memset(text, 'a', sizeof text);
    memcpy(text + FS_ADDRESS_MAX_B - 4, "@x.de", 6);
    ck_assert_str_eq(canonical(text), "-");
}
END_TEST

START_TEST(labels_and_names_keep_to_the_dns)
{
    char label[80];
    memset(label, 'a', sizeof label);
    memcpy(label, "j@", 2);
    memcpy(label + 2 + 63, ".de", 4);
    ck_assert_str_ne(canonical(label), "-");
    memset(label, 'a', sizeof label);
    memcpy(label, "j@", 2);
    memcpy(label + 2 + 64, ".de", 4);
    ck_assert_str_eq(canonical(label), "-");
}
END_TEST

START_TEST(an_error_says_what_is_wrong_and_leaves_the_output)
{
    struct fs_error err;
    const char *out = "untouched";
    ck_assert_int_eq(fs_address_canonical(arena, "jane", &out, &err), FS_INPUT);
    ck_assert_str_eq(out, "untouched");
    ck_assert_ptr_nonnull(strstr(err.text, "@"));
    ck_assert_int_eq(fs_address_pattern(arena, "*@x.de", &out, &err), FS_INPUT);
    ck_assert_ptr_nonnull(strstr(err.text, "@example.com"));
}
END_TEST

START_TEST(memory_that_runs_out_is_said)
{
    struct fs_arena *tiny = fs_arena_new(1);
    const char *out = NULL;
    ck_assert_int_eq(fs_address_canonical(tiny, "jane.doe@example.com", &out, NULL), FS_NOMEM);
    fs_arena_free(tiny);
}
END_TEST

START_TEST(domains_become_a_labels)
{
    const char *out = NULL;
    ck_assert_int_eq(fs_domain_canonical(arena,
                                         " B\xc3\x9c"
                                         "CHER.de. ",
                                         &out, NULL),
                     FS_OK);
    ck_assert_str_eq(out, "xn--bcher-kva.de");
    ck_assert_int_eq(fs_domain_canonical(arena, "not a domain", &out, NULL), FS_INPUT);
    ck_assert_int_eq(fs_domain_canonical(arena, "", &out, NULL), FS_INPUT);
}
END_TEST

START_TEST(patterns_match_address_domain_and_subdomains)
{
    static const struct {
        const char *address;
        const char *pattern;
        bool matches;
    } cases[] = {
        {"anna@example.com", "anna@example.com", true},
        {"bert@example.com", "anna@example.com", false},
        {"anna@example.com", "@example.com", true},
        {"anna@example.com", "example.com", true},
        {"anna@sub.example.com", "@example.com", false},
        {"anna@sub.example.com", "@.example.com", true},
        {"anna@a.b.example.com", "@.example.com", true},
        {"anna@example.com", "@.example.com", true},
        {"anna@notexample.com", "@.example.com", false},
        {"anna@notexample.com", "@example.com", false},
        {"", "@example.com", false},
        {"anna@example.com", "", false},
        {"anna@com", "@.example.com", false},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        ck_assert_msg(fs_address_matches(cases[i].address, cases[i].pattern) == cases[i].matches,
                      "%s against %s", cases[i].address, cases[i].pattern);
    }
}
END_TEST

START_TEST(patterns_are_checked_and_made_canonical)
{
    static const struct {
        const char *text;
        const char *want; /* NULL: refused */
    } cases[] = {
        {"Anna+x@Example.COM", "anna@example.com"},
        {"@Example.com", "@example.com"},
        {"Example.com", "@example.com"},
        {"@.B\xc3\xbc"
         "cher.de",
         "@.xn--bcher-kva.de"},
        {"@", NULL},
        {"", NULL},
        {"@.", NULL},
        {"*@example.com", NULL},
        {"@*.example.com", NULL},
        {".example.com", NULL},
        {"a b@example.com", NULL},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        const char *out = NULL;
        enum fs_status status = fs_address_pattern(arena, cases[i].text, &out, NULL);
        if (cases[i].want == NULL) {
            ck_assert_msg(status == FS_INPUT, "\"%s\" was taken", cases[i].text);
        } else {
            ck_assert_msg(status == FS_OK, "\"%s\" was refused", cases[i].text);
            ck_assert_str_eq(out, cases[i].want);
        }
    }
}
END_TEST

START_TEST(account_is_the_registrable_domain_and_none_for_free_mail)
{
    static const struct {
        const char *address;
        const char *account; /* NULL: none */
    } cases[] = {
        {"jane@example.com", "example.com"},
        {"jane@mail.sales.example.co.uk", "example.co.uk"},
        {"jane@firma.de", "firma.de"},
        {"jane@xn--bcher-kva.de", "xn--bcher-kva.de"},
        {"jane@gmx.de", NULL},
        {"jane@web.de", NULL},
        {"jane@t-online.de", NULL},
        {"jane@freenet.de", NULL},
        {"jane@gmail.com", NULL},
        {"jane@vip.qq.com", NULL},
        {"jane@mail.gmx.de", NULL},
        {"jane@co.uk", NULL},
        {"jane@localhost", NULL},
        {"jane@[192.0.2.1]", NULL},
        {"jane", NULL},
        {"", NULL},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        const char *account = fs_address_account(arena, cases[i].address);
        if (cases[i].account == NULL) {
            ck_assert_msg(account == NULL, "%s: %s", cases[i].address, account);
        } else {
            ck_assert_ptr_nonnull(account);
            ck_assert_str_eq(account, cases[i].account);
        }
    }
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("address");
    TCase *tcase = tcase_create("address");
    tcase_add_checked_fixture(tcase, set_up, tear_down);
    tcase_add_test(tcase, every_row_of_the_table_has_its_canonical_form);
    tcase_add_test(tcase, canonical_is_stable);
    tcase_add_test(tcase, composed_and_decomposed_spellings_are_one_contact);
    tcase_add_test(tcase, bytes_that_are_no_utf8_are_no_address);
    tcase_add_test(tcase, length_is_taken_to_the_cap_and_not_beyond);
    tcase_add_test(tcase, labels_and_names_keep_to_the_dns);
    tcase_add_test(tcase, an_error_says_what_is_wrong_and_leaves_the_output);
    tcase_add_test(tcase, memory_that_runs_out_is_said);
    tcase_add_test(tcase, domains_become_a_labels);
    tcase_add_test(tcase, patterns_match_address_domain_and_subdomains);
    tcase_add_test(tcase, patterns_are_checked_and_made_canonical);
    tcase_add_test(tcase, account_is_the_registrable_domain_and_none_for_free_mail);
    suite_add_tcase(suite, tcase);
    return run_all(suite);
}

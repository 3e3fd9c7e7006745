/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 the fullstop authors
 *
 * test_cli_json.c - JSON output: order of keys, instants, text that is no UTF-8.
 */
#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../milter/cli/cli_json.h"
#include "suite.h"

/* Prints and clears json. */
static void prints(struct fs_json *json, const char *expected)
{
    char *text = NULL;
    size_t size_b = 0;
    FILE *out = open_memstream(&text, &size_b);

    ck_assert_ptr_nonnull(out);
    ck_assert_int_eq(fs_json_print(json, out, false, NULL), FS_OK);
    fclose(out);
    ck_assert_str_eq(text, expected);
    free(text);
}

START_TEST(keys_come_in_the_order_they_were_set)
{
    struct fs_json json = fs_json_object();
    struct fs_json list = fs_json_array();

    fs_json_text(&json, "z", "last");
    fs_json_int(&json, "a", -7);
    fs_json_bool(&json, "m", true);
    fs_json_text(&list, NULL, "x");
    fs_json_null(&list, NULL);
    fs_json_add(&json, "list", list);
    prints(&json, "{\"z\":\"last\",\"a\":-7,\"m\":true,\"list\":[\"x\",null]}\n");
}
END_TEST

START_TEST(instants_are_rfc_3339_in_utc_and_zero_is_null)
{
    struct fs_json json = fs_json_object();
    const struct fs_date day = {2026, 3, 5};
    const struct fs_date none = {0, 0, 0};

    setenv("TZ", "Europe/Berlin", 1);
    fs_json_time(&json, "at", INT64_C(1795521600));
    fs_json_time(&json, "never", 0);
    fs_json_day(&json, "day", day);
    fs_json_day(&json, "no_day", none);
    prints(&json, "{\"at\":\"2026-11-24T12:00:00Z\",\"never\":null,\"day\":\"2026-03-05\","
                  "\"no_day\":null}\n");
}
END_TEST

START_TEST(wrong_bytes_become_replacement_characters)
{
    struct fs_json json = fs_json_array();

    fs_json_text(&json, NULL, "J\xfcrgen");
    fs_json_text(&json, NULL, "J\xc3\xbcrgen");
    fs_json_text(&json, NULL, NULL);
    fs_json_text(&json, NULL, "a\"\n");
    prints(&json, "[\"J\xef\xbf\xbdrgen\",\"J\xc3\xbcrgen\",null,\"a\\\"\\n\"]\n");
}
END_TEST

START_TEST(a_failure_sticks_until_it_is_printed)
{
    struct fs_json json = fs_json_object();
    struct fs_json lost = {.value = NULL, .failed = true};
    struct fs_error err = {0};

    fs_json_add(&json, "lost", lost);
    fs_json_int(&json, "kept", 1);
    ck_assert_int_eq(fs_json_print(&json, stdout, false, &err), FS_NOMEM);
    ck_assert_str_eq(err.text, "out of memory");
    ck_assert_ptr_null(json.value);
}
END_TEST

static Suite *suite(void)
{
    Suite *made = suite_create("cli_json");
    TCase *all = tcase_create("json");

    tcase_add_test(all, keys_come_in_the_order_they_were_set);
    tcase_add_test(all, instants_are_rfc_3339_in_utc_and_zero_is_null);
    tcase_add_test(all, wrong_bytes_become_replacement_characters);
    tcase_add_test(all, a_failure_sticks_until_it_is_printed);
    suite_add_tcase(made, all);
    return made;
}

int main(void)
{
    return run_all(suite());
}

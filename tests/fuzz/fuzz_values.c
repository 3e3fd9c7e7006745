/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 the fullstop authors
 *
 * fuzz_values.c - numbers, durations and days as text: what is taken prints as itself.
 */
#include <stdio.h>
#include <string.h>

#include "../../milter/cli/cli_text.h"
#include "fullstop/text.h"
#include "fuzz.h"

#define NOW 1790000000 /* a day in 2026 */

static void one_duration(const char *text)
{
    char printed[24];
    int64_t duration_s = -1;
    int64_t again_s = -1;
    if (fs_text_duration(text, &duration_s, NULL) != FS_OK) {
        fuzz_require(duration_s == -1);
        return;
    }
    fs_text_duration_print(duration_s, printed, sizeof printed);
    fuzz_require(fs_text_duration(printed, &again_s, NULL) == FS_OK);
    fuzz_require(duration_s >= 0 && duration_s == again_s);
}

static void one_day(const char *text)
{
    char printed[32];
    struct fs_date date = {0};
    if (fs_date_parse(text, &date)) {
        fuzz_require(fs_date_is_valid(date));
        snprintf(printed, sizeof printed, "%04d-%02d-%02d", date.year, date.month, date.day);
        fuzz_require(strcmp(printed, text) == 0);
        struct fs_date again = fs_date_from_days(fs_date_to_days(date));
        fuzz_require(again.year == date.year && again.month == date.month && again.day == date.day);
    }
}

void fuzz_one(const struct fuzz_input *input)
{
    int64_t value = -1;
    int64_t until_at = 0;
    struct fs_error err;
    one_duration(input->text);
    one_day(input->text);
    if (fs_text_int(input->text, 1000000, &value) == FS_OK) {
        fuzz_require(value >= 0 && value <= 1000000);
    }
    if (fs_cli_until(input->text, NOW, &until_at, &err) == FS_OK) {
        fuzz_require(until_at > NOW);
    }
}

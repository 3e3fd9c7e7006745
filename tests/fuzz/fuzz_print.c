/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 the fullstop authors
 *
 * fuzz_print.c - text on its way to an SMTP reply or a terminal: nothing in it steers.
 */
#include <string.h>

#include "../../milter/cli/cli_text.h"
#include "../../milter/words/words_ascii.h"
#include "fullstop/text.h"
#include "fullstop/words.h"
#include "fuzz.h"

#define ADDRESS_MAX_B 40

static bool is_printable(const char *text)
{
    for (; *text != '\0'; text++) {
        if (*text < 0x20 || *text > 0x7e) {
            return false;
        }
    }
    return true;
}

static void one_reply(const struct fuzz_input *input)
{
    bool cut = false;
    const char *line = words_ascii_line(input->arena, input->text, &cut);
    fuzz_require(line != NULL && is_printable(line) && words_is_ascii(line));
    fuzz_require(strlen(line) <= FS_WORDS_LINE_MAX_B);
    const char *address = words_ascii_address(input->arena, input->text, ADDRESS_MAX_B);
    fuzz_require(address != NULL && words_is_ascii(address));
    fuzz_require(strlen(address) <= ADDRESS_MAX_B);
}

static void one_terminal(const struct fuzz_input *input)
{
    size_t columns = 0;
    char *clean = fs_arena_strdup(input->arena, input->text);
    char *again = fs_arena_strdup(input->arena, input->text);
    fs_cli_clean(clean);
    fuzz_require(strlen(clean) == strlen(input->text));
    fuzz_require(fs_text_is_utf8(clean) && fuzz_is_utf8(clean));
    fuzz_require(strpbrk(clean, "\033\r\n\b") == NULL);
    memcpy(again, clean, strlen(clean));
    fs_cli_clean(again);
    fuzz_require(strcmp(clean, again) == 0);
    size_t fits_b = fs_cli_fit(clean, 10, &columns);
    fuzz_require(fits_b <= strlen(clean) && columns <= 10);
    fuzz_require(fs_cli_width(clean, fits_b) == columns);
    fuzz_require(fs_cli_fit_words(clean, 10) <= fits_b + 1);
    fuzz_require(fs_text_width(clean) >= columns);
}

void fuzz_one(const struct fuzz_input *input)
{
    char small[9];
    one_reply(input);
    one_terminal(input);
    fs_text_copy(small, sizeof small, input->utf8);
    fuzz_require(fuzz_is_utf8(small) && strncmp(small, input->utf8, strlen(small)) == 0);
}

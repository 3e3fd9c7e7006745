/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 the fullstop authors
 *
 * fuzz_words.c - text as folded words, and phrases among them: the words stand in the text,
 * in its order, and every word is found as a phrase of its own.
 */
#include <string.h>

#include "../../milter/mail/mail_words.h"
#include "fuzz.h"

static void require_word(const struct fuzz_input *input, const struct mail_word *word)
{
    fuzz_require(word->text[0] != '\0' && fuzz_is_utf8(word->text));
    fuzz_require(strlen(word->text) <= MAIL_WORD_MAX_B);
    fuzz_require(strpbrk(word->text, " \t\r\n") == NULL);
    fuzz_require(word->source >= input->utf8);
    fuzz_require(word->source + word->source_b <= input->utf8 + strlen(input->utf8));
}

void fuzz_one(const struct fuzz_input *input)
{
    static const char *const phrases[] = {"nicht mehr", "kein* ... interesse|mail*", "# _ bitte?",
                                          "*", "a|b? c"};
    struct mail_words words = {0};
    fuzz_require(mail_words_read(input->arena, input->utf8, &words) == FS_OK);
    fuzz_require(words.count <= MAIL_WORDS_MAX);
    for (size_t i = 0; i < words.count; i++) {
        require_word(input, &words.items[i]);
        fuzz_require(i == 0 || words.items[i - 1].sentence <= words.items[i].sentence);
        fuzz_require(i == 0 || words.items[i - 1].line <= words.items[i].line);
        fuzz_require(i == 0 || words.items[i - 1].source < words.items[i].source);
    }
    for (size_t i = 0; i < sizeof phrases / sizeof phrases[0]; i++) {
        size_t at = 0;
        size_t end = 0;
        if (mail_phrase_find(&words, 0, words.count, phrases[i], &at, &end)) {
            fuzz_require(at < end && end <= words.count);
        }
    }
}

/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 the fullstop authors
 *
 * words_golden.h - whole texts against files that were read by people.
 *
 * A test writes what is said of each case into a golden, under a heading each; it must be
 * tests/cases/words/NAME. FS_WORDS_WRITE=1 writes the files anew: read them then.
 */
#ifndef FULLSTOP_TESTS_WORDS_GOLDEN_H
#define FULLSTOP_TESTS_WORDS_GOLDEN_H

#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define GOLDEN_PATH_SIZE_B 512

struct golden {
    FILE *out;
    char *text;
    size_t length_b;
};

static inline struct golden *golden_new(void)
{
    struct golden *golden = calloc(1, sizeof(*golden));
    ck_assert_ptr_nonnull(golden);
    golden->out = open_memstream(&golden->text, &golden->length_b);
    ck_assert_ptr_nonnull(golden->out);
    return golden;
}

static inline void golden_write(const char *path, const struct golden *golden)
{
    FILE *out = fopen(path, "w");
    ck_assert_msg(out != NULL, "cannot write %s", path);
    ck_assert_uint_eq(fwrite(golden->text, 1, golden->length_b, out), golden->length_b);
    ck_assert_int_eq(fclose(out), 0);
}

/* Compares line by line, so that a failure names the line. */
static inline void golden_compare(const char *path, const struct golden *golden)
{
    char line[4096];
    const char *at = golden->text;
    int number = 0;
    FILE *in = fopen(path, "r");
    ck_assert_msg(in != NULL, "cannot read %s", path);
    while (fgets(line, sizeof(line), in) != NULL) {
        size_t length_b = strlen(line);
        number++;
        ck_assert_msg(strncmp(at, line, length_b) == 0, "%s:%d\nwanted %sgot    %.*s", path, number,
                      line, (int)strcspn(at, "\n"), at);
        at += length_b;
    }
    (void)fclose(in);
    ck_assert_msg(*at == '\0', "%s ends before: %.200s", path, at);
}

static inline void golden_check(struct golden *golden, const char *name)
{
    const char *directory = getenv("FS_TESTDIR");
    char path[GOLDEN_PATH_SIZE_B];
    (void)fclose(golden->out);
    snprintf(path, sizeof(path), "%s/cases/words/%s", directory != NULL ? directory : "tests",
             name);
    if (getenv("FS_WORDS_WRITE") != NULL)
        golden_write(path, golden);
    golden_compare(path, golden);
    free(golden->text);
    free(golden);
}

#endif

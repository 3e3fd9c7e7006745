/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 the fullstop authors
 *
 * test_mail_mark.c - the mark of a final mail comes off a subject; the rest stays.
 */
#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "fullstop/mail.h"
#include "suite.h"

/* rest NULL: no mark. */
static const struct {
    const char *raw;
    const char *rest;
} cases[] = {
    {"Our offer", NULL},
    {"", NULL},
    {"Re: [final] Our offer", NULL},
    {"Offer [final]", NULL},
    {"[finale] Offer", NULL},
    {"[final Offer", NULL},
    {"=?utf-8?Q?=C3=9Cber?= [final]", NULL},
    {"[final] Our offer", "Our offer"},
    {" [Final]Our offer", "Our offer"},
    {"\n [SCHLUSS]  Unser Angebot", "Unser Angebot"},
    {"[schlu\xc3\x9f] Unser Angebot", "Unser Angebot"},
    {"[final] [schluss] [FINAL] Offer", "Offer"},
    {"[final]", ""},
    {"[final] [other] Offer", "[other] Offer"},
    {"[finally] Our offer", NULL},
    {"final: Our offer", NULL},
    {"[final] Gr\xfc\xdf"
     "e",
     "Gr\xfc\xdf"
     "e"},
    {"[final] =?iso-8859-1?q?Gr=FC=DFe?= aus Ulm", "=?iso-8859-1?q?Gr=FC=DFe?= aus Ulm"},
    {" [final] ", ""},
    {"[final] =?iso-8859-1?Q?Gr=FC=DFe?=\n =?iso-8859-1?Q?_und_mehr?=",
     "=?iso-8859-1?Q?Gr=FC=DFe?=\n =?iso-8859-1?Q?_und_mehr?="},
    {"[final]\n\t=?utf-8?B?w5xiZXI=?=", "=?utf-8?B?w5xiZXI=?="},
    {"[final] \xc3\x9c"
     "ber uns",
     "\xc3\x9c"
     "ber uns"},
    {"=?utf-8?Q?[final]?= Offer", "Offer"},
    {"=?utf-8?Q?=5Bfinal=5D_Offer?=", "Offer"},
    {"=?utf-8?Q?[final]_=C3=9Cber?= uns", "=?UTF-8?b?w5xiZXIgdW5z?="},
    {"=?utf-8?Q?[fi?= =?utf-8?Q?nal]_Offer?=", "Offer"},
    {"=?utf-8?B?W3NjaGx1c3NdIMOcYmVy?=", "=?UTF-8?b?w5xiZXI=?="},
    {"=?iso-8859-1?Q?[schlu=DF]_Gr=FC=DFe?=", "=?UTF-8?b?R3LDvMOfZQ==?="},
    {"=?us-ascii?Q?[final]_a_=3D=3Fb?=", "=?UTF-8?b?YSA9P2I=?="},
    {"[final] =?utf-8?Q?[schluss]_Offer?=", "Offer"},
};

static const char *unmark(struct fs_arena *arena, const char *raw)
{
    const char *rest = "unset";
    ck_assert_int_eq(fs_mail_unmark(arena, raw, &rest, NULL), FS_OK);
    return rest;
}

START_TEST(the_mark_comes_off_and_the_rest_stays)
{
    struct fs_arena *arena = fs_arena_new(0);
    const char *rest = unmark(arena, cases[_i].raw);
    if (cases[_i].rest == NULL)
        ck_assert_msg(rest == NULL, "%s -> %s", cases[_i].raw, rest);
    else
        ck_assert_msg(rest != NULL && strcmp(rest, cases[_i].rest) == 0, "%s -> %s", cases[_i].raw,
                      rest != NULL ? rest : "no mark");
    fs_arena_free(arena);
}
END_TEST

/* A long one is cut between letters, into words of 75 characters at most. */
START_TEST(a_long_subject_is_folded_between_letters)
{
    struct fs_arena *arena = fs_arena_new(0);
    char raw[2000] = "=?utf-8?Q?[final]_x";
    for (int i = 0; i < 100; i++)
        strcat(raw, "=E2=82=AC");
    strcat(raw, "?=");
    const char *rest = unmark(arena, raw);
    ck_assert_ptr_nonnull(rest);
    size_t words = 0;
    for (const char *at = rest; *at != '\0'; words++) {
        size_t length_b = strcspn(at, "\n");
        ck_assert_uint_le(length_b, 76);
        at += words > 0; /* the space that folds */
        ck_assert_int_eq(strncmp(at, "=?UTF-8?b?", 10), 0);
        /* these begin with a byte inside a letter */
        ck_assert_msg(at[10] < 'g' || at[10] > 'v', "cut inside a letter: %s", at);
        length_b -= words > 0;
        at += length_b + (at[length_b] == '\n');
    }
    ck_assert_uint_eq(words, 7); /* 301 bytes, 43 to 45 a word */
    ck_assert_ptr_null(unmark(arena, rest));
    fs_arena_free(arena);
}
END_TEST

START_TEST(hostile_subjects_are_no_failure)
{
    struct fs_arena *arena = fs_arena_new(0);
    static char many[100000];
    for (size_t i = 0; i + 8 < sizeof many; i += 7)
        memcpy(many + i, "[final]", 7);
    ck_assert_str_eq(unmark(arena, many), "");
    ck_assert_ptr_null(unmark(arena, "[fin\xff"
                                     "al] x"));
    ck_assert_str_eq(unmark(arena, "[final]\xff\xfe"), "\xff\xfe");
    ck_assert_ptr_null(unmark(arena, "=?utf-8?B?%%%?="));
    fs_arena_free(arena);
}
END_TEST

int main(void)
{
    if (fs_mail_setup(NULL) != FS_OK)
        return EXIT_FAILURE;
    Suite *suite = suite_create("mail_mark");
    TCase *tcase = tcase_create("mail_mark");
    tcase_add_loop_test(tcase, the_mark_comes_off_and_the_rest_stays, 0,
                        (int)(sizeof cases / sizeof cases[0]));
    tcase_add_test(tcase, a_long_subject_is_folded_between_letters);
    tcase_add_test(tcase, hostile_subjects_are_no_failure);
    suite_add_tcase(suite, tcase);
    int status = run_all(suite);
    fs_mail_teardown();
    return status;
}

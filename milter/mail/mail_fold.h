/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 the fullstop authors
 *
 * mail_fold.h - makes the spellings of one text alike.
 *
 * Folded: lower case, no accents, white space as one space, plain dashes and quotes;
 * Hangul and kana stay whole. Compatible forms (full width, ligatures) become plain.
 * Source: Unicode Standard Annex 15 (NFKD without its marks). Thread-safe.
 */
#ifndef FULLSTOP_MAIL_FOLD_H
#define FULLSTOP_MAIL_FOLD_H

#include <stddef.h>
#include <stdint.h>

/* The most bytes that one letter becomes. */
#define MAIL_FOLD_LETTER_MAX_B 80u

/* Folds one letter into out, terminated; the bytes written: 0 for a mark or a control.
 * White space becomes one space. */
size_t mail_fold_letter(uint32_t letter, char out[MAIL_FOLD_LETTER_MAX_B]);

/* Folds valid UTF-8, at most letters_max letters of it, without space at either end; the
 * result is terminated and cut to size_b at a letter. */
void mail_fold(const char *text, size_t letters_max, char *out, size_t size_b);

#endif

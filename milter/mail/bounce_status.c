/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 the fullstop authors
 *
 * bounce_status.c - from a mail system's words to a status code.
 *
 * Decides: which of several phrases counts (the clear one before the hint, then the
 * first), and what a bare SMTP reply code means. A code that says something is kept; a
 * phrase refines only x.0.0 and bare codes, and never changes the class that was stated.
 * Must not know: recipients, MIME. Sources: RFC 3463, 5321 section 4.2, 7372, 7505.
 */
#include <glib.h>
#include <stdint.h>
#include <string.h>

#include "mail_bounce.h"
#include "mail_fold.h"
#include "mail_index.h"

/* Reply codes that say more than their class (RFC 5321 section 4.2.3). */
static const struct {
    int code;
    const char *status;
} reply_codes[] = {
    {452, "4.3.1"},
    {551, "5.1.6"},
    {552, "5.2.2"},
    {556, "5.1.10"},
};

/* The most words that "*" stands for. */
#define GAP_WORDS_MAX 3

/* A folded text while it grows. */
struct folding {
    char *out;
    size_t used;
    size_t size_b;
    bool space;    /* a space is due before the next letter */
    gunichar last; /* the letter before */
};

/* Chinese and Japanese are written without spaces: a line end within means nothing. */
static bool is_ideographic(gunichar letter)
{
    return letter >= 0x3040 && letter <= 0x9fff;
}

static bool add_letter(struct folding *folding, gunichar letter)
{
    char folded[MAIL_FOLD_LETTER_MAX_B];
    size_t length_b = mail_fold_letter(letter, folded);
    if (length_b == 0) {
        return true;
    }
    bool gap = folding->space && folding->used > 0 &&
               !(is_ideographic(letter) && is_ideographic(folding->last));
    if (folding->used + length_b + 2 > folding->size_b) {
        return false;
    }
    if (gap) {
        folding->out[folding->used++] = ' ';
    }
    folding->space = false;
    folding->last = letter;
    memcpy(folding->out + folding->used, folded, length_b);
    folding->used += length_b;
    return true;
}

/* The length of the next run of ASCII, or of other letters, without white space: Japanese
 * text touches the addresses in it. */
static size_t run_length(const char *at, const char *end)
{
    const char *from = at;
    bool other = at < end && (unsigned char)*at >= 0x80;
    while (at < end && (unsigned char)*at > 0x20 && ((unsigned char)*at >= 0x80) == other) {
        at++;
    }
    return (size_t)(at - from);
}

/* Whether a run of ASCII is an address or a link, which are no words. */
static bool is_no_word(const char *run, size_t length_b)
{
    return memchr(run, '@', length_b) != NULL || g_strstr_len(run, (gssize)length_b, "://") != NULL;
}

/* Most text is ASCII. An apostrophe belongs to its word. */
static bool fold_ascii(struct folding *folding, char byte)
{
    if (!g_ascii_isalpha(byte)) {
        folding->space = folding->space || byte != '\'';
        return true;
    }
    if (folding->used + 3 > folding->size_b) {
        return false;
    }
    if (folding->space && folding->used > 0) {
        folding->out[folding->used++] = ' ';
    }
    folding->space = false;
    folding->last = (gunichar)byte;
    folding->out[folding->used++] = (char)(byte | 0x20);
    return true;
}

static bool fold_run(struct folding *folding, const char *run, const char *end)
{
    while (run < end) {
        if ((unsigned char)*run < 0x80) {
            if (!fold_ascii(folding, *run)) {
                return false;
            }
            run++;
            continue;
        }
        gunichar letter = g_utf8_get_char_validated(run, end - run);
        if (letter == (gunichar)-1 || letter == (gunichar)-2) {
            folding->space = true;
            run++;
            continue;
        }
        if (g_unichar_isalpha(letter)) {
            if (!add_letter(folding, letter)) {
                return false;
            }
        } else if (letter != 0x2019 && !g_unichar_ismark(letter)) {
            folding->space = true;
        }
        run = g_utf8_next_char(run);
    }
    return true;
}

void mail_bounce_fold(const char *text, size_t length_b, char *out, size_t size_b)
{
    struct folding folding = {.out = out, .size_b = size_b - MAIL_BOUNCE_FOLD_END_B + 1};
    const char *end = text + length_b;
    for (const char *at = text; at < end;) {
        size_t run_b = run_length(at, end);
        if (run_b > 0 && !is_no_word(at, run_b) && !fold_run(&folding, at, at + run_b)) {
            break;
        }
        at += run_b;
        if (at < end && (unsigned char)*at <= 0x20) {
            folding.space = true;
            at++;
        }
    }
    memset(out + folding.used, '\0', MAIL_BOUNCE_FOLD_END_B);
}

/* Compares up to the next '*' or the end of the phrase; where that stands in both, or
 * false. An "e" after a, o, u may be the second half of an umlaut. */
static bool match_words(const char **phrase, const char **text)
{
    const char *p = *phrase;
    const char *t = *text;
    char before = '\0';
    while (*p != '\0' && *p != '*' && *p != '~') {
        if (*p != *t && *t == 'e' && before != '\0' && strchr("aou", before) != NULL) {
            before = 'e';
            t++;
            continue;
        }
        if (*p != *t) {
            return false;
        }
        before = *t;
        p++;
        t++;
    }
    *phrase = p;
    *text = t;
    return true;
}

/* A phrase holds at most two gaps; three words each: a bounded search. */
static bool phrase_matches(const char *phrase, const char *text)
{
    if (!match_words(&phrase, &text)) {
        return false;
    }
    if (*phrase == '~') {
        return true;
    }
    if (*phrase == '\0') {
        return *text == '\0' || *text == ' ' || (unsigned char)text[-1] >= 0x80 ||
               (unsigned char)*text >= 0x80;
    }
    phrase += strspn(phrase, "* ");
    for (int skipped = 0; skipped <= GAP_WORDS_MAX; skipped++) {
        if (phrase_matches(phrase, text)) {
            return true;
        }
        text = strchr(text, ' ');
        if (text == NULL) {
            return false;
        }
        text++;
    }
    return false;
}

static void look_at(const char *word, struct mail_bounce_signs *out)
{
    size_t key = mail_bounce_key(word);
    for (size_t i = mail_bounce_first[key]; i < mail_bounce_first[key + 1]; i++) {
        const struct mail_index_entry *entry = &mail_bounce_entries[i];
        const struct mail_bounce_phrase *row = &mail_bounce_tables[entry->table][entry->row];
        if (!out->has[row->sign] && phrase_matches(row->text, word)) {
            out->has[row->sign] = true;
            out->status[row->sign] = row->status;
        }
    }
}

void mail_bounce_signs(const char *folded, struct mail_bounce_signs *out)
{
    memset(out, 0, sizeof *out);
    bool begins = true;
    for (const char *at = folded; *at != '\0'; at++) {
        unsigned char byte = (unsigned char)*at;
        if (begins || byte >= 0xe3) { /* a word, or a letter of a script without spaces */
            look_at(at, out);
        }
        begins = byte == ' ';
    }
}

static bool is_vague(const char *status)
{
    return status[0] == '\0' || strcmp(status + 1, ".0.0") == 0;
}

/* Some gateways put the other side's answer after a verdict of their own that is the same
 * for all: "5.1.0 - Unknown address error 550-'mailbox full'". Where that answer begins,
 * NULL: nothing is quoted. */
static const char *quoted_answer(const char *diagnostic, size_t length_b)
{
    for (size_t i = 3; i + 2 < length_b; i++) {
        const char *at = diagnostic + i;
        if (at[0] == '-' && at[1] == '\'' && (at[-3] == '4' || at[-3] == '5') &&
            g_ascii_isdigit(at[-2]) && g_ascii_isdigit(at[-1])) {
            return at - 3;
        }
    }
    return NULL;
}

/* The enhanced code that a diagnostic states, the class of its reply code. */
static void status_in(const char *diagnostic, size_t length_b, char out[MAIL_STATUS_SIZE_B])
{
    char text[512];
    size_t copied_b = length_b < sizeof text - 1 ? length_b : sizeof text - 1;
    memcpy(text, diagnostic, copied_b);
    text[copied_b] = '\0';
    if (!mail_status_find(text, out) || out[0] == '2') {
        out[0] = '\0';
    }
}

static const char *status_of_code(int reply_code)
{
    for (size_t i = 0; i < G_N_ELEMENTS(reply_codes); i++) {
        if (reply_codes[i].code == reply_code) {
            return reply_codes[i].status;
        }
    }
    return reply_code >= 500 ? "5.0.0" : reply_code >= 400 ? "4.0.0" : "";
}

/* What the words say, in the class that is known already ('\0': none). */
static bool status_of_words(const char *diagnostic, size_t length_b, char class,
                            char out[MAIL_STATUS_SIZE_B])
{
    char folded[2048];
    if (length_b == 0) {
        return false;
    }
    struct mail_bounce_signs signs;
    mail_bounce_fold(diagnostic, length_b, folded, sizeof folded);
    mail_bounce_signs(folded, &signs);
    const char *status = signs.has[SIGN_CLEAR] ? signs.status[SIGN_CLEAR] : signs.status[SIGN_HINT];
    if (status == NULL) {
        return false;
    }
    memcpy(out, status, strlen(status) + 1);
    if (class != '\0') {
        out[0] = class;
    }
    return true;
}

bool mail_bounce_status(bool reads_words, const char *diagnostic, size_t length_b, int reply_code,
                        const char *stated, char out[MAIL_STATUS_SIZE_B])
{
    char found[MAIL_STATUS_SIZE_B] = "";
    char best[MAIL_STATUS_SIZE_B] = "";
    memcpy(best, stated, strnlen(stated, MAIL_STATUS_SIZE_B - 1) + 1);
    const char *answer = quoted_answer(diagnostic, length_b);
    if (answer != NULL && (is_vague(best) || strcmp(best, "5.1.0") == 0)) {
        length_b -= (size_t)(answer - diagnostic);
        diagnostic = answer;
        reply_code = answer[0] == '4' ? 450 : 550;
        if (best[0] != '\0') { /* its class stands */
            memcpy(best + 1, ".0.0", sizeof ".0.0");
        }
    }
    if (is_vague(best)) {
        status_in(diagnostic, length_b, found);
        if (found[0] != '\0' && (best[0] == '\0' || found[0] == best[0])) {
            memcpy(best, found, sizeof best);
        }
    }
    if (is_vague(best)) {
        char class = best[0];
        if (class == '\0' && reply_code >= 400) {
            class = reply_code >= 500 ? '5' : '4';
        }
        if (reads_words && status_of_words(diagnostic, length_b, class, found)) {
            memcpy(best, found, sizeof best);
        }
    }
    if (best[0] == '\0') {
        const char *plain = status_of_code(reply_code);
        memcpy(best, plain, strlen(plain) + 1);
    }
    if (best[0] != '\0') {
        memcpy(out, best, sizeof best);
    }
    return best[0] != '\0';
}

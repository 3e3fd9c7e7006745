/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 the fullstop authors
 *
 * refusal.c - the SMTP reply that a salesperson reads when a mail was refused.
 *
 * Decides which lines there are and in which order. Many mail programs show one line only:
 * line 1 names lead, reason and since when, and is enough alone. ASCII, no line ends, '%'
 * doubled (smfi_setmlreply formats), RFC 5321 section 4.2.
 * Must not know: the sentences themselves (texts_reply.inc), when which is true (grounds.c),
 * how libmilter takes them.
 */
#include <assert.h>
#include <string.h>

#include "words_ascii.h"
#include "words_grounds.h"

/* Longer addresses lose their middle, so that the reason stays on the line. */
#define FIRST_ADDRESS_MAX_B 150
#define FURTHER_ADDRESS_MAX_B 64
#define FURTHER_LINES_MAX 3
/* What "and 10000 more." needs at the end of a line, in any language. */
#define MORE_ROOM_B 40

struct work {
    const struct fs_process *process;
    const struct fs_words_refused *refused;
    size_t count;
    bool some_pass;
    struct words_values values;
    struct fs_words_reply reply;
    bool failed; /* out of memory */
};

/* ---- what stands in the places ---- */

/* A command that was shortened would be a wrong one. */
static void set_operand(struct work *work, const struct fs_words_refused *refused)
{
    bool is_whole = words_is_ascii(refused->address) &&
                    strlen(refused->address) <= FIRST_ADDRESS_MAX_B && work->count == 1;
    if (is_whole)
        words_set_shell(&work->values, "operand", refused->address);
    else
        words_set(&work->values, "operand", words_text(work->values.language, WORDS_REPLY_OPERAND));
    words_set_shell(&work->values, "shell", work->process->name);
}

static void set_kinds(struct work *work)
{
    struct words_values *values = &work->values;
    const char *kinds = "";
    for (int i = 0; i < FS_TOUCH_KIND_COUNT && kinds != NULL; i++) {
        if ((work->process->rules.kinds & (1u << i)) == 0)
            continue;
        const char *name = words_text(values->language, (enum words_text)(WORDS_KIND_FIRST + i));
        kinds = fs_arena_printf(values->arena, "%s%s%s", kinds, kinds[0] != '\0' ? ", " : "", name);
    }
    values->failed = values->failed || kinds == NULL;
    words_set(values, "kinds", kinds);
}

static void set_values(struct work *work, const struct fs_words_refused *refused,
                       size_t address_max_b)
{
    struct words_values *values = &work->values;
    const struct fs_lead *lead = refused->lead;
    enum grounds grounds = grounds_of(refused);
    bool is_pause = grounds == GROUNDS_PAUSED || grounds == GROUNDS_REVIEW;
    const char *address = words_ascii_address(values->arena, refused->address, address_max_b);
    values->failed = values->failed || address == NULL;
    words_set(values, "lead", address);
    words_set(values, "process", work->process->name);
    words_set(values, "id", refused->event_id);
    words_set_number(values, "count", lead->unanswered);
    words_set(values, "reason",
              is_pause ? fs_words_pause_reason(values->language, lead->pause_reason)
                       : fs_words_end_reason(values->language, lead->end_reason));
    if (grounds == GROUNDS_EARLY)
        words_set_minute(values, "since", grounds_since(refused));
    else
        words_set_day(values, "since", grounds_since(refused));
    words_set_until(values, "until", is_pause ? lead->until_at : refused->next_allowed_at);
    words_set_until(values, "next", refused->next_allowed_at);
    set_operand(work, refused);
    set_kinds(work);
}

/* ---- lines ---- */

static void add(struct work *work, const char *text)
{
    const char *line = text == NULL ? NULL : words_ascii_line(work->values.arena, text, NULL);
    work->failed = work->failed || line == NULL;
    if (line != NULL && work->reply.count < FS_WORDS_LINES_MAX)
        work->reply.lines[work->reply.count++] = line;
}

static void add_text(struct work *work, enum words_text id)
{
    add(work, words_say(&work->values, id));
}

/* Line 1 and what can be done, in the words of texts {}: false where there are none, or none
 * that fit beside the lines that must follow. */
static bool add_own_text(struct work *work, const struct fs_words_refused *first, size_t room)
{
    const char *own = work->process->texts[first->verdict];
    const char *text = own == NULL ? NULL : words_fill(&work->values, own);
    struct fs_words_reply reply = {.count = 0};
    work->failed = work->failed || (own != NULL && text == NULL);
    while (text != NULL && *text != '\0') {
        size_t length_b = strcspn(text, "\n");
        const char *raw = fs_arena_strndup(work->values.arena, text, length_b);
        bool is_cut = false;
        const char *line = raw == NULL ? NULL : words_ascii_line(work->values.arena, raw, &is_cut);
        bool is_blank = line != NULL && line[strspn(line, " ")] == '\0';
        work->failed = work->failed || line == NULL;
        if (line == NULL || is_cut || (!is_blank && reply.count == room))
            return false;
        if (!is_blank)
            reply.lines[reply.count++] = line;
        text += length_b + (text[length_b] == '\n' ? 1 : 0);
    }
    if (reply.count > 0)
        work->reply = reply;
    return reply.count > 0;
}

/* ---- further addresses ---- */

/* Clauses, packed into as few lines as they need. */
struct pack {
    char line[FS_WORDS_LINE_MAX_B + 1];
    size_t used_b;
    size_t lines_left; /* beside the one that is being filled */
};

static void start_line(struct pack *pack, const char *text)
{
    pack->used_b = strlen(text);
    assert(pack->used_b <= FS_WORDS_LINE_MAX_B);
    memcpy(pack->line, text, pack->used_b + 1);
}

/* Lines that are ready are ASCII already: they go to the reply as they are. */
static void end_line(struct work *work, struct pack *pack)
{
    const char *line = fs_arena_strndup(work->values.arena, pack->line, pack->used_b);
    work->failed = work->failed || line == NULL;
    if (line != NULL && work->reply.count < FS_WORDS_LINES_MAX)
        work->reply.lines[work->reply.count++] = line;
}

/* False: there is no room left, the line stays as it was. */
static bool pack_piece(struct work *work, struct pack *pack, const char *piece)
{
    size_t piece_b = strlen(piece);
    bool is_first = pack->used_b == 0;
    if (pack->used_b + 1 + piece_b + MORE_ROOM_B > FS_WORDS_LINE_MAX_B) {
        if (pack->lines_left == 0 || piece_b + MORE_ROOM_B > FS_WORDS_LINE_MAX_B)
            return false;
        end_line(work, pack);
        pack->lines_left--;
        start_line(pack, "");
        is_first = true;
    }
    if (!is_first)
        pack->line[pack->used_b++] = ' ';
    memcpy(pack->line + pack->used_b, piece, piece_b + 1);
    pack->used_b += piece_b;
    return true;
}

static const char *clause_of(struct work *work, const struct fs_words_refused *refused)
{
    const struct grounds_row *row = grounds_row(grounds_of(refused));
    set_values(work, refused, FURTHER_ADDRESS_MAX_B);
    const char *text = row->clause == WORDS_CLAUSE_NO_REPLY
                           ? words_say_count(&work->values, row->clause, refused->lead->unanswered)
                           : words_say(&work->values, row->clause);
    const char *clause = text == NULL ? NULL : words_ascii_line(work->values.arena, text, NULL);
    work->failed = work->failed || clause == NULL;
    return clause == NULL ? "" : clause;
}

/* Names the second to the fifth; returns how many of all have been named. */
static size_t add_further(struct work *work, size_t lines_max)
{
    struct pack pack = {.lines_left =
                            (lines_max < FURTHER_LINES_MAX ? lines_max : FURTHER_LINES_MAX) - 1};
    const char *intro = words_ascii_line(
        work->values.arena, words_text(work->values.language, WORDS_REPLY_FURTHER), NULL);
    size_t most = work->count < FS_WORDS_ADDRESSES_MAX ? work->count : FS_WORDS_ADDRESSES_MAX;
    size_t named = 1;
    work->failed = work->failed || intro == NULL;
    start_line(&pack, intro == NULL ? "" : intro);
    while (named < most) {
        const char *end = named + 1 < work->count ? (named + 1 < most ? "," : "") : ".";
        const char *clause = clause_of(work, &work->refused[named]);
        const char *piece = fs_arena_printf(work->values.arena, "%s%s", clause, end);
        work->failed = work->failed || piece == NULL;
        if (piece == NULL || !pack_piece(work, &pack, piece))
            break;
        named++;
    }
    if (named < work->count) {
        const char *more =
            words_say_count(&work->values, WORDS_REPLY_MORE, (int)(work->count - named));
        const char *piece = more == NULL ? NULL : fs_arena_printf(work->values.arena, "%s.", more);
        work->failed = work->failed || piece == NULL;
        size_t piece_b = piece == NULL ? 0 : strlen(piece);
        if (piece_b > 0 && piece_b < MORE_ROOM_B) {
            pack.line[pack.used_b++] = ' ';
            memcpy(pack.line + pack.used_b, piece, piece_b + 1);
            pack.used_b += piece_b;
        }
    }
    end_line(work, &pack);
    return named;
}

/* Other recipients lost the message as well. */
static void add_nobody(struct work *work, size_t named)
{
    if (!work->some_pass)
        add_text(work, WORDS_REPLY_NOBODY_ALL);
    else if (named < work->count)
        add_text(work, WORDS_REPLY_NOBODY_MORE);
    else
        add(work, words_say_count(&work->values, WORDS_REPLY_NOBODY, (int64_t)named));
}

static void add_first(struct work *work, const struct fs_words_refused *first)
{
    const struct grounds_row *row = grounds_row(grounds_of(first));
    add(work, row->sentence == WORDS_REPLY_NO_REPLY
                  ? words_say_count(&work->values, row->sentence, first->lead->unanswered)
                  : words_say(&work->values, row->sentence));
}

static void add_advice(struct work *work, const struct fs_words_refused *first)
{
    const struct grounds_row *row = grounds_row(grounds_of(first));
    if (work->count > 1) { /* what helps one of them may not help the others */
        add_text(work, WORDS_ADVICE_ASK);
        return;
    }
    for (const enum words_text *advice = row->advice; *advice != WORDS_COUNT; advice++) {
        if (grounds_advise(*advice, first, work->process))
            add_text(work, *advice);
    }
}

static void say_all(struct work *work)
{
    const struct fs_words_refused *first = &work->refused[0];
    bool has_nobody = work->count > 1 || work->some_pass;
    size_t after = 1 + (has_nobody ? 1u : 0u); /* the reference is the last line */
    size_t room = FS_WORDS_LINES_MAX - after - (work->count > 1 ? 1u : 0u);
    size_t named = 1;
    set_values(work, first, FIRST_ADDRESS_MAX_B);
    bool is_own = add_own_text(work, first, room);
    if (!is_own)
        add_first(work, first);
    if (work->count > 1)
        named = add_further(work, FS_WORDS_LINES_MAX - after - work->reply.count);
    set_values(work, first, FIRST_ADDRESS_MAX_B);
    if (has_nobody)
        add_nobody(work, named);
    if (!is_own)
        add_advice(work, first);
    add_text(work, WORDS_REPLY_REFERENCE);
}

enum fs_status fs_words_refusal(struct fs_arena *arena, const struct fs_process *process,
                                const struct fs_words_refused *refused, size_t refused_count,
                                bool some_pass, struct fs_words_reply *out, struct fs_error *err)
{
    struct work work = {.process = process,
                        .refused = refused,
                        .count = refused_count,
                        .some_pass = some_pass,
                        .values = {.arena = arena, .language = process->language}};
    if (refused_count == 0)
        return fs_error_set(err, FS_INPUT, "nobody was refused");
    say_all(&work);
    if (work.failed || work.values.failed)
        return fs_error_set(err, FS_NOMEM, "out of memory");
    *out = work.reply;
    return FS_OK;
}

const char *fs_words_refusal_fixed(enum fs_language language)
{
    return words_text(language, WORDS_REPLY_FIXED);
}

const char *fs_words_try_later(enum fs_language language)
{
    return words_text(language, WORDS_REPLY_TRY_LATER);
}

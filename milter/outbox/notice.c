/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 the fullstop authors
 *
 * notice.c - what a row of the outbox says as a mail to a salesperson.
 *
 * Reads the events that the row names and puts them into words. Decides nothing but that a
 * row of an unknown kind cannot be told. Must not know SMTP.
 */
#include <stdlib.h>
#include <string.h>

#include "outbox_room.h"

#define EVENTS_MAX 10000

static size_t count_of(const char *events)
{
    size_t count = 1;
    for (; events != NULL && *events != '\0'; events++)
        count += *events == ' ' ? 1 : 0;
    return count < EVENTS_MAX ? count : EVENTS_MAX;
}

/* The events behind the first; one that is gone is left out. */
static enum fs_status read_more(struct fs_store_tx *tx, struct fs_arena *arena,
                                const struct fs_outbox_row *row, struct fs_event *events,
                                size_t size, size_t *count, struct fs_error *err)
{
    const char *next = row->events;
    while (next != NULL && *next != '\0' && *count < size) {
        char *end = NULL;
        int64_t seq = strtoll(next, &end, 10);
        if (end == next)
            break;
        enum fs_status status = fs_tx_event_get(tx, arena, row->log, seq, &events[*count], err);
        if (status == FS_OK)
            ++*count;
        else if (status != FS_NOT_FOUND)
            return status;
        next = end + strspn(end, " ");
    }
    return FS_OK;
}

static enum fs_status write_mail(struct fs_arena *arena, const struct fs_words_notice *notice,
                                 const struct fs_outbox_row *row, const char *id, char **out,
                                 struct fs_error *err)
{
    struct fs_words_letter letter;
    enum fs_status status = fs_words_notice(arena, notice, &letter, err);
    if (status != FS_OK)
        return status;
    struct letter_place place = {.recipient = row->recipient,
                                 .id = id,
                                 .language =
                                     notice->process->language == FS_LANGUAGE_DE ? "de" : "en",
                                 .at = row->at};
    *out = letter_print(&place, &letter);
    return *out != NULL ? FS_OK : fs_error_set(err, FS_NOMEM, "out of memory");
}

enum fs_status notice_body(struct fs_store_tx *tx, const struct fs_process *process,
                           const struct fs_outbox_row *row, const struct fs_event *event,
                           const char *id, char **out, struct fs_error *err)
{
    enum fs_notice kind;
    if (row->recipient == NULL || !fs_notice_parse(row->type, &kind))
        return fs_error_set(err, FS_CORRUPT, "row %lld of the outbox is no notice",
                            (long long)row->id);
    struct fs_arena *arena = fs_arena_new(0);
    size_t size = count_of(row->events);
    size_t count = 1;
    struct fs_event *events = arena != NULL ? fs_arena_alloc(arena, size, sizeof(*events)) : NULL;
    if (events == NULL) {
        fs_arena_free(arena);
        return fs_error_set(err, FS_NOMEM, "out of memory");
    }
    events[0] = *event;
    enum fs_status status = read_more(tx, arena, row, events, size, &count, err);
    struct fs_words_notice notice = {.kind = kind,
                                     .process = process,
                                     .events = events,
                                     .event_count = count,
                                     .repeats = row->repeats};
    if (status == FS_OK)
        status = write_mail(arena, &notice, row, id, out, err);
    fs_arena_free(arena);
    return status;
}

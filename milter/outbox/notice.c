/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 the fullstop authors
 *
 * notice.c - what a row of the outbox says as a mail to a salesperson.
 *
 * Reads the events that the row names and puts them into words, those of a digest kind by
 * kind. Decides nothing but that a row of an unknown kind cannot be told. Must not know SMTP.
 */
#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "outbox_room.h"

#define EVENTS_MAX 10000
#define KIND_SIZE_B 32

struct found {
    enum fs_notice kind;
    struct fs_event event;
};

struct reading {
    struct fs_store_tx *tx;
    struct fs_arena *arena;
    const struct fs_outbox_row *row;
    struct found *found;
    size_t count;
    size_t size;
    int64_t repeats[FS_NOTICE_COUNT];
    struct fs_words_section sections[FS_NOTICE_COUNT];
    size_t section_count;
};

static bool is_digest(const struct fs_outbox_row *row)
{
    return strcmp(row->type, FS_NOTICES_DIGEST) == 0;
}

static enum fs_status no_notice(const struct fs_outbox_row *row, struct fs_error *err)
{
    return fs_error_set(err, FS_CORRUPT, "row %lld of the outbox is no notice", (long long)row->id);
}

static size_t words_in(const char *text)
{
    size_t count = 0;
    while (text != NULL && *text != '\0') {
        text += strspn(text, " ");
        count += *text != '\0' ? 1 : 0;
        text += strcspn(text, " ");
    }
    return count;
}

/* "KIND+REPEATS" at the start of text. */
static bool take_kind(struct reading *reading, const char *text, enum fs_notice *kind)
{
    char name[KIND_SIZE_B];
    size_t name_b = strcspn(text, "+ ");
    if (text[name_b] != '+' || name_b >= sizeof(name))
        return false;
    memcpy(name, text, name_b);
    name[name_b] = '\0';
    if (!fs_notice_parse(name, kind))
        return false;
    reading->repeats[*kind] += strtoll(text + name_b + 1, NULL, 10);
    return true;
}

/* The events that the row names; one that is gone is left out. */
static enum fs_status read_events(struct reading *reading, enum fs_notice kind,
                                  struct fs_error *err)
{
    const char *next = reading->row->events != NULL ? reading->row->events : "";
    for (next += strspn(next, " "); *next != '\0' && reading->count < reading->size;) {
        struct found *found = &reading->found[reading->count];
        found->kind = kind;
        if (!isdigit((unsigned char)*next)) {
            if (!take_kind(reading, next, &kind))
                return no_notice(reading->row, err);
        } else {
            enum fs_status status = fs_tx_event_get(reading->tx, reading->arena, reading->row->log,
                                                    strtoll(next, NULL, 10), &found->event, err);
            if (status != FS_OK && status != FS_NOT_FOUND)
                return status;
            reading->count += status == FS_OK ? 1 : 0;
        }
        next += strcspn(next, " ");
        next += strspn(next, " ");
    }
    return FS_OK;
}

static enum fs_status read_all(struct reading *reading, const struct fs_event *event,
                               struct fs_error *err)
{
    const struct fs_outbox_row *row = reading->row;
    enum fs_notice kind = FS_NOTICE_LAST_TOUCH;
    if (row->recipient == NULL || (!is_digest(row) && !fs_notice_parse(row->type, &kind)))
        return no_notice(row, err);
    reading->size = words_in(row->events) + 1;
    reading->size = reading->size < EVENTS_MAX ? reading->size : EVENTS_MAX;
    reading->found = fs_arena_alloc(reading->arena, reading->size, sizeof(*reading->found));
    if (reading->found == NULL)
        return fs_error_set(err, FS_NOMEM, "out of memory");
    if (!is_digest(row)) {
        reading->found[reading->count++] = (struct found){kind, *event};
        reading->repeats[kind] = row->repeats;
    }
    return read_events(reading, kind, err);
}

/* Kind by kind, in the order in which they happened. */
static bool sort_out(struct reading *reading)
{
    for (int kind = 0; kind < FS_NOTICE_COUNT; kind++) {
        struct fs_event *events = fs_arena_alloc(reading->arena, reading->count, sizeof(*events));
        size_t count = 0;
        if (events == NULL)
            return false;
        for (size_t i = 0; i < reading->count; i++) {
            if ((int)reading->found[i].kind == kind)
                events[count++] = reading->found[i].event;
        }
        if (count > 0)
            reading->sections[reading->section_count++] = (struct fs_words_section){
                (enum fs_notice)kind, events, count, reading->repeats[kind]};
    }
    return true;
}

static enum fs_status write_mail(const struct reading *reading, const struct fs_process *process,
                                 const char *id, char **out, struct fs_error *err)
{
    const struct fs_outbox_row *row = reading->row;
    struct fs_words_letter letter;
    struct fs_words_notice notice = {.process = process,
                                     .sections = reading->sections,
                                     .section_count = reading->section_count,
                                     .is_digest = is_digest(row),
                                     .sender = row->sender};
    enum fs_status status = fs_words_notice(reading->arena, &notice, &letter, err);
    if (status != FS_OK)
        return status;
    struct letter_place place = {.recipient = row->recipient,
                                 .id = id,
                                 .language = process->language == FS_LANGUAGE_DE ? "de" : "en",
                                 .at = row->at};
    *out = letter_print(&place, &letter);
    return *out != NULL ? FS_OK : fs_error_set(err, FS_NOMEM, "out of memory");
}

enum fs_status notice_body(struct fs_store_tx *tx, const struct fs_process *process,
                           const struct fs_outbox_row *row, const struct fs_event *event,
                           const char *id, char **out, struct fs_error *err)
{
    struct reading reading = {.tx = tx, .arena = fs_arena_new(0), .row = row};
    if (reading.arena == NULL)
        return fs_error_set(err, FS_NOMEM, "out of memory");
    enum fs_status status = read_all(&reading, event, err);
    if (status == FS_OK && !sort_out(&reading))
        status = fs_error_set(err, FS_NOMEM, "out of memory");
    if (status == FS_OK && reading.section_count == 0)
        status = no_notice(row, err);
    if (status == FS_OK)
        status = write_mail(&reading, process, id, out, err);
    fs_arena_free(reading.arena);
    return status;
}

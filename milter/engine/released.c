/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 the fullstop authors
 *
 * released.c - a held message that left all the same is an overrun, and one only.
 *
 * The MTA does not tell us what becomes of its hold queue. Three signs say that a message
 * left it: its key comes by again, an incoming message names it, or a person says so. Each
 * touch is counted once, whichever comes first. Decides which message a person means.
 */
#include <stdio.h>
#include <string.h>

#include "engine_work.h"

bool release_is_due(const struct fs_touch_row *touch)
{
    return touch->id != 0 && touch->disposition == FS_DISPOSITION_HELD &&
           touch->effect == FS_EFFECT_NONE && !fs_verdict_passes(touch->verdict);
}

enum fs_status release_count(struct fs_store_tx *tx, const struct release_mark *mark,
                             struct fs_lead_row *row, struct fs_touch_row *touch,
                             struct fs_event *event, struct fs_error *err)
{
    bool has_lead = row->id != 0 && row->lead.state != FS_STATE_NONE;
    enum fs_status status = FS_OK;
    if (has_lead && row->lead.cycle == touch->cycle) {
        fs_lead_overrun(&row->lead);
        status = fs_tx_lead_put(tx, row, err);
    }
    *event = (struct fs_event){.at = mark->at,
                               .kind = FS_EVENT_TOUCH,
                               .what = FS_ON_TOUCH,
                               .rule = FS_RULE_TOUCH_RELEASED,
                               .verdict = touch->verdict,
                               .disposition = FS_DISPOSITION_PASSED,
                               .decided_by = mark->by,
                               .actor = mark->actor,
                               .actor_uid = mark->actor_uid,
                               .message_id = touch->message_id,
                               .note = mark->note};
    event_from_lead(event, row, row->lead.state);
    if (status == FS_OK)
        status = write_event(tx, mark->config, event, err);
    touch->disposition = FS_DISPOSITION_PASSED;
    touch->effect = FS_EFFECT_OVERRUN;
    return status == FS_OK ? fs_tx_touch_put(tx, touch, err) : status;
}

/* ---- a person says so ---- */

struct release_work {
    struct work work;
    struct fs_release release; /* strings in the work's arena */
    struct fs_touch_row touch; /* the youngest that is meant */
    size_t count;
    char names[160]; /* of those that may be meant, for the sentence */
    struct fs_lead_row row;
    struct fs_event event;
};

static const char *name_of(const struct fs_touch_row *touch)
{
    return touch->message_id != NULL ? touch->message_id : touch->key;
}

static bool is_meant(const struct release_work *work, const struct fs_touch_row *touch)
{
    const struct fs_release *release = &work->release;
    if (!release_is_due(touch))
        return false;
    if (release->process != NULL && strcmp(release->process, touch->process) != 0)
        return false;
    return release->message_id == NULL || strcmp(release->message_id, name_of(touch)) == 0;
}

static bool copy_touch(struct fs_arena *arena, const struct fs_touch_row *touch,
                       struct fs_touch_row *out)
{
    *out = *touch;
    out->process = fs_arena_strdup(arena, touch->process);
    out->contact = fs_arena_strdup(arena, touch->contact);
    out->sender = fs_arena_strdup(arena, touch->sender);
    out->key = fs_arena_strdup(arena, touch->key);
    out->message_id = fs_arena_strdup(arena, touch->message_id);
    return out->process != NULL && out->contact != NULL && out->sender != NULL &&
           out->key != NULL && (touch->message_id == NULL || out->message_id != NULL);
}

static enum fs_status visit_touch(void *context, const struct fs_touch_row *touch,
                                  struct fs_error *err)
{
    struct release_work *work = context;
    if (!is_meant(work, touch))
        return FS_OK;
    size_t used_b = strlen(work->names);
    (void)snprintf(work->names + used_b, sizeof work->names - used_b, "%s%s",
                   used_b == 0 ? "" : ", ", name_of(touch));
    if (work->count++ == 0 && !copy_touch(work->work.arena, touch, &work->touch))
        return no_memory(err);
    return FS_OK;
}

static enum fs_status run_release(struct fs_store_tx *tx, void *context, struct fs_error *err)
{
    struct release_work *work = context;
    const struct fs_release *release = &work->release;
    enum fs_status status = fs_tx_touches_of(tx, release->address, work->work.now - FS_TOUCH_KEPT_S,
                                             visit_touch, work, err);
    if (status != FS_OK)
        return status;
    if (work->count == 0)
        return fs_error_set(err, FS_NOT_FOUND,
                            "no message to %s is held that has not been counted as released yet",
                            release->address);
    if (work->count > 1)
        return fs_error_set(err, FS_REFUSED,
                            "%zu messages to %s are held (%s); say which one was released with "
                            "--message-id ID",
                            work->count, release->address, work->names);
    status = fs_tx_lead_get(tx, work->work.arena, work->touch.lead_id, &work->row, err);
    if (status != FS_OK && status != FS_NOT_FOUND)
        return status;
    if (status == FS_NOT_FOUND)
        work->row =
            (struct fs_lead_row){.process = work->touch.process, .contact = work->touch.contact};
    struct release_mark mark = {.config = work->work.config,
                                .by = FS_BY_PERSON,
                                .actor = release->actor.name,
                                .actor_uid = release->actor.uid,
                                .note = release->note,
                                .at = work->work.now};
    return release_count(tx, &mark, &work->row, &work->touch, &work->event, err);
}

static bool copy_release(struct fs_arena *arena, const struct fs_release *in,
                         struct fs_release *out)
{
    bool ok = true;
    const char *from[] = {in->address, in->process, in->message_id, in->note, in->actor.name};
    const char *const *to = work_copy_strings(arena, from, sizeof from / sizeof from[0], &ok);
    if (!ok)
        return false;
    *out = (struct fs_release){.address = to[0],
                               .process = to[1],
                               .message_id = to[2],
                               .note = to[3],
                               .actor = {.name = to[4], .uid = in->actor.uid}};
    return true;
}

static enum fs_status tell(struct fs_arena *arena, const struct release_work *work,
                           struct fs_released *out, struct fs_error *err)
{
    const char *id = work->touch.message_id;
    struct fs_released released = {.process = fs_arena_strdup(arena, work->touch.process),
                                   .message_id = fs_arena_strdup(arena, id != NULL ? id : ""),
                                   .overrun = work->row.lead.overrun,
                                   .event_id = event_id(arena, &work->event)};
    if (released.process == NULL || released.message_id == NULL || released.event_id == NULL)
        return no_memory(err);
    *out = released;
    return FS_OK;
}

enum fs_status fs_engine_released(struct fs_engine *engine, struct fs_arena *arena,
                                  const struct fs_release *release, struct fs_released *out,
                                  struct fs_error *err)
{
    struct release_work *work = work_new(sizeof(*work), engine, NULL);
    if (work == NULL)
        return no_memory(err);
    if (!copy_release(work->work.arena, release, &work->release)) {
        work_free(work);
        return no_memory(err);
    }
    enum fs_status status = work_run(engine, run_release, work, err);
    if (status != FS_OK)
        return status;
    status = tell(arena, work, out, err);
    work_free(work);
    return status;
}

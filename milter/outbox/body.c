/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 the fullstop authors
 *
 * body.c - the JSON that a webhook carries: {type, timestamp, data}.
 *
 * Decides which fields of an event the world is told, by table; doc/webhooks.schema.json
 * says the same to those who receive it. Must not know where it goes.
 */
#include <jansson.h>
#include <string.h>

#include "outbox_room.h"

/* Absent is null: the receiver finds every field, always. */
static json_t *text(const char *value)
{
    json_t *json = value != NULL && value[0] != '\0' ? json_string(value) : NULL;
    return json != NULL ? json : json_null();
}

/* One of ours, of which "none" is none. */
static json_t *word(const char *value)
{
    return text(value != NULL && strcmp(value, "none") == 0 ? NULL : value);
}

static json_t *instant(int64_t at)
{
    char value[FS_TIME_SIZE_B];
    fs_time_rfc3339(at, value, sizeof(value));
    return text(value);
}

static json_t *event_id(const struct fs_event *event)
{
    return json_sprintf("%s-%lld", event->log, (long long)event->seq);
}

static json_t *reason_of(const struct fs_event *event)
{
    return word(event->to == FS_STATE_PAUSED ? fs_pause_reason_name(event->pause_reason)
                                             : fs_end_reason_name(event->end_reason));
}

static json_t *data_of_lead(const struct fs_event *event)
{
    bool is_touch = event->kind == FS_EVENT_TOUCH;
    bool has_lead = event->lead_id != 0;
    const struct {
        const char *name;
        json_t *value;
    } fields[] = {
        {"event", event_id(event)},
        {"process", text(event->process)},
        {"address", text(event->contact)},
        {"lead", has_lead ? json_integer(event->lead_id) : json_null()},
        {"from", word(fs_state_name(event->from))},
        {"state", word(fs_state_name(event->to))},
        {"reason", reason_of(event)},
        {"until", instant(event->until_at)},
        {"rule", word(fs_rule_name(event->rule))},
        {"verdict", is_touch ? word(fs_verdict_name(event->verdict)) : json_null()},
        {"disposition", word(fs_disposition_name(event->disposition))},
        {"cycle", json_integer(event->cycle)},
        {"unanswered", json_integer(event->unanswered)},
        {"overrun", json_integer(event->overrun)},
        {"decided_by", word(fs_decider_name(event->decided_by))},
        {"actor", text(event->actor)},
        {"message_id", text(event->message_id)},
        {"class", word(event->class)},
        {"match", word(event->match)},
        {"note", text(event->note)},
    };
    json_t *data = json_object();
    for (size_t i = 0; i < sizeof(fields) / sizeof(fields[0]); i++)
        json_object_set_new(data, fields[i].name, fields[i].value);
    return data;
}

static json_t *data_of_policy(const struct fs_event *event)
{
    json_t *data = json_object();
    json_object_set_new(data, "event", event_id(event));
    json_object_set_new(data, "change", text(fs_event_kind_name(event->kind)));
    json_object_set_new(data, "process", text(event->process));
    json_object_set_new(data, "decided_by", word(fs_decider_name(event->decided_by)));
    json_object_set_new(data, "actor", text(event->actor));
    json_object_set_new(data, "note", text(event->note));
    return data;
}

static char *print(const char *type, int64_t at, json_t *data)
{
    json_t *body = json_object();
    json_object_set_new(body, "type", json_string(type));
    json_object_set_new(body, "timestamp", instant(at));
    json_object_set_new(body, "data", data);
    char *printed = data != NULL ? json_dumps(body, JSON_COMPACT) : NULL;
    json_decref(body);
    return printed;
}

char *body_of_event(const char *type, const struct fs_event *event)
{
    bool is_policy = strcmp(type, fs_news_name(FS_NEWS_POLICY_CHANGED)) == 0;
    return print(type, event->at, is_policy ? data_of_policy(event) : data_of_lead(event));
}

char *body_of_test(const char *webhook, int64_t now)
{
    json_t *data = json_object();
    json_object_set_new(data, "event", json_null());
    json_object_set_new(data, "change", json_string("test"));
    json_object_set_new(data, "process", json_null());
    json_object_set_new(data, "decided_by", json_string("person"));
    json_object_set_new(data, "actor", json_null());
    json_object_set_new(data, "note", json_sprintf("a test of the webhook %s", webhook));
    return print(fs_news_name(FS_NEWS_POLICY_CHANGED), now, data);
}

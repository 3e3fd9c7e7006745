/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 the fullstop authors
 *
 * cli_lead.c - a lead and its events as the commands show them.
 *
 * Decides the stable keys of leads, why and history. Must not know how they are printed.
 */
#include "cli_lead.h"

const char *fs_cli_reason_name(const struct fs_lead *lead)
{
    if (lead->state == FS_STATE_ENDED && lead->end_reason != FS_END_NONE)
        return fs_end_reason_name(lead->end_reason);
    if (lead->state == FS_STATE_PAUSED && lead->pause_reason != FS_PAUSE_NONE)
        return fs_pause_reason_name(lead->pause_reason);
    return NULL;
}

static const char *state_name(enum fs_state state)
{
    return state == FS_STATE_NONE ? NULL : fs_state_name(state);
}

struct fs_json fs_cli_lead_json(const struct fs_lead_view *view)
{
    const struct fs_lead *lead = &view->lead;
    struct fs_json json = fs_json_object();

    fs_json_text(&json, "process", view->process);
    fs_json_text(&json, "address", view->contact);
    fs_json_text(&json, "state", state_name(lead->state));
    fs_json_text(&json, "reason", fs_cli_reason_name(lead));
    fs_json_int(&json, "unanswered", lead->unanswered);
    if (view->process_known)
        fs_json_int(&json, "limit", view->limit);
    else
        fs_json_null(&json, "limit");
    fs_json_int(&json, "overrun", lead->overrun);
    fs_json_int(&json, "cycle", lead->cycle);
    fs_json_time(&json, "until", lead->state == FS_STATE_PAUSED ? lead->until_at : 0);
    fs_json_time(&json, "next_allowed", view->outlook.next_allowed_at);
    fs_json_text(&json, "decided_by",
                 lead->decided_by == FS_BY_NONE ? NULL : fs_decider_name(lead->decided_by));
    fs_json_text(&json, "rule", lead->rule == FS_RULE_NONE ? NULL : fs_rule_name(lead->rule));
    fs_json_time(&json, "last_touch", lead->last_touch_at);
    fs_json_time(&json, "last_answer", lead->last_answer_at);
    fs_json_bool(&json, "relevant", view->relevant);
    /* two senders' leads of one contact differ in nothing else */
    fs_json_text(&json, "sender",
                 view->sender == NULL || view->sender[0] == '\0' ? NULL : view->sender);
    return json;
}

enum fs_cli_exit fs_cli_leads(struct fs_cli *cli, const struct fs_lead_query *query,
                              struct fs_lead_view **out, size_t *out_count)
{
    struct fs_error err = {0};
    enum fs_cli_exit code = fs_cli_open_store(cli, false);

    if (code != FS_CLI_DONE)
        return code;
    if (fs_engine_leads(cli->engine, cli->arena, cli->config, query, out, out_count, &err) != FS_OK)
        return fs_cli_fail(cli, &err);
    /* a process that was taken out of the configuration may still have leads */
    return *out_count == 0 && !fs_cli_knows_process(cli, query->process) ? FS_CLI_NO : FS_CLI_DONE;
}

static void add_what(struct fs_json *json, const struct fs_event *event)
{
    bool is_touch = event->kind == FS_EVENT_TOUCH;
    bool has_what = is_touch || event->kind == FS_EVENT_HEARD || event->kind == FS_EVENT_SAID;

    fs_json_text(json, "kind", fs_event_kind_name(event->kind));
    fs_json_text(json, "what", has_what ? fs_happening_name(event->what) : NULL);
    fs_json_text(json, "process", event->process);
    fs_json_text(json, "address", event->contact);
    fs_json_text(json, "from", state_name(event->from));
    fs_json_text(json, "to", state_name(event->to));
    fs_json_text(json, "end_reason",
                 event->end_reason == FS_END_NONE ? NULL : fs_end_reason_name(event->end_reason));
    fs_json_text(json, "pause_reason",
                 event->pause_reason == FS_PAUSE_NONE ? NULL
                                                      : fs_pause_reason_name(event->pause_reason));
    fs_json_text(json, "rule", event->rule == FS_RULE_NONE ? NULL : fs_rule_name(event->rule));
    fs_json_text(json, "verdict", is_touch ? fs_verdict_name(event->verdict) : NULL);
    fs_json_text(
        json, "disposition",
        event->disposition == FS_DISPOSITION_NONE ? NULL : fs_disposition_name(event->disposition));
}

struct fs_json fs_cli_event_json(const struct fs_event *event)
{
    struct fs_json json = fs_json_object();
    char id[FS_CLI_EVENT_ID_SIZE_B];

    fs_cli_event_id(event, id, sizeof id);
    fs_json_text(&json, "id", id);
    fs_json_time(&json, "at", event->at);
    add_what(&json, event);
    fs_json_text(&json, "decided_by",
                 event->decided_by == FS_BY_NONE ? NULL : fs_decider_name(event->decided_by));
    fs_json_text(&json, "actor", event->actor);
    if (event->actor_uid < 0)
        fs_json_null(&json, "actor_uid");
    else
        fs_json_int(&json, "actor_uid", event->actor_uid);
    fs_json_text(&json, "message_id", event->message_id);
    fs_json_text(&json, "class", event->class);
    fs_json_text(&json, "class_rule", event->class_rule);
    fs_json_text(&json, "match", event->match);
    fs_json_text(&json, "note", event->note);
    fs_json_int(&json, "cycle", event->cycle);
    fs_json_int(&json, "unanswered", event->unanswered);
    fs_json_int(&json, "overrun", event->overrun);
    fs_json_time(&json, "until", event->until_at);
    fs_json_int(&json, "repeats", event->repeats);
    return json;
}

void fs_cli_event_id(const struct fs_event *event, char *out, size_t size_b)
{
    snprintf(out, size_b, "%s-%lld", event->log == NULL ? "" : event->log, (long long)event->seq);
}

static const char *joined(struct fs_arena *arena, const char *sofar, const char *name)
{
    if (sofar == NULL)
        return name;
    const char *longer = fs_arena_printf(arena, "%s, %s", sofar, name);
    return longer == NULL ? sofar : longer;
}

const char *fs_cli_end_reasons(struct fs_arena *arena)
{
    const char *list = NULL;

    for (int i = FS_END_NONE + 1; i < FS_END_REASON_COUNT; i++)
        list = joined(arena, list, fs_end_reason_name((enum fs_end_reason)i));
    return list;
}

const char *fs_cli_pause_reasons(struct fs_arena *arena)
{
    const char *list = NULL;

    for (int i = FS_PAUSE_NONE + 1; i < FS_PAUSE_REASON_COUNT; i++)
        list = joined(arena, list, fs_pause_reason_name((enum fs_pause_reason)i));
    return list;
}

const char *fs_cli_states(struct fs_arena *arena)
{
    const char *list = NULL;

    for (int i = FS_STATE_NONE + 1; i < FS_STATE_COUNT; i++)
        list = joined(arena, list, fs_state_name((enum fs_state)i));
    return list;
}

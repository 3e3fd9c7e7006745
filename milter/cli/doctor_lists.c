/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 the fullstop authors
 *
 * doctor_lists.c - a list of milters of Postfix, and whether fullstop stands well in it.
 *
 * Decides which entry is fullstop (by the socket it means where the service runs, chroot
 * included), and what is wrong with its place, default action, protocol and timeouts. Must
 * not know which services there should be.
 */
#include "doctor.h"

#include <stdlib.h>
#include <string.h>

#include "fullstop/text.h"

#define PROTOCOL_LEAST 6

const char *fs_doctor_wanted_action(const struct fs_doctor *doctor)
{
    return doctor->config->on_store_error == FS_STORE_ERROR_ACCEPT ? "accept" : "tempfail";
}

/* What a path in a list means: relative ones, and all in a chroot, start at the queue. */
static const char *meant(struct fs_doctor *doctor, const char *queue, const char *path,
                         bool is_chrooted)
{
    if (path[0] == '/' && !is_chrooted)
        return path;
    return fs_doctor_text(doctor, "%s/%s", queue, path + strspn(path, "/"));
}

static const char *port_of(const char *address)
{
    const char *colon = strrchr(address, ':');

    return colon == NULL ? "" : colon;
}

bool fs_doctor_is_here(const struct fs_doctor *doctor, const char *address)
{
    const char *ours = fs_doctor_unix_path(doctor->listen_at);
    const char *path = fs_doctor_unix_path(address);

    if (ours != NULL && path != NULL)
        return fs_doctor_is_same_file(path, ours);
    return ours == NULL && path == NULL &&
           strcmp(port_of(address), port_of(doctor->listen_at)) == 0;
}

static enum fs_doctor_place place_of(struct fs_doctor *doctor, const char *queue,
                                     const struct fs_doctor_milter *milter, bool is_chrooted)
{
    const char *ours = fs_doctor_unix_path(doctor->listen_at);
    const char *path = fs_doctor_unix_path(milter->address);

    if (ours != NULL && path != NULL) {
        if (fs_doctor_is_same_file(meant(doctor, queue, path, is_chrooted), ours))
            return FS_DOCTOR_PLACE_HERE;
        if (is_chrooted && fs_doctor_is_same_file(path, ours))
            return FS_DOCTOR_PLACE_OUT_OF_ROOT;
        if (fs_doctor_is_same_file(meant(doctor, queue, path, true), ours))
            return FS_DOCTOR_PLACE_ELSEWHERE;
    }
    if (path == NULL && fs_doctor_is_here(doctor, milter->address))
        return FS_DOCTOR_PLACE_HERE;
    return fs_text_find(milter->address, "fullstop") != NULL ? FS_DOCTOR_PLACE_ELSEWHERE
                                                             : FS_DOCTOR_PLACE_NONE;
}

bool fs_doctor_list(struct fs_doctor *doctor, const struct fs_doctor_postfix *postfix,
                    const struct fs_doctor_service *service, const char *name,
                    struct fs_doctor_list *out)
{
    const char *queue = fs_doctor_main(postfix, "queue_directory");
    bool is_chrooted = fs_doctor_is_chrooted(postfix, service);

    memset(out, 0, sizeof *out);
    out->name = name;
    out->service = fs_doctor_is_own(postfix, service->key, name) ? service->key : "";
    out->label = out->service[0] == '\0'
                     ? name
                     : fs_doctor_text(doctor, "%s of the service %s", name, out->service);
    if (fs_doctor_milters(doctor->arena, fs_doctor_setting(postfix, service->key, name),
                          &out->milters) != FS_OK) {
        doctor->is_short_of_memory = true;
        return false;
    }
    out->at = out->milters.count;
    for (size_t i = 0; i < out->milters.count; i++) {
        enum fs_doctor_place place = place_of(doctor, queue, &out->milters.list[i], is_chrooted);
        if (place <= out->place)
            continue;
        out->place = place;
        out->at = i;
    }
    return true;
}

/* fullstop's address as a list of Postfix names it: within the queue directory without the
 * way there, which is right with and without chroot. */
static const char *our_address(struct fs_doctor *doctor, const struct fs_doctor_postfix *postfix)
{
    const char *queue = fs_doctor_main(postfix, "queue_directory");
    const char *path = fs_doctor_unix_path(doctor->listen_at);
    size_t queue_b = strlen(queue);

    if (path != NULL && queue_b > 0 && strncmp(path, queue, queue_b) == 0 && path[queue_b] == '/')
        return fs_doctor_text(doctor, "unix:%s", path + queue_b + strspn(path + queue_b, "/"));
    return doctor->listen_at;
}

/* Address and options of an entry in braces; false: out of memory. */
static bool parts_of(struct fs_doctor *doctor, const char *entry, char ***parts, size_t *count)
{
    const char *inside = fs_arena_strndup(doctor->arena, entry + 1, strlen(entry) - 2);

    if (inside != NULL && fs_doctor_items(doctor->arena, inside, parts, count) == FS_OK)
        return true;
    doctor->is_short_of_memory = true;
    return false;
}

/* The entry with one option set; other options stay. */
static const char *with_option(struct fs_doctor *doctor, const char *entry, const char *name,
                               const char *value)
{
    char **parts = NULL;
    size_t count = 0;

    if (entry[0] != '{')
        return fs_doctor_text(doctor, "{ %s, %s=%s }", entry, name, value);
    if (!parts_of(doctor, entry, &parts, &count))
        return "";
    const char *made = "";
    for (size_t i = 0; i < count; i++) {
        size_t name_b = strlen(name);
        if (fs_text_has_prefix(parts[i], name) && parts[i][name_b] == '=')
            continue;
        made = fs_doctor_text(doctor, "%s%s%s", made, i == 0 ? "" : ", ", parts[i]);
    }
    return fs_doctor_text(doctor, "{ %s, %s=%s }", made, name, value);
}

/* Our entry as it should be: the socket where fullstopd listens, and the options it has. So
 * the lines of two findings do not undo each other. */
static const char *our_entry(struct fs_doctor *doctor, const struct fs_doctor_postfix *postfix,
                             const struct fs_doctor_list *list)
{
    char **parts = NULL;
    size_t count = 0;

    if (list->place == FS_DOCTOR_PLACE_NONE)
        return our_address(doctor, postfix);
    const char *entry = list->milters.list[list->at].entry;
    if (list->place == FS_DOCTOR_PLACE_HERE)
        return entry;
    const char *address = our_address(doctor, postfix);
    if (entry[0] != '{' || !parts_of(doctor, entry, &parts, &count) || count < 2)
        return address;
    for (size_t i = 1; i < count; i++)
        address = fs_doctor_text(doctor, "%s, %s", address, parts[i]);
    return fs_doctor_text(doctor, "{ %s }", address);
}

static const char *list_line(struct fs_doctor *doctor, const struct fs_doctor_postfix *postfix,
                             const struct fs_doctor_list *list, const char *entry)
{
    const char *ordered = fs_doctor_ordered(doctor->arena, &list->milters, list->at, entry, false);

    if (ordered == NULL)
        doctor->is_short_of_memory = true;
    return fs_doctor_set_line(doctor, postfix, list->service, list->name,
                              ordered == NULL ? "" : ordered);
}

const char *fs_doctor_place_line(struct fs_doctor *doctor, const struct fs_doctor_postfix *postfix,
                                 const struct fs_doctor_list *list)
{
    return list_line(doctor, postfix, list, our_entry(doctor, postfix, list));
}

void fs_doctor_order(struct fs_doctor *doctor, const struct fs_doctor_milters *milters, size_t at,
                     const char *label, const char *mend)
{
    for (size_t i = 0; i < milters->count; i++) {
        const char *name = NULL;
        const char *address = milters->list[i].address;
        if (i == at)
            continue;
        switch (fs_doctor_trade(&milters->list[i], &name)) {
        case FS_DOCTOR_TRADE_REFUSES_OR_SIGNS:
            if (i < at)
                fs_doctor_find(doctor, FS_DOCTOR_MAY_SIGN, name, address, NULL, NULL);
            /* fall through */
        case FS_DOCTOR_TRADE_REFUSES:
            if (i > at)
                fs_doctor_find(doctor, FS_DOCTOR_BEFORE_REFUSING, label, name, address, mend);
            break;
        case FS_DOCTOR_TRADE_SIGNS:
            /* may be there to verify */
            if (i < at && !(milters->must_verify && fs_doctor_may_verify(&milters->list[i])))
                fs_doctor_find(doctor, FS_DOCTOR_AFTER_SIGNER, label, name, address, mend);
            break;
        case FS_DOCTOR_TRADE_UNKNOWN:
            if (i > at)
                fs_doctor_find(doctor, FS_DOCTOR_UNKNOWN_AFTER, label, name, NULL, NULL);
            break;
        }
    }
}

void fs_doctor_timeout(struct fs_doctor *doctor, const struct fs_doctor_timeout *timeout)
{
    int64_t length_s = 0;

    if (timeout->value == NULL || !fs_doctor_seconds(timeout->value, &length_s))
        return;
    if (length_s < timeout->least_s)
        fs_doctor_find(doctor, FS_DOCTOR_TIMEOUT_SHORT, timeout->name, timeout->value,
                       timeout->label, timeout->mend);
    if (length_s > timeout->most_s)
        fs_doctor_find(doctor, FS_DOCTOR_TIMEOUT_LONG, timeout->name, timeout->value,
                       timeout->label, timeout->mend);
}

/* A setting of milters in general, which fullstop's own entry may replace. */
static const char *in_force(const struct fs_doctor_postfix *postfix,
                            const struct fs_doctor_service *service, const char *own,
                            const char *name)
{
    return own != NULL ? own : fs_doctor_setting(postfix, service->key, name);
}

/* In the entry where it says so already or where others would be changed as well. */
static const char *setting_line(struct fs_doctor *doctor, const struct fs_doctor_postfix *postfix,
                                const struct fs_doctor_service *service,
                                const struct fs_doctor_list *list, const char *name,
                                const char *value)
{
    const struct fs_doctor_milter *ours = &list->milters.list[list->at];
    bool is_own = fs_doctor_is_own(postfix, service->key, name);

    if (ours->entry[0] == '{' || list->milters.count > 1)
        return list_line(
            doctor, postfix, list,
            with_option(doctor, our_entry(doctor, postfix, list), name + strlen("milter_"), value));
    return fs_doctor_set_line(doctor, postfix, is_own ? service->key : "", name, value);
}

static void check_timeouts(struct fs_doctor *doctor, const struct fs_doctor_postfix *postfix,
                           const struct fs_doctor_service *service,
                           const struct fs_doctor_list *list)
{
    const struct fs_doctor_milter *ours = &list->milters.list[list->at];
    const struct {
        const char *name;
        const char *own;
        int64_t least_s;
        int64_t most_s;
        const char *usual;
    } timeouts[] = {
        {"milter_connect_timeout", ours->connect_timeout, 1, 120, "30s"},
        {"milter_command_timeout", ours->command_timeout, 5, 300, "30s"},
        {"milter_content_timeout", ours->content_timeout, 10, 1800, "300s"},
    };

    for (size_t i = 0; i < sizeof timeouts / sizeof timeouts[0]; i++) {
        struct fs_doctor_timeout timeout = {
            .name = timeouts[i].name,
            .value = in_force(postfix, service, timeouts[i].own, timeouts[i].name),
            .label = list->label,
            .least_s = timeouts[i].least_s,
            .most_s = timeouts[i].most_s,
            .mend =
                setting_line(doctor, postfix, service, list, timeouts[i].name, timeouts[i].usual),
        };
        fs_doctor_timeout(doctor, &timeout);
    }
}

static void check_reach(struct fs_doctor *doctor, const struct fs_doctor_postfix *postfix,
                        const struct fs_doctor_service *service, const struct fs_doctor_list *list)
{
    switch (list->place) {
    case FS_DOCTOR_PLACE_NONE:
    case FS_DOCTOR_PLACE_HERE:
        break;
    case FS_DOCTOR_PLACE_OUT_OF_ROOT:
        fs_doctor_find(doctor, FS_DOCTOR_CHROOT, service->key,
                       fs_doctor_main(postfix, "queue_directory"),
                       fs_doctor_unix_path(doctor->listen_at),
                       fs_doctor_text(doctor, "%s -F %s", fs_doctor_postconf(doctor, postfix),
                                      fs_doctor_quoted(doctor, fs_doctor_text(doctor, "%s/chroot=n",
                                                                              service->key))));
        break;
    case FS_DOCTOR_PLACE_ELSEWHERE:
        fs_doctor_find(doctor, FS_DOCTOR_MILTER_ELSEWHERE, list->label,
                       list->milters.list[list->at].address, doctor->config->listen,
                       fs_doctor_place_line(doctor, postfix, list));
        break;
    }
}

void fs_doctor_list_check(struct fs_doctor *doctor, const struct fs_doctor_postfix *postfix,
                          const struct fs_doctor_service *service,
                          const struct fs_doctor_list *list)
{
    const struct fs_doctor_milter *ours = &list->milters.list[list->at];
    const char *wanted = fs_doctor_wanted_action(doctor);
    const char *protocol = fs_doctor_setting(postfix, service->key, "milter_protocol");

    check_reach(doctor, postfix, service, list);
    fs_doctor_order(doctor, &list->milters, list->at, list->label,
                    fs_doctor_place_line(doctor, postfix, list));
    const char *action = in_force(postfix, service, ours->default_action, "milter_default_action");
    if (!fs_text_equal(action, wanted))
        fs_doctor_find(
            doctor, FS_DOCTOR_DEFAULT_ACTION,
            ours->default_action == NULL
                ? "milter_default_action"
                : fs_doctor_text(doctor, "default_action in %s", list->label),
            action, wanted,
            setting_line(doctor, postfix, service, list, "milter_default_action", wanted));
    if (strtol(protocol, NULL, 10) < PROTOCOL_LEAST)
        fs_doctor_find(doctor, FS_DOCTOR_PROTOCOL, protocol,
                       fs_doctor_set_line(doctor, postfix,
                                          fs_doctor_is_own(postfix, service->key, "milter_protocol")
                                              ? service->key
                                              : "",
                                          "milter_protocol", "6"),
                       NULL, NULL);
    check_timeouts(doctor, postfix, service, list);
}

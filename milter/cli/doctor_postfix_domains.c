/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 the fullstop authors
 *
 * doctor_postfix_domains.c - what Postfix receives, whom it trusts, what leaves it.
 *
 * Decides whether a domain is one that this Postfix receives mail for, where mynetworks and
 * internal_networks differ, and whether a flag would leave the house. What cannot be seen
 * (a table that does not answer) is no finding. Must not know milters.
 */
#include "doctor.h"

#include <arpa/inet.h>
#include <string.h>

#include "fullstop/text.h"

#define V4_BITS 96u
#define ADDRESS_MAX_B 64
/* Longer lists are not repeated in a line to paste. */
#define REPEATED_MAX 20
#define NETWORKS_TOLD_MAX 200

struct receiver {
    struct fs_doctor *doctor;
    const struct fs_doctor_postfix *postfix;
};

/* domain is parent, or below it. */
static bool is_below(const char *domain, const char *parent)
{
    size_t domain_b = strlen(domain);
    size_t parent_b = strlen(parent);

    return fs_text_equal(domain, parent) ||
           (domain_b > parent_b && domain[domain_b - parent_b - 1] == '.' &&
            fs_text_has_suffix(domain, parent));
}

static enum fs_doctor_answer item_names(const struct receiver *receiver, const char *item,
                                        const char *domain, bool with_subdomains)
{
    if (item[0] == '!')
        return FS_DOCTOR_NO;
    if (item[0] == '/')
        return FS_DOCTOR_UNKNOWN; /* a file of patterns */
    if (strchr(item, ':') != NULL && item[0] != '[')
        return fs_doctor_postmap(receiver->doctor, receiver->postfix, item, domain, NULL);
    if (fs_text_equal(item, domain) || (with_subdomains && is_below(item, domain)) ||
        (item[0] == '.' && fs_text_has_suffix(domain, item)))
        return FS_DOCTOR_YES;
    return FS_DOCTOR_NO;
}

static enum fs_doctor_answer receives(void *context, const char *domain, bool with_subdomains)
{
    static const char *const lists[] = {"mydestination", "virtual_mailbox_domains",
                                        "virtual_alias_domains", "relay_domains"};
    const struct receiver *receiver = context;
    enum fs_doctor_answer answer = FS_DOCTOR_NO;

    for (size_t i = 0; i < sizeof lists / sizeof lists[0]; i++) {
        char **items = NULL;
        size_t count = 0;
        bool is_relay = strcmp(lists[i], "relay_domains") == 0;
        if (fs_doctor_items(receiver->doctor->arena, fs_doctor_main(receiver->postfix, lists[i]),
                            &items, &count) != FS_OK)
            return FS_DOCTOR_UNKNOWN;
        for (size_t j = 0; j < count; j++) {
            enum fs_doctor_answer one = item_names(receiver, items[j], domain, with_subdomains);
            /* parent_domain_matches_subdomains has relay_domains unless it was changed */
            if (one == FS_DOCTOR_YES || (is_relay && is_below(domain, items[j])))
                return FS_DOCTOR_YES;
            if (one == FS_DOCTOR_UNKNOWN)
                answer = one;
        }
    }
    return answer;
}

/* "127.0.0.0/8", "[::1]/128", "192.0.2.1"; false for tables, files and exclusions. */
static bool parse_network(const char *item, struct fs_network *out)
{
    char text[ADDRESS_MAX_B];
    struct in_addr v4;
    int64_t bits = -1;
    const char *slash = strrchr(item, '/');
    size_t length_b = slash == NULL ? strlen(item) : (size_t)(slash - item);
    bool is_bracketed = item[0] == '[' && length_b > 1 && item[length_b - 1] == ']';

    if (is_bracketed) {
        item++;
        length_b -= 2;
    }
    if (length_b == 0 || length_b >= sizeof text ||
        (slash != NULL && fs_text_int(slash + 1, 128, &bits) != FS_OK))
        return false;
    memcpy(text, item, length_b);
    text[length_b] = '\0';
    if (inet_pton(AF_INET6, text, &out->address) == 1) {
        out->prefix_bits = bits < 0 ? 128 : (unsigned)bits;
        return true;
    }
    if (inet_pton(AF_INET, text, &v4) != 1 || bits > 32)
        return false;
    memset(&out->address, 0, sizeof out->address);
    memset(&out->address.s6_addr[10], 0xff, 2);
    memcpy(&out->address.s6_addr[12], &v4, sizeof v4);
    out->prefix_bits = bits < 0 ? 128 : V4_BITS + (unsigned)bits;
    return true;
}

static bool is_within(const struct fs_network *inner, const struct fs_network *outer)
{
    unsigned whole = outer->prefix_bits / 8;
    unsigned rest = outer->prefix_bits % 8;

    if (inner->prefix_bits < outer->prefix_bits ||
        memcmp(&inner->address, &outer->address, whole) != 0)
        return false;
    if (rest == 0)
        return true;
    unsigned mask = 0xff00u >> rest & 0xffu;
    return ((unsigned)(inner->address.s6_addr[whole] ^ outer->address.s6_addr[whole]) & mask) == 0;
}

static bool is_in_any(const struct fs_network *network, const struct fs_network *all, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (is_within(network, &all[i]))
            return true;
    return false;
}

/* As fullstop.conf and mynetworks write it; the latter has brackets around IPv6. */
static const char *network_text(struct fs_doctor *doctor, const struct fs_network *network,
                                bool with_brackets)
{
    char text[INET6_ADDRSTRLEN] = "";

    if (IN6_IS_ADDR_V4MAPPED(&network->address) && network->prefix_bits >= V4_BITS) {
        inet_ntop(AF_INET, &network->address.s6_addr[12], text, sizeof text);
        return fs_doctor_text(doctor, "%s/%u", text, network->prefix_bits - V4_BITS);
    }
    inet_ntop(AF_INET6, &network->address, text, sizeof text);
    return fs_doctor_text(doctor, with_brackets ? "[%s]/%u" : "%s/%u", text, network->prefix_bits);
}

/* Whoever listens on one loopback address alone does not name the others. */
static bool is_loopback(const struct fs_network *network)
{
    const struct fs_network loopbacks[] = {
        {.address = IN6ADDR_LOOPBACK_INIT, .prefix_bits = 128},
        {.address = {.s6_addr = {[10] = 0xff, [11] = 0xff, [12] = 127}},
         .prefix_bits = V4_BITS + 8},
    };

    return is_in_any(network, loopbacks, sizeof loopbacks / sizeof loopbacks[0]);
}

/* One more item behind a list. */
static const char *joined(struct fs_doctor *doctor, const char *list, const char *item)
{
    return fs_doctor_text(doctor, "%s%s%s", list, list[0] == '\0' ? "" : ", ", item);
}

/* "a", "b" as fullstop.conf has them now. */
static const char *internal_list(struct fs_doctor *doctor)
{
    const struct fs_config *config = doctor->config;
    const char *made = "";

    if (config->internal_network_count > REPEATED_MAX)
        return "...";
    for (size_t i = 0; i < config->internal_network_count; i++)
        made = joined(doctor, made,
                      fs_doctor_text(doctor, "\"%s\"",
                                     network_text(doctor, &config->internal_networks[i], false)));
    return made;
}

static void check_trusted(struct fs_doctor *doctor, const struct fs_network *trusted, size_t count)
{
    const struct fs_config *config = doctor->config;
    const char *list = internal_list(doctor);
    const char *missing = "";

    for (size_t i = 0; i < count && i < NETWORKS_TOLD_MAX; i++) {
        if (is_in_any(&trusted[i], config->internal_networks, config->internal_network_count) ||
            is_in_any(&trusted[i], config->inbound_relays, config->inbound_relay_count))
            continue;
        const char *text = network_text(doctor, &trusted[i], false);
        missing = joined(doctor, missing, text);
        list = joined(doctor, list, fs_doctor_text(doctor, "\"%s\"", text));
    }
    if (missing[0] != '\0')
        fs_doctor_find(doctor, FS_DOCTOR_NETWORK_NOT_INTERNAL, missing, list, config->path, NULL);
}

static void check_internal(struct fs_doctor *doctor, const struct fs_doctor_postfix *postfix,
                           const struct fs_network *trusted, size_t count)
{
    const struct fs_config *config = doctor->config;
    const char *list = fs_doctor_main(postfix, "mynetworks");
    const char *missing = "";

    for (size_t i = 0; i < config->internal_network_count && i < NETWORKS_TOLD_MAX; i++) {
        const struct fs_network *ours = &config->internal_networks[i];
        if (is_in_any(ours, trusted, count) || is_loopback(ours))
            continue;
        missing = joined(doctor, missing, network_text(doctor, ours, false));
        list = joined(doctor, list, network_text(doctor, ours, true));
    }
    if (missing[0] != '\0')
        fs_doctor_find(doctor, FS_DOCTOR_NETWORK_NOT_TRUSTED, missing,
                       fs_doctor_set_line(doctor, postfix, "", "mynetworks", list), NULL, NULL);
}

static void check_networks(struct fs_doctor *doctor, const struct fs_doctor_postfix *postfix)
{
    char **items = NULL;
    size_t count = 0;
    size_t known = 0;

    if (fs_doctor_items(doctor->arena, fs_doctor_main(postfix, "mynetworks"), &items, &count) !=
        FS_OK)
        return;
    struct fs_network *trusted = fs_arena_alloc(doctor->arena, count + 1, sizeof *trusted);
    if (trusted == NULL)
        return;
    for (size_t i = 0; i < count; i++)
        if (parse_network(items[i], &trusted[known]))
            known++;
    check_trusted(doctor, trusted, known);
    if (known == count) /* else it is not known what a table trusts */
        check_internal(doctor, postfix, trusted, known);
}

void fs_doctor_postfix_domains(struct fs_doctor *doctor, const struct fs_doctor_postfix *postfix)
{
    struct receiver receiver = {.doctor = doctor, .postfix = postfix};

    fs_doctor_domains(doctor, receives, &receiver);
    check_networks(doctor, postfix);
}

/* Whether what a service sends loses this header. Unknown counts as yes. */
static bool is_removed(struct fs_doctor *doctor, const struct fs_doctor_postfix *postfix,
                       const char *tables, const char *header)
{
    char **items = NULL;
    size_t count = 0;

    if (fs_doctor_items(doctor->arena, tables, &items, &count) != FS_OK)
        return true;
    for (size_t i = 0; i < count; i++) {
        const char *action = "";
        enum fs_doctor_answer answer =
            fs_doctor_postmap(doctor, postfix, items[i],
                              fs_doctor_text(doctor, "%s: over; id=host-1", header), &action);
        if (answer == FS_DOCTOR_UNKNOWN)
            return true;
        if (answer == FS_DOCTOR_YES) /* the first that matches decides */
            return fs_text_has_prefix(action, "IGNORE") || fs_text_has_prefix(action, "STRIP") ||
                   fs_text_has_prefix(action, "REPLACE");
    }
    return false;
}

static void flag_leaves(struct fs_doctor *doctor, const struct fs_doctor_postfix *postfix,
                        const struct fs_doctor_service *service, const struct fs_process *process)
{
    static const char name[] = "smtp_header_checks";
    const char *owner = fs_doctor_is_own(postfix, service->key, name) ? service->key : "";
    const char *value = fs_doctor_setting(postfix, service->key, name);
    const char *file =
        fs_doctor_text(doctor, "%s/fullstop_header_checks",
                       postfix->config_path == NULL ? fs_doctor_main(postfix, "config_directory")
                                                    : postfix->config_path);
    const char *rule = fs_doctor_text(doctor, "/^%s:/ IGNORE", process->flag_header);
    const char *longer =
        fs_doctor_text(doctor, "regexp:%s%s%s", file, value[0] == '\0' ? "" : ", ", value);

    fs_doctor_find(doctor, FS_DOCTOR_FLAG_LEAVES, process->name,
                   owner[0] == '\0' ? "" : fs_doctor_text(doctor, " of the service %s", owner),
                   process->flag_header,
                   fs_doctor_text(doctor, "echo %s | sudo tee -a %s && %s",
                                  fs_doctor_quoted(doctor, rule), fs_doctor_quoted(doctor, file),
                                  fs_doctor_set_line(doctor, postfix, owner, name, longer)));
}

void fs_doctor_postfix_flag(struct fs_doctor *doctor, const struct fs_doctor_postfix *postfix)
{
    for (size_t i = 0; i < doctor->config->process_count; i++) {
        const struct fs_process *process = &doctor->config->processes[i];
        if (process->mode != FS_MODE_FLAG)
            continue;
        for (size_t j = 0; j < postfix->service_count; j++) {
            const struct fs_doctor_service *service = &postfix->services[j];
            if (strcmp(service->command, "smtp") == 0 &&
                !is_removed(doctor, postfix,
                            fs_doctor_setting(postfix, service->key, "smtp_header_checks"),
                            process->flag_header))
                flag_leaves(doctor, postfix, service, process);
        }
    }
}

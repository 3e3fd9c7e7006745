/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 the fullstop authors
 *
 * match.c - questions to a configuration: whose process, whose address, whose network.
 */
#include <string.h>

#include "fullstop/address.h"
#include "fullstop/config.h"
#include "fullstop/text.h"

/* A login that is no address matches the same word; as a pattern that is a domain. */
static bool is_same_word(const char *login, const char *pattern)
{
    return fs_text_equal(login, pattern[0] == '@' ? pattern + 1 : pattern);
}

static bool any_matches(const struct fs_string_list *patterns, const char *address)
{
    if (address == NULL || address[0] == '\0')
        return false;
    for (size_t i = 0; i < patterns->count; i++) {
        if (strchr(address, '@') != NULL ? fs_address_matches(address, patterns->items[i])
                                         : is_same_word(address, patterns->items[i]))
            return true;
    }
    return false;
}

const struct fs_process *fs_config_process_for(const struct fs_config *config,
                                               const char *envelope_sender, const char *header_from,
                                               const char *login)
{
    for (size_t i = 0; i < config->process_count; i++) {
        const struct fs_string_list *senders = &config->processes[i].senders;
        if (any_matches(senders, envelope_sender) || any_matches(senders, header_from) ||
            any_matches(senders, login))
            return &config->processes[i];
    }
    return NULL;
}

const struct fs_process *fs_config_process_named(const struct fs_config *config, const char *name)
{
    for (size_t i = 0; i < config->process_count; i++) {
        if (strcmp(config->processes[i].name, name) == 0)
            return &config->processes[i];
    }
    return NULL;
}

const struct fs_webhook *fs_config_webhook_named(const struct fs_config *config, const char *name)
{
    for (size_t i = 0; i < config->webhook_count; i++) {
        if (strcmp(config->webhooks[i].name, name) == 0)
            return &config->webhooks[i];
    }
    return NULL;
}

bool fs_config_is_exempt_recipient(const struct fs_process *process, const char *recipient)
{
    return any_matches(&process->exempt_recipients, recipient);
}

bool fs_config_is_exempt_sender(const struct fs_process *process, const char *envelope_sender,
                                const char *header_from, const char *login)
{
    for (size_t i = 0; login != NULL && i < process->exempt_logins.count; i++) {
        if (fs_text_equal(process->exempt_logins.items[i], login))
            return true;
    }
    return any_matches(&process->exempt_senders, envelope_sender) ||
           any_matches(&process->exempt_senders, header_from);
}

bool fs_config_is_exempt_header(const struct fs_process *process, const char *name,
                                const char *value)
{
    size_t name_b = strlen(name);
    for (size_t i = 0; i < process->exempt_headers.count; i++) {
        const char *line = process->exempt_headers.items[i];
        const char *colon = strchr(line, ':');
        if ((size_t)(colon - line) == name_b && fs_text_has_prefix(line, name) &&
            fs_text_equal(colon + 1 + strspn(colon + 1, " "), value))
            return true;
    }
    return false;
}

bool fs_config_is_day_off(const struct fs_config *config, struct fs_date date)
{
    size_t low = 0;
    size_t high = config->holiday_count;
    int64_t day = fs_date_to_days(date);
    if (fs_date_weekday(date) >= 5)
        return true;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        int64_t holiday = fs_date_to_days(config->holidays[middle]);
        if (holiday == day)
            return true;
        if (holiday < day)
            low = middle + 1;
        else
            high = middle;
    }
    return false;
}

bool fs_config_is_ours(const struct fs_config *config, const char *address)
{
    return any_matches(&config->our_domains, address);
}

static bool to_six(const struct sockaddr *client, struct in6_addr *out)
{
    if (client == NULL)
        return false;
    if (client->sa_family == AF_INET6) {
        struct sockaddr_in6 six;
        memcpy(&six, client, sizeof(six));
        *out = six.sin6_addr;
        return true;
    }
    if (client->sa_family != AF_INET)
        return false;
    struct sockaddr_in four;
    memcpy(&four, client, sizeof(four));
    memset(out, 0, sizeof(*out));
    out->s6_addr[10] = out->s6_addr[11] = 0xff;
    memcpy(out->s6_addr + 12, &four.sin_addr, 4);
    return true;
}

static bool in_network(const struct in6_addr *address, const struct fs_network *network)
{
    unsigned whole = network->prefix_bits / 8;
    unsigned rest = network->prefix_bits % 8;
    if (memcmp(address->s6_addr, network->address.s6_addr, whole) != 0)
        return false;
    if (rest == 0)
        return true;
    unsigned mask = 0xffu << (8 - rest) & 0xffu;
    return (address->s6_addr[whole] & mask) == (network->address.s6_addr[whole] & mask);
}

static bool in_any(const struct fs_network *networks, size_t count, const struct sockaddr *client)
{
    struct in6_addr address;
    if (!to_six(client, &address))
        return false;
    for (size_t i = 0; i < count; i++) {
        if (in_network(&address, &networks[i]))
            return true;
    }
    return false;
}

bool fs_config_is_internal(const struct fs_config *config, const struct sockaddr *client)
{
    return in_any(config->internal_networks, config->internal_network_count, client);
}

bool fs_config_is_inbound_relay(const struct fs_config *config, const struct sockaddr *client)
{
    return in_any(config->inbound_relays, config->inbound_relay_count, client);
}

/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 the fullstop authors
 *
 * doctor_domains.c - whether answers can come by: our domains, the senders of processes.
 *
 * Decides which domains of fullstop.conf are asked about, and that a process whose sender
 * is not ours would never hear an answer. Must not know how an MTA lists its domains.
 */
#include "doctor.h"

#include <string.h>

#include "fullstop/address.h"
#include "fullstop/text.h"

/* Each may ask a table of the MTA, which starts a program. */
#define DOMAINS_ASKED_MAX 100
/* Longer lists are not repeated in a line to paste. */
#define REPEATED_MAX 20

/* "@example.com", "@.example.com", "anna@example.com" -> "example.com". */
static const char *domain_of(const char *pattern)
{
    const char *at = strrchr(pattern, '@');
    const char *domain = at == NULL ? pattern : at + 1;

    return domain[0] == '.' ? domain + 1 : domain;
}

/* Our domains and one more; of an address its domain. */
static const char *longer_list(struct fs_doctor *doctor, const char *pattern)
{
    const char *domain = strrchr(pattern, '@') + 1;
    const struct fs_string_list *ours = &doctor->config->our_domains;
    const char *made = "";

    if (ours->count > REPEATED_MAX)
        return fs_doctor_text(doctor, "..., \"@%s\"", domain);
    for (size_t i = 0; i < ours->count; i++)
        made = fs_doctor_text(doctor, "%s\"%s\", ", made, ours->items[i]);
    return fs_doctor_text(doctor, "%s\"@%s\"", made, domain);
}

/* our_domains names it, so that it is asked about anyway. */
static bool is_listed(const struct fs_doctor *doctor, const char *domain)
{
    const struct fs_string_list *ours = &doctor->config->our_domains;

    for (size_t i = 0; i < ours->count; i++)
        if (strcmp(domain_of(ours->items[i]), domain) == 0)
            return true;
    return false;
}

/* An answer goes to the sender's own domain: it, too, must come by here. */
static void check_senders(struct fs_doctor *doctor, const struct fs_process *process,
                          fs_doctor_receives *receives, void *context)
{
    const char *asked = "";

    for (size_t i = 0, count = 0; i < process->senders.count; i++) {
        const char *pattern = process->senders.items[i];
        if (strchr(pattern, '@') == NULL)
            continue; /* a login */
        const char *address =
            pattern[0] == '@' ? fs_doctor_text(doctor, "any%s", pattern) : pattern;
        if (fs_text_has_prefix(pattern, "@.")) /* some domain below it */
            address = fs_doctor_text(doctor, "any@any%s", pattern + 1);
        if (!fs_config_is_ours(doctor->config, address))
            fs_doctor_find(doctor, FS_DOCTOR_SENDER_NOT_OURS, process->name, pattern,
                           longer_list(doctor, pattern), doctor->config->path);
        else if (strcmp(domain_of(pattern), asked) != 0 && !is_listed(doctor, domain_of(pattern)) &&
                 count++ < DOMAINS_ASKED_MAX) {
            asked = domain_of(pattern); /* people of one domain mostly stand together */
            if (receives(context, asked, fs_text_has_prefix(pattern, "@.")) == FS_DOCTOR_NO)
                fs_doctor_find(doctor, FS_DOCTOR_SENDER_NOT_HERE, process->name, asked, NULL, NULL);
        }
    }
}

void fs_doctor_domains(struct fs_doctor *doctor, fs_doctor_receives *receives, void *context)
{
    const struct fs_string_list *ours = &doctor->config->our_domains;
    size_t first = doctor->finding_count;

    for (size_t i = 0; i < doctor->config->process_count; i++)
        check_senders(doctor, &doctor->config->processes[i], receives, context);
    for (size_t i = 0; i < ours->count && i < DOMAINS_ASKED_MAX; i++) {
        const char *pattern = ours->items[i];
        const char *at = strchr(pattern, '@');
        bool with_subdomains = at != NULL && at[1] == '.';
        const char *domain = domain_of(pattern);
        /* "@.example.com" beside "@example.com" speaks of names that may not exist yet */
        bool is_repeated = false;
        for (size_t j = 0; j < i && with_subdomains; j++)
            is_repeated = is_repeated || strcmp(domain, domain_of(ours->items[j])) == 0;
        if (!is_repeated && receives(context, domain, with_subdomains) == FS_DOCTOR_NO)
            fs_doctor_find(doctor, FS_DOCTOR_DOMAIN_NOT_HERE, domain, NULL, NULL, NULL);
    }
    if (fs_doctor_is_fine_since(doctor, first))
        fs_doctor_find(doctor, FS_DOCTOR_DOMAINS, NULL, NULL, NULL, NULL);
}

/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 the fullstop authors
 *
 * doctor_proof.c - whether anybody can vouch for answers where a process asks for that.
 *
 * Decides, for one list of milters that incoming mail passes, whether a verifier of DMARC or
 * DKIM stands before fullstop, and whether authserv_ids names it (RFC 8601 section 2.5: by
 * custom the MTA's host name). Must not know Postfix or Sendmail, nor read what verifiers are
 * told.
 */
#include "doctor.h"

#include <string.h>

#include "fullstop/text.h"

bool fs_doctor_wants_proof(const struct fs_doctor *doctor)
{
    for (size_t i = 0; i < doctor->config->process_count; i++)
        if (doctor->config->processes[i].require == FS_REQUIRE_AUTHENTICATED)
            return true;
    return false;
}

static const char *strict_processes(struct fs_doctor *doctor)
{
    const char *made = "";

    for (size_t i = 0; i < doctor->config->process_count; i++) {
        const struct fs_process *process = &doctor->config->processes[i];
        if (process->require == FS_REQUIRE_AUTHENTICATED)
            made =
                fs_doctor_text(doctor, "%s%s%s", made, made[0] == '\0' ? "" : ", ", process->name);
    }
    return made;
}

static bool is_named(const struct fs_doctor *doctor, const char *host)
{
    const struct fs_string_list *ids = &doctor->config->authserv_ids;

    for (size_t i = 0; i < ids->count; i++)
        if (fs_text_equal(ids->items[i], host))
            return true;
    return host == NULL;
}

/* authserv_ids with one more, as the configuration has it. */
static const char *longer_ids(struct fs_doctor *doctor, const char *host)
{
    const struct fs_string_list *ids = &doctor->config->authserv_ids;
    const char *made = "";

    for (size_t i = 0; i < ids->count; i++)
        made = fs_doctor_text(doctor, "%s\"%s\", ", made, ids->items[i]);
    return fs_doctor_text(doctor, "%s\"%s\" }    # in %s", made, host, doctor->config->path);
}

/* What the others in the list are for incoming mail; each NULL: there is none. */
struct witnesses {
    const char *before;  /* verifies */
    const char *unknown; /* before fullstop, may do anything */
    const char *after;   /* verifies */
    bool is_after_told;  /* it may refuse as well: before-refusing names it */
};

static struct witnesses look(const struct fs_doctor_milters *milters, size_t at)
{
    struct witnesses found = {NULL, NULL, NULL, false};

    for (size_t i = 0; i < milters->count; i++) {
        const struct fs_doctor_milter *milter = &milters->list[i];
        const char *name = NULL;
        enum fs_doctor_trade trade = fs_doctor_trade(milter, &name);
        if (i < at && fs_doctor_may_verify(milter))
            found.before = name;
        else if (i < at && trade == FS_DOCTOR_TRADE_UNKNOWN)
            found.unknown = name;
        if (i <= at || !fs_doctor_may_verify(milter))
            continue;
        found.after = name;
        found.is_after_told = found.is_after_told || trade != FS_DOCTOR_TRADE_SIGNS;
    }
    return found;
}

void fs_doctor_proof(struct fs_doctor *doctor, const struct fs_doctor_proof *proof)
{
    struct witnesses found = look(proof->milters, proof->at);
    const char *unseen = found.unknown == NULL ? proof->unseen : found.unknown;
    const char *processes = strict_processes(doctor);
    bool is_ours = is_named(doctor, proof->host);

    if (found.before != NULL && is_ours)
        fs_doctor_find(doctor, FS_DOCTOR_VERIFIER, found.before, processes, NULL, NULL);
    else if (found.before != NULL)
        fs_doctor_find(doctor, FS_DOCTOR_AUTHSERV_UNKNOWN, proof->host, found.before, processes,
                       longer_ids(doctor, proof->host));
    else if (found.is_after_told)
        return;
    else if (found.after != NULL)
        fs_doctor_find(doctor, FS_DOCTOR_VERIFIER_AFTER, proof->label, found.after, processes,
                       proof->mend);
    else if (unseen != NULL)
        fs_doctor_find(doctor, FS_DOCTOR_VERIFIER_UNSEEN, unseen, processes, NULL, NULL);
    else if (is_ours)
        fs_doctor_find(doctor, FS_DOCTOR_VERIFIER_MISSING, processes, proof->label,
                       doctor->config->path, NULL);
    else
        fs_doctor_find(doctor, FS_DOCTOR_VERIFIER_ELSEWHERE, processes, proof->label,
                       doctor->config->path, proof->host);
}

/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 the fullstop authors
 *
 * negotiate.c - what we ask of the MTA when a session begins.
 *
 * Decides: actions and protocol steps, out of what is offered. Callbacks that always
 * continue ask for no reply (SMFIP_NR_*): libmilter offers that itself where the MTA does
 * not, so these callbacks always return SMFIS_NOREPLY. SMFIP_NR_RCPT keeps the recipients
 * visible; rejected ones stay unseen because SMFIP_RCPT_REJ is not asked for.
 * Must not know: what the session carries.
 */
#include "mta_session.h"

#include <libmilter/mfapi.h>

#define ACTIONS_NEEDED (SMFIF_ADDHDRS | SMFIF_CHGHDRS)
#define ACTIONS_LIKED (SMFIF_QUARANTINE | SMFIF_SETSYMLIST)
#define STEPS_UNSEEN (SMFIP_NOHELO | SMFIP_NODATA | SMFIP_NOUNKNOWN)
#define STEPS_NO_REPLY                                                                             \
    (SMFIP_NR_CONN | SMFIP_NR_HELO | SMFIP_NR_MAIL | SMFIP_NR_RCPT | SMFIP_NR_DATA |               \
     SMFIP_NR_UNKN | SMFIP_NR_HDR | SMFIP_NR_EOH)
/* The body is answered, so that the rest of it can be skipped. */
#define STEPS_LIKED (SMFIP_SKIP | SMFIP_HDR_LEADSPC)

/* Recipients are taken off for mixed = "drop" only; without the right such mail is refused. */
static bool may_drop(struct mta_service *service)
{
    const struct fs_config *config = fs_config_cell_get(service->setup.config);
    bool is_configured = false;
    for (size_t i = 0; i < config->process_count; i++)
        is_configured = is_configured || config->processes[i].mixed == FS_MIXED_DROP;
    fs_config_unref(config);
    return is_configured;
}

int mta_on_negotiate(struct smfi_str *ctx, unsigned long actions, unsigned long steps,
                     unsigned long unused2, unsigned long unused3, unsigned long *out_actions,
                     unsigned long *out_steps, unsigned long *out2, unsigned long *out3)
{
    (void)unused2;
    (void)unused3;
    if (!mta_enter())
        return SMFIS_REJECT;
    struct mta_service *service = mta_service();
    if ((actions & ACTIONS_NEEDED) != ACTIONS_NEEDED)
        fs_log_write(service->setup.log, FS_LOG_WARNING,
                     "the MTA does not let us change headers: flags and their removal fail");
    unsigned long wanted = steps & (STEPS_UNSEEN | STEPS_NO_REPLY | STEPS_LIKED);
    *out_actions = actions & (ACTIONS_NEEDED | ACTIONS_LIKED);
    if (may_drop(service))
        *out_actions |= actions & SMFIF_DELRCPT;
    *out_steps = wanted;
    *out2 = 0;
    *out3 = 0;
    if ((actions & SMFIF_SETSYMLIST) != 0 && !mta_macros_ask(ctx))
        fs_log_write(service->setup.log, FS_LOG_WARNING,
                     "the MTA's macros could not be asked for: its defaults must do");

    /* Without one, connect tries again, and assumes leading spaces and no SKIP. */
    struct mta_session *session = mta_session_new(service);
    if (session != NULL) {
        session->can_skip = (wanted & SMFIP_SKIP) != 0;
        session->can_drop = (*out_actions & SMFIF_DELRCPT) != 0;
        session->has_leading_space = (wanted & SMFIP_HDR_LEADSPC) != 0;
    }
    (void)smfi_setpriv(ctx, session);
    mta_leave();
    return SMFIS_CONTINUE;
}

/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 the fullstop authors
 *
 * condition.c - says once that the store is away, and once that it is back.
 *
 * Decides: nothing; each message without a decision has its own log line beside.
 * Must not know: messages.
 */
#include "mta_session.h"

#include "fullstop/log.h"

void mta_store_is_away(struct mta_service *service, const struct fs_config *config,
                       const struct fs_error *error)
{
    if (atomic_exchange(&service->is_store_away, true))
        return;
    atomic_store(&service->undecided_while_away, 0);
    fs_log_write(service->setup.log, FS_LOG_ERROR, "store away: %s; outgoing mail %s", error->text,
                 config->on_store_error == FS_STORE_ERROR_TEMPFAIL ? "is deferred"
                                                                   : "passes uncounted");
}

void mta_store_is_back(struct mta_service *service)
{
    if (!atomic_load(&service->is_store_away) || !atomic_exchange(&service->is_store_away, false))
        return;
    fs_log_write(service->setup.log, FS_LOG_WARNING,
                 "store is back; %lu messages were not decided on meanwhile",
                 atomic_load(&service->undecided_while_away));
}

/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 the fullstop authors
 *
 * mta_line.h - the one log line of a message.
 *
 * Private to milter/mta. Pure but for the buffer's memory: what does not fit is cut. Never
 * a subject, a body or a header value.
 */
#ifndef MTA_LINE_H
#define MTA_LINE_H

#include "fullstop/engine.h"
#include "fullstop/text.h"
#include "mta_direction.h"

#define MTA_LINE_MAX_B 4096
#define MTA_LINE_LEADS_MAX 5

/* Each begins a line; the queue id is the caller's. */
void mta_line_outbound(struct fs_buf *line, const struct mta_course *course,
                       const struct fs_process *process, const struct fs_ruling *ruling);
void mta_line_inbound(struct fs_buf *line, const struct mta_course *course,
                      const struct fs_facts *facts, const struct fs_hearing *hearing);
void mta_line_neither(struct fs_buf *line, const struct mta_course *course);
/* action: accept or tempfail; why: a sentence. */
void mta_line_undecided(struct fs_buf *line, const struct mta_course *course, const char *action,
                        const char *why);

#endif

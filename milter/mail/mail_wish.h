/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 the fullstop authors
 *
 * mail_wish.h - what a writer wants: no more mail (opt-out), or nothing of what is offered
 * (decline). German and English.
 *
 * Yes is what nobody could read otherwise. Whoever talks of stopping contact in any other
 * way (for a while, on one channel, as a question) says it unclearly. A wrong yes costs a
 * customer, a missed one breaks the law (GDPR Art. 21, UWG section 7): doubt is "unclear".
 * No state; thread-safe; work is linear in the words (WISH_MATCHES_MAX in wish.c).
 */
#ifndef FULLSTOP_MAIL_WISH_H
#define FULLSTOP_MAIL_WISH_H

#include "fullstop/mail.h"
#include "mail_words.h"

struct mail_wish {
    enum fs_answer opt_out;
    enum fs_answer decline;
    const char *rule; /* id of what decided, the opt-out's before the decline's; NULL: none */
};

/* own: the writer's own text, without quotes, signature and footers. FS_NOMEM. */
enum fs_status mail_wish_find(struct fs_arena *arena, const struct mail_words *own,
                              struct mail_wish *out);
/* What a subject adds to it. One that is nothing but an opt-out is one (RFC 2369, 8058), but
 * an answer's ("Re: unsubscribe") only where there is hardly any own text; and where there is
 * none, what is put behind it ("Re: Your offer - please unsubscribe") counts. FS_NOMEM. */
enum fs_status mail_wish_find_subject(struct fs_arena *arena, const struct mail_words *subject,
                                      const struct mail_words *own, struct mail_wish *out);

#endif

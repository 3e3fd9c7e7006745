/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 the fullstop authors
 *
 * mail_text.h - the readable text of a message, and what of it the writer wrote.
 *
 * Valid UTF-8 with LF line ends, in the message's arena, never NULL once read. Read only
 * where it is asked for: most outgoing mail and most reports are known without it. Of
 * alternatives (RFC 2046 section 5.1.4) the plain one counts, the HTML one where that is
 * empty. Lines that HTML marks as quoted or as a signature begin with "> ".
 */
#ifndef FULLSTOP_MAIL_TEXT_H
#define FULLSTOP_MAIL_TEXT_H

#include <stdbool.h>
#include <stddef.h>

#include "fullstop/arena.h"

struct mail;

/* Text beyond this is not looked at. */
#define MAIL_TEXT_MAX_B 65536u
/* Tags opened in each other; deeper ones end the reading of that part. */
#define MAIL_HTML_DEPTH_MAX 200

/* What stood beside the writer's own lines. */
struct mail_own_seen {
    bool has_quote;  /* something was quoted, or another mail's header stood there */
    bool has_device; /* "sent from my phone": it was written by hand */
};

struct mail_text {
    const char *all; /* everything that a reader sees, quotes included */
    const char *own; /* without quotes, signature, disclaimers and footers */
    struct mail_own_seen seen;
};

/* Fills mail->text.all, once. */
void mail_text_read(struct mail *mail);
/* Fills mail->text.own and seen, once. */
void mail_own_read(struct mail *mail);

/* Bytes in a charset as valid UTF-8; what the charset has no letter for becomes "?". A
 * charset that lies is overruled where the bytes show it. NULL: out of memory. */
char *mail_utf8(struct fs_arena *arena, const char *bytes, size_t length_b, const char *charset);
/* HTML (valid UTF-8) as text; at most MAIL_TEXT_MAX_B. NULL: out of memory. */
char *mail_html_text(struct fs_arena *arena, const char *html, size_t length_b);
/* The lines of text that the writer wrote. NULL: out of memory. */
char *mail_own_text(struct fs_arena *arena, const char *text, struct mail_own_seen *seen);

#endif

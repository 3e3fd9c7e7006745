/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 the fullstop authors
 *
 * mail_own.h - how quotes, signatures and footers begin: folded starts of lines.
 *
 * Each table ends with NULL.
 */
#ifndef FULLSTOP_MAIL_OWN_H
#define FULLSTOP_MAIL_OWN_H

extern const char *const mail_own_verbs[];         /* in an attribution: "wrote" */
extern const char *const mail_own_attributions[];  /* its first word, where it wraps */
extern const char *const mail_own_first_fields[];  /* of another mail's header: "from:" */
extern const char *const mail_own_fields[];        /* its further fields */
extern const char *const mail_own_separators[];    /* "original message" between dashes */
extern const char *const mail_own_forwards[];      /* "begin forwarded message" */
extern const char *const mail_own_closings[];      /* "best regards" */
extern const char *const mail_own_closing_signs[]; /* what parts it from a name behind it */
extern const char *const mail_own_resumptions[];   /* "ps", "english version" */
extern const char *const mail_own_footers[];       /* paragraphs of lawyers and gateways */
extern const char *const mail_own_devices[];       /* "sent from my" */

#endif

/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 the fullstop authors
 *
 * mta_callbacks.h - the callbacks as libmilter registers them.
 *
 * Private to milter/mta, and to the two files there that speak libmilter at set-up.
 */
#ifndef MTA_CALLBACKS_H
#define MTA_CALLBACKS_H

struct smfiDesc;
/* Fills what smfi_register() takes. */
void mta_callbacks(struct smfiDesc *out);

#endif

/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 the fullstop authors
 *
 * tables.c - which tables share an index (mail_index.h), and in which order.
 *
 * Decides: nothing else. Must not know what a row means.
 */
#include "mail_bounce.h"
#include "mail_wish_rows.h"

const struct wish_row *const wish_tables[WISH_TABLES] = {
    wish_rows_german, wish_rows_english, wish_rows_declines, wish_rows_others, wish_rows_idioms};

const struct mail_bounce_phrase *const mail_bounce_tables[MAIL_BOUNCE_TABLES] = {
    mail_bounce_phrases_en, mail_bounce_phrases_other, mail_bounce_phrases_signs};

/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 the fullstop authors
 *
 * index.c - the indexes of the tables, as make_index.c printed them.
 *
 * Decides: nothing. Must not be written by hand.
 */
#include "mail_index.h"

#include "index.inc"

/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 the fullstop authors
 *
 * crm.h - what a CRM says of one lead, and what comes of it: values only.
 *
 * Belongs to the lead room, for it speaks its words; holds no logic. Strings are borrowed from
 * whoever made the value. A fault is a code, so that a reader, the engine and every language
 * name it alike; crm_file.h has the sentences.
 */
#ifndef FULLSTOP_CRM_H
#define FULLSTOP_CRM_H

#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "fullstop/lead.h"
#include "fullstop/status.h"

/* The columns of the file, by their names; FS_CRM_LINE stands for the whole line. */
enum fs_crm_field {
    FS_CRM_ADDRESS,
    FS_CRM_PROCESS,
    FS_CRM_SENDER,
    FS_CRM_STATE,
    FS_CRM_REASON,
    FS_CRM_UNTIL,
    FS_CRM_NOTE,
    FS_CRM_CHANGED,
    FS_CRM_LINE,
};
#define FS_CRM_FIELD_COUNT 8 /* those that are columns */

enum fs_crm_fault {
    FS_CRM_FAULT_NONE,
    /* of the file */
    FS_CRM_FAULT_UTF16,
    FS_CRM_FAULT_ARRAY,
    FS_CRM_FAULT_HEADER,
    FS_CRM_FAULT_NO_ADDRESS_COLUMN,
    FS_CRM_FAULT_NO_STATE_COLUMN,
    FS_CRM_FAULT_COLUMN_TWICE,
    FS_CRM_FAULT_TOO_MANY_LINES,
    /* of a line as text */
    FS_CRM_FAULT_TOO_LONG,
    FS_CRM_FAULT_TOO_MANY_CELLS,
    FS_CRM_FAULT_CELLS,
    FS_CRM_FAULT_QUOTE,
    FS_CRM_FAULT_QUOTE_OPEN,
    FS_CRM_FAULT_NUL,
    FS_CRM_FAULT_UTF8,
    FS_CRM_FAULT_JSON,
    FS_CRM_FAULT_NO_TEXT,
    /* of its fields */
    FS_CRM_FAULT_MISSING,
    FS_CRM_FAULT_ADDRESS,
    FS_CRM_FAULT_STATE,
    FS_CRM_FAULT_END_REASON,
    FS_CRM_FAULT_PAUSE_REASON,
    FS_CRM_FAULT_REASON_UNUSED,
    FS_CRM_FAULT_UNTIL_MISSING,
    FS_CRM_FAULT_UNTIL_UNUSED,
    FS_CRM_FAULT_DATE,
    FS_CRM_FAULT_NOTE_LONG,
    FS_CRM_FAULT_TWICE,
    /* of what it asks */
    FS_CRM_FAULT_PROCESS,
    FS_CRM_FAULT_NO_LEAD,
    FS_CRM_FAULT_SEVERAL,
    FS_CRM_FAULT_PAST,
    FS_CRM_FAULT_OBJECTED,
    FS_CRM_FAULT_ENDED_PAUSE,
    FS_CRM_FAULT_ENDED_ANSWER,
    FS_CRM_FAULT_STRONGER,
    FS_CRM_FAULT_IN_CONVERSATION,
    FS_CRM_FAULT_NO_WHY,
    FS_CRM_FAULT_STALE,
};
#define FS_CRM_FAULT_COUNT 39

/* One line that is well formed. */
struct fs_crm_line {
    size_t number;       /* of the file's line where it begins, from 1 */
    const char *address; /* canonical */
    const char *process; /* NULL: the only one that has a lead */
    const char *sender;  /* canonical; NULL: every lead of the contact in the process */
    enum fs_state state; /* active, replied, paused or ended */
    enum fs_end_reason end_reason;
    enum fs_pause_reason pause_reason;
    int64_t until_at;
    const char *note;   /* NULL: none */
    int64_t changed_at; /* the lead's last change that the CRM knows; 0: not said */
};

enum fs_crm_outcome {
    FS_CRM_BAD,       /* fault and field say why */
    FS_CRM_UNCHANGED, /* it is so already */
    FS_CRM_CHANGES,   /* it would change something */
    FS_CRM_APPLIED,
};

struct fs_crm_verdict {
    enum fs_crm_outcome outcome;
    enum fs_crm_field field;
    enum fs_crm_fault fault;
};

/* ---- what a fetch hands on, and what it is told of it ---- */

struct fs_crm_load {
    const char *source; /* its name */
    const char *data;
    size_t length_b;
    const char *content_type; /* of HTTP; "" none */
    bool partial;             /* bad lines do not keep the others from being applied */
    const atomic_bool *stopping;
};
#define FS_CRM_TOLD_MAX 3
/* Strings are constant sentences, without anything of the file. */
struct fs_crm_told {
    size_t number; /* of the line, from 1; 0: the file */
    const char *field;
    const char *text;
};
struct fs_crm_tally {
    size_t applied;
    size_t unchanged;
    size_t bad;
    const char *fault;                         /* why the file is not dealt with; NULL: it is */
    struct fs_crm_told first[FS_CRM_TOLD_MAX]; /* of what is bad */
    size_t first_count;
};
/* FS_OK: out says what came of it. FS_REFUSED: stopping became true. Else the store's failures:
 * the same again changes nothing twice. */
typedef enum fs_status fs_crm_take(void *taker, const struct fs_crm_load *load,
                                   struct fs_crm_tally *out, struct fs_error *err);

#endif

/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 the fullstop authors
 *
 * crm_csv.h - records of comma-separated values, RFC 4180; private to the crm room.
 */
#ifndef FULLSTOP_CRM_CSV_H
#define FULLSTOP_CRM_CSV_H

#include <stddef.h>

#include "fullstop/crm_file.h"

struct csv {
    const char *data; /* borrowed */
    size_t length_b;
    size_t at;
    size_t number; /* of the line at `at`, from 1 */
    char separator;
    const char *cells[FS_CRM_CELLS_MAX]; /* of the last record, in text */
    size_t count;
    size_t record_number; /* where the last record began */
    char text[FS_CRM_LINE_MAX_B + 1];
};

enum csv_result { CSV_RECORD, CSV_END, CSV_BAD };

/* At the begin of data; its first line decides the separator. */
void csv_init(struct csv *csv, const char *data, size_t length_b);
/* The next record, empty lines left out. CSV_BAD: *fault says why, and the next call goes on
 * with the line below the one where the record began. */
enum csv_result csv_next(struct csv *csv, enum fs_crm_fault *fault);

#endif

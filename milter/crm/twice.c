/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 the fullstop authors
 *
 * twice.c - lines of one file that speak of the same lead.
 *
 * Decides that one of them stands and the others are bad, for their order would decide. Must
 * not know which of them is right.
 */
#include <stdlib.h>
#include <string.h>

#include "fullstop/crm_file.h"

/* NULL, which means any, comes first. */
static int compare_text(const char *a, const char *b)
{
    if (a == NULL || b == NULL)
        return (a != NULL) - (b != NULL);
    return strcmp(a, b);
}

static int compare(const void *a, const void *b)
{
    const struct fs_crm_line *one = *(const struct fs_crm_line *const *)a;
    const struct fs_crm_line *two = *(const struct fs_crm_line *const *)b;
    int order = compare_text(one->address, two->address);

    if (order == 0)
        order = compare_text(one->process, two->process);
    if (order == 0)
        order = compare_text(one->sender, two->sender);
    return order != 0 ? order : (one->number > two->number) - (one->number < two->number);
}

/* before stands earlier in the order, so that one of them means any only if before does. */
static bool is_same_lead(const struct fs_crm_line *before, const struct fs_crm_line *line)
{
    if (before == NULL || strcmp(before->address, line->address) != 0)
        return false;
    if (before->process == NULL)
        return true;
    return compare_text(before->process, line->process) == 0 &&
           (before->sender == NULL || compare_text(before->sender, line->sender) == 0);
}

enum fs_status fs_crm_find_twice(const struct fs_crm_line *lines, size_t count,
                                 struct fs_crm_verdict *verdicts)
{
    const struct fs_crm_line **order = calloc(count + 1, sizeof *order);
    const struct fs_crm_line *stands = NULL;

    if (order == NULL)
        return FS_NOMEM;
    for (size_t i = 0; i < count; i++)
        order[i] = &lines[i];
    if (count > 1)
        qsort(order, count, sizeof *order, compare);
    for (size_t i = 0; i < count; i++) {
        if (is_same_lead(stands, order[i]))
            verdicts[order[i] - lines] =
                (struct fs_crm_verdict){FS_CRM_BAD, FS_CRM_ADDRESS, FS_CRM_FAULT_TWICE};
        else
            stands = order[i];
    }
    free(order);
    return FS_OK;
}

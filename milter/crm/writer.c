/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 the fullstop authors
 *
 * writer.c - the same file written as CSV, RFC 4180.
 *
 * Decides which cells are quoted. Must not know what a column means.
 */
#include <string.h>

#include "fullstop/crm_file.h"

static void cell(FILE *out, const char *text)
{
    if (text[strcspn(text, "\",;\r\n")] == '\0' && text[0] != ' ') {
        fputs(text, out);
        return;
    }
    fputc('"', out);
    for (; *text != '\0'; text++) {
        if (*text == '"')
            fputc('"', out);
        fputc(*text, out);
    }
    fputc('"', out);
}

void fs_crm_write_header(FILE *out)
{
    for (int i = 0; i < FS_CRM_FIELD_COUNT; i++)
        fprintf(out, "%s%s", i == 0 ? "" : ",", fs_crm_field_name((enum fs_crm_field)i));
    fputs("\r\n", out);
}

void fs_crm_write_csv(FILE *out, const char *const values[FS_CRM_FIELD_COUNT])
{
    for (int i = 0; i < FS_CRM_FIELD_COUNT; i++) {
        if (i > 0)
            fputc(',', out);
        cell(out, values[i] == NULL ? "" : values[i]);
    }
    fputs("\r\n", out);
}

/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 the fullstop authors
 *
 * fuzz_report.c - the fields of a delivery status, inside the report that carries them.
 */
#include <string.h>

#include "../../milter/mail/mail_report.h"
#include "fuzz.h"

static const char before[] = "From: mailer-daemon@mx.example\nSubject: failed\n"
                             "Content-Type: multipart/report; report-type=delivery-status;"
                             " boundary=b\n\n--b\n\nIt failed.\n\n"
                             "--b\nContent-Type: message/delivery-status\n\n";
static const char after[] = "\n--b--\n";

void fuzz_one(const struct fuzz_input *input)
{
    char status[MAIL_STATUS_SIZE_B];
    if (mail_status_find(input->text, status)) {
        fuzz_require(strchr("245", status[0]) != NULL && status[1] == '.');
        fuzz_require(strstr(input->text, status) != NULL);
    }
    size_t length_b = sizeof before - 1 + input->length_b + sizeof after - 1;
    char *message = fs_arena_alloc(input->arena, length_b, 1);
    memcpy(message, before, sizeof before - 1);
    memcpy(message + sizeof before - 1, input->bytes, input->length_b);
    memcpy(message + sizeof before - 1 + input->length_b, after, sizeof after - 1);
    struct fs_facts facts = fuzz_parse(input->arena, message, length_b, NULL);
    fuzz_require(!facts.permanent || facts.status == NULL || facts.status[0] == '5');
    fuzz_require(facts.class != FS_CLASS_HUMAN && facts.class != FS_CLASS_CALENDAR);
}

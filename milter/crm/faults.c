/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 the fullstop authors
 *
 * faults.c - the sentence of each fault, and the names of the columns.
 *
 * Decides how a fault and its mend are said, in English; po/ has the other languages. Must not
 * know when a fault is found. TEXT marks the sentences for the translator.
 */
#include "crm_raw.h"
#include "fullstop/text.h"

#define TEXT(fault, english) [FS_CRM_FAULT_##fault] = english

static const char *const texts[FS_CRM_FAULT_COUNT] = {
    TEXT(UTF16, "this is UTF-16; save it as UTF-8 (in Excel: \"CSV UTF-8\")"),
    TEXT(ARRAY, "this is one JSON array; give an object per line (jq -c '.[]')"),
    TEXT(HEADER, "the header cannot be read; the first line names the columns, as in "
                 "address,process,state,reason,until,note"),
    TEXT(NO_ADDRESS_COLUMN, "the header has no column address; name it, or say --format"),
    TEXT(NO_STATE_COLUMN, "the header has no column state; name it, or say --format"),
    TEXT(COLUMN_TWICE, "this column is there twice; keep one"),
    TEXT(TOO_MANY_LINES, "the file has more than 1000000 lines; split it"),
    TEXT(TOO_LONG, "the line has more than 16384 bytes; shorten it, or close its quotes"),
    TEXT(TOO_MANY_CELLS, "the line has more than 64 cells; keep those that are needed"),
    TEXT(CELLS, "the line has not as many cells as the header; put a cell that holds the separator "
                "in quotes"),
    TEXT(QUOTE, "a quote stands inside a cell; put the whole cell in quotes and double it"),
    TEXT(QUOTE_OPEN, "a quote is opened and not closed; close it"),
    TEXT(NUL, "the line holds a NUL byte; save the file as UTF-8 text"),
    TEXT(UTF8, "this is not UTF-8; save the file as UTF-8"),
    TEXT(JSON, "this is no JSON object; give one object per line"),
    TEXT(NO_TEXT, "this is no text; put it in quotes"),
    TEXT(MISSING, "this is empty; fill it in"),
    TEXT(ADDRESS, "this is no mail address; give one like jane@customer.example"),
    TEXT(STATE, "this is no state; give active, replied, paused or ended"),
    TEXT(END_REASON,
         "this is no reason for an end; give no_reply, no_urgency, not_qualified, bad_timing, "
         "not_interested, wrong_person, expired, bounced, opted_out, complained, won or other"),
    TEXT(PAUSE_REASON, "this is no reason for a pause; give out_of_office, not_now, account_reply, "
                       "review or other"),
    TEXT(REASON_UNUSED, "active and replied have no reason; leave it empty, words go into note"),
    TEXT(UNTIL_MISSING, "a pause needs its date; give a day like 2026-12-01"),
    TEXT(UNTIL_UNUSED, "only a pause has a date; leave it empty"),
    TEXT(DATE,
         "this is no date; give a day like 2026-12-01 or an instant like 2026-12-01T08:00:00Z"),
    TEXT(NOTE_LONG, "a note may have 1000 bytes at most; shorten it"),
    TEXT(TWICE, "another line speaks of the same lead; keep one of them"),
    TEXT(
        PROCESS,
        "there is no such process, neither in the configuration nor with a lead; correct the name"),
    TEXT(NO_LEAD, "this is nobody's lead, nothing was sent that a process counts; only ended with "
                  "opted_out or complained can be said of it"),
    TEXT(SEVERAL, "this is a lead in several processes; say which one in the column process"),
    TEXT(PAST, "this is not in the future; give a later date"),
    TEXT(OBJECTED, "they have objected to sales mail, which no import lifts; if they agreed again: "
                   "fullstop resume ADDRESS --reason TEXT --evidence TEXT"),
    TEXT(ENDED_PAUSE, "the lead has ended and cannot be paused; say active first, with a note"),
    TEXT(ENDED_ANSWER,
         "the lead has ended as won, an answer does not reopen that; say active, with a note"),
    TEXT(STRONGER, "the lead has ended already; only a stronger reason replaces that (complained, "
                   "opted_out, bounced); say active first, with a note, to end it anew"),
    TEXT(IN_CONVERSATION, "the lead is in conversation, which is open already; leave the line out"),
    TEXT(NO_WHY, "the lead is paused or has ended; to resume it, say why in the column note"),
    TEXT(STALE, "the lead has changed since then; export anew, and decide on what it is now"),
};

static const char *const names[] = {"address", "process", "sender",  "state", "reason",
                                    "until",   "note",    "changed", "line"};

const char *fs_crm_fault_text(enum fs_crm_fault fault)
{
    return texts[fault] == NULL ? "" : texts[fault];
}

const char *fs_crm_field_name(enum fs_crm_field field)
{
    return names[field];
}

enum fs_crm_field raw_field(const char *name)
{
    for (int i = 0; i < FS_CRM_FIELD_COUNT; i++)
        if (fs_text_equal(name, names[i]))
            return (enum fs_crm_field)i;
    return FS_CRM_LINE;
}

enum fs_status raw_fault(const struct raw *raw, enum fs_crm_field field, enum fs_crm_fault fault,
                         struct fs_crm_finding *finding)
{
    const char *value = field == FS_CRM_LINE ? NULL : raw->values[field];

    finding->number = raw->number;
    finding->field = field;
    finding->fault = fault;
    fs_text_copy(finding->value, sizeof finding->value, value == NULL ? "" : value);
    return FS_INPUT;
}

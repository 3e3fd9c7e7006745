/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 the fullstop authors
 *
 * import.c - a CRM's file read into lines and faults, judged and applied.
 *
 * Decides the order of the three, and which value a fault is told with. Must not know where
 * the bytes came from, nor whether bad lines keep the others back.
 */
#include "fullstop/import.h"

#include <stdlib.h>

#include "fullstop/text.h"

#define FIRST_COUNT ((size_t)256)
/* Between two looks at stopping. */
#define READ_PAGE ((size_t)4096)
#define JUDGE_PAGE ((size_t)1000)

static bool is_stopping(const struct fs_import *import)
{
    return import->stopping != NULL && atomic_load(import->stopping);
}

static enum fs_status stopped(struct fs_error *err)
{
    return fs_error_set(err, FS_REFUSED, "broken off, for fullstopd stops");
}

void fs_import_clear(struct fs_import *import)
{
    fs_crm_reader_free(import->reader);
    free(import->lines);
    free(import->verdicts);
    free(import->findings);
}

/* ---- reading ---- */

/* Room for one more in a list of count items; NULL: out of memory, the list is as it was. */
static void *grown(void *list, size_t count, size_t item_b)
{
    bool is_full = count == 0 || (count >= FIRST_COUNT && (count & (count - 1)) == 0);

    if (!is_full)
        return list;
    return realloc(list, (count == 0 ? FIRST_COUNT : 2 * count) * item_b);
}

static bool add_line(struct fs_import *import, const struct fs_crm_line *line)
{
    struct fs_crm_line *lines = grown(import->lines, import->count, sizeof *lines);

    if (lines == NULL)
        return false;
    import->lines = lines;
    import->lines[import->count++] = *line;
    return true;
}

static bool add_finding(struct fs_import *import, const struct fs_crm_finding *finding)
{
    struct fs_crm_finding *findings =
        grown(import->findings, import->finding_count, sizeof *findings);

    if (findings == NULL)
        return false;
    import->findings = findings;
    import->findings[import->finding_count++] = *finding;
    return true;
}

static enum fs_status read_lines(struct fs_import *import, struct fs_crm_finding *fault)
{
    struct fs_crm_finding finding;
    struct fs_crm_line line;

    for (size_t i = 0;; i++) {
        if (i % READ_PAGE == 0 && is_stopping(import))
            return FS_REFUSED;
        enum fs_status status = fs_crm_reader_next(import->reader, import->arena, &line, &finding);
        if (status == FS_NOT_FOUND)
            return FS_OK;
        if (status == FS_LIMIT)
            *fault = finding;
        if ((status == FS_OK && add_line(import, &line)) ||
            (status == FS_INPUT && add_finding(import, &finding)))
            continue;
        return status == FS_LIMIT ? FS_LIMIT : FS_NOMEM;
    }
}

enum fs_status fs_import_read(struct fs_import *import, const char *data, size_t length_b,
                              struct fs_crm_finding *fault)
{
    enum fs_status status =
        fs_crm_reader_new(data, length_b, import->format, &import->reader, fault);

    if (status == FS_OK)
        status = read_lines(import, fault);
    if (status != FS_OK)
        return status;
    import->ignored_count = fs_crm_reader_ignored(import->reader, &import->ignored);
    import->verdicts = calloc(import->count + 1, sizeof *import->verdicts);
    return import->verdicts == NULL ? FS_NOMEM : FS_OK;
}

/* ---- judging and applying ---- */

enum fs_status fs_import_judge(struct fs_import *import, struct fs_engine *engine,
                               const struct fs_config *config, struct fs_error *err)
{
    for (size_t i = 0; i < import->count; i += JUDGE_PAGE) {
        size_t left = import->count - i;
        if (is_stopping(import))
            return stopped(err);
        enum fs_status status =
            fs_engine_crm_check(engine, config, import->lines + i,
                                left < JUDGE_PAGE ? left : JUDGE_PAGE, import->verdicts + i, err);
        if (status != FS_OK)
            return status;
    }
    if (fs_crm_find_twice(import->lines, import->count, import->verdicts) != FS_OK)
        return fs_error_set(err, FS_NOMEM, "out of memory");
    return FS_OK;
}

enum fs_status fs_import_apply(struct fs_import *import, struct fs_engine *engine,
                               const struct fs_config *config, const struct fs_actor *actor,
                               struct fs_error *err)
{
    enum fs_status status = fs_engine_crm_apply(engine, config, actor, import->lines, import->count,
                                                import->verdicts, import->stopping, err);

    if (status == FS_OK && is_stopping(import) && fs_import_count(import, FS_CRM_CHANGES) > 0)
        return stopped(err);
    return status;
}

/* ---- counting and telling ---- */

size_t fs_import_count(const struct fs_import *import, enum fs_crm_outcome outcome)
{
    size_t count = 0;

    for (size_t i = 0; i < import->count; i++)
        count += import->verdicts[i].outcome == outcome ? 1 : 0;
    return count;
}

size_t fs_import_bad_count(const struct fs_import *import)
{
    return import->finding_count + fs_import_count(import, FS_CRM_BAD);
}

/* What a judged line is told as. */
static void find(const struct fs_crm_line *line, const struct fs_crm_verdict *verdict,
                 struct fs_crm_finding *out)
{
    char at[FS_TIME_SIZE_B];
    const char *value = line->address;

    switch (verdict->field) {
    case FS_CRM_ADDRESS:
    case FS_CRM_LINE:
    case FS_CRM_NOTE:
        break;
    case FS_CRM_PROCESS:
        value = line->process == NULL ? "" : line->process;
        break;
    case FS_CRM_SENDER:
        value = line->sender == NULL ? "" : line->sender;
        break;
    case FS_CRM_STATE:
        value = fs_state_name(line->state);
        break;
    case FS_CRM_REASON:
        value = fs_end_reason_name(line->end_reason);
        break;
    case FS_CRM_UNTIL:
    case FS_CRM_CHANGED:
        fs_time_rfc3339(verdict->field == FS_CRM_UNTIL ? line->until_at : line->changed_at, at,
                        sizeof at);
        value = at;
        break;
    }
    *out = (struct fs_crm_finding){
        .number = line->number, .field = verdict->field, .fault = verdict->fault};
    if (verdict->field != FS_CRM_NOTE)
        fs_text_copy(out->value, sizeof out->value, value);
}

bool fs_import_next_bad(const struct fs_import *import, struct fs_import_place *place,
                        struct fs_crm_finding *out)
{
    while (place->judged < import->count && import->verdicts[place->judged].outcome != FS_CRM_BAD)
        place->judged++;
    bool has_judged = place->judged < import->count;
    if (place->read < import->finding_count &&
        (!has_judged ||
         import->findings[place->read].number < import->lines[place->judged].number)) {
        *out = import->findings[place->read++];
        return true;
    }
    if (!has_judged)
        return false;
    find(&import->lines[place->judged], &import->verdicts[place->judged], out);
    place->judged++;
    return true;
}

/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 the fullstop authors
 *
 * take.c - what was fetched from a CRM goes into the store.
 *
 * Decides the format by Content-Type, else by the look of it; that a web page is no file; and
 * that one bad line keeps the others back unless the source is partial. Must not know HTTP
 * beyond that one name, nor when the next fetch is.
 */
#include <string.h>

#include "fullstop/import.h"
#include "fullstop/text.h"

/* Marks a sentence for the translator. */
#define SENTENCE(english) english

static const struct {
    const char *type;
    enum fs_crm_format format;
} types[] = {
    {"text/csv", FS_CRM_CSV},
    {"application/csv", FS_CRM_CSV},
    {"application/jsonl", FS_CRM_JSONL},
    {"application/x-jsonl", FS_CRM_JSONL},
    {"application/jsonlines", FS_CRM_JSONL},
    {"application/json-lines", FS_CRM_JSONL},
    {"application/x-jsonlines", FS_CRM_JSONL},
    {"application/ndjson", FS_CRM_JSONL},
    {"application/x-ndjson", FS_CRM_JSONL},
    {"application/json", FS_CRM_JSONL},
};

/* The type without its parameters. */
static void type_of(const char *content_type, char *out, size_t size_b)
{
    fs_text_copy(out, size_b, content_type);
    out[strcspn(out, "; \t")] = '\0';
}

static enum fs_crm_format format_of(const char *type)
{
    for (size_t i = 0; i < sizeof types / sizeof *types; i++)
        if (fs_text_equal(types[i].type, type))
            return types[i].format;
    return FS_CRM_BY_CONTENT;
}

static bool is_page(const char *type)
{
    return fs_text_equal(type, "text/html") || fs_text_equal(type, "application/xhtml+xml");
}

static void tell(struct fs_crm_tally *tally, const struct fs_crm_finding *finding)
{
    if (tally->first_count < FS_CRM_TOLD_MAX)
        tally->first[tally->first_count++] =
            (struct fs_crm_told){.number = finding->number,
                                 .field = fs_crm_field_name(finding->field),
                                 .text = fs_crm_fault_text(finding->fault)};
}

static void count(const struct fs_import *import, struct fs_crm_tally *out)
{
    struct fs_import_place place = {0};
    struct fs_crm_finding finding;

    out->applied = fs_import_count(import, FS_CRM_APPLIED);
    out->unchanged = fs_import_count(import, FS_CRM_UNCHANGED);
    out->bad = fs_import_bad_count(import);
    while (out->first_count < FS_CRM_TOLD_MAX && fs_import_next_bad(import, &place, &finding))
        tell(out, &finding);
}

static enum fs_status apply(const struct fs_import_taker *taker, const struct fs_config *config,
                            const struct fs_crm_load *load, struct fs_import *import,
                            struct fs_crm_tally *out, struct fs_error *err)
{
    const struct fs_actor actor = {load->source, -1};
    enum fs_status status = fs_import_judge(import, taker->engine, config, err);
    bool is_good = status == FS_OK && (load->partial || fs_import_bad_count(import) == 0);

    if (is_good)
        status = fs_import_apply(import, taker->engine, config, &actor, err);
    if (status != FS_OK)
        return status;
    count(import, out);
    if (!is_good)
        out->fault = SENTENCE("lines are bad, so nothing was applied; mend them, or let the others "
                              "be applied with partial = true");
    else if (out->bad > 0 && !load->partial)
        out->fault = SENTENCE("lines became bad while others were applied; mend them");
    return FS_OK;
}

static enum fs_status take_file(const struct fs_import_taker *taker, const struct fs_config *config,
                                const struct fs_crm_load *load, struct fs_import *import,
                                struct fs_crm_tally *out, struct fs_error *err)
{
    struct fs_crm_finding fault;
    enum fs_status status = fs_import_read(import, load->data, load->length_b, &fault);

    if (status == FS_OK)
        return apply(taker, config, load, import, out, err);
    if (status == FS_REFUSED)
        return fs_error_set(err, status, "broken off, for fullstopd stops");
    if (status == FS_NOMEM)
        return fs_error_set(err, status, "out of memory");
    out->fault = SENTENCE("what came cannot be read; is it CSV with a header, or JSON lines?");
    tell(out, &fault);
    return FS_OK;
}

enum fs_status fs_import_take(void *taker, const struct fs_crm_load *load, struct fs_crm_tally *out,
                              struct fs_error *err)
{
    const struct fs_import_taker *to = taker;
    char type[64];

    type_of(load->content_type, type, sizeof type);
    *out = (struct fs_crm_tally){0};
    if (is_page(type)) {
        out->fault = SENTENCE("what came is a web page, no file; look whether the url is right and "
                              "the token is taken");
        return FS_OK;
    }
    struct fs_import import = {
        .arena = fs_arena_new(0), .format = format_of(type), .stopping = load->stopping};
    if (import.arena == NULL)
        return fs_error_set(err, FS_NOMEM, "out of memory");
    const struct fs_config *config = fs_config_cell_get(to->config);
    enum fs_status status = take_file(to, config, load, &import, out, err);
    fs_config_unref(config);
    fs_import_clear(&import);
    fs_arena_free(import.arena);
    return status;
}

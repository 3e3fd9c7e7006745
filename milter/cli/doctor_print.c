/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 the fullstop authors
 *
 * doctor_print.c - what was found, for people and as JSON.
 *
 * Decides the order of findings and the exit. Must not know any sentence.
 */
#include "cli_json.h"
#include "doctor.h"

static const char *level_name(enum fs_doctor_level level)
{
    switch (level) {
    case FS_DOCTOR_OK:
        return "ok";
    case FS_DOCTOR_WARNING:
        return "warning";
    case FS_DOCTOR_ERROR:
        return "error";
    }
    return "error";
}

static enum fs_cli_exit print_json(struct fs_doctor *doctor)
{
    struct fs_json all = fs_json_array();
    struct fs_error err = {0};

    for (size_t i = 0; i < doctor->finding_count; i++) {
        const struct fs_doctor_finding *finding = &doctor->findings[i];
        const struct fs_doctor_sentence *sentence = fs_doctor_sentence(finding->row);
        struct fs_json one = fs_json_object();
        fs_json_text(&one, "id", sentence->id);
        fs_json_text(&one, "level", level_name(sentence->level));
        fs_json_text(&one, "text", finding->text);
        fs_json_text(&one, "mend", finding->mend);
        fs_json_add(&all, NULL, one);
    }
    if (fs_json_print(&all, doctor->cli->out, false, &err) != FS_OK)
        return fs_cli_fail(doctor->cli, &err);
    return FS_CLI_DONE;
}

/* Errors first: what is last on a long screen was not read yet. Mends stand alone in their
 * line, so that they can be pasted. */
static void print_level(struct fs_doctor *doctor, enum fs_doctor_level level)
{
    for (size_t i = 0; i < doctor->finding_count; i++) {
        const struct fs_doctor_finding *finding = &doctor->findings[i];
        const struct fs_doctor_sentence *sentence = fs_doctor_sentence(finding->row);
        if (sentence->level != level)
            continue;
        fs_cli_line(doctor->cli, "%-8s %s (%s)", level_name(level), finding->text, sentence->id);
        if (finding->mend != NULL)
            fs_cli_line(doctor->cli, "    %s", finding->mend);
        if (finding->mend != NULL)
            fputc('\n', doctor->cli->out);
    }
}

static bool print_counts(struct fs_doctor *doctor, const size_t *counts)
{
    const struct fs_cli *cli = doctor->cli;
    size_t errors = counts[FS_DOCTOR_ERROR];
    size_t warnings = counts[FS_DOCTOR_WARNING];
    const char *wrong =
        fs_arena_printf(cli->arena, fs_cli_plural(cli, "%zu error", "%zu errors", errors), errors);
    const char *doubtful = fs_arena_printf(
        cli->arena, fs_cli_plural(cli, "%zu warning", "%zu warnings", warnings), warnings);

    if (wrong == NULL || doubtful == NULL)
        return false;
    fs_cli_line(doctor->cli, "%s, %s, %zu in order", wrong, doubtful, counts[FS_DOCTOR_OK]);
    return true;
}

enum fs_cli_exit fs_doctor_print(struct fs_doctor *doctor)
{
    size_t counts[FS_DOCTOR_ERROR + 1] = {0};

    for (size_t i = 0; i < doctor->finding_count; i++)
        counts[fs_doctor_sentence(doctor->findings[i].row)->level]++;
    if (doctor->is_short_of_memory)
        return fs_cli_no_memory(doctor->cli);
    if (doctor->cli->json) {
        enum fs_cli_exit code = print_json(doctor);
        return code == FS_CLI_DONE && counts[FS_DOCTOR_ERROR] > 0 ? FS_CLI_NO : code;
    }
    print_level(doctor, FS_DOCTOR_ERROR);
    print_level(doctor, FS_DOCTOR_WARNING);
    print_level(doctor, FS_DOCTOR_OK);
    if (!print_counts(doctor, counts))
        return fs_cli_no_memory(doctor->cli);
    return counts[FS_DOCTOR_ERROR] > 0 ? FS_CLI_NO : FS_CLI_DONE;
}

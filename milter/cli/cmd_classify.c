/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 the fullstop authors
 *
 * cmd_classify.c - fullstop classify: what fullstop sees in messages.
 *
 * Decides nothing: it shows facts. Must not need a configuration or a store, so that it
 * can be tried on a mailbox before anything is set up.
 */
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "cli.h"
#include "cli_json.h"
#include "fullstop/mail.h"

#define DATE_SIZE_B 40

static void add_texts(struct fs_json *json, const char *key, const char *const *items, size_t count)
{
    struct fs_json list = fs_json_array();

    for (size_t i = 0; i < count; i++)
        fs_json_text(&list, NULL, items[i]);
    fs_json_add(json, key, list);
}

static enum fs_status print_json(struct fs_cli *cli, const char *name, const struct fs_facts *facts,
                                 struct fs_error *err)
{
    struct fs_json json = fs_json_object();

    fs_json_text(&json, "file", name);
    fs_json_text(&json, "class", fs_mail_class_name(facts->class));
    fs_json_text(&json, "rule", facts->rule);
    fs_json_text(&json, "opt_out", fs_answer_name(facts->opt_out));
    fs_json_text(&json, "decline", fs_answer_name(facts->decline));
    fs_json_day(&json, "return_date", facts->return_date);
    fs_json_text(&json, "message_id", facts->message_id);
    fs_json_text(&json, "in_reply_to", facts->in_reply_to);
    add_texts(&json, "references", facts->references, facts->reference_count);
    fs_json_text(&json, "original_recipient", facts->original_recipient);
    fs_json_text(&json, "status", facts->status);
    fs_json_bool(&json, "permanent", facts->permanent);
    add_texts(&json, "hits", facts->hits, facts->hit_count);
    return fs_json_print(&json, cli->out, false, err);
}

static void print_line(struct fs_cli *cli, const char *name, const struct fs_facts *facts)
{
    char back[DATE_SIZE_B] = "";

    if (facts->return_date.year != 0)
        snprintf(back, sizeof back, ", back on %04d-%02d-%02d", facts->return_date.year,
                 facts->return_date.month, facts->return_date.day);
    fs_cli_line(cli, "%s: %s (%s)%s%s%s%s%s%s%s%s%s%s", name, fs_mail_class_name(facts->class),
                facts->rule == NULL ? "no rule" : facts->rule, back,
                facts->opt_out == FS_ANSWER_NO ? "" : ", opt-out ",
                facts->opt_out == FS_ANSWER_NO ? "" : fs_answer_name(facts->opt_out),
                facts->decline == FS_ANSWER_NO ? "" : ", decline ",
                facts->decline == FS_ANSWER_NO ? "" : fs_answer_name(facts->decline),
                facts->original_recipient == NULL ? "" : ", about ",
                facts->original_recipient == NULL ? "" : facts->original_recipient,
                facts->status == NULL ? "" : ", status ",
                facts->status == NULL ? "" : facts->status, facts->permanent ? ", permanent" : "");
}

static enum fs_status classify(struct fs_cli *cli, const char *name,
                               const struct fs_cli_message *message, struct fs_error *err)
{
    struct fs_facts facts = {0};
    struct fs_arena *arena = fs_arena_new(0);
    enum fs_status status;

    if (arena == NULL)
        return fs_error_set(err, FS_NOMEM, "out of memory");
    status = fs_mail_parse(arena, message->data, message->length_b, NULL, &facts, err);
    if (status == FS_OK && cli->json)
        status = print_json(cli, name, &facts, err);
    else if (status == FS_OK)
        print_line(cli, name, &facts);
    fs_arena_free(arena);
    return status;
}

static enum fs_status read_file(struct fs_cli_message *message, const char *name,
                                struct fs_error *err)
{
    enum fs_status status;

    if (strcmp(name, "-") == 0)
        return fs_cli_message_read(message, STDIN_FILENO, "standard input", err);
    int fd = open(name, O_RDONLY | O_CLOEXEC);
    if (fd < 0)
        return fs_error_set(err, FS_IO, "cannot read %s: %s", name, strerror(errno));
    status = fs_cli_message_read(message, fd, name, err);
    close(fd);
    return status;
}

static enum fs_cli_exit run(struct fs_cli *cli, const struct fs_cli_args *args)
{
    static const char *const standard_input[] = {"-"};
    const char *const *names = args->operand_count == 0 ? standard_input : args->operands;
    size_t count = args->operand_count == 0 ? 1 : args->operand_count;
    struct fs_cli_message message = {0};
    enum fs_cli_exit code = FS_CLI_DONE;

    for (size_t i = 0; i < count && !ferror(cli->out); i++) {
        struct fs_error err = {0};
        enum fs_status status = read_file(&message, names[i], &err);
        if (status == FS_OK)
            status = classify(cli, names[i], &message, &err);
        if (status != FS_OK)
            code = fs_cli_fail(cli, &err);
    }
    fs_cli_message_clear(&message);
    return code;
}

static const struct fs_cli_option no_options[] = {{NULL, 0, false, NULL, NULL}};

const struct fs_cli_command fs_cmd_classify = {
    .name = "classify",
    .operands = "[FILE...]",
    .summary = "show what fullstop sees in messages",
    .help =
        "Reads each FILE as one message (standard input without FILE, or for -) and shows its\n"
        "class, the rule that decided, and what else was found. Needs no configuration and\n"
        "no store, and writes nothing. A file that cannot be read is told; the exit is then 1.\n\n"
        "  fullstop classify --json ~/Maildir/cur/*",
    .options = no_options,
    .operands_min = 0,
    .operands_max = (size_t)-1,
    .run = run,
};

/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 the fullstop authors
 *
 * cli.h - what the commands of fullstop(1) share: the call, its exits and its printing.
 *
 * One struct fs_cli per process, made by main(). A command is one constant of type struct
 * fs_cli_command in a file of its own. Everything a person reads goes through
 * fs_cli_line() or a table, so that no control character of mail or arguments reaches the
 * terminal. Not thread-safe, and need not be.
 */
#ifndef FULLSTOP_CLI_CLI_H
#define FULLSTOP_CLI_CLI_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <sys/types.h>

#include "cli_options.h"
#include "fullstop/arena.h"
#include "fullstop/clock.h"
#include "fullstop/config.h"
#include "fullstop/engine.h"
#include "fullstop/status.h"

/* The exit statuses; their meaning is part of the command's contract. */
enum fs_cli_exit {
    FS_CLI_DONE = 0,
    FS_CLI_NO = 1,    /* not found, refused, broken, not written */
    FS_CLI_USAGE = 2, /* the call or the configuration is wrong */
};

struct fs_cli_command;

struct fs_cli {
    const struct fs_cli_command *const *commands; /* of this program */
    size_t command_count;
    FILE *in;
    FILE *out;
    FILE *complaints;
    size_t columns; /* of the terminal; 0: no limit */
    const char *config_path;
    bool json;
    struct fs_arena *arena; /* lives as long as the call */
    struct fs_clock clock;
    int64_t uid;       /* the real caller's, before any change of user */
    const char *login; /* of that uid */
    const char *sudo;  /* who sudo(8) says stands behind root; NULL: nobody */
    const struct fs_config *config;
    struct fs_engine *engine;
    enum fs_language language; /* of what is printed; JSON has none */
    bool language_is_known;    /* by the environment or the configuration */
    bool user_changed;         /* the store is used as the configured user */
};

struct fs_cli_command {
    const char *name;     /* one word or two: "audit verify" */
    const char *operands; /* as the usage line shows them */
    const char *summary;
    const char *help;
    const struct fs_cli_option *options; /* ended by one without name */
    size_t operands_min;
    size_t operands_max;
    enum fs_cli_exit (*run)(struct fs_cli *cli, const struct fs_cli_args *args);
};

extern const struct fs_cli_command fs_cmd_check;
extern const struct fs_cli_command fs_cmd_doctor;
extern const struct fs_cli_command fs_cmd_classify;
extern const struct fs_cli_command fs_cmd_status;
extern const struct fs_cli_command fs_cmd_leads;
extern const struct fs_cli_command fs_cmd_why;
extern const struct fs_cli_command fs_cmd_history;
extern const struct fs_cli_command fs_cmd_pause;
extern const struct fs_cli_command fs_cmd_end;
extern const struct fs_cli_command fs_cmd_resume;
extern const struct fs_cli_command fs_cmd_answered;
extern const struct fs_cli_command fs_cmd_released;
extern const struct fs_cli_command fs_cmd_ingest;
extern const struct fs_cli_command fs_cmd_import;
extern const struct fs_cli_command fs_cmd_export_leads;
extern const struct fs_cli_command fs_cmd_off;
extern const struct fs_cli_command fs_cmd_on;
extern const struct fs_cli_command fs_cmd_reload;
extern const struct fs_cli_command fs_cmd_audit_verify;
extern const struct fs_cli_command fs_cmd_audit_export;
extern const struct fs_cli_command fs_cmd_outbox_list;
extern const struct fs_cli_command fs_cmd_outbox_show;
extern const struct fs_cli_command fs_cmd_outbox_retry;
extern const struct fs_cli_command fs_cmd_outbox_drop;
extern const struct fs_cli_command fs_cmd_webhook_test;
/* Not fullstop's: what fullstop-webhook does for the one above. */
extern const struct fs_cli_command fs_cmd_webhook_send;

/* ---- a program (cli_main.c) ---- */

/* main() of a program with these commands: the exit status. */
int fs_cli_main(const struct fs_cli_command *const *commands, size_t command_count, int argc,
                char **argv);

/* ---- language (cli_language.c) ---- */

/* Marks a text for translation that fs_cli_words() is given later. */
#define FS_CLI_WORDS(english) english
/* Before anything is said: the language of the configuration, where neither the environment
 * nor a configuration that was opened has told it. */
void fs_cli_learn_language(struct fs_cli *cli);
/* The text in the language of the call. */
const char *fs_cli_words(const struct fs_cli *cli, const char *english)
    __attribute__((format_arg(2)));
/* The same of a text with a number: the form for that many. */
const char *fs_cli_plural(const struct fs_cli *cli, const char *one, const char *many, size_t count)
    __attribute__((format_arg(2), format_arg(3)));
/* Of LC_ALL, LC_MESSAGES and LANG, in this order: false when they name no language that is
 * spoken here. Items may be NULL. */
bool fs_cli_language_parse(const char *const *locales, size_t count, enum fs_language *out);
/* Columns of a table with their titles in the language of the call. NULL: out of memory. */
struct fs_cli_column;
const struct fs_cli_column *fs_cli_columns(const struct fs_cli *cli,
                                           const struct fs_cli_column *columns, size_t count);
/* "2026-03-14", "14.03.2026"; with the time of day. NULL: out of memory. */
const char *fs_cli_day(const struct fs_cli *cli, int64_t at);
const char *fs_cli_minute(const struct fs_cli *cli, int64_t at);

/* ---- printing (cli_print.c) ---- */

/* One line to cli->out, cleaned; the line feed is added. All three print the translation of
 * their format where there is one. */
void fs_cli_line(struct fs_cli *cli, const char *format, ...) __attribute__((format(printf, 2, 3)));
/* "fullstop: ..." as one line to cli->complaints, cleaned. */
void fs_cli_complain(struct fs_cli *cli, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
/* Complains with err's sentence and returns the exit it stands for. */
enum fs_cli_exit fs_cli_fail(struct fs_cli *cli, const struct fs_error *err);
/* Complains about the call, points to --help, returns FS_CLI_USAGE. */
enum fs_cli_exit fs_cli_misused(struct fs_cli *cli, const struct fs_cli_command *command,
                                const char *format, ...) __attribute__((format(printf, 3, 4)));
enum fs_cli_exit fs_cli_no_memory(struct fs_cli *cli);
void fs_cli_print_help(struct fs_cli *cli, const struct fs_cli_command *command);

/* ---- opening (cli_open.c) ---- */

/* Loads the configuration, its timezone and its language. Complains on failure. */
enum fs_cli_exit fs_cli_open_config(struct fs_cli *cli);
/* The configuration, then as root the configured user, then the store. */
enum fs_cli_exit fs_cli_open_store(struct fs_cli *cli, bool create);
void fs_cli_close(struct fs_cli *cli);
/* Complains and returns false when name is given and not configured. */
bool fs_cli_knows_process(struct fs_cli *cli, const char *name);
/* The operand as canonical address; complains and returns NULL when it is none. */
const char *fs_cli_address(struct fs_cli *cli, const char *text);
/* Who is recorded: --actor or the login name, and always the real uid. FS_INPUT: --actor is
 * no name. */
enum fs_status fs_cli_actor(const struct fs_cli *cli, const struct fs_cli_args *args,
                            struct fs_actor *out, struct fs_error *err);
/* text, and who stands behind sudo; NULL when there is neither. FS_INPUT: too long, not
 * UTF-8. */
enum fs_status fs_cli_note(struct fs_cli *cli, const char *text, const char **out,
                           struct fs_error *err);

/* ---- a person's decision (cli_say.c) ---- */

/* Completes saying from the operand and the options that all four commands share, tells
 * the engine, and prints what came of it. */
enum fs_cli_exit fs_cli_say(struct fs_cli *cli, const struct fs_cli_args *args,
                            struct fs_saying *saying);

/* ---- the daemon (cli_daemon.c) ---- */

enum fs_cli_daemon { FS_CLI_DAEMON_STOPPED, FS_CLI_DAEMON_RUNNING, FS_CLI_DAEMON_UNKNOWN };
const char *fs_cli_daemon_name(enum fs_cli_daemon daemon);
/* By the lock on the pid file beside the store. *out_pid is 0 unless running;
 * *out_path is the pid file, NULL for a store without a path. */
enum fs_cli_daemon fs_cli_daemon_find(struct fs_cli *cli, pid_t *out_pid, const char **out_path);

/* ---- reading a message (cli_read.c) ---- */

/* A buffer that is used for message after message. */
struct fs_cli_message {
    char *data;
    size_t size_b;
    size_t length_b;
};
/* Reads as much of a message as the parser looks at. FS_IO, FS_NOMEM. */
enum fs_status fs_cli_message_read(struct fs_cli_message *message, int fd, const char *name,
                                   struct fs_error *err);
void fs_cli_message_clear(struct fs_cli_message *message);

#endif

/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 the fullstop authors
 *
 * cli_main.c - what every program of fullstop(1) does before and after a command.
 *
 * Decides which command of its table a call means, and that output which could not be written
 * is a failure. Must not know what a command does.
 */
#include <errno.h>
#include <fcntl.h>
#include <pwd.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "cli.h"
#include "cli_table.h"
#include "fullstop/hash.h"
#include "fullstop/mail.h"
#include "fullstop/text.h"

/* What unknown_command() compares with; a table is far smaller. */
#define NAMES_MAX 64

static void print_usage(struct fs_cli *cli)
{
    fputs("usage: fullstop [-c FILE] [--json] COMMAND [ARGUMENTS]\n\n"
          "Shows and steers the lead processes that fullstopd watches.\n\nCommands:\n",
          cli->out);
    for (size_t i = 0; i < cli->command_count; i++)
        fprintf(cli->out, "  %-13s %s\n", cli->commands[i]->name, cli->commands[i]->summary);
    fputs("\nOptions, before or after the command:\n", cli->out);
    for (const struct fs_cli_option *option = fs_cli_common_options; option->name != NULL; option++)
        fprintf(cli->out, "  %c%c%c --%-9s %-5s %s\n", option->letter == 0 ? ' ' : '-',
                option->letter == 0 ? ' ' : option->letter, option->letter == 0 ? ' ' : ',',
                option->name, option->argument == NULL ? "" : option->argument, option->help);
    fputs("\nfullstop COMMAND --help tells more. Exit: 0 done, 1 no (not found, refused),\n"
          "2 wrong call or configuration.\n",
          cli->out);
}

/* The command that words begin with; *out_used is how many words its name has. */
static const struct fs_cli_command *find_command(const struct fs_cli *cli, int count,
                                                 char *const *words, int *out_used)
{
    for (size_t i = 0; i < cli->command_count; i++) {
        const char *space = strchr(cli->commands[i]->name, ' ');
        if (space == NULL && strcmp(words[0], cli->commands[i]->name) == 0) {
            *out_used = 1;
            return cli->commands[i];
        }
        if (space != NULL && count > 1 &&
            strlen(words[0]) == (size_t)(space - cli->commands[i]->name) &&
            strncmp(words[0], cli->commands[i]->name, strlen(words[0])) == 0 &&
            strcmp(words[1], space + 1) == 0) {
            *out_used = 2;
            return cli->commands[i];
        }
    }
    return NULL;
}

static bool is_family(const struct fs_cli *cli, const char *word)
{
    size_t length = strlen(word);

    for (size_t i = 0; i < cli->command_count; i++)
        if (strncmp(cli->commands[i]->name, word, length) == 0 &&
            cli->commands[i]->name[length] == ' ')
            return true;
    return false;
}

/* "audit" alone, or with a second word that is none of its commands. */
static enum fs_cli_exit family(struct fs_cli *cli, int count, char *const *words)
{
    size_t length = strlen(words[0]);
    bool wants_help = false;

    for (int i = 1; i < count; i++)
        wants_help = wants_help || strcmp(words[i], "--help") == 0 || strcmp(words[i], "-h") == 0;
    if (wants_help) {
        for (size_t i = 0; i < cli->command_count; i++)
            if (strncmp(cli->commands[i]->name, words[0], length) == 0)
                fprintf(cli->out, "fullstop %-13s %s\n", cli->commands[i]->name,
                        cli->commands[i]->summary);
        return FS_CLI_DONE;
    }
    struct fs_buf known;
    fs_buf_init(&known, 256);
    for (size_t i = 0; i < cli->command_count; i++)
        if (strncmp(cli->commands[i]->name, words[0], length) == 0)
            fs_buf_printf(&known, "%s\"%s\"", known.length_b == 0 ? "" : " or ",
                          cli->commands[i]->name);
    fs_cli_complain(cli, "\"%s%s%s\" is no command; there is %s", words[0], count > 1 ? " " : "",
                    count > 1 ? words[1] : "", known.data == NULL ? "none" : known.data);
    fs_buf_clear(&known);
    return FS_CLI_USAGE;
}

static enum fs_cli_exit unknown_command(struct fs_cli *cli, const char *word)
{
    static const char *const families[] = {"audit", "outbox", "webhook"};
    const char *names[NAMES_MAX];
    size_t count = 0;

    for (size_t i = 0; i < sizeof families / sizeof *families; i++)
        names[count++] = families[i];
    for (size_t i = 0; i < cli->command_count && count < NAMES_MAX; i++)
        names[count++] = cli->commands[i]->name;
    const char *nearest = fs_cli_nearest(word, names, count);
    if (nearest != NULL)
        fs_cli_complain(cli, "there is no command \"%s\"; did you mean \"%s\"?", word, nearest);
    else
        fs_cli_complain(cli, "there is no command \"%s\"; fullstop --help lists them", word);
    return FS_CLI_USAGE;
}

static enum fs_cli_exit check_operands(struct fs_cli *cli, const struct fs_cli_command *command,
                                       const struct fs_cli_args *args)
{
    if (args->operand_count > command->operands_max)
        return fs_cli_misused(cli, command, "\"%s\" is too much: usage is fullstop %s%s%s",
                              args->operands[command->operands_max], command->name,
                              command->operands[0] == '\0' ? "" : " ", command->operands);
    if (args->operand_count < command->operands_min)
        return fs_cli_misused(cli, command, "something is missing: usage is fullstop %s %s",
                              command->name, command->operands);
    return FS_CLI_DONE;
}

/* Libraries beneath the mail room ignore SIGPIPE for the whole process when they are set up;
 * a command whose reader has left is to end as every other one does. */
static enum fs_status set_up(struct fs_error *err)
{
    struct sigaction before;
    enum fs_status status = fs_hash_setup(err);

    if (sigaction(SIGPIPE, NULL, &before) != 0)
        return fs_error_set(err, FS_IO, "sigaction: %s", strerror(errno));
    if (status == FS_OK)
        status = fs_mail_setup(err);
    if (sigaction(SIGPIPE, &before, NULL) != 0)
        return fs_error_set(err, FS_IO, "sigaction: %s", strerror(errno));
    return status;
}

static enum fs_cli_exit run_command(struct fs_cli *cli, const struct fs_cli_command *command,
                                    const struct fs_cli_args *args)
{
    const char *config_path = fs_cli_args_value(args, "config");
    struct fs_error err = {0};

    if (fs_cli_args_has(args, "help")) {
        fs_cli_print_help(cli, command);
        return FS_CLI_DONE;
    }
    if (check_operands(cli, command, args) != FS_CLI_DONE)
        return FS_CLI_USAGE;
    if (config_path != NULL)
        cli->config_path = config_path;
    cli->json = fs_cli_args_has(args, "json");
    if (set_up(&err) != FS_OK)
        return fs_cli_fail(cli, &err);
    enum fs_cli_exit code = command->run(cli, args);
    fs_cli_close(cli);
    fs_mail_teardown();
    return code;
}

static enum fs_cli_exit bad_option(struct fs_cli *cli, const struct fs_cli_command *command,
                                   const struct fs_error *err)
{
    if (command != NULL)
        return fs_cli_misused(cli, command, "%s", err->text);
    fs_cli_complain(cli, "%s (see: fullstop --help)", err->text);
    return FS_CLI_USAGE;
}

/* "fullstop help", "fullstop help pause": as --help. */
static enum fs_cli_exit help(struct fs_cli *cli, int count, char *const *words)
{
    const struct fs_cli_command *command;
    int used;

    if (count == 0) {
        print_usage(cli);
        return FS_CLI_DONE;
    }
    command = find_command(cli, count, words, &used);
    if (command == NULL)
        return unknown_command(cli, words[0]);
    fs_cli_print_help(cli, command);
    return FS_CLI_DONE;
}

static enum fs_cli_exit dispatch(struct fs_cli *cli, int count, char *const *words)
{
    struct fs_cli_args args = {.given_count = 0};
    struct fs_error err = {0};
    const struct fs_cli_command *command;
    int used = 0;

    if (fs_cli_args_parse(cli->arena, NULL, true, count, words, &args, &used, &err) != FS_OK)
        return bad_option(cli, NULL, &err);
    count -= used;
    words += used;
    if (fs_cli_args_has(&args, "version")) {
        fprintf(cli->out, "fullstop %s\n", FS_VERSION);
        return FS_CLI_DONE;
    }
    if (fs_cli_args_has(&args, "help") && count == 0) {
        print_usage(cli);
        return FS_CLI_DONE;
    }
    if (count == 0) {
        fs_cli_complain(cli, "which command? fullstop --help lists them");
        return FS_CLI_USAGE;
    }
    if (strcmp(words[0], "help") == 0)
        return help(cli, count - 1, words + 1);
    command = find_command(cli, count, words, &used);
    if (command == NULL)
        return is_family(cli, words[0]) ? family(cli, count, words)
                                        : unknown_command(cli, words[0]);
    if (fs_cli_args_parse(cli->arena, command->options, false, count - used, words + used, &args,
                          &used, &err) != FS_OK)
        return bad_option(cli, command, &err);
    return run_command(cli, command, &args);
}

/* Descriptors 0 to 2 must be taken, or a store opened later would be written to by printf. */
static bool hold_standard_streams(void)
{
    int fd;

    do {
        fd = open("/dev/null", O_RDWR);
    } while (fd >= 0 && fd <= STDERR_FILENO);
    if (fd >= 0)
        close(fd);
    return fd >= 0;
}

/* Who really calls: for what is recorded. Environment counts only as a note, and only for
 * root, who could write anything anyway. */
static bool find_caller(struct fs_cli *cli)
{
    const struct passwd *entry = getpwuid(getuid());
    const char *sudo_user = getenv("SUDO_USER");
    const char *sudo_uid = getenv("SUDO_UID");

    cli->uid = (int64_t)getuid();
    cli->login = entry == NULL ? fs_arena_printf(cli->arena, "uid %lld", (long long)cli->uid)
                               : fs_arena_strdup(cli->arena, entry->pw_name);
    if (cli->uid == 0 && sudo_user != NULL && sudo_user[0] != '\0')
        cli->sudo = fs_arena_printf(cli->arena, "%.64s, uid %.16s", sudo_user,
                                    sudo_uid == NULL ? "unknown" : sudo_uid);
    return cli->login != NULL;
}

static void find_language(struct fs_cli *cli)
{
    const char *const locales[] = {getenv("LC_ALL"), getenv("LC_MESSAGES"), getenv("LANG")};

    cli->language_is_known =
        fs_cli_language_parse(locales, sizeof locales / sizeof *locales, &cli->language);
}

/* A full disk shows at the latest here. */
static bool close_output(void)
{
    int why = errno;
    bool had_failed = ferror(stdout) != 0;
    bool has_failed = fclose(stdout) != 0;

    if (!had_failed && !has_failed)
        return true;
    if (has_failed)
        why = errno; /* what is left in the buffer failed again, for the same reason */
    fprintf(stderr, "fullstop: cannot write output: %s\n", strerror(why));
    return false;
}

int fs_cli_main(const struct fs_cli_command *const *commands, size_t command_count, int argc,
                char **argv)
{
    struct fs_cli cli = {
        .in = stdin,
        .out = stdout,
        .complaints = stderr,
        .config_path = FS_CONFIG_PATH_DEFAULT,
        .clock = fs_clock_system(),
        .commands = commands,
        .command_count = command_count,
    };
    enum fs_cli_exit code = FS_CLI_NO;

    if (!hold_standard_streams())
        return FS_CLI_NO;
    umask(S_IRWXG | S_IRWXO);
    cli.columns = fs_cli_terminal_columns(stdout);
    find_language(&cli);
    cli.arena = fs_arena_new(0);
    if (cli.arena == NULL || !find_caller(&cli))
        fs_cli_no_memory(&cli);
    else
        code = dispatch(&cli, argc > 0 ? argc - 1 : 0, argc > 0 ? argv + 1 : argv);
    fs_arena_free(cli.arena);
    bool is_written = close_output();
    return is_written || code != FS_CLI_DONE ? (int)code : FS_CLI_NO;
}

/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 the fullstop authors
 *
 * cmd_doctor.c - fullstop doctor: what is wired wrongly, and the line that mends it.
 *
 * Decides which MTA is looked at and in which order. Must not know what is wrong with what:
 * the doctor_*.c beside it do.
 */
#include "doctor.h"

#include <stdlib.h>
#include <unistd.h>

#define SENDMAIL_CF "/etc/mail/sendmail.cf"

static void look_at_postfix(struct fs_doctor *doctor, const struct fs_doctor_postfix *postfix)
{
    const char *where = postfix->config_path == NULL ? fs_doctor_main(postfix, "config_directory")
                                                     : postfix->config_path;

    fs_doctor_find(doctor, FS_DOCTOR_POSTFIX, fs_doctor_main(postfix, "mail_version"), where, NULL,
                   NULL);
    fs_doctor_services(doctor, postfix);
    fs_doctor_postfix_domains(doctor, postfix);
    fs_doctor_postfix_flag(doctor, postfix);
    fs_doctor_socket(doctor, fs_doctor_main(postfix, "mail_owner"), false);
}

/* Postfix, unless a sendmail.cf was named. A Postfix that was not named and cannot be read
 * may be one that is not used. false: there is none. */
static bool find_postfix(struct fs_doctor *doctor, const char *named)
{
    struct fs_doctor_postfix postfix;
    struct fs_error err = {0};
    enum fs_status status = fs_doctor_postfix_read(doctor, named, &postfix, &err);

    if (status == FS_OK)
        look_at_postfix(doctor, &postfix);
    else if (named != NULL || getenv("MAIL_CONFIG") != NULL)
        fs_doctor_find(doctor, FS_DOCTOR_POSTFIX_UNREADABLE, err.text,
                       named == NULL ? "sudo postconf"
                                     : fs_doctor_text(doctor, "sudo postconf -c %s",
                                                      fs_doctor_quoted(doctor, named)),
                       NULL, NULL);
    else
        return false;
    return true;
}

static void find_mta(struct fs_doctor *doctor, const char *postfix, const char *sendmail)
{
    const char *path = sendmail == NULL ? SENDMAIL_CF : sendmail;
    struct fs_error err = {0};

    if (sendmail == NULL && find_postfix(doctor, postfix))
        return;
    enum fs_status status = fs_doctor_sendmail(doctor, path, &err);
    if (status == FS_OK)
        return;
    if (status == FS_NOT_FOUND && sendmail == NULL)
        fs_doctor_find(doctor, FS_DOCTOR_NO_MTA, path, NULL, NULL, NULL);
    else
        fs_doctor_find(doctor, FS_DOCTOR_SENDMAIL_UNREADABLE, path, err.text,
                       fs_doctor_quoted(doctor, path), NULL);
}

static const struct fs_cli_option options[] = {
    {"postfix-config", 0, false, "DIR", "look at the Postfix configured there"},
    {"sendmail-cf", 0, false, "FILE", "look at Sendmail by this file"},
    {NULL, 0, false, NULL, NULL},
};

static enum fs_cli_exit run(struct fs_cli *cli, const struct fs_cli_args *args)
{
    const char *postfix = fs_cli_args_value(args, "postfix-config");
    const char *sendmail = fs_cli_args_value(args, "sendmail-cf");
    enum fs_cli_exit code = fs_cli_open_config(cli);

    if (code != FS_CLI_DONE)
        return code;
    if (postfix != NULL && sendmail != NULL)
        return fs_cli_misused(cli, &fs_cmd_doctor,
                              "--postfix-config and --sendmail-cf exclude each other");
    struct fs_doctor *doctor = fs_arena_alloc(cli->arena, 1, sizeof *doctor);
    if (doctor == NULL)
        return fs_cli_no_memory(cli);
    doctor->cli = cli;
    doctor->arena = cli->arena;
    doctor->config = cli->config;
    doctor->listen_at = fs_doctor_address(cli->arena, cli->config->listen);
    if (doctor->listen_at == NULL)
        return fs_cli_no_memory(cli);
    find_mta(doctor, postfix, sendmail);
    fs_doctor_files(doctor);
    fs_doctor_daemon(doctor);
    return fs_doctor_print(doctor);
}

const struct fs_cli_command fs_cmd_doctor = {
    .name = "doctor",
    .operands = "",
    .summary = "find what is wired wrongly, and the line that mends it",
    .help = "Looks at the configuration, at Postfix (postconf) or Sendmail (sendmail.cf), at the\n"
            "socket, the daemon, the store and the clock. Each finding is a sentence with its\n"
            "id, and below it the line that mends it. Changes nothing. Call it as root: others\n"
            "see less. Without an option it looks at Postfix, by MAIL_CONFIG if that is set,\n"
            "else at Sendmail by " SENDMAIL_CF ". The exit is 1 when there is an error.",
    .options = options,
    .operands_min = 0,
    .operands_max = 0,
    .run = run,
};

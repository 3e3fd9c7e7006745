/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 the fullstop authors
 *
 * cli_open.c - configuration and store of a call, and who is calling.
 *
 * Decides as which user the store is used (the configured one when root calls, so that
 * SQLite's files keep their owner) and what a caller is told when it cannot be. Must not
 * know what a command does with it.
 */
#include <errno.h>
#include <grp.h>
#include <pwd.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "cli.h"
#include "cli_text.h"
#include "fullstop/address.h"
#include "fullstop/text.h"

/* Longest note and name that are recorded, in bytes. */
#define NOTE_MAX_B 1000
#define ACTOR_MAX_B 200

enum fs_cli_exit fs_cli_open_config(struct fs_cli *cli)
{
    struct fs_error err = {0};

    if (cli->config != NULL)
        return FS_CLI_DONE;
    if (fs_config_load(cli->config_path, &cli->config, &err) != FS_OK) {
        cli->language_is_known = true; /* as far as it can be */
        fs_cli_complain(cli, "%s", err.text);
        return FS_CLI_USAGE;
    }
    if (cli->config->timezone[0] != '\0') {
        setenv("TZ", cli->config->timezone, 1);
        tzset();
    }
    if (!cli->language_is_known)
        cli->language = cli->config->language;
    cli->language_is_known = true;
    return FS_CLI_DONE;
}

/* The configured user, or NULL when nothing is to be changed. */
static const struct passwd *other_user(const struct fs_config *config)
{
    const struct passwd *entry;

    if (geteuid() != 0 || config->user[0] == '\0')
        return NULL;
    entry = getpwnam(config->user);
    if (entry == NULL || entry->pw_uid == 0)
        return NULL;
    return entry;
}

static enum fs_cli_exit become_user(struct fs_cli *cli)
{
    const struct passwd *entry = other_user(cli->config);

    if (entry == NULL)
        return FS_CLI_DONE;
    if (initgroups(entry->pw_name, entry->pw_gid) != 0 || setgid(entry->pw_gid) != 0 ||
        setuid(entry->pw_uid) != 0) {
        fs_cli_complain(cli, "cannot become user %s: %s", cli->config->user, strerror(errno));
        return FS_CLI_NO;
    }
    cli->user_changed = true;
    return FS_CLI_DONE;
}

static enum fs_cli_exit denied(struct fs_cli *cli, const char *path)
{
    fs_cli_complain(cli,
                    "the store %s cannot be used by this user: %s; run fullstop as root or as "
                    "user %s",
                    path, strerror(errno), cli->config->user);
    return FS_CLI_NO;
}

/* Says what is wrong in the caller's words before the store is asked. */
static enum fs_cli_exit look_at_store(struct fs_cli *cli, bool create)
{
    const char *path = fs_config_store_path(cli->config);

    if (path == NULL) {
        fs_cli_complain(cli,
                        "store = \"%s\" in %s lives in the memory of fullstopd alone; for this "
                        "command set it to \"sqlite:PATH\"",
                        cli->config->store, cli->config->path);
        return FS_CLI_USAGE;
    }
    if (access(path, F_OK) != 0) {
        if (errno == EACCES)
            return denied(cli, path);
        if (create)
            return FS_CLI_DONE;
        fs_cli_complain(cli,
                        "there is no store at %s; fullstopd makes it when it first starts (the "
                        "place is said by store in %s)",
                        path, cli->config->path);
        return FS_CLI_NO;
    }
    return access(path, R_OK | W_OK) != 0 ? denied(cli, path) : FS_CLI_DONE;
}

enum fs_cli_exit fs_cli_open_store(struct fs_cli *cli, bool create)
{
    struct fs_error err = {0};
    enum fs_cli_exit code = fs_cli_open_config(cli);

    if (code == FS_CLI_DONE)
        code = become_user(cli);
    if (code == FS_CLI_DONE)
        code = look_at_store(cli, create);
    if (code != FS_CLI_DONE)
        return code;
    struct fs_engine_setup setup = {
        .store_url = cli->config->store,
        .log_name = NULL,
        .create = create,
        .clock = cli->clock,
    };
    if (fs_engine_open(&setup, &cli->engine, &err) != FS_OK)
        return fs_cli_fail(cli, &err);
    fs_engine_use(cli->engine, cli->config);
    return FS_CLI_DONE;
}

void fs_cli_close(struct fs_cli *cli)
{
    if (cli->engine != NULL)
        fs_engine_close(cli->engine);
    cli->engine = NULL;
    fs_config_unref(cli->config);
    cli->config = NULL;
}

bool fs_cli_knows_process(struct fs_cli *cli, const char *name)
{
    struct fs_buf names;

    if (name == NULL || fs_config_process_named(cli->config, name) != NULL)
        return true;
    fs_buf_init(&names, 1024);
    for (size_t i = 0; i < cli->config->process_count; i++) {
        const char *known = cli->config->processes[i].name;
        if (i > 0)
            fs_buf_add_some(&names, ", ", 2);
        fs_buf_add_some(&names, known, strlen(known));
    }
    fs_cli_complain(cli, "there is no process \"%s\" in %s; it has %s", name, cli->config->path,
                    names.data == NULL ? "none" : names.data);
    fs_buf_clear(&names);
    return false;
}

const char *fs_cli_address(struct fs_cli *cli, const char *text)
{
    struct fs_error err = {0};
    const char *address = NULL;

    if (fs_address_canonical(cli->arena, text, &address, &err) == FS_OK)
        return address;
    fs_cli_learn_language(cli);
    if (cli->language == FS_LANGUAGE_EN) /* the detail has no translation */
        fs_cli_complain(cli, "\"%s\" is no mail address: %s", text, err.text);
    else
        fs_cli_complain(cli, "\"%s\" is no mail address", text);
    return NULL;
}

enum fs_status fs_cli_actor(const struct fs_cli *cli, const struct fs_cli_args *args,
                            struct fs_actor *out, struct fs_error *err)
{
    const char *name = fs_cli_args_value(args, "actor");

    if (name != NULL && (name[0] == '\0' || strlen(name) > ACTOR_MAX_B || !fs_text_is_utf8(name)))
        return fs_error_set(err, FS_INPUT, "--actor is a name of 1 to %d bytes in UTF-8",
                            ACTOR_MAX_B);
    out->name = name == NULL ? cli->login : name;
    out->uid = cli->uid;
    return FS_OK;
}

enum fs_status fs_cli_note(struct fs_cli *cli, const char *text, const char **out,
                           struct fs_error *err)
{
    const char *note = text;

    if (text != NULL && strlen(text) > NOTE_MAX_B)
        return fs_error_set(err, FS_INPUT, "a note may have %d bytes at most", NOTE_MAX_B);
    if (text != NULL && !fs_text_is_utf8(text))
        return fs_error_set(err, FS_INPUT, "the note is not UTF-8");
    if (cli->sudo != NULL) {
        note = fs_arena_printf(cli->arena, "%s%s[sudo: %s]", text == NULL ? "" : text,
                               text == NULL ? "" : " ", cli->sudo);
        if (note == NULL)
            return fs_error_set(err, FS_NOMEM, "out of memory");
    }
    *out = note;
    return FS_OK;
}

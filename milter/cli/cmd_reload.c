/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 the fullstop authors
 *
 * cmd_reload.c - fullstop reload: the running daemon takes the configuration anew.
 *
 * Decides when the daemon is signalled (never with a broken file) and whether it took the
 * file: a configuration event later than the last one says so, and which keys it cannot take
 * before a restart. Must not parse the configuration itself.
 */
#include <errno.h>
#include <signal.h>
#include <string.h>
#include <time.h>

#include "cli.h"
#include "cli_json.h"

#define WAIT_MS 5000
#define STEP_MS 50

/* The newest configuration event. FS_OK also when there is none: its seq is 0. */
static enum fs_status last_event(struct fs_cli *cli, struct fs_event *out, struct fs_error *err)
{
    enum fs_status status = fs_engine_last(cli->engine, cli->arena, FS_EVENT_CONFIG, out, err);

    if (status != FS_NOT_FOUND)
        return status;
    memset(out, 0, sizeof *out);
    return FS_OK;
}

static bool is_same(const struct fs_event *a, const struct fs_event *b)
{
    if (a->seq != b->seq || a->seq == 0)
        return a->seq == b->seq;
    return strcmp(a->log == NULL ? "" : a->log, b->log == NULL ? "" : b->log) == 0;
}

/* FS_NOT_FOUND: nothing came. */
static enum fs_status wait_for_event(struct fs_cli *cli, const struct fs_event *before,
                                     struct fs_event *out, struct fs_error *err)
{
    const struct timespec step = {.tv_sec = 0, .tv_nsec = STEP_MS * 1000000L};

    for (int waited_ms = 0; waited_ms < WAIT_MS; waited_ms += STEP_MS) {
        nanosleep(&step, NULL);
        enum fs_status status = last_event(cli, out, err);
        if (status != FS_OK)
            return status;
        if (!is_same(before, out))
            return FS_OK;
    }
    return fs_error_set(err, FS_NOT_FOUND,
                        "fullstopd did not take the configuration within %d s and keeps the old "
                        "one; its log says why",
                        WAIT_MS / 1000);
}

/* As the daemon's user another file may be unreadable than for root. */
static enum fs_cli_exit check_as_user(struct fs_cli *cli)
{
    const struct fs_config *config = NULL;
    struct fs_error err = {0};

    if (!cli->user_changed)
        return FS_CLI_DONE;
    if (fs_config_load(cli->config_path, &config, &err) != FS_OK) {
        fs_cli_complain(cli, "%s (as user %s, as fullstopd runs)", err.text, cli->config->user);
        return FS_CLI_USAGE;
    }
    fs_config_unref(config);
    return FS_CLI_DONE;
}

static enum fs_cli_exit find_daemon(struct fs_cli *cli, pid_t *out_pid)
{
    const char *path = NULL;
    enum fs_cli_daemon daemon = fs_cli_daemon_find(cli, out_pid, &path);

    switch (daemon) {
    case FS_CLI_DAEMON_RUNNING:
        if (*out_pid > 0)
            return FS_CLI_DONE;
        fs_cli_complain(cli, "%s is locked but holds no pid; try again in a moment", path);
        return FS_CLI_NO;
    case FS_CLI_DAEMON_STOPPED:
        fs_cli_complain(cli,
                        "fullstopd is not running (%s is not locked): nothing to reload; it reads "
                        "%s when it starts (if it does run and store was changed, restart it)",
                        path, cli->config->path);
        return FS_CLI_NO;
    case FS_CLI_DAEMON_UNKNOWN:
        break;
    }
    fs_cli_complain(cli, "cannot see whether fullstopd runs: %s; run fullstop as root",
                    path == NULL ? "the store has no path" : path);
    return FS_CLI_NO;
}

/* The keys of the event that need a restart; "" none. */
static const char *keys_of(const struct fs_event *event)
{
    const char *keys = event->note == NULL ? NULL : strstr(event->note, FS_EVENT_AFTER_RESTART);

    return keys == NULL ? "" : keys + strlen(FS_EVENT_AFTER_RESTART);
}

static struct fs_json json_keys(const char *keys)
{
    struct fs_json json = fs_json_array();
    char key[64];

    for (size_t length_b; *keys != '\0'; keys += length_b + strspn(keys + length_b, ", ")) {
        length_b = strcspn(keys, ",");
        snprintf(key, sizeof key, "%.*s", (int)length_b, keys);
        fs_json_text(&json, NULL, key);
    }
    return json;
}

static enum fs_cli_exit told(struct fs_cli *cli, pid_t pid, const struct fs_event *event)
{
    struct fs_error err = {0};
    char hash[FS_HASH_HEX_SIZE_B];

    fs_hash_hex(&cli->config->hash, hash);
    /* the daemon may have been started with another file than this call names */
    bool is_ours = event->note != NULL && strstr(event->note, hash) != NULL;
    if (cli->json) {
        struct fs_json json = fs_json_object();
        fs_json_int(&json, "pid", pid);
        fs_json_text(&json, "config", cli->config->path);
        fs_json_text(&json, "sha256", hash);
        fs_json_bool(&json, "same_file", is_ours);
        fs_json_add(&json, "after_restart", json_keys(keys_of(event)));
        if (fs_json_print(&json, cli->out, false, &err) != FS_OK)
            return fs_cli_fail(cli, &err);
    } else if (is_ours) {
        fs_cli_line(cli, "fullstopd (pid %ld) runs with %s now", (long)pid, cli->config->path);
        if (keys_of(event)[0] != '\0')
            fs_cli_line(cli, "these keys take effect after a restart: %s", keys_of(event));
    }
    if (!is_ours) {
        fs_cli_complain(cli,
                        "fullstopd (pid %ld) took a configuration that is not %s: was it started "
                        "with another -c FILE, or did the file change meanwhile?",
                        (long)pid, cli->config->path);
        return FS_CLI_NO;
    }
    return FS_CLI_DONE;
}

static enum fs_cli_exit run(struct fs_cli *cli, const struct fs_cli_args *args)
{
    struct fs_event before = {0};
    struct fs_event after = {0};
    struct fs_error err = {0};
    pid_t pid = 0;
    enum fs_cli_exit code = fs_cli_open_config(cli);

    (void)args;
    if (code == FS_CLI_DONE)
        code = find_daemon(cli, &pid);
    if (code == FS_CLI_DONE)
        code = fs_cli_open_store(cli, false);
    if (code == FS_CLI_DONE)
        code = check_as_user(cli);
    if (code != FS_CLI_DONE)
        return code;
    if (last_event(cli, &before, &err) != FS_OK)
        return fs_cli_fail(cli, &err);
    if (kill(pid, SIGUSR1) != 0) {
        fs_cli_complain(cli, "cannot signal fullstopd (pid %ld): %s; run fullstop as root or %s",
                        (long)pid, strerror(errno), cli->config->user);
        return FS_CLI_NO;
    }
    if (wait_for_event(cli, &before, &after, &err) != FS_OK)
        return fs_cli_fail(cli, &err);
    return told(cli, pid, &after);
}

static const struct fs_cli_option no_options[] = {{NULL, 0, false, NULL, NULL}};

const struct fs_cli_command fs_cmd_reload = {
    .name = "reload",
    .operands = "",
    .summary = "let the running fullstopd take the configuration anew",
    .help = "The file is checked first; when it is broken the daemon is not touched and the exit\n"
            "is 2. Keys that take effect after a restart only (listen, user and the like) are\n"
            "named; after a change of store the daemon is not found: restart it.",
    .options = no_options,
    .operands_min = 0,
    .operands_max = 0,
    .run = run,
};

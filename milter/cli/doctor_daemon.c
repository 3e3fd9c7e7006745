/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 the fullstop authors
 *
 * doctor_daemon.c - configuration file, store, daemon and clock.
 *
 * Decides what the daemon's user must be able to do with its files, and what the store's
 * last events say about the daemon that runs and about the clock. Files are looked at
 * before the store is opened: that gives up root. Must not change anything.
 */
#include "doctor.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "fullstop/text.h"

/* Before any version of fullstop: 2026-01-01. */
#define CLOCK_LEAST INT64_C(1767225600)
/* Other hosts' clocks may write to the store as well. */
#define CLOCK_TOLERANCE_S 60

/* Open to everybody: each folder on the way, and the file. */
static bool is_open_to_all(struct fs_doctor *doctor, const char *path, mode_t bit)
{
    struct fs_doctor_who nobody = {.name = "", .uid = (uid_t)-1, .group_count = 0};
    struct stat found;

    return stat(path, &found) == 0 && (found.st_mode & bit) != 0 &&
           fs_doctor_closed_folder(doctor->arena, &nobody, path) == NULL;
}

static void check_config_file(struct fs_doctor *doctor, const struct fs_doctor_who *who)
{
    const char *path = doctor->config->path;
    const char *quoted = fs_doctor_quoted(doctor, path);
    const char *closed = fs_doctor_closed_folder(doctor->arena, who, path);

    if (is_open_to_all(doctor, path, S_IWOTH))
        fs_doctor_find(doctor, FS_DOCTOR_CONFIG_WRITABLE, path, quoted, NULL, NULL);
    if (closed != NULL)
        fs_doctor_find(doctor, FS_DOCTOR_CONFIG_UNREADABLE, who->name, path,
                       fs_doctor_text(doctor, "sudo chgrp %s %s && sudo chmod g+x %s", who->name,
                                      fs_doctor_quoted(doctor, closed),
                                      fs_doctor_quoted(doctor, closed)),
                       NULL);
    else if (!fs_doctor_may(who, path, R_OK))
        fs_doctor_find(doctor, FS_DOCTOR_CONFIG_UNREADABLE, who->name, path,
                       fs_doctor_text(doctor, "sudo chgrp %s %s && sudo chmod g+r %s", who->name,
                                      quoted, quoted),
                       NULL);
}

static void check_store_file(struct fs_doctor *doctor, const struct fs_doctor_who *who,
                             const char *path)
{
    const char *quoted = fs_doctor_quoted(doctor, path);

    if (access(path, F_OK) != 0)
        return;
    if (!fs_doctor_may(who, path, R_OK | W_OK))
        fs_doctor_find(doctor, FS_DOCTOR_STORE_DENIED, who->name, path,
                       fs_doctor_text(doctor, "sudo chown %s %s && sudo chmod u+rw %s", who->name,
                                      quoted, quoted),
                       NULL);
    if (is_open_to_all(doctor, path, S_IROTH))
        fs_doctor_find(doctor, FS_DOCTOR_STORE_OPEN, path, quoted, NULL, NULL);
}

static void check_store(struct fs_doctor *doctor, const struct fs_doctor_who *who)
{
    static const char *const endings[] = {"", "-wal", "-shm"};
    const char *path = fs_config_store_path(doctor->config);
    size_t first = doctor->finding_count;

    if (path == NULL) {
        fs_doctor_find(doctor, FS_DOCTOR_STORE_MEMORY, doctor->config->path, NULL, NULL, NULL);
        return;
    }
    const char *folder = fs_doctor_folder(doctor->arena, path);
    if (folder == NULL)
        return;
    const char *closed = fs_doctor_closed_folder(doctor->arena, who, path);
    if (closed != NULL || !fs_doctor_may(who, folder, W_OK | X_OK))
        fs_doctor_find(doctor, FS_DOCTOR_STORE_FOLDER_DENIED, who->name, folder,
                       fs_doctor_text(doctor, "sudo install -d -o %s -m 0750 %s", who->name,
                                      fs_doctor_quoted(doctor, folder)),
                       NULL);
    for (size_t i = 0; i < sizeof endings / sizeof endings[0]; i++)
        check_store_file(doctor, who, fs_doctor_text(doctor, "%s%s", path, endings[i]));
    if (access(path, F_OK) == 0 && fs_doctor_is_fine_since(doctor, first))
        fs_doctor_find(doctor, FS_DOCTOR_STORE, path, who->name, NULL, NULL);
}

void fs_doctor_files(struct fs_doctor *doctor)
{
    struct fs_doctor_who who;

    if (!fs_doctor_who(doctor->config->user, &who)) {
        fs_doctor_find(doctor, FS_DOCTOR_USER_MISSING, doctor->config->user, doctor->config->path,
                       NULL, NULL);
        return;
    }
    check_config_file(doctor, &who);
    check_store(doctor, &who);
}

/* ---- the daemon ---- */

static bool check_running(struct fs_doctor *doctor)
{
    const char *pid_path = NULL;
    struct fs_error err = {0};
    pid_t pid = 0;
    enum fs_cli_daemon daemon = fs_cli_daemon_find(doctor->cli, &pid, &pid_path);

    if (daemon == FS_CLI_DAEMON_STOPPED) {
        fs_doctor_find(doctor, FS_DOCTOR_DAEMON_STOPPED, NULL, NULL, NULL, NULL);
        return false;
    }
    enum fs_status status = fs_doctor_negotiate(doctor->listen_at, &err);
    if (status == FS_REFUSED)
        fs_doctor_find(doctor, FS_DOCTOR_DAEMON_UNSEEN, NULL, NULL, NULL, NULL);
    else if (status != FS_OK)
        fs_doctor_find(doctor, FS_DOCTOR_DAEMON_SILENT, doctor->config->listen, err.text, NULL,
                       NULL);
    return status == FS_OK;
}

/* The store as the daemon's user; what fs_cli_open_store() complains about is a finding. */
static bool open_store(struct fs_doctor *doctor)
{
    struct fs_cli *cli = doctor->cli;
    FILE *complaints = cli->complaints;
    char *text = NULL;
    size_t size_b = 0;
    FILE *kept = open_memstream(&text, &size_b);

    if (kept == NULL) {
        doctor->is_short_of_memory = true;
        return false;
    }
    cli->complaints = kept;
    enum fs_cli_exit code = fs_cli_open_store(cli, false);
    cli->complaints = complaints;
    fclose(kept);
    if (code != FS_CLI_DONE && text != NULL) {
        text[strcspn(text, "\n")] = '\0';
        const char *why = fs_text_has_prefix(text, "fullstop: ") ? text + 10 : text;
        fs_doctor_find(doctor, FS_DOCTOR_STORE_BROKEN, why, NULL, NULL, NULL);
    }
    free(text);
    return code == FS_CLI_DONE;
}

/* The newest event of a kind; false: none, or the store fails. */
static bool last(struct fs_doctor *doctor, enum fs_event_kind kind, struct fs_event *out)
{
    struct fs_error err = {0};
    enum fs_status status = fs_engine_last(doctor->cli->engine, doctor->arena, kind, out, &err);

    if (status != FS_OK && status != FS_NOT_FOUND)
        fs_doctor_find(doctor, FS_DOCTOR_STORE_BROKEN, err.text, NULL, NULL, NULL);
    return status == FS_OK;
}

static void check_in_force(struct fs_doctor *doctor)
{
    char hash[FS_HASH_HEX_SIZE_B];
    struct fs_event event = {0};
    const char *version = FS_VERSION;

    fs_hash_hex(&doctor->config->hash, hash);
    if (last(doctor, FS_EVENT_CONFIG, &event) && event.note != NULL &&
        strstr(event.note, hash) == NULL)
        fs_doctor_find(doctor, FS_DOCTOR_DAEMON_OLD_CONFIG, doctor->config->path,
                       fs_doctor_quoted(doctor, doctor->config->path), NULL, NULL);
    if (last(doctor, FS_EVENT_START, &event) && event.note != NULL &&
        strcmp(event.note, FS_VERSION) != 0) {
        version = event.note;
        fs_doctor_find(doctor, FS_DOCTOR_DAEMON_OLD_VERSION, version, FS_VERSION, NULL, NULL);
    }
    fs_doctor_find(doctor, FS_DOCTOR_DAEMON, version, doctor->config->listen, NULL, NULL);
}

static void check_switch(struct fs_doctor *doctor)
{
    struct fs_error err = {0};
    char since[FS_TIME_SIZE_B];
    int64_t since_at = 0;
    bool is_off = false;

    if (fs_engine_is_off(doctor->cli->engine, &is_off, &since_at, &err) != FS_OK || !is_off)
        return;
    fs_time_local_minute(since_at, since, sizeof since);
    fs_doctor_find(doctor, FS_DOCTOR_OFF, since, NULL, NULL, NULL);
}

/* ---- the clock ---- */

/* timedatectl says "no" only where it can know. */
static bool is_unsynced(struct fs_doctor *doctor)
{
    static const char *const words[] = {"timedatectl",     "show",    "-p",
                                        "NTPSynchronized", "--value", NULL};
    struct fs_doctor_run run = {0};

    return fs_doctor_run(doctor->arena, words, &run, NULL) == FS_OK && run.status == 0 &&
           fs_text_has_prefix(run.output, "no");
}

static void check_clock(struct fs_doctor *doctor, int64_t last_at)
{
    int64_t now = fs_clock_now(&doctor->cli->clock);
    char now_text[FS_TIME_SIZE_B];
    char last_text[FS_TIME_SIZE_B];
    size_t first = doctor->finding_count;

    fs_time_rfc3339(now, now_text, sizeof now_text);
    fs_time_rfc3339(last_at, last_text, sizeof last_text);
    if (now < CLOCK_LEAST)
        fs_doctor_find(doctor, FS_DOCTOR_CLOCK_UNSET, now_text, NULL, NULL, NULL);
    if (last_at > now + CLOCK_TOLERANCE_S)
        fs_doctor_find(doctor, FS_DOCTOR_CLOCK_BEHIND, now_text, last_text, NULL, NULL);
    if (is_unsynced(doctor))
        fs_doctor_find(doctor, FS_DOCTOR_CLOCK_UNSYNCED, NULL, NULL, NULL, NULL);
    if (fs_doctor_is_fine_since(doctor, first))
        fs_doctor_find(doctor, FS_DOCTOR_CLOCK, now_text, NULL, NULL, NULL);
}

static int64_t last_event_at(struct fs_doctor *doctor)
{
    int64_t last_at = 0;

    for (int kind = 0; kind < FS_EVENT_KIND_COUNT; kind++) {
        struct fs_event event = {0};
        if (last(doctor, (enum fs_event_kind)kind, &event) && event.at > last_at)
            last_at = event.at;
    }
    return last_at;
}

void fs_doctor_daemon(struct fs_doctor *doctor)
{
    const char *path = fs_config_store_path(doctor->config);
    bool is_answering = check_running(doctor);
    int64_t last_at = 0;

    if (path != NULL && access(path, F_OK) != 0) {
        fs_doctor_find(doctor, FS_DOCTOR_STORE_MISSING, path, NULL, NULL, NULL);
    } else if (path != NULL && open_store(doctor)) {
        if (is_answering)
            check_in_force(doctor);
        check_switch(doctor);
        last_at = last_event_at(doctor);
    }
    check_clock(doctor, last_at);
}

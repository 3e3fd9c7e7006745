/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 the fullstop authors
 *
 * doctor_rights.c - what another user may do with a file, by owner, group and mode.
 *
 * Decides as the kernel would from mode bits; access control lists are not looked at. Must
 * not become that user: the doctor may be called by anybody.
 */
#include "doctor.h"

#include <grp.h>
#include <limits.h>
#include <pwd.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "fullstop/text.h"

bool fs_doctor_who(const char *user, struct fs_doctor_who *out)
{
    const struct passwd *entry = getpwnam(user);

    if (entry == NULL)
        return false;
    out->name = user;
    out->uid = entry->pw_uid;
    out->group_count = FS_DOCTOR_GROUPS_MAX;
    if (getgrouplist(user, entry->pw_gid, out->groups, &out->group_count) < 0)
        out->group_count = FS_DOCTOR_GROUPS_MAX; /* cut */
    return true;
}

static bool is_member(const struct fs_doctor_who *who, gid_t group)
{
    for (int i = 0; i < who->group_count; i++)
        if (who->groups[i] == group)
            return true;
    return false;
}

bool fs_doctor_may(const struct fs_doctor_who *who, const char *path, int want)
{
    struct stat found;
    unsigned bits = 0;

    if (stat(path, &found) != 0)
        return false;
    if (who->uid == 0)
        return true;
    if (found.st_uid == who->uid)
        bits = (unsigned)found.st_mode >> 6;
    else if (is_member(who, found.st_gid))
        bits = (unsigned)found.st_mode >> 3;
    else
        bits = (unsigned)found.st_mode;
    return (bits & (unsigned)want) == (unsigned)want;
}

const char *fs_doctor_folder(struct fs_arena *arena, const char *path)
{
    const char *slash = strrchr(path, '/');

    if (slash == NULL)
        return ".";
    return slash == path ? "/" : fs_arena_strndup(arena, path, (size_t)(slash - path));
}

const char *fs_doctor_closed_folder(struct fs_arena *arena, const struct fs_doctor_who *who,
                                    const char *path)
{
    char resolved[PATH_MAX];
    const char *folder = fs_doctor_folder(arena, path);

    if (folder == NULL || realpath(folder, resolved) == NULL)
        return NULL;
    for (char *at = resolved + 1; *at != '\0'; at++) {
        if (*at != '/')
            continue;
        *at = '\0';
        if (!fs_doctor_may(who, resolved, X_OK))
            return fs_arena_strdup(arena, resolved);
        *at = '/';
    }
    return fs_doctor_may(who, resolved, X_OK) ? NULL : fs_arena_strdup(arena, resolved);
}

const char *fs_doctor_unix_path(const char *address)
{
    return fs_text_has_prefix(address, "unix:") ? address + strlen("unix:") : NULL;
}

bool fs_doctor_is_same_file(const char *a, const char *b)
{
    char real_a[PATH_MAX];
    char real_b[PATH_MAX];

    if (strcmp(a, b) == 0)
        return true;
    return realpath(a, real_a) != NULL && realpath(b, real_b) != NULL &&
           strcmp(real_a, real_b) == 0;
}

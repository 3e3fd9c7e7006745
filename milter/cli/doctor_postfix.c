/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 the fullstop authors
 *
 * doctor_postfix.c - how a Postfix is configured, as postconf(1) says it.
 *
 * Decides which value holds for a service (its own -o before main.cf), who runs chrooted,
 * and how a line that changes a setting is written. Must not know what is right. Changes
 * nothing.
 */
#include "doctor.h"

#include <stdlib.h>
#include <string.h>

#include "fullstop/text.h"

#define SETTINGS_MAX 6000
#define NAME_CHARACTERS "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_"

/* postconf, with -c where a configuration is named. */
static enum fs_status ask(struct fs_doctor *doctor, const char *config_path, const char *flags,
                          const char **out, struct fs_error *err)
{
    const char *const with[] = {"postconf", "-c", config_path, flags, NULL};
    const char *const without[] = {"postconf", flags, NULL};
    struct fs_doctor_run run = {0};
    enum fs_status status =
        fs_doctor_run(doctor->arena, config_path == NULL ? without : with, &run, err);

    if (status != FS_OK)
        return status;
    if (run.status != 0)
        return fs_error_set(err, FS_IO, "%.*s", (int)strcspn(run.complaint, "\n"),
                            run.has_complaint ? run.complaint : "postconf does not answer");
    *out = run.output;
    return FS_OK;
}

/* "name = value", "submission/inet/name = value". */
static bool parse_setting(struct fs_arena *arena, const char *line, bool is_of_service,
                          struct fs_doctor_setting *out)
{
    const char *equals = strstr(line, " =");
    const char *name = line;

    if (equals == NULL)
        return false;
    out->service = "";
    if (is_of_service) {
        for (const char *at = line; at < equals; at++)
            if (*at == '/')
                name = at + 1;
        if (name == line)
            return false;
        out->service = fs_arena_strndup(arena, line, (size_t)(name - line - 1));
    }
    if (strspn(name, NAME_CHARACTERS) != (size_t)(equals - name))
        return false;
    out->name = fs_arena_strndup(arena, name, (size_t)(equals - name));
    out->value = equals + 2 + strspn(equals + 2, " \t");
    return out->name != NULL && out->service != NULL;
}

static enum fs_status read_settings(struct fs_doctor *doctor, const char *text, bool is_of_service,
                                    struct fs_doctor_postfix *out, struct fs_error *err)
{
    char **lines = NULL;
    size_t count = 0;

    if (fs_doctor_lines(doctor->arena, text, &lines, &count) != FS_OK)
        return fs_error_set(err, FS_NOMEM, "out of memory");
    for (size_t i = 0; i < count && out->setting_count < SETTINGS_MAX; i++)
        if (parse_setting(doctor->arena, lines[i], is_of_service,
                          &out->settings[out->setting_count]))
            out->setting_count++;
    return FS_OK;
}

static enum fs_status read_services(struct fs_doctor *doctor, const char *text,
                                    struct fs_doctor_postfix *out, struct fs_error *err)
{
    char **lines = NULL;
    size_t count = 0;

    if (fs_doctor_lines(doctor->arena, text, &lines, &count) != FS_OK)
        return fs_error_set(err, FS_NOMEM, "out of memory");
    for (size_t i = 0; i < count && out->service_count < FS_DOCTOR_SERVICES_MAX; i++)
        if (fs_doctor_service_parse(doctor->arena, lines[i], &out->services[out->service_count]))
            out->service_count++;
    return FS_OK;
}

enum fs_status fs_doctor_postfix_read(struct fs_doctor *doctor, const char *config_path,
                                      struct fs_doctor_postfix *out, struct fs_error *err)
{
    const char *main_text = NULL;
    const char *own_text = NULL;
    const char *services = NULL;
    enum fs_status status = ask(doctor, config_path, "-x", &main_text, err);

    if (status == FS_OK)
        status = ask(doctor, config_path, "-xP", &own_text, err);
    if (status == FS_OK)
        status = ask(doctor, config_path, "-M", &services, err);
    if (status != FS_OK)
        return status;
    *out = (struct fs_doctor_postfix){
        .config_path = config_path,
        .settings = fs_arena_alloc(doctor->arena, SETTINGS_MAX, sizeof *out->settings),
        .services = fs_arena_alloc(doctor->arena, FS_DOCTOR_SERVICES_MAX, sizeof *out->services),
    };
    if (out->settings == NULL || out->services == NULL)
        return fs_error_set(err, FS_NOMEM, "out of memory");
    status = read_settings(doctor, own_text, true, out, err);
    if (status == FS_OK)
        status = read_settings(doctor, main_text, false, out, err);
    return status == FS_OK ? read_services(doctor, services, out, err) : status;
}

static const char *find(const struct fs_doctor_postfix *postfix, const char *service,
                        const char *name)
{
    for (size_t i = 0; i < postfix->setting_count; i++)
        if (strcmp(postfix->settings[i].name, name) == 0 &&
            strcmp(postfix->settings[i].service, service) == 0)
            return postfix->settings[i].value;
    return NULL;
}

const char *fs_doctor_main(const struct fs_doctor_postfix *postfix, const char *name)
{
    const char *value = find(postfix, "", name);

    return value == NULL ? "" : value;
}

const char *fs_doctor_setting(const struct fs_doctor_postfix *postfix, const char *service,
                              const char *name)
{
    const char *value = find(postfix, service, name);

    return value == NULL ? fs_doctor_main(postfix, name) : value;
}

bool fs_doctor_is_own(const struct fs_doctor_postfix *postfix, const char *service,
                      const char *name)
{
    return service[0] != '\0' && find(postfix, service, name) != NULL;
}

bool fs_doctor_is_smtpd(const struct fs_doctor_service *service)
{
    return strcmp(service->command, "smtpd") == 0;
}

/* '-' is the built-in default: yes before compatibility_level 1 (master(5)). */
bool fs_doctor_is_chrooted(const struct fs_doctor_postfix *postfix,
                           const struct fs_doctor_service *service)
{
    if (service->chroot[0] != '-')
        return service->chroot[0] == 'y';
    return strtol(fs_doctor_main(postfix, "compatibility_level"), NULL, 10) < 1;
}

const char *fs_doctor_postconf(struct fs_doctor *doctor, const struct fs_doctor_postfix *postfix)
{
    return postfix->config_path == NULL
               ? "sudo postconf"
               : fs_doctor_text(doctor, "sudo postconf -c %s",
                                fs_doctor_quoted(doctor, postfix->config_path));
}

/* postconf -P takes no blanks: in a list commas alone are enough. */
static const char *without_blanks(struct fs_doctor *doctor, const char *value)
{
    char *copy = fs_arena_strdup(doctor->arena, value);
    char *to = copy;

    if (copy == NULL)
        return "";
    for (const char *at = copy; *at != '\0'; at++)
        if (*at != ' ' && *at != '\t')
            *to++ = *at;
    *to = '\0';
    return copy;
}

const char *fs_doctor_set_line(struct fs_doctor *doctor, const struct fs_doctor_postfix *postfix,
                               const char *service, const char *name, const char *value)
{
    const char *postconf = fs_doctor_postconf(doctor, postfix);

    if (service[0] == '\0')
        return fs_doctor_text(
            doctor, "%s -e %s", postconf,
            fs_doctor_quoted(doctor, fs_doctor_text(doctor, "%s = %s", name, value)));
    return fs_doctor_text(doctor, "%s -P %s", postconf,
                          fs_doctor_quoted(doctor, fs_doctor_text(doctor, "%s/%s=%s", service, name,
                                                                  without_blanks(doctor, value))));
}

enum fs_doctor_answer fs_doctor_postmap(struct fs_doctor *doctor,
                                        const struct fs_doctor_postfix *postfix, const char *table,
                                        const char *key, const char **out_value)
{
    const char *const with[] = {"postmap", "-c", postfix->config_path, "-q", key, table, NULL};
    const char *const without[] = {"postmap", "-q", key, table, NULL};
    struct fs_doctor_run run = {0};

    if (fs_doctor_run(doctor->arena, postfix->config_path == NULL ? without : with, &run, NULL) !=
            FS_OK ||
        run.status < 0 || fs_text_find(run.complaint, "fatal:") != NULL ||
        fs_text_find(run.complaint, "lookup error") != NULL)
        return FS_DOCTOR_UNKNOWN; /* mere warnings are about something else */
    if (out_value != NULL)
        *out_value = run.output;
    return run.status == 0 ? FS_DOCTOR_YES : FS_DOCTOR_NO;
}

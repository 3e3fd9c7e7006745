/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 the fullstop authors
 *
 * notices.c - notices {}: which mails salespeople get about their leads, and by which host.
 *
 * Decides: that notices stay in our own domains, that mixed = "drop" tells who was left out,
 * that nothing goes in the clear to another host, and a password nowhere. Must not know the
 * words of a notice, nor SMTP.
 */
#include <confuse.h>
#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "config_parse.h"
#include "fullstop/address.h"
#include "fullstop/text.h"

#define PASSWORD_MAX_B 255

static int check_kinds(cfg_t *cfg, cfg_opt_t *opt)
{
    for (unsigned i = 0; i < cfg_opt_size(opt); i++) {
        enum fs_notice kind;
        if (fs_notice_parse(cfg_opt_getnstr(opt, i), &kind) && kind != FS_NOTICE_FLAGGED)
            continue;
        cfg_error(cfg,
                  "kinds: \"%s\" is not one of last_touch, refused, held, dropped, replied, "
                  "back, review",
                  cfg_opt_getnstr(opt, i));
        return -1;
    }
    return 0;
}

static int check_to(cfg_t *cfg, cfg_opt_t *opt)
{
    const char *text = cfg_opt_getnstr(opt, 0);
    const char *address;
    struct fs_error err = {FS_NOMEM, "out of memory"};
    if (strcmp(text, "sender") == 0)
        return 0;
    struct fs_arena *arena = fs_arena_new(0);
    bool ok = arena != NULL && fs_address_canonical(arena, text, &address, &err) == FS_OK;
    fs_arena_free(arena);
    if (ok)
        return 0;
    cfg_error(cfg, "to = \"%s\": write \"sender\" or an address (%s)", text, err.text);
    return -1;
}

static int check_via(cfg_t *cfg, cfg_opt_t *opt)
{
    const char *text = cfg_opt_getnstr(opt, 0);
    const char *fault = text[0] != '\0' ? config_via_fault(text) : NULL;
    if (fault == NULL)
        return 0;
    cfg_error(cfg, "via: %s", fault);
    return -1;
}

/* A mail merge takes minutes; whoever waits for longer wants a digest. */
#define GATHER_MAX_S 3600

static int check_gather(cfg_t *cfg, cfg_opt_t *opt)
{
    int64_t seconds = 0;
    if (fs_text_duration(cfg_opt_getnstr(opt, 0), &seconds, NULL) == FS_OK &&
        seconds <= GATHER_MAX_S)
        return 0;
    cfg_error(cfg, "gather = \"%s\": write a duration from \"0\" to \"1h\"",
              cfg_opt_getnstr(opt, 0));
    return -1;
}

/* "17:00", the minute of the day; -1: "", -2: no time. */
static int minute_of(const char *text)
{
    if (text[0] == '\0')
        return -1;
    if (strlen(text) != 5 || text[2] != ':' || strspn(text, "0123456789:") != 5 ||
        strspn(text, "0123456789") != 2 || strspn(text + 3, "0123456789") != 2)
        return -2;
    int hour = (text[0] - '0') * 10 + text[1] - '0';
    int minute = (text[3] - '0') * 10 + text[4] - '0';
    return hour < 24 && minute < 60 ? hour * 60 + minute : -2;
}

static int check_digest(cfg_t *cfg, cfg_opt_t *opt)
{
    if (minute_of(cfg_opt_getnstr(opt, 0)) != -2)
        return 0;
    cfg_error(cfg, "digest = \"%s\": write a time of day, like \"17:00\", or leave it empty",
              cfg_opt_getnstr(opt, 0));
    return -1;
}

static int check_password_file(cfg_t *cfg, cfg_opt_t *opt)
{
    const char *path = cfg_opt_getnstr(opt, 0);
    struct fs_error err;
    enum fs_status status = config_file_check(path, &err);
    if (path[0] != '\0' && status == FS_OK)
        status = config_secret_file_check(path, &err);
    if (status == FS_OK)
        return 0;
    cfg_error(cfg, "%s: %s", opt->name, err.text);
    return -1;
}

void config_notices_options(struct cfg_opt_t *out)
{
    const cfg_opt_t options[CONFIG_NOTICES_OPTIONS] = {
        CFG_STR("to", "sender", CFGF_NONE),
        CFG_STR_LIST("kinds", "{}", CFGF_NONE),
        CFG_STR("gather", "1m", CFGF_NONE),
        CFG_STR("digest", "", CFGF_NONE),
        CFG_STR("via", "smtp://127.0.0.1:25", CFGF_NONE),
        CFG_STR("via_password_file", "", CFGF_NONE),
        CFG_STR("ca_file", "", CFGF_NONE),
        CFG_END()};
    memcpy(out, options, sizeof(options));
}

void config_notices_checks(struct cfg_t *tree)
{
    cfg_set_validate_func(tree, "process|notices|to", check_to);
    cfg_set_validate_func(tree, "process|notices|kinds", check_kinds);
    cfg_set_validate_func(tree, "process|notices|gather", check_gather);
    cfg_set_validate_func(tree, "process|notices|digest", check_digest);
    cfg_set_validate_func(tree, "process|notices|via", check_via);
    cfg_set_validate_func(tree, "process|notices|via_password_file", check_password_file);
    cfg_set_validate_func(tree, "process|notices|ca_file", config_file_option_check);
}

static unsigned kinds_of(cfg_t *notices)
{
    unsigned kinds = 0;
    for (unsigned i = 0; i < cfg_size(notices, "kinds"); i++) {
        enum fs_notice kind;
        if (fs_notice_parse(cfg_getnstr(notices, "kinds", i), &kind))
            kinds |= 1u << kind;
    }
    return kinds;
}

/* ---- the password ---- */

/* The first line as it is: any byte may be part of it. */
static enum fs_status read_password(struct fs_arena *arena, const char *path, const char **out,
                                    struct fs_error *err)
{
    char line[PASSWORD_MAX_B + 3];
    *out = "";
    if (path[0] == '\0')
        return FS_OK;
    enum fs_status status = config_secret_file_check(path, err);
    if (status != FS_OK)
        return status;
    FILE *file = fopen(path, "re");
    if (file == NULL)
        return fs_error_set(err, FS_INPUT, "%s: %s", path, strerror(errno));
    (void)setvbuf(file, NULL, _IONBF, 0);
    line[0] = '\0';
    bool is_read = fgets(line, sizeof(line), file) != NULL;
    (void)fclose(file);
    size_t length_b = strcspn(line, "\r\n");
    if (!is_read || length_b == 0 || length_b > PASSWORD_MAX_B)
        return fs_error_set(err, FS_INPUT,
                            "%s: write the password into its first line, %d bytes at most", path,
                            PASSWORD_MAX_B);
    line[length_b] = '\0';
    *out = fs_arena_strdup(arena, line);
    explicit_bzero(line, sizeof(line));
    return *out != NULL ? FS_OK : fs_error_set(err, FS_NOMEM, "out of memory");
}

/* ---- freezing ---- */

/* NULL, or what does not go together. */
static const char *fault_of(const struct fs_config *config, const struct fs_process *process)
{
    const struct fs_notices *notices = &process->notices;
    if (notices->kinds != 0 && notices->via[0] == '\0')
        return "notices has kinds, but via is empty; say which host takes them, like via = "
               "\"smtp://127.0.0.1:25\"";
    if (process->flag_copy_to[0] != '\0' && notices->via[0] == '\0')
        return "flag copy_to sends notices, but notices { via } is empty; say which host takes "
               "them, like via = \"smtp://127.0.0.1:25\", or remove copy_to";
    if (notices->to[0] != '\0' && !fs_config_is_ours(config, notices->to))
        return "notices to must be a mailbox in our_domains: they name leads and why they ended";
    if (process->mixed == FS_MIXED_DROP && (notices->kinds & 1u << FS_NOTICE_DROPPED) == 0)
        return "mixed = \"drop\" leaves recipients out, so the sender must be told: add "
               "\"dropped\" to notices { kinds }";
    if (notices->user[0] != '\0' && notices->password[0] == '\0')
        return "notices via names a user, but there is no password; write it into a file that "
               "others cannot read (chmod 640) and name that in via_password_file";
    if (notices->user[0] == '\0' && notices->password[0] != '\0')
        return "notices has a via_password_file, but via names no user; write via = "
               "\"smtp://USER@HOST:587\", or remove the file";
    if (notices->digest_minute >= 0 && notices->kinds == 0)
        return "notices has a digest, but no kinds to tell in it; add kinds, or remove digest";
    return NULL;
}

static enum fs_status check(const struct fs_config *config, cfg_t *section,
                            const struct fs_process *process, struct fs_error *err)
{
    const char *fault = fault_of(config, process);
    if (fault == NULL)
        return FS_OK;
    cfg_t *place = cfg_getsec(section, "notices");
    bool has_place = place != NULL && place->line > 0;
    return fs_error_set(err, FS_INPUT, "%s:%d: process \"%s\": %s", config->path,
                        has_place ? place->line : section->line, process->name, fault);
}

enum fs_status config_notices_freeze(struct fs_arena *arena, struct cfg_t *section,
                                     const struct fs_config *config, struct fs_process *process,
                                     struct fs_error *err)
{
    cfg_t *notices = cfg_getsec(section, "notices");
    struct fs_notices *out = &process->notices;
    const char *to = cfg_getstr(notices, "to");
    *out = (struct fs_notices){.to = "",
                               .ca_file = fs_arena_strdup(arena, cfg_getstr(notices, "ca_file")),
                               .digest_minute = minute_of(cfg_getstr(notices, "digest")),
                               .kinds = kinds_of(notices)};
    (void)fs_text_duration(cfg_getstr(notices, "gather"), &out->gather_s, NULL);
    if (!config_via_split(arena, cfg_getstr(notices, "via"), &out->via, &out->user) ||
        out->ca_file == NULL)
        return fs_error_set(err, FS_NOMEM, "out of memory");
    enum fs_status status =
        read_password(arena, cfg_getstr(notices, "via_password_file"), &out->password, err);
    if (status == FS_OK && strcmp(to, "sender") != 0)
        status = config_mailbox(arena, to, &out->to, err);
    out->is_on = out->kinds != 0 || process->flag_copy_to[0] != '\0';
    out->must_be_coded = status == FS_OK && fs_text_has_prefix(out->via, "smtp://") &&
                         (config_url_is_bare(out->via, "") || out->password[0] != '\0');
    return status == FS_OK ? check(config, section, process, err) : status;
}

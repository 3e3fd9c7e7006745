/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 the fullstop authors
 *
 * webhook.c - webhook {}: where events are told by HTTP, and the keys that sign them.
 *
 * Decides: that secrets never leave over plain http to another host, that a file of secrets
 * which others may read is refused, and what a secret looks like (Standard Webhooks: "whsec_"
 * and base64 of 24 to 64 bytes, one a line for rotation). Must not know how mail is decided,
 * nor HTTP. No error repeats a secret or a URL.
 */
#include <confuse.h>
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "config_parse.h"
#include "fullstop/text.h"

#define SECRET_MIN_B 24
#define SECRET_MAX_B 64
#define SECRET_PREFIX "whsec_"

/* ---- files ---- */

/* A pipe would keep whoever opens it waiting. */
static bool is_openable(const struct stat *about)
{
    return S_ISREG(about->st_mode) || S_ISDIR(about->st_mode); /* opening says what is wrong */
}

enum fs_status config_file_check(const char *path, struct fs_error *err)
{
    struct stat about;
    if (path[0] == '\0')
        return FS_OK;
    if (path[0] != '/')
        return fs_error_set(err, FS_INPUT, "\"%s\": write the whole path, from / on", path);
    if (access(path, R_OK) != 0 || stat(path, &about) != 0)
        return fs_error_set(err, FS_INPUT, "%s: %s", path, strerror(errno));
    if (!is_openable(&about))
        return fs_error_set(err, FS_INPUT, "%s: that is no file", path);
    return FS_OK;
}

struct taking {
    struct fs_arena *arena;
    struct fs_secret *secrets;
    size_t count;
};

static enum fs_status take_secret(void *context, const char *text, struct fs_error *err)
{
    struct taking *taking = context;
    uint8_t bytes[SECRET_MAX_B];
    size_t length_b = 0;
    if (taking->count == FS_WEBHOOK_SECRETS_MAX)
        return fs_error_set(err, FS_INPUT, "more than %d secrets; remove old ones",
                            FS_WEBHOOK_SECRETS_MAX);
    if (strncmp(text, SECRET_PREFIX, strlen(SECRET_PREFIX)) != 0 ||
        !fs_base64_parse(text + strlen(SECRET_PREFIX), bytes, sizeof(bytes), &length_b) ||
        length_b < SECRET_MIN_B)
        return fs_error_set(err, FS_INPUT,
                            "no secret; make one with: echo \"" SECRET_PREFIX
                            "$(openssl rand -base64 32)\"");
    uint8_t *kept = fs_arena_alloc(taking->arena, length_b, 1);
    if (kept == NULL)
        return fs_error_set(err, FS_NOMEM, "out of memory");
    memcpy(kept, bytes, length_b);
    taking->secrets[taking->count++] = (struct fs_secret){kept, length_b};
    return FS_OK;
}

enum fs_status config_secret_file_check(const char *path, struct fs_error *err)
{
    struct stat about;
    if (path[0] != '/')
        return fs_error_set(err, FS_INPUT, "\"%s\": write the whole path, from / on", path);
    if (stat(path, &about) != 0)
        return fs_error_set(err, FS_INPUT, "%s: %s", path, strerror(errno));
    if (!is_openable(&about))
        return fs_error_set(err, FS_INPUT, "%s: that is no file", path);
    if ((about.st_mode & (S_IRWXO | S_IWGRP)) != 0)
        return fs_error_set(err, FS_INPUT,
                            "%s: others may read or change it, so it is no secret; chmod 640 it "
                            "and make a new secret",
                            path);
    return FS_OK;
}

enum fs_status config_secrets_read(struct fs_arena *arena, const char *path,
                                   struct fs_secret *secrets, size_t *out_count,
                                   struct fs_error *err)
{
    struct taking taking = {arena, secrets, 0};
    enum fs_status status = config_secret_file_check(path, err);
    if (status == FS_OK)
        status = config_lines(path, take_secret, &taking, err);
    if (status == FS_OK && taking.count == 0)
        return fs_error_set(err, FS_INPUT,
                            "%s: there is no secret in it; write \"whsec_\" and base64, one a line",
                            path);
    if (status == FS_OK)
        *out_count = taking.count;
    return status;
}

/* ---- freezing ---- */

static const char *copy(struct fs_arena *arena, const char *text, bool *ok)
{
    const char *result = fs_arena_strdup(arena, text);
    *ok = *ok && result != NULL;
    return result;
}

static unsigned news_of(cfg_t *cfg)
{
    unsigned all = 0;
    for (unsigned i = 0; i < cfg_size(cfg, "events"); i++) {
        enum fs_news news;
        if (fs_news_parse(cfg_getnstr(cfg, "events", i), &news))
            all |= 1u << news;
    }
    return all == 0 ? FS_NEWS_ALL : all;
}

static enum fs_status freeze(struct fs_arena *arena, cfg_t *cfg, struct fs_webhook *out,
                             struct fs_error *err)
{
    bool ok = true;
    struct fs_secret *secrets = fs_arena_alloc(arena, FS_WEBHOOK_SECRETS_MAX, sizeof(*secrets));
    *out = (struct fs_webhook){.name = copy(arena, cfg_title(cfg), &ok),
                               .url = copy(arena, cfg_getstr(cfg, "url"), &ok),
                               .secrets = secrets,
                               .events = news_of(cfg),
                               .allow_http = cfg_getbool(cfg, "allow_http"),
                               .ca_file = copy(arena, cfg_getstr(cfg, "ca_file"), &ok),
                               .proxy = copy(arena, cfg_getstr(cfg, "proxy"), &ok)};
    fs_text_duration(cfg_getstr(cfg, "timeout"), &out->timeout_s, NULL);
    if (!ok || secrets == NULL)
        return fs_error_set(err, FS_NOMEM, "out of memory");
    const char *path = cfg_getstr(cfg, "secret_file");
    return path[0] == '\0' ? FS_OK
                           : config_secrets_read(arena, path, secrets, &out->secret_count, err);
}

static enum fs_status check(const char *path, cfg_t *cfg, const struct fs_webhook *webhook,
                            struct fs_error *err)
{
    if (!config_is_name(webhook->name))
        return fs_error_set(err, FS_INPUT,
                            "%s:%d: webhook \"%s\": a name is 1 to %d of letters, digits, '.', "
                            "'_' and '-'",
                            path, cfg->line, webhook->name, FS_PROCESS_NAME_MAX_B);
    if (webhook->url[0] == '\0')
        return fs_error_set(err, FS_INPUT,
                            "%s:%d: webhook \"%s\" has no url; say where it is told, like url = "
                            "\"https://crm.example.com/hooks/fullstop\"",
                            path, cfg->line, webhook->name);
    if (webhook->secret_count == 0)
        return fs_error_set(err, FS_INPUT,
                            "%s:%d: webhook \"%s\" has no secret_file: without a signature "
                            "anybody could call its endpoint",
                            path, cfg->line, webhook->name);
    if (config_url_is_bare(webhook->url, webhook->proxy) && !webhook->allow_http)
        return fs_error_set(err, FS_INPUT,
                            "%s:%d: webhook \"%s\": http shows addresses to everybody on the "
                            "way; write https, or allow_http = true where the way is yours",
                            path, cfg->line, webhook->name);
    return FS_OK;
}

enum fs_status config_webhooks_freeze(struct cfg_t *tree, struct config_whole *whole,
                                      struct fs_error *err)
{
    struct fs_config *config = &whole->config;
    size_t count = cfg_size(tree, "webhook");
    struct fs_webhook *webhooks = fs_arena_alloc(whole->arena, count, sizeof(*webhooks));
    if (webhooks == NULL)
        return fs_error_set(err, FS_NOMEM, "out of memory");
    if (count > FS_CONFIG_WEBHOOKS_MAX)
        return fs_error_set(err, FS_INPUT, "%s: more than %d webhooks", config->path,
                            FS_CONFIG_WEBHOOKS_MAX);
    for (unsigned i = 0; i < count; i++) {
        cfg_t *section = cfg_getnsec(tree, "webhook", i);
        enum fs_status status = freeze(whole->arena, section, &webhooks[i], err);
        if (status == FS_OK)
            status = check(config->path, section, &webhooks[i], err);
        if (status != FS_OK)
            return status;
    }
    config->webhooks = webhooks;
    config->webhook_count = count;
    return FS_OK;
}

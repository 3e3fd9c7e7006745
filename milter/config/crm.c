/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 the fullstop authors
 *
 * crm.c - crm {}: where a CRM's decisions are fetched from, how often, and by which token.
 *
 * Decides: that addresses and the token never go over plain http to another host unasked, that
 * a file with the token which others may read is refused, and what a token looks like. Must
 * not know HTTP, nor what is in the CRM's file. No error repeats a token or a URL.
 */
#include <confuse.h>
#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "config_parse.h"
#include "fullstop/text.h"

/* ---- single values ---- */

/* The URL itself is not repeated: it may hold what only its owner should know. */
static int check_place(cfg_t *cfg, cfg_opt_t *opt)
{
    const char *text = cfg_opt_getnstr(opt, 0);
    const char *fault =
        strcmp(opt->name, "url") == 0 ? config_url_fault(text) : config_proxy_fault(text);
    if (fault == NULL)
        return 0;
    cfg_error(cfg, "%s: %s", opt->name, fault);
    return -1;
}

static int check_duration(cfg_t *cfg, cfg_opt_t *opt)
{
    const char *text = cfg_opt_getnstr(opt, 0);
    bool is_every = strcmp(opt->name, "every") == 0;
    int64_t most_s = is_every ? FS_CRM_EVERY_MAX_S : FS_CRM_TIMEOUT_MAX_S;
    int64_t seconds = 0;
    char most[24];
    if (fs_text_duration(text, &seconds, NULL) == FS_OK && seconds > 0 && seconds <= most_s)
        return 0;
    fs_text_duration_print(most_s, most, sizeof(most));
    cfg_error(cfg, "%s = \"%s\": write a duration from \"1s\" to \"%s\"", opt->name, text, most);
    return -1;
}

static enum fs_status read_token(const char *path, char out[FS_CRM_TOKEN_MAX_B + 2],
                                 struct fs_error *err)
{
    enum fs_status status = config_secret_file_check(path, err);
    if (status != FS_OK)
        return status;
    FILE *file = fopen(path, "re");
    if (file == NULL)
        return fs_error_set(err, FS_INPUT, "%s: %s", path, strerror(errno));
    size_t length_b = fread(out, 1, FS_CRM_TOKEN_MAX_B + 1, file);
    bool is_read = ferror(file) == 0;
    fclose(file);
    if (!is_read)
        return fs_error_set(err, FS_INPUT, "%s: %s", path, strerror(errno));
    out[length_b] = '\0';
    while (length_b > 0 && strchr(" \t\r\n", out[length_b - 1]) != NULL)
        out[--length_b] = '\0';
    bool is_visible = strlen(out) == length_b;
    for (size_t i = 0; i < length_b; i++)
        is_visible = is_visible && out[i] > ' ' && out[i] < 0x7f;
    if (is_visible && length_b > 0 && length_b <= FS_CRM_TOKEN_MAX_B)
        return FS_OK;
    return fs_error_set(err, FS_INPUT,
                        "%s: there must be the token in it and nothing else: one line of visible "
                        "ASCII characters without spaces, %d at most",
                        path, FS_CRM_TOKEN_MAX_B);
}

static int check_token(cfg_t *cfg, cfg_opt_t *opt)
{
    const char *path = cfg_opt_getnstr(opt, 0);
    char token[FS_CRM_TOKEN_MAX_B + 2];
    struct fs_error err;
    if (path[0] == '\0' || read_token(path, token, &err) == FS_OK)
        return 0;
    cfg_error(cfg, "%s: %s", opt->name, err.text);
    return -1;
}

void config_crm_options(struct cfg_opt_t *out)
{
    const cfg_opt_t options[CONFIG_CRM_OPTIONS] = {CFG_STR("url", "", CFGF_NONE),
                                                   CFG_STR("every", "15m", CFGF_NONE),
                                                   CFG_STR("token_file", "", CFGF_NONE),
                                                   CFG_BOOL("partial", cfg_false, CFGF_NONE),
                                                   CFG_STR("timeout", "60s", CFGF_NONE),
                                                   CFG_BOOL("allow_http", cfg_false, CFGF_NONE),
                                                   CFG_STR("ca_file", "", CFGF_NONE),
                                                   CFG_STR("proxy", "", CFGF_NONE),
                                                   CFG_END()};
    memcpy(out, options, sizeof(options));
}

void config_crm_checks(struct cfg_t *tree)
{
    cfg_set_validate_func(tree, "crm|url", check_place);
    cfg_set_validate_func(tree, "crm|proxy", check_place);
    cfg_set_validate_func(tree, "crm|every", check_duration);
    cfg_set_validate_func(tree, "crm|timeout", check_duration);
    cfg_set_validate_func(tree, "crm|token_file", check_token);
    cfg_set_validate_func(tree, "crm|ca_file", config_file_option_check);
}

/* ---- freezing ---- */

static const char *copy(struct fs_arena *arena, const char *text, bool *ok)
{
    const char *result = fs_arena_strdup(arena, text);
    *ok = *ok && result != NULL;
    return result;
}

static enum fs_status freeze(struct fs_arena *arena, cfg_t *cfg, struct fs_crm_source *out,
                             struct fs_error *err)
{
    bool ok = true;
    char token[FS_CRM_TOKEN_MAX_B + 2] = "";
    const char *path = cfg_getstr(cfg, "token_file");
    enum fs_status status = path[0] == '\0' ? FS_OK : read_token(path, token, err);
    if (status != FS_OK)
        return status;
    *out = (struct fs_crm_source){.name = copy(arena, cfg_title(cfg), &ok),
                                  .url = copy(arena, cfg_getstr(cfg, "url"), &ok),
                                  .token = copy(arena, token, &ok),
                                  .partial = cfg_getbool(cfg, "partial"),
                                  .allow_http = cfg_getbool(cfg, "allow_http"),
                                  .ca_file = copy(arena, cfg_getstr(cfg, "ca_file"), &ok),
                                  .proxy = copy(arena, cfg_getstr(cfg, "proxy"), &ok)};
    fs_text_duration(cfg_getstr(cfg, "every"), &out->every_s, NULL);
    fs_text_duration(cfg_getstr(cfg, "timeout"), &out->timeout_s, NULL);
    return ok ? FS_OK : fs_error_set(err, FS_NOMEM, "out of memory");
}

static enum fs_status check(const char *path, cfg_t *cfg, const struct fs_crm_source *source,
                            struct fs_error *err)
{
    if (!config_is_name(source->name))
        return fs_error_set(err, FS_INPUT,
                            "%s:%d: crm \"%s\": a name is 1 to %d of letters, digits, '.', '_' "
                            "and '-'",
                            path, cfg->line, source->name, FS_PROCESS_NAME_MAX_B);
    if (source->url[0] == '\0')
        return fs_error_set(err, FS_INPUT,
                            "%s:%d: crm \"%s\" has no url; say where its file is fetched from, "
                            "like url = \"https://crm.example.com/export/leads.csv\"",
                            path, cfg->line, source->name);
    if (config_url_is_bare(source->url, source->proxy) && !source->allow_http)
        return fs_error_set(err, FS_INPUT,
                            "%s:%d: crm \"%s\": http shows addresses and the token to everybody "
                            "on the way, who can also change what comes; write https, or "
                            "allow_http = true where the way is yours",
                            path, cfg->line, source->name);
    return FS_OK;
}

enum fs_status config_crms_freeze(struct cfg_t *tree, struct config_whole *whole,
                                  struct fs_error *err)
{
    struct fs_config *config = &whole->config;
    size_t count = cfg_size(tree, "crm");
    struct fs_crm_source *sources = fs_arena_alloc(whole->arena, count, sizeof(*sources));
    if (sources == NULL)
        return fs_error_set(err, FS_NOMEM, "out of memory");
    if (count > FS_CONFIG_CRMS_MAX)
        return fs_error_set(err, FS_INPUT, "%s:%d: more than %d sections crm; put some together",
                            config->path, cfg_getnsec(tree, "crm", FS_CONFIG_CRMS_MAX)->line,
                            FS_CONFIG_CRMS_MAX);
    for (unsigned i = 0; i < count; i++) {
        cfg_t *section = cfg_getnsec(tree, "crm", i);
        enum fs_status status = freeze(whole->arena, section, &sources[i], err);
        if (status == FS_OK)
            status = check(config->path, section, &sources[i], err);
        if (status != FS_OK)
            return status;
    }
    config->crms = sources;
    config->crm_count = count;
    return FS_OK;
}

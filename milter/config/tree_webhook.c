/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 the fullstop authors
 *
 * tree_webhook.c - the check of each value of webhook {}, where its line is known.
 *
 * Decides which key is checked how; what a URL or a secret is, webhook.c says.
 */
#include <confuse.h>
#include <string.h>

#include "config_parse.h"
#include "fullstop/text.h"

static int check_news(cfg_t *cfg, cfg_opt_t *opt)
{
    for (unsigned i = 0; i < cfg_opt_size(opt); i++) {
        enum fs_news news;
        if (fs_news_parse(cfg_opt_getnstr(opt, i), &news))
            continue;
        cfg_error(cfg,
                  "events: \"%s\" is not one of lead.started, lead.replied, lead.paused, "
                  "lead.resumed, lead.ended, lead.opted_out, lead.bounced, touch.last, "
                  "touch.flagged, touch.held, touch.refused, policy.changed",
                  cfg_opt_getnstr(opt, i));
        return -1;
    }
    return 0;
}

static int check_timeout(cfg_t *cfg, cfg_opt_t *opt)
{
    int64_t seconds = 0;
    if (fs_text_duration(cfg_opt_getnstr(opt, 0), &seconds, NULL) == FS_OK && seconds > 0 &&
        seconds <= FS_WEBHOOK_TIMEOUT_MAX_S)
        return 0;
    cfg_error(cfg, "timeout = \"%s\": write a duration from \"1s\" to \"%ds\"",
              cfg_opt_getnstr(opt, 0), FS_WEBHOOK_TIMEOUT_MAX_S);
    return -1;
}

/* The URL itself is not repeated: it may hold what only its owner should know. */
static int check_fault(cfg_t *cfg, cfg_opt_t *opt, const char *fault)
{
    if (fault == NULL)
        return 0;
    cfg_error(cfg, "%s: %s", opt->name, fault);
    return -1;
}

static int check_secrets(cfg_t *cfg, cfg_opt_t *opt)
{
    struct fs_secret secrets[FS_WEBHOOK_SECRETS_MAX];
    struct fs_error err = {FS_NOMEM, "out of memory"};
    struct fs_arena *arena = fs_arena_new(0);
    size_t count;
    int result = -1;
    if (arena != NULL &&
        config_secrets_read(arena, cfg_opt_getnstr(opt, 0), secrets, &count, &err) == FS_OK)
        result = 0;
    else
        cfg_error(cfg, "secret_file: %s", err.text);
    fs_arena_free(arena);
    return result;
}

int config_file_option_check(cfg_t *cfg, cfg_opt_t *opt)
{
    struct fs_error err;
    if (config_file_check(cfg_opt_getnstr(opt, 0), &err) == FS_OK)
        return 0;
    cfg_error(cfg, "%s: %s", opt->name, err.text);
    return -1;
}

int config_webhook_check(cfg_t *cfg, cfg_opt_t *opt)
{
    if (strcmp(opt->name, "url") == 0)
        return check_fault(cfg, opt, config_url_fault(cfg_opt_getnstr(opt, 0)));
    if (strcmp(opt->name, "proxy") == 0)
        return check_fault(cfg, opt, config_proxy_fault(cfg_opt_getnstr(opt, 0)));
    if (strcmp(opt->name, "ca_file") == 0)
        return config_file_option_check(cfg, opt);
    if (strcmp(opt->name, "secret_file") == 0)
        return check_secrets(cfg, opt);
    return strcmp(opt->name, "events") == 0 ? check_news(cfg, opt) : check_timeout(cfg, opt);
}

/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 the fullstop authors
 *
 * notices.c - notices {}: which mails salespeople get about their leads, and by which host.
 *
 * Decides: that notices stay in our own domains, that mixed = "drop" tells who was left out,
 * and that nothing goes in the clear to another host. Must not know the words of a notice,
 * nor SMTP.
 */
#include <confuse.h>
#include <string.h>

#include "config_parse.h"
#include "fullstop/address.h"

static int check_kinds(cfg_t *cfg, cfg_opt_t *opt)
{
    for (unsigned i = 0; i < cfg_opt_size(opt); i++) {
        enum fs_notice kind;
        if (fs_notice_parse(cfg_opt_getnstr(opt, i), &kind))
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

void config_notices_options(struct cfg_opt_t *out)
{
    const cfg_opt_t options[CONFIG_NOTICES_OPTIONS] = {
        CFG_STR("to", "sender", CFGF_NONE), CFG_STR_LIST("kinds", "{}", CFGF_NONE),
        CFG_STR("via", "smtp://127.0.0.1:25", CFGF_NONE), CFG_END()};
    memcpy(out, options, sizeof(options));
}

void config_notices_checks(struct cfg_t *tree)
{
    cfg_set_validate_func(tree, "process|notices|to", check_to);
    cfg_set_validate_func(tree, "process|notices|kinds", check_kinds);
    cfg_set_validate_func(tree, "process|notices|via", check_via);
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

static enum fs_status check(const struct fs_config *config, cfg_t *section,
                            const struct fs_process *process, struct fs_error *err)
{
    const struct fs_notices *notices = &process->notices;
    const char *fault = NULL;
    if (notices->kinds != 0 && notices->via[0] == '\0')
        fault = "notices has kinds, but via is empty; say which host takes them, like via = "
                "\"smtp://127.0.0.1:25\"";
    else if (notices->to[0] != '\0' && !fs_config_is_ours(config, notices->to))
        fault = "notices to must be a mailbox in our_domains: they name leads and why they ended";
    else if (process->mixed == FS_MIXED_DROP && (notices->kinds & 1u << FS_NOTICE_DROPPED) == 0)
        fault = "mixed = \"drop\" leaves recipients out, so the sender must be told: add "
                "\"dropped\" to notices { kinds }";
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
                               .via = fs_arena_strdup(arena, cfg_getstr(notices, "via")),
                               .kinds = kinds_of(notices)};
    if (out->via == NULL)
        return fs_error_set(err, FS_NOMEM, "out of memory");
    out->must_be_coded = config_url_is_bare(out->via);
    enum fs_status status = FS_OK;
    if (strcmp(to, "sender") != 0)
        status = fs_address_canonical(arena, to, &out->to, err);
    return status == FS_OK ? check(config, section, process, err) : status;
}

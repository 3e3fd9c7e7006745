/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 the fullstop authors
 *
 * freeze.c - from libconfuse's tree to the frozen form, and what only the whole shows.
 *
 * Decides contradictions between values: no process, a sender twice, a process without an
 * end. Values by themselves are checked already (tree.c).
 */
#include <arpa/inet.h>
#include <confuse.h>
#include <stdlib.h>
#include <string.h>

#include "config_parse.h"
#include "fullstop/address.h"
#include "fullstop/text.h"

/* The header by which a sender marks a final mail. */
#define FINAL_MARK "X-Fullstop-Final"

static const char *copy(struct fs_arena *arena, const char *text, bool *ok)
{
    const char *result = fs_arena_strdup(arena, text != NULL ? text : "");
    if (result == NULL)
        *ok = false;
    return result;
}

static struct fs_string_list copy_list(struct fs_arena *arena, cfg_t *cfg, const char *key,
                                       bool *ok)
{
    unsigned count = cfg_size(cfg, key);
    const char **items = fs_arena_alloc(arena, count, sizeof(*items));
    if (items == NULL) {
        *ok = false;
        return (struct fs_string_list){NULL, 0};
    }
    for (unsigned i = 0; i < count; i++)
        items[i] = copy(arena, cfg_getnstr(cfg, key, i), ok);
    return (struct fs_string_list){items, count};
}

/* Patterns, those of files among them. What is wrong was told with its line (tree.c); a file
 * may have changed since. */
static enum fs_status copy_patterns(struct fs_arena *arena, cfg_t *cfg, const char *key,
                                    struct fs_string_list *out, struct fs_error *err)
{
    struct config_items items = {.arena = arena};
    for (unsigned i = 0; i < cfg_size(cfg, key); i++) {
        struct fs_error detail = {FS_OK, ""};
        enum fs_status status = config_patterns_add(&items, cfg_getnstr(cfg, key, i), &detail);
        if (status != FS_OK)
            return fs_error_set(err, status, "%s: %s", key, detail.text);
    }
    *out = (struct fs_string_list){items.items, items.count};
    return FS_OK;
}

static int64_t seconds(cfg_t *cfg, const char *key)
{
    int64_t value = 0;
    fs_text_duration(cfg_getstr(cfg, key), &value, NULL);
    return value;
}

static unsigned kinds_of(cfg_t *cfg)
{
    unsigned kinds = 0;
    for (unsigned i = 0; i < cfg_size(cfg, "kinds"); i++) {
        enum fs_touch_kind kind;
        if (fs_touch_kind_parse(cfg_getnstr(cfg, "kinds", i), &kind))
            kinds |= 1u << kind;
    }
    return kinds;
}

static struct fs_rules rules_of(cfg_t *cfg)
{
    return (struct fs_rules){
        .unanswered = (int)cfg_getint(cfg, "end|unanswered"),
        .pauses = (int)cfg_getint(cfg, "end|pauses"),
        .cycles = (int)cfg_getint(cfg, "resume|cycles"),
        .kinds = kinds_of(cfg),
        .final_mail = cfg_getbool(cfg, "end|final_mail"),
        .resume_reply = cfg_getbool(cfg, "resume|reply"),
        .min_gap_s = seconds(cfg, "continue|min_gap"),
        .grace_s = seconds(cfg, "end|grace"),
        .open_for_s = seconds(cfg, "end|open_for"),
        .idle_s = seconds(cfg, "end|idle"),
        .out_of_office_s = seconds(cfg, "pause|out_of_office"),
        .longest_s = seconds(cfg, "pause|longest"),
        .account_reply_s = seconds(cfg, "pause|account_reply"),
        .review_for_s = seconds(cfg, "pause|review_for"),
        .resume_after_s = seconds(cfg, "resume|after"),
    };
}

static enum fs_mode mode_of(const char *word)
{
    for (int mode = FS_MODE_OBSERVE; mode <= FS_MODE_ENFORCE; mode++) {
        if (strcmp(fs_mode_name((enum fs_mode)mode), word) == 0)
            return (enum fs_mode)mode;
    }
    return FS_MODE_OBSERVE;
}

static enum fs_language language_of(const char *word, enum fs_language otherwise)
{
    if (word[0] == '\0')
        return otherwise;
    return strcmp(word, "de") == 0 ? FS_LANGUAGE_DE : FS_LANGUAGE_EN;
}

static enum fs_answers_require require_of(const char *word)
{
    if (strcmp(word, "authenticated") == 0)
        return FS_REQUIRE_AUTHENTICATED;
    return strcmp(word, "thread") == 0 ? FS_REQUIRE_THREAD : FS_REQUIRE_ANY;
}

static void freeze_texts(struct fs_arena *arena, cfg_t *cfg, struct fs_process *out, bool *ok)
{
    cfg_t *texts = cfg_getsec(cfg, "texts");
    for (int verdict = 0; verdict < FS_VERDICT_COUNT; verdict++) {
        const char *name = fs_verdict_name((enum fs_verdict)verdict);
        const char *text = cfg_getopt(texts, name) != NULL ? cfg_getstr(texts, name) : "";
        if (text[0] != '\0')
            out->texts[verdict] = copy(arena, text, ok);
    }
}

static enum fs_status freeze_process(struct fs_arena *arena, cfg_t *cfg,
                                     const struct fs_config *config, struct fs_process *out,
                                     struct fs_error *err)
{
    bool ok = true;
    cfg_t *exempt = cfg_getsec(cfg, "exempt");
    *out = (struct fs_process){
        .name = copy(arena, cfg_title(cfg), &ok),
        .mode = mode_of(cfg_getstr(cfg, "mode")),
        .lead_per_sender = strcmp(cfg_getstr(cfg, "lead"), "sender") == 0,
        .mixed = strcmp(cfg_getstr(cfg, "mixed"), "drop") == 0 ? FS_MIXED_DROP : FS_MIXED_REJECT,
        .language = language_of(cfg_getstr(cfg, "language"), config->language),
        .rules = rules_of(cfg),
        .exempt_logins = copy_list(arena, exempt, "logins", &ok),
        .exempt_headers = copy_list(arena, exempt, "headers", &ok),
        .require = require_of(cfg_getstr(cfg, "answers|require")),
        .flag_header = copy(arena, cfg_getstr(cfg, "flag|header"), &ok),
        .flag_copy_to = "",
    };
    freeze_texts(arena, cfg, out, &ok);
    if (!ok)
        return fs_error_set(err, FS_NOMEM, "out of memory");
    const char *copy_to = cfg_getstr(cfg, "flag|copy_to");
    enum fs_status status = copy_patterns(arena, cfg, "senders", &out->senders, err);
    if (status == FS_OK && copy_to[0] != '\0')
        status = config_mailbox(arena, copy_to, &out->flag_copy_to, err);
    if (status == FS_OK)
        status = copy_patterns(arena, exempt, "recipients", &out->exempt_recipients, err);
    return status == FS_OK ? copy_patterns(arena, exempt, "senders", &out->exempt_senders, err)
                           : status;
}

bool config_is_name(const char *name)
{
    static const char allowed[] =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._-";
    size_t length_b = strlen(name);
    return length_b > 0 && length_b <= FS_PROCESS_NAME_MAX_B && strspn(name, allowed) == length_b;
}

static bool is_header_name(const char *name)
{
    for (const char *p = name; *p != '\0'; p++) {
        if (*p <= ' ' || *p == ':' || (unsigned char)*p >= 0x7f)
            return false;
    }
    return fs_text_has_prefix(name, "X-") && strlen(name) <= 64;
}

/* Where a section of a process ends; the process itself, for one that is not written down. */
static int line_of(cfg_t *cfg, const char *section)
{
    char name[32];
    fs_text_copy(name, sizeof(name), section);
    name[strcspn(name, ".")] = '\0';
    cfg_t *inner = cfg_getsec(cfg, name);
    return inner != NULL && inner->line > 0 ? inner->line : cfg->line;
}

/* Values that are right by themselves, and together let no mail pass. */
static enum fs_status check_rules(const char *path, cfg_t *cfg, const struct fs_process *process,
                                  struct fs_error *err)
{
    const struct fs_rules *rules = &process->rules;
    const char *endless = fs_rules_endless(rules);
    if (endless != NULL)
        return fs_error_set(
            err, FS_INPUT,
            "%s:%d: process \"%s\": with %s = \"0\" time alone never ends %s; give it "
            "a duration, like \"90d\"",
            path, line_of(cfg, endless), process->name, endless, fs_rules_endless_state(endless));
    if (rules->kinds == 0)
        return fs_error_set(err, FS_INPUT,
                            "%s:%d: process \"%s\": with no kinds none of its mail may pass; name "
                            "those it sends, like kinds = { \"first\", \"follow_up\" }",
                            path, cfg->line, process->name);
    if (rules->unanswered > 1 && rules->min_gap_s >= rules->open_for_s)
        return fs_error_set(err, FS_INPUT,
                            "%s:%d: process \"%s\": a lead ends after end.open_for, before "
                            "continue.min_gap allows its second message; give min_gap a shorter "
                            "time than open_for",
                            path, line_of(cfg, "continue"), process->name);
    return FS_OK;
}

static enum fs_status check_process(const struct fs_config *config, cfg_t *cfg,
                                    const struct fs_process *process, struct fs_error *err)
{
    const char *path = config->path;
    const char *name = process->name;
    if (!config_is_name(name))
        return fs_error_set(err, FS_INPUT,
                            "%s:%d: process \"%s\": a name is 1 to %d of letters, digits, '.', "
                            "'_' and '-'",
                            path, cfg->line, name, FS_PROCESS_NAME_MAX_B);
    if (process->senders.count == 0)
        return fs_error_set(err, FS_INPUT,
                            "%s:%d: process \"%s\" has no senders; say who sends its mail, like "
                            "senders = { \"@sales.example.com\" }",
                            path, cfg->line, name);
    if (process->require == FS_REQUIRE_AUTHENTICATED && config->authserv_ids.count == 0)
        return fs_error_set(err, FS_INPUT,
                            "%s:%d: process \"%s\": answers { require = \"authenticated\" } "
                            "needs authserv_ids: name the host that writes your "
                            "Authentication-Results headers",
                            path, line_of(cfg, "answers"), name);
    if (!is_header_name(process->flag_header))
        return fs_error_set(err, FS_INPUT,
                            "%s:%d: process \"%s\": flag header \"%s\" must be the "
                            "name of a header that begins with X-",
                            path, line_of(cfg, "flag"), name, process->flag_header);
    if (fs_text_equal(process->flag_header, FINAL_MARK))
        return fs_error_set(err, FS_INPUT,
                            "%s:%d: process \"%s\": flag header \"%s\" is the mark of a final "
                            "mail; take another name, like \"X-Fullstop-Flag\"",
                            path, line_of(cfg, "flag"), name, process->flag_header);
    if (process->flag_copy_to[0] != '\0' && !fs_config_is_ours(config, process->flag_copy_to))
        return fs_error_set(err, FS_INPUT,
                            "%s:%d: process \"%s\": flag copy_to \"%s\" must be a mailbox in "
                            "our_domains: flagged mail is not for others to read",
                            path, line_of(cfg, "flag"), name, process->flag_copy_to);
    return check_rules(path, cfg, process, err);
}

/* A sender and whose it is. */
struct claim {
    const char *sender;
    const struct fs_process *process;
};

static int compare_claims(const void *a, const void *b)
{
    const struct claim *left = a;
    const struct claim *right = b;
    return strcmp(left->sender, right->sender);
}

static enum fs_status check_twice(struct fs_arena *arena, const struct fs_config *config,
                                  cfg_t *tree, struct fs_error *err)
{
    size_t count = 0;
    for (size_t i = 0; i < config->process_count; i++)
        count += config->processes[i].senders.count;
    struct claim *claims = fs_arena_alloc(arena, count, sizeof(*claims));
    if (claims == NULL)
        return fs_error_set(err, FS_NOMEM, "out of memory");
    size_t filled = 0;
    for (size_t i = 0; i < config->process_count; i++) {
        const struct fs_process *process = &config->processes[i];
        for (size_t s = 0; s < process->senders.count; s++)
            claims[filled++] = (struct claim){process->senders.items[s], process};
    }
    qsort(claims, count, sizeof(*claims), compare_claims);
    for (size_t i = 1; i < count; i++) {
        if (claims[i].process != claims[i - 1].process &&
            strcmp(claims[i].sender, claims[i - 1].sender) == 0) {
            const struct fs_process *first = claims[i - 1].process;
            const struct fs_process *second = claims[i].process;
            if (first > second) {
                second = first;
                first = claims[i].process;
            }
            unsigned index = (unsigned)(second - config->processes);
            return fs_error_set(err, FS_INPUT,
                                "%s:%d: sender %s is in process \"%s\" and in \"%s\"; remove it "
                                "from one of them",
                                config->path, cfg_getnsec(tree, "process", index)->line,
                                claims[i].sender, first->name, second->name);
        }
    }
    return FS_OK;
}

bool config_network_parse(const char *text, struct fs_network *out)
{
    char address[INET6_ADDRSTRLEN];
    struct in_addr four;
    struct fs_network network = {.prefix_bits = 0};
    const char *slash = strchr(text, '/');
    size_t length_b = slash != NULL ? (size_t)(slash - text) : strlen(text);
    if (length_b >= sizeof(address))
        return false;
    memcpy(address, text, length_b);
    address[length_b] = '\0';
    int64_t bits = 0;
    if (inet_pton(AF_INET, address, &four) == 1) {
        bits = 32;
        network.address.s6_addr[10] = network.address.s6_addr[11] = 0xff;
        memcpy(network.address.s6_addr + 12, &four, sizeof(four));
    } else if (inet_pton(AF_INET6, address, &network.address) == 1) {
        bits = 128;
    } else {
        return false;
    }
    unsigned offset = bits == 32 ? 96 : 0;
    if (slash != NULL && fs_text_int(slash + 1, bits, &bits) != FS_OK)
        return false;
    network.prefix_bits = offset + (unsigned)bits;
    for (unsigned bit = network.prefix_bits; bit < 128; bit++) {
        if ((network.address.s6_addr[bit / 8] & (0x80u >> (bit % 8))) != 0)
            return false;
    }
    *out = network;
    return true;
}

static const struct fs_network *copy_networks(struct fs_arena *arena, cfg_t *tree, const char *key,
                                              size_t *count, bool *ok)
{
    *count = cfg_size(tree, key);
    struct fs_network *networks = fs_arena_alloc(arena, *count, sizeof(*networks));
    if (networks == NULL) {
        *ok = false;
        return NULL;
    }
    for (unsigned i = 0; i < *count; i++)
        config_network_parse(cfg_getnstr(tree, key, i), &networks[i]);
    return networks;
}

static enum fs_status freeze_top(struct fs_arena *arena, cfg_t *tree, struct fs_config *out,
                                 struct fs_error *err)
{
    bool is_whole = true;
    bool *ok = &is_whole;
    struct config_dates holidays = {.arena = arena};
    out->listen = copy(arena, cfg_getstr(tree, "listen"), ok);
    out->socket_mode = (mode_t)strtol(cfg_getstr(tree, "socket_mode"), NULL, 8);
    out->socket_group = copy(arena, cfg_getstr(tree, "socket_group"), ok);
    out->user = copy(arena, cfg_getstr(tree, "user"), ok);
    out->store = copy(arena, cfg_getstr(tree, "store"), ok);
    out->internal_networks =
        copy_networks(arena, tree, "internal_networks", &out->internal_network_count, ok);
    out->inbound_relays =
        copy_networks(arena, tree, "inbound_relays", &out->inbound_relay_count, ok);
    out->on_store_error = strcmp(cfg_getstr(tree, "on_store_error"), "tempfail") == 0
                              ? FS_STORE_ERROR_TEMPFAIL
                              : FS_STORE_ERROR_ACCEPT;
    out->relevant_for_s = seconds(tree, "relevant_for");
    out->timezone = copy(arena, cfg_getstr(tree, "timezone"), ok);
    out->language = language_of(cfg_getstr(tree, "language"), FS_LANGUAGE_EN);
    out->authserv_ids = copy_list(arena, tree, "authserv_ids", ok);
    if (cfg_getstr(tree, "contact_limit")[0] != '\0')
        config_limit_parse(cfg_getstr(tree, "contact_limit"), &out->contact_limit,
                           &out->contact_limit_s, NULL);
    if (!is_whole)
        return fs_error_set(err, FS_NOMEM, "out of memory");
    enum fs_status status = config_holidays(&holidays, cfg_getstr(tree, "holidays"), err);
    out->holidays = holidays.items;
    out->holiday_count = holidays.count;
    return status == FS_OK ? copy_patterns(arena, tree, "our_domains", &out->our_domains, err)
                           : status;
}

/* What is missing is missed at the end of the file. */
static enum fs_status check_top(const char *path, int line, const struct fs_config *config,
                                struct fs_error *err)
{
    if (config->our_domains.count == 0)
        return fs_error_set(err, FS_INPUT,
                            "%s:%d: our_domains is missing; name the domains whose mailboxes are "
                            "ours, like our_domains = { \"example.com\" }",
                            path, line);
    if (config->process_count == 0)
        return fs_error_set(err, FS_INPUT,
                            "%s:%d: there is no process; add one, like process \"sales\" { senders "
                            "= { \"@sales.example.com\" } }",
                            path, line);
    if (config->process_count > FS_CONFIG_PROCESSES_MAX)
        return fs_error_set(err, FS_INPUT, "%s:%d: more than %d processes; put some together", path,
                            line, FS_CONFIG_PROCESSES_MAX);
    return FS_OK;
}

enum fs_status config_freeze(struct cfg_t *tree, const char *path, struct config_whole *whole,
                             struct fs_error *err)
{
    bool ok = true;
    struct fs_arena *arena = whole->arena;
    struct fs_config *config = &whole->config;
    config->path = copy(arena, path, &ok);
    config->process_count = cfg_size(tree, "process");
    struct fs_process *processes = fs_arena_alloc(arena, config->process_count, sizeof(*processes));
    config->processes = processes;
    if (!ok || processes == NULL)
        return fs_error_set(err, FS_NOMEM, "out of memory");
    enum fs_status status = freeze_top(arena, tree, config, err);
    if (status == FS_OK)
        status = check_top(path, tree->line, config, err);
    for (unsigned i = 0; status == FS_OK && i < config->process_count; i++) {
        cfg_t *section = cfg_getnsec(tree, "process", i);
        status = freeze_process(arena, section, config, &processes[i], err);
        if (status == FS_OK)
            status = check_process(config, section, &processes[i], err);
        if (status == FS_OK)
            status = config_notices_freeze(arena, section, config, &processes[i], err);
    }
    if (status == FS_OK)
        status = check_twice(arena, config, tree, err);
    if (status == FS_OK)
        status = config_webhooks_freeze(tree, whole, err);
    return status == FS_OK ? config_crms_freeze(tree, whole, err) : status;
}

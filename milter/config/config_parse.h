/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 the fullstop authors
 *
 * config_parse.h - libconfuse's tree and the frozen form; private to the config room.
 */
#ifndef FULLSTOP_CONFIG_PARSE_H
#define FULLSTOP_CONFIG_PARSE_H

#include <stdatomic.h>

#include "fullstop/arena.h"
#include "fullstop/clock.h"
#include "fullstop/config.h"

struct cfg_t;
struct cfg_opt_t;

/* What fs_config_load() owns; the public part is first, so that a pointer to it is one to
 * the whole. */
struct config_whole {
    struct fs_config config;
    struct fs_arena *arena;
    atomic_int references;
};

/* text is the file, terminated. *out is freed with config_tree_free(). */
enum fs_status config_tree_parse(const char *path, const char *text, struct cfg_t **out,
                                 struct fs_error *err);
void config_tree_free(struct cfg_t *tree);
/* Copies everything into the arena. */
enum fs_status config_freeze(struct cfg_t *tree, const char *path, struct config_whole *whole,
                             struct fs_error *err);

/* ---- values.c ---- */

/* A list that grows in its arena, at most FS_CONFIG_LIST_MAX. */
struct config_items {
    struct fs_arena *arena;
    const char **items;
    size_t count;
    size_t size;
};
struct config_dates {
    struct fs_arena *arena;
    struct fs_date *items;
    size_t count;
    size_t size;
};

/* "6 per 90d". */
enum fs_status config_limit_parse(const char *text, int *out_count, int64_t *out_within_s,
                                  struct fs_error *err);
/* Calls take with each line of a file that has a value; # begins a comment. */
typedef enum fs_status config_take_line(void *context, const char *text, struct fs_error *err);
enum fs_status config_lines(const char *path, config_take_line *take, void *context,
                            struct fs_error *err);
enum fs_status config_items_add(struct config_items *items, const char *text, struct fs_error *err);
/* One entry of a list of patterns: a pattern, or "file:PATH" with one a line. */
enum fs_status config_patterns_add(struct config_items *items, const char *text,
                                   struct fs_error *err);
/* "" or "file:PATH" with a date a line; sorted. */
enum fs_status config_holidays(struct config_dates *dates, const char *text, struct fs_error *err);
/* An address to write to: without brackets, and with its tag, which the canonical form has not. */
enum fs_status config_mailbox(struct fs_arena *arena, const char *text, const char **out,
                              struct fs_error *err);
/* Values of listen, socket_mode, timezone and store. */
bool config_is_listen(const char *text);
bool config_is_socket_mode(const char *text);
bool config_is_timezone(const char *text);
bool config_is_store(const char *text);
/* "Name: value". */
bool config_is_header_line(const char *text);
/* A text of texts {}: every %{...} is known, and it fits into a reply. */
enum fs_status config_text_check(const char *text, struct fs_error *err);

/* ---- url.c ---- */

/* NULL, or how to mend what is wrong with the URL of an endpoint or the URL of a proxy. */
const char *config_url_fault(const char *url);
const char *config_proxy_fault(const char *url);
/* http or smtp to another host than this one, be it a proxy; "" none. */
bool config_url_is_bare(const char *url, const char *proxy);
/* NULL, or how to mend the URL of a submission host, with or without a user. */
const char *config_via_fault(const char *url);
/* Its two halves: the URL without a user, and the user decoded, "" for none. False: out of
 * memory. */
bool config_via_split(struct fs_arena *arena, const char *url, const char **out_url,
                      const char **out_user);

/* ---- webhook.c ---- */

/* Empty, or an absolute path of a file that can be read. */
enum fs_status config_file_check(const char *path, struct fs_error *err);
/* "whsec_" and base64, one a line; refused when others may read the file. secrets: room for
 * FS_WEBHOOK_SECRETS_MAX, and their bytes in the arena. */
enum fs_status config_secrets_read(struct fs_arena *arena, const char *path,
                                   struct fs_secret *secrets, size_t *out_count,
                                   struct fs_error *err);
/* An absolute path of a file that only its owner and group can read, and only its owner change. */
enum fs_status config_secret_file_check(const char *path, struct fs_error *err);
enum fs_status config_webhooks_freeze(struct cfg_t *tree, struct config_whole *whole,
                                      struct fs_error *err);
bool config_is_name(const char *name);
/* tree_webhook.c: a validate callback for what names a file, or nothing. */
int config_file_option_check(struct cfg_t *cfg, struct cfg_opt_t *opt);
/* tree_webhook.c: a validate callback for the values of webhook {}. */
int config_webhook_check(struct cfg_t *cfg, struct cfg_opt_t *opt);

/* ---- crm.c ---- */

#define CONFIG_CRM_OPTIONS 9
void config_crm_options(struct cfg_opt_t *out); /* room for CONFIG_CRM_OPTIONS */
void config_crm_checks(struct cfg_t *tree);
enum fs_status config_crms_freeze(struct cfg_t *tree, struct config_whole *whole,
                                  struct fs_error *err);

/* ---- notices.c ---- */

struct cfg_opt_t;
#define CONFIG_NOTICES_OPTIONS 8
void config_notices_options(struct cfg_opt_t *out); /* room for CONFIG_NOTICES_OPTIONS */
void config_notices_checks(struct cfg_t *tree);
/* Also checks that they and the rest of the process agree. section is the process. */
enum fs_status config_notices_freeze(struct fs_arena *arena, struct cfg_t *section,
                                     const struct fs_config *config, struct fs_process *process,
                                     struct fs_error *err);

bool config_network_parse(const char *text, struct fs_network *out);
/* Whether the text is one of words, separated by '|'. */
bool config_is_word(const char *text, const char *words);

#endif

/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 the fullstop authors
 *
 * config.h - the configuration file, parsed, validated and frozen.
 *
 * One file, fullstop.conf(5). fs_config_load() reads it with libconfuse on the calling
 * thread (one at a time: libconfuse keeps static state), copies everything and freezes it;
 * the result is immutable and shared by reference count across threads.
 */
#ifndef FULLSTOP_CONFIG_H
#define FULLSTOP_CONFIG_H

#include <netinet/in.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/socket.h>
#include <sys/types.h>

#include "fullstop/clock.h"
#include "fullstop/event.h"
#include "fullstop/hash.h"
#include "fullstop/lead.h"
#include "fullstop/status.h"

#define FS_CONFIG_PATH_DEFAULT "/etc/fullstop/fullstop.conf"
/* Caps; one more is an error that names the list. */
#define FS_CONFIG_FILE_MAX_B (1024u * 1024)
#define FS_CONFIG_PROCESSES_MAX 200
#define FS_CONFIG_LIST_MAX 10000
#define FS_PROCESS_NAME_MAX_B 64
/* A text of texts {}: eight lines of 400 bytes. */
#define FS_CONFIG_TEXT_MAX_B 3200

enum fs_mode { FS_MODE_OBSERVE, FS_MODE_FLAG, FS_MODE_HOLD, FS_MODE_ENFORCE };
const char *fs_mode_name(enum fs_mode mode);
enum fs_language { FS_LANGUAGE_EN, FS_LANGUAGE_DE };
enum fs_store_error_action { FS_STORE_ERROR_ACCEPT, FS_STORE_ERROR_TEMPFAIL };
enum fs_mixed { FS_MIXED_REJECT, FS_MIXED_DROP };
enum fs_answers_require { FS_REQUIRE_ANY, FS_REQUIRE_THREAD, FS_REQUIRE_AUTHENTICATED };

struct fs_string_list {
    const char *const *items;
    size_t count;
};

/* An IPv4 network is kept as its v4-mapped IPv6 form. */
struct fs_network {
    struct in6_addr address;
    unsigned prefix_bits; /* 0 to 128 */
};

/* Mails to salespeople about their leads. */
struct fs_notices {
    const char *to;       /* canonical, one of ours; "" who sent the message */
    const char *via;      /* the URL of a submission host, without a user */
    const char *user;     /* "" no login */
    const char *password; /* never "" where there is a user */
    const char *ca_file;  /* "" the system's */
    unsigned kinds;       /* bit (1u << enum fs_notice) set: wanted */
    int64_t gather_s;     /* a notice waits so long for more of its kind */
    int digest_minute;    /* of the day: then all that waits is one mail; -1: no digest */
    bool is_on;           /* there are kinds, or flag { copy_to } */
    bool must_be_coded;   /* STARTTLS is a must: via is another host, or there is a password */
};

struct fs_process {
    const char *name;
    enum fs_mode mode;
    struct fs_string_list senders; /* canonical patterns of address.h */
    bool lead_per_sender;          /* lead = "sender" */
    enum fs_mixed mixed;
    enum fs_language language;
    struct fs_rules rules;
    struct fs_string_list exempt_recipients; /* patterns */
    struct fs_string_list exempt_senders;    /* patterns */
    struct fs_string_list exempt_logins;
    struct fs_string_list exempt_headers; /* "Name: value" */
    enum fs_answers_require require;
    const char *flag_header;
    const char *flag_copy_to; /* who is told of flagged mail; "" nobody */
    struct fs_notices notices;
    const char *texts[FS_VERDICT_COUNT]; /* NULL: the built-in sentence */
};

#define FS_CONFIG_WEBHOOKS_MAX 20
#define FS_WEBHOOK_SECRETS_MAX 8
#define FS_WEBHOOK_TIMEOUT_MAX_S 60

/* A key of the Standard Webhooks specification, decoded. */
struct fs_secret {
    const uint8_t *bytes;
    size_t length_b;
};

/* One who is told of events by HTTP. */
struct fs_webhook {
    const char *name;
    const char *url;                 /* https, or http where that is allowed; no user in it */
    const struct fs_secret *secrets; /* the first is the newest; each one signs */
    size_t secret_count;
    unsigned events; /* bit (1u << enum fs_news) set: wanted */
    int64_t timeout_s;
    bool allow_http;
    const char *ca_file; /* "" the system's */
    const char *proxy;   /* "" none; never the environment's */
};

#define FS_CONFIG_CRMS_MAX 20
#define FS_CRM_EVERY_MAX_S ((int64_t)7 * 86400)
#define FS_CRM_TIMEOUT_MAX_S 600
#define FS_CRM_TOKEN_MAX_B 4096

/* Where a CRM's decisions are fetched from. */
struct fs_crm_source {
    const char *name;
    const char *url; /* as of a webhook */
    int64_t every_s;
    const char *token; /* "" none */
    bool partial;      /* bad lines do not keep the others from being applied */
    int64_t timeout_s;
    bool allow_http;
    const char *ca_file; /* "" the system's */
    const char *proxy;   /* "" none; never the environment's */
};

struct fs_config {
    const char *path;
    struct fs_hash hash; /* SHA-256 of the file's bytes, for the audit log */
    const char *listen;
    mode_t socket_mode;
    const char *socket_group;
    const char *user;
    const char *store;
    struct fs_string_list our_domains; /* patterns */
    const struct fs_network *internal_networks;
    size_t internal_network_count;
    const struct fs_network *inbound_relays;
    size_t inbound_relay_count;
    enum fs_store_error_action on_store_error;
    int64_t relevant_for_s;
    int contact_limit; /* 0: none */
    int64_t contact_limit_s;
    const char *timezone;           /* "" the system's */
    const struct fs_date *holidays; /* ascending */
    size_t holiday_count;
    enum fs_language language;
    struct fs_string_list authserv_ids;
    const struct fs_process *processes;
    size_t process_count;
    const struct fs_webhook *webhooks;
    size_t webhook_count;
    const struct fs_crm_source *crms;
    size_t crm_count;
};

/* FS_INPUT: err is "FILE:LINE: what, and how to mend it" (FILE alone where no line is to
 * blame). The caller owns one reference of *out. */
enum fs_status fs_config_load(const char *path, const struct fs_config **out, struct fs_error *err);
const struct fs_config *fs_config_ref(const struct fs_config *config);
void fs_config_unref(const struct fs_config *config); /* NULL is a no-op */

/* The first process one of these (canonical, any may be NULL) is a sender of; NULL: none.
 * A login without '@' matches only a pattern that is the same word. */
const struct fs_process *fs_config_process_for(const struct fs_config *config,
                                               const char *envelope_sender, const char *header_from,
                                               const char *login);
const struct fs_process *fs_config_process_named(const struct fs_config *config, const char *name);
const struct fs_webhook *fs_config_webhook_named(const struct fs_config *config, const char *name);
/* Whether exempt {} of a process lets this one through: by its recipient, its senders or
 * login (canonical, any may be NULL). Header lines are matched by fs_config_is_exempt_header. */
bool fs_config_is_exempt_recipient(const struct fs_process *process, const char *recipient);
bool fs_config_is_exempt_sender(const struct fs_process *process, const char *envelope_sender,
                                const char *header_from, const char *login);
/* name and value of one field of the message, unfolded; the value is compared as a whole,
 * ASCII case-insensitive. */
bool fs_config_is_exempt_header(const struct fs_process *process, const char *name,
                                const char *value);
/* A Saturday, a Sunday, or a holiday of the file. */
bool fs_config_is_day_off(const struct fs_config *config, struct fs_date date);
bool fs_config_is_ours(const struct fs_config *config, const char *address);
/* AF_INET and AF_INET6; false for anything else. */
bool fs_config_is_internal(const struct fs_config *config, const struct sockaddr *client);
bool fs_config_is_inbound_relay(const struct fs_config *config, const struct sockaddr *client);
/* Path of a sqlite store ("sqlite:PATH"), NULL for memory stores. Borrowed. */
const char *fs_config_store_path(const struct fs_config *config);
/* Names, comma-separated, of keys that differ and need a restart; "" when none. */
void fs_config_restart_keys(const struct fs_config *running, const struct fs_config *loaded,
                            char *out, size_t size_b);

/* The one place the running configuration is swapped. Thread-safe. */
struct fs_config_cell;
struct fs_config_cell *fs_config_cell_new(const struct fs_config *config); /* takes the ref */
void fs_config_cell_free(struct fs_config_cell *cell);
const struct fs_config *fs_config_cell_get(struct fs_config_cell *cell); /* a new ref */
void fs_config_cell_swap(struct fs_config_cell *cell, const struct fs_config *config);

#endif

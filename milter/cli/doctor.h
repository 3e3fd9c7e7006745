/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 the fullstop authors
 *
 * doctor.h - what the parts of `fullstop doctor` share: findings, and what the MTA was
 * found to be configured like.
 *
 * A check looks at one thing and calls fs_doctor_find() with a row of the one table of
 * sentences (doctor_findings.c). Nothing here changes the MTA or the store. All memory is
 * the call's arena; what runs out of it is said at the end. Not thread-safe.
 */
#ifndef FULLSTOP_CLI_DOCTOR_H
#define FULLSTOP_CLI_DOCTOR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

#include "cli.h"

/* Caps; what is beyond is not looked at. */
#define FS_DOCTOR_FINDINGS_MAX 400
#define FS_DOCTOR_OUTPUT_MAX_B ((size_t)4 * 1024 * 1024)
#define FS_DOCTOR_LINES_MAX 20000
#define FS_DOCTOR_SERVICES_MAX 500
#define FS_DOCTOR_MILTERS_MAX 64
#define FS_DOCTOR_ITEMS_MAX 2000

enum fs_doctor_level { FS_DOCTOR_OK, FS_DOCTOR_WARNING, FS_DOCTOR_ERROR };

/* The rows of the table of sentences, in its order. */
enum fs_doctor_row {
    FS_DOCTOR_POSTFIX,
    FS_DOCTOR_SENDMAIL,
    FS_DOCTOR_NO_MTA,
    FS_DOCTOR_POSTFIX_UNREADABLE,
    FS_DOCTOR_SENDMAIL_UNREADABLE,
    FS_DOCTOR_MILTER,
    FS_DOCTOR_MILTER_MISSING,
    FS_DOCTOR_SERVICE_UNCOVERED,
    FS_DOCTOR_NO_MILTERS,
    FS_DOCTOR_MILTER_ELSEWHERE,
    FS_DOCTOR_CHROOT,
    FS_DOCTOR_MILTER_MAPS,
    FS_DOCTOR_BEFORE_REFUSING,
    FS_DOCTOR_AFTER_SIGNER,
    FS_DOCTOR_MAY_SIGN,
    FS_DOCTOR_UNKNOWN_AFTER,
    FS_DOCTOR_VERIFIER,
    FS_DOCTOR_VERIFIER_UNSEEN,
    FS_DOCTOR_VERIFIER_AFTER,
    FS_DOCTOR_VERIFIER_MISSING,
    FS_DOCTOR_VERIFIER_ELSEWHERE,
    FS_DOCTOR_AUTHSERV_UNKNOWN,
    FS_DOCTOR_NON_SMTPD,
    FS_DOCTOR_NON_SMTPD_MISSING,
    FS_DOCTOR_BOUNCES_UNSEEN,
    FS_DOCTOR_BOUNCES_UNCOPIED,
    FS_DOCTOR_DEFAULT_ACTION,
    FS_DOCTOR_PROTOCOL,
    FS_DOCTOR_TIMEOUT_SHORT,
    FS_DOCTOR_TIMEOUT_LONG,
    FS_DOCTOR_ORIGINATING,
    FS_DOCTOR_REINJECTION,
    FS_DOCTOR_PROXY_FILTER,
    FS_DOCTOR_FLAG_LEAVES,
    FS_DOCTOR_NOT_LISTED,
    FS_DOCTOR_DOMAINS,
    FS_DOCTOR_DOMAIN_NOT_HERE,
    FS_DOCTOR_SENDER_NOT_OURS,
    FS_DOCTOR_SENDER_NOT_HERE,
    FS_DOCTOR_NETWORK_NOT_INTERNAL,
    FS_DOCTOR_NETWORK_NOT_TRUSTED,
    FS_DOCTOR_SOCKET,
    FS_DOCTOR_SOCKET_MISSING,
    FS_DOCTOR_SOCKET_NO_SOCKET,
    FS_DOCTOR_SOCKET_DENIED,
    FS_DOCTOR_SOCKET_FOLDER_DENIED,
    FS_DOCTOR_SOCKET_FOLDER_UNSAFE,
    FS_DOCTOR_SOCKET_OPEN,
    FS_DOCTOR_DAEMON,
    FS_DOCTOR_DAEMON_STOPPED,
    FS_DOCTOR_DAEMON_UNSEEN,
    FS_DOCTOR_DAEMON_SILENT,
    FS_DOCTOR_DAEMON_OLD_CONFIG,
    FS_DOCTOR_DAEMON_OLD_VERSION,
    FS_DOCTOR_USER_MISSING,
    FS_DOCTOR_CONFIG_WRITABLE,
    FS_DOCTOR_CONFIG_UNREADABLE,
    FS_DOCTOR_STORE,
    FS_DOCTOR_STORE_MEMORY,
    FS_DOCTOR_STORE_MISSING,
    FS_DOCTOR_STORE_FOLDER_DENIED,
    FS_DOCTOR_STORE_DENIED,
    FS_DOCTOR_STORE_OPEN,
    FS_DOCTOR_STORE_BROKEN,
    FS_DOCTOR_OFF,
    FS_DOCTOR_CLOCK,
    FS_DOCTOR_CLOCK_BEHIND,
    FS_DOCTOR_CLOCK_UNSET,
    FS_DOCTOR_CLOCK_UNSYNCED,
    FS_DOCTOR_ROW_COUNT,
};

struct fs_doctor_sentence {
    const char *id; /* stable: scripts may rely on it */
    enum fs_doctor_level level;
    const char *text; /* %1 to %4 stand for the values of the finding */
    const char *mend; /* a line to paste, NULL: nothing to do; %1 to %4 as well */
};
const struct fs_doctor_sentence *fs_doctor_sentence(enum fs_doctor_row row);

struct fs_doctor_finding {
    enum fs_doctor_row row;
    const char *text;
    const char *mend; /* NULL: none */
};

struct fs_doctor {
    struct fs_cli *cli;
    struct fs_arena *arena;
    const struct fs_config *config;
    const char *listen_at; /* where fullstopd listens, as fs_doctor_address() spells it */
    struct fs_doctor_finding findings[FS_DOCTOR_FINDINGS_MAX];
    size_t finding_count;
    bool is_short_of_memory;
};

/* ---- findings (doctor_findings.c, doctor_print.c) ---- */

/* Adds the row's sentence with its values; those it does not use are NULL. The same
 * sentence twice is one finding. */
void fs_doctor_find(struct fs_doctor *doctor, enum fs_doctor_row row, const char *a, const char *b,
                    const char *c, const char *d);
/* How many errors and warnings were found since the finding count was first. */
bool fs_doctor_is_fine_since(const struct fs_doctor *doctor, size_t first);
/* "" when memory is short, which fs_doctor_print() then tells. */
const char *fs_doctor_text(struct fs_doctor *doctor, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
/* 'text' as one word of a shell. */
const char *fs_doctor_quoted(struct fs_doctor *doctor, const char *text);
enum fs_cli_exit fs_doctor_print(struct fs_doctor *doctor);

/* ---- asking a program (doctor_run.c) ---- */

struct fs_doctor_run {
    int status;         /* the exit status; -1: not started, killed or too slow */
    bool has_complaint; /* it wrote to standard error */
    const char *output; /* standard output, terminated */
    const char *complaint;
};
/* Runs words[0] (looked for where mail programs are; no shell), waits 10 s at most.
 * FS_NOT_FOUND: there is no such program. */
enum fs_status fs_doctor_run(struct fs_arena *arena, const char *const *words,
                             struct fs_doctor_run *out, struct fs_error *err);

/* A file as text, cut at the cap. FS_NOT_FOUND, FS_IO. */
enum fs_status fs_doctor_read(struct fs_arena *arena, const char *path, const char **out,
                              struct fs_error *err);

/* ---- reading configuration text (doctor_parse.c); pure ---- */

/* Logical lines: one that begins with a blank goes on with the one before; empty ones and
 * those that begin with '#' are left out. */
enum fs_status fs_doctor_lines(struct fs_arena *arena, const char *text, char ***out,
                               size_t *out_count);
/* Items between commas and blanks; { ... } is one item, braces kept. */
enum fs_status fs_doctor_items(struct fs_arena *arena, const char *text, char ***out,
                               size_t *out_count);

/* An entry of smtpd_milters: "unix:path" or "{ unix:path, default_action=tempfail }". */
struct fs_doctor_milter {
    const char *entry;          /* as written, without needless blanks */
    const char *name;           /* the filter's, Sendmail only */
    const char *address;        /* unix:path or inet:host:port, also for other spellings */
    const char *default_action; /* each NULL: not given */
    const char *connect_timeout;
    const char *command_timeout;
    const char *content_timeout;
};
struct fs_doctor_milters {
    struct fs_doctor_milter list[FS_DOCTOR_MILTERS_MAX];
    size_t count;
    /* Incoming mail passes it, and a process asks for proof: what may verify belongs before
     * fullstop, signers too. */
    bool must_verify;
};
enum fs_status fs_doctor_milters(struct fs_arena *arena, const char *text,
                                 struct fs_doctor_milters *out);
/* "local:/a", "unix:/a", "/a"; "inet:8891@host", "inet:host:8891" -> one spelling. */
const char *fs_doctor_address(struct fs_arena *arena, const char *text);

/* A line of master.cf, as postconf -M prints it. */
struct fs_doctor_service {
    const char *key;  /* "submission/inet" */
    const char *name; /* "submission", "127.0.0.1:10025" */
    const char *type;
    const char *chroot; /* y, n or - */
    const char *command;
};
bool fs_doctor_service_parse(struct fs_arena *arena, const char *line,
                             struct fs_doctor_service *out);
/* Only this host can reach it. */
bool fs_doctor_service_is_loopback(const struct fs_doctor_service *service);
/* Its port by number or name; -1: none that we know. */
int fs_doctor_service_port(const struct fs_doctor_service *service);
/* "30s", "5m", "300" (seconds); false for anything else. */
bool fs_doctor_seconds(const char *text, int64_t *out_s);

/* ---- places in a list of milters (doctor_place.c); pure ---- */

enum fs_doctor_trade {
    FS_DOCTOR_TRADE_UNKNOWN,
    FS_DOCTOR_TRADE_REFUSES,          /* may refuse the message */
    FS_DOCTOR_TRADE_REFUSES_OR_SIGNS, /* may refuse, and may sign as well */
    FS_DOCTOR_TRADE_SIGNS,
};
/* *out_name is what it is called. By name, socket and usual port. */
enum fs_doctor_trade fs_doctor_trade(const struct fs_doctor_milter *milter, const char **out_name);
/* It may vouch for incoming mail by DMARC or DKIM. */
bool fs_doctor_may_verify(const struct fs_doctor_milter *milter);
/* The list with ours after those that may refuse and before those that sign; ours_at is its
 * place, or milters->count when it is not in it and entry is put in. Names the filters by
 * name where by_name. NULL: out of memory. */
const char *fs_doctor_ordered(struct fs_arena *arena, const struct fs_doctor_milters *milters,
                              size_t ours_at, const char *entry, bool by_name);

/* ---- Postfix (doctor_postfix.c) ---- */

struct fs_doctor_setting {
    const char *service; /* "" main.cf, else the key of a service */
    const char *name;
    const char *value; /* $names filled in */
};
struct fs_doctor_postfix {
    const char *config_path; /* NULL: Postfix's own */
    struct fs_doctor_setting *settings;
    size_t setting_count;
    struct fs_doctor_service *services;
    size_t service_count;
};
/* FS_NOT_FOUND: no Postfix here; FS_IO: err is what postconf complained about. */
enum fs_status fs_doctor_postfix_read(struct fs_doctor *doctor, const char *config_path,
                                      struct fs_doctor_postfix *out, struct fs_error *err);
/* Of main.cf; "" when there is none. */
const char *fs_doctor_main(const struct fs_doctor_postfix *postfix, const char *name);
/* Of a service: its own -o, else main.cf's. */
const char *fs_doctor_setting(const struct fs_doctor_postfix *postfix, const char *service,
                              const char *name);
bool fs_doctor_is_own(const struct fs_doctor_postfix *postfix, const char *service,
                      const char *name);
bool fs_doctor_is_smtpd(const struct fs_doctor_service *service);
bool fs_doctor_is_chrooted(const struct fs_doctor_postfix *postfix,
                           const struct fs_doctor_service *service);
/* "sudo postconf -e ..." in main.cf, or -P in a service. */
const char *fs_doctor_set_line(struct fs_doctor *doctor, const struct fs_doctor_postfix *postfix,
                               const char *service, const char *name, const char *value);
/* "sudo postconf" with the configuration it is about. */
const char *fs_doctor_postconf(struct fs_doctor *doctor, const struct fs_doctor_postfix *postfix);
enum fs_doctor_answer { FS_DOCTOR_NO, FS_DOCTOR_YES, FS_DOCTOR_UNKNOWN };
/* What a table of Postfix ("hash:/etc/postfix/virtual") says about key. */
enum fs_doctor_answer fs_doctor_postmap(struct fs_doctor *doctor,
                                        const struct fs_doctor_postfix *postfix, const char *table,
                                        const char *key, const char **out_value);

/* Where fullstop stands in a list of milters, as one service sees it. */
enum fs_doctor_place {
    FS_DOCTOR_PLACE_NONE,
    FS_DOCTOR_PLACE_ELSEWHERE,   /* it looks like fullstop's but is not where it listens */
    FS_DOCTOR_PLACE_OUT_OF_ROOT, /* right, but not from within the chroot */
    FS_DOCTOR_PLACE_HERE,
};
struct fs_doctor_list {
    const char *service; /* whose list it is: "" main.cf's */
    const char *name;    /* smtpd_milters, non_smtpd_milters */
    const char *label;   /* as sentences call it */
    struct fs_doctor_milters milters;
    enum fs_doctor_place place;
    size_t at; /* milters.count: not in it */
};
/* The list that holds for service. false: out of memory. */
bool fs_doctor_list(struct fs_doctor *doctor, const struct fs_doctor_postfix *postfix,
                    const struct fs_doctor_service *service, const char *name,
                    struct fs_doctor_list *out);
/* The line that gives fullstop its right place in the list. */
const char *fs_doctor_place_line(struct fs_doctor *doctor, const struct fs_doctor_postfix *postfix,
                                 const struct fs_doctor_list *list);
/* Order, default action, protocol, timeouts, chroot of a list that names fullstop. */
void fs_doctor_list_check(struct fs_doctor *doctor, const struct fs_doctor_postfix *postfix,
                          const struct fs_doctor_service *service,
                          const struct fs_doctor_list *list);
void fs_doctor_services(struct fs_doctor *doctor, const struct fs_doctor_postfix *postfix);
void fs_doctor_postfix_domains(struct fs_doctor *doctor, const struct fs_doctor_postfix *postfix);
void fs_doctor_postfix_flag(struct fs_doctor *doctor, const struct fs_doctor_postfix *postfix);

/* "accept" or "tempfail": what the MTA should do while fullstopd is down. */
const char *fs_doctor_wanted_action(const struct fs_doctor *doctor);
/* Whether an address, as fs_doctor_address() spells it, is where fullstopd listens. */
bool fs_doctor_is_here(const struct fs_doctor *doctor, const char *address);
/* One timeout, for Postfix and Sendmail alike: warns when absurd. NULL value: not given. */
struct fs_doctor_timeout {
    const char *name;  /* as sentences call it */
    const char *value; /* NULL: not given */
    const char *label; /* of the list */
    int64_t least_s;
    int64_t most_s;
    const char *mend;
};
void fs_doctor_timeout(struct fs_doctor *doctor, const struct fs_doctor_timeout *timeout);
/* What the others in a list do, and where. */
void fs_doctor_order(struct fs_doctor *doctor, const struct fs_doctor_milters *milters, size_t at,
                     const char *label, const char *mend);

/* ---- proof of answers (doctor_proof.c) ---- */

/* A process takes only answers that are authenticated. */
bool fs_doctor_wants_proof(const struct fs_doctor *doctor);
struct fs_doctor_proof {
    const struct fs_doctor_milters *milters; /* that incoming mail passes */
    size_t at;                               /* fullstop's place in it */
    const char *label;                       /* of the list */
    const char *mend;                        /* the line that orders it */
    const char *host;   /* what verifiers call themselves unless told otherwise; NULL: unknown */
    const char *unseen; /* what else may verify before fullstop; NULL: nothing */
};
void fs_doctor_proof(struct fs_doctor *doctor, const struct fs_doctor_proof *proof);

/* ---- Sendmail (doctor_sendmail.c) ---- */

/* FS_NOT_FOUND: there is no such file; FS_IO. */
enum fs_status fs_doctor_sendmail(struct fs_doctor *doctor, const char *path, struct fs_error *err);

/* ---- sendmail.cf (doctor_sendmail_cf.c); pure but for files that it names ---- */

struct fs_doctor_cf {
    char **lines;
    size_t count;
};
/* "O name=value": the value, of the number-th such line; NULL: there is none. */
const char *fs_doctor_cf_option(const struct fs_doctor_cf *cf, const char *name, size_t number);
/* Of "Name=MTA, Port=smtp" what the key is (by its first letter, as Sendmail reads it). */
const char *fs_doctor_cf_part(struct fs_arena *arena, const char *text, char key);
/* The MTA's own name, where the file says it; NULL: it does not. */
const char *fs_doctor_cf_host(const struct fs_doctor_cf *cf);
/* The filter of an X line; NULL options are not given. false: it is no X line. */
struct fs_doctor_filter {
    struct fs_doctor_milter milter; /* default_action by F=, timeouts by T= */
    const char *flags;              /* F= */
};
bool fs_doctor_cf_filter(struct fs_arena *arena, const char *line, struct fs_doctor_filter *out);
/* Whether the MTA receives mail for domain, by its classes and access table. */
enum fs_doctor_answer fs_doctor_cf_receives(struct fs_doctor *doctor, const struct fs_doctor_cf *cf,
                                            const char *domain, bool with_subdomains);

/* ---- domains (doctor_domains.c) ---- */

/* Which domains of ours an MTA receives mail for. */
typedef enum fs_doctor_answer fs_doctor_receives(void *context, const char *domain,
                                                 bool with_subdomains);
void fs_doctor_domains(struct fs_doctor *doctor, fs_doctor_receives *receives, void *context);

/* ---- socket, daemon, store, clock ---- */

/* mta_user: who connects; is_careful: refuses folders that others can write (Sendmail). */
void fs_doctor_socket(struct fs_doctor *doctor, const char *mta_user, bool is_careful);
/* Whether a milter answers at an address of fullstop.conf. FS_REFUSED: this user may not
 * connect. */
enum fs_status fs_doctor_negotiate(const char *listen_at, struct fs_error *err);
/* Files and their rights; before the store is opened. */
void fs_doctor_files(struct fs_doctor *doctor);
/* Daemon, store, clock. Gives up root for the configured user. */
void fs_doctor_daemon(struct fs_doctor *doctor);

/* ---- rights (doctor_rights.c) ---- */

#define FS_DOCTOR_GROUPS_MAX 256
struct fs_doctor_who {
    const char *name;
    uid_t uid;
    gid_t groups[FS_DOCTOR_GROUPS_MAX];
    int group_count;
};
bool fs_doctor_who(const char *user, struct fs_doctor_who *out);
/* The first part of path that who may not enter, by mode bits; NULL: all may be. Lives in
 * the arena. */
const char *fs_doctor_closed_folder(struct fs_arena *arena, const struct fs_doctor_who *who,
                                    const char *path);
/* want: of R_OK, W_OK, X_OK. A path that is not there is denied. */
bool fs_doctor_may(const struct fs_doctor_who *who, const char *path, int want);
/* Everything before the last slash. */
const char *fs_doctor_folder(struct fs_arena *arena, const char *path);
/* By name, or by what the names lead to. */
bool fs_doctor_is_same_file(const char *a, const char *b);
/* The path of "unix:PATH", else NULL. */
const char *fs_doctor_unix_path(const char *address);

#endif

/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 the fullstop authors
 *
 * doctor_findings.c - every sentence of fullstop doctor, in one table, and how it is filled in.
 *
 * Decides how grave a finding is and which line mends it. %1 to %4 are the finding's
 * values. Must not know how anything was found out.
 */
#include "doctor.h"

#include <stdarg.h>
#include <string.h>

#include "cli_text.h"
#include "fullstop/text.h"

#define OK FS_DOCTOR_OK
#define WARNING FS_DOCTOR_WARNING
#define ERROR FS_DOCTOR_ERROR
#define TEXT_MAX_B (size_t)16384

static const struct fs_doctor_sentence sentences[FS_DOCTOR_ROW_COUNT] = {
    [FS_DOCTOR_POSTFIX] = {"postfix", OK, "Postfix %1 is configured in %2", NULL},
    [FS_DOCTOR_SENDMAIL] = {"sendmail", OK, "Sendmail is configured in %1", NULL},
    [FS_DOCTOR_NO_MTA] = {"no-mta", ERROR,
                          "neither Postfix (postconf) nor Sendmail (%1) was found, so nothing "
                          "about the MTA was looked at",
                          "fullstop doctor --postfix-config DIR    # or: --sendmail-cf FILE"},
    [FS_DOCTOR_POSTFIX_UNREADABLE] = {"postfix-unreadable", ERROR,
                                      "Postfix's configuration cannot be read: %1", "%2"},
    [FS_DOCTOR_SENDMAIL_UNREADABLE] = {"sendmail-unreadable", ERROR,
                                       "Sendmail's configuration %1 cannot be read: %2",
                                       "sudo fullstop doctor --sendmail-cf %3"},
    [FS_DOCTOR_MILTER] = {"milter", OK, "mail that comes by SMTP is shown to fullstop (%1)", NULL},
    [FS_DOCTOR_MILTER_MISSING] = {"milter-missing", ERROR,
                                  "%1 does not name fullstop: mail that comes by SMTP is neither "
                                  "counted nor heard",
                                  "%2"},
    [FS_DOCTOR_SERVICE_UNCOVERED] = {"service-uncovered", ERROR,
                                     "the service %1 has a list of filters of its own without "
                                     "fullstop: mail that comes by it is neither counted nor heard",
                                     "%2"},
    [FS_DOCTOR_NO_MILTERS] = {"no-milters", ERROR,
                              "the service %1 has receive_override_options with no_milters "
                              "although others can reach it: mail that comes by it is neither "
                              "counted nor heard",
                              "%2"},
    [FS_DOCTOR_MILTER_ELSEWHERE] = {"milter-elsewhere", ERROR,
                                    "%1 names %2, but fullstopd listens on %3", "%4"},
    [FS_DOCTOR_CHROOT] = {"chroot", ERROR,
                          "the service %1 runs chrooted in %2 and does not reach fullstop's "
                          "socket %3 from there",
                          "%4"},
    [FS_DOCTOR_MILTER_MAPS] = {"milter-maps", WARNING,
                               "smtpd_milter_maps (%1) replaces smtpd_milters for some clients; "
                               "what does not name fullstop hides their mail from it",
                               "%2    # then name %3 in what it returns"},
    [FS_DOCTOR_BEFORE_REFUSING] = {"before-refusing", ERROR,
                                   "in %1 fullstop stands before %2 (%3): mail that it refuses was "
                                   "counted already",
                                   "%4"},
    [FS_DOCTOR_AFTER_SIGNER] = {"after-signer", ERROR,
                                "in %1 fullstop stands after %2 (%3): headers that change after "
                                "signing break the signature",
                                "%4"},
    [FS_DOCTOR_MAY_SIGN] = {"may-sign", OK,
                            "%1 (%2) stands before fullstop, as it may refuse; whether it also "
                            "signs cannot be seen, and if it does it must not sign X-Fullstop-*",
                            NULL},
    [FS_DOCTOR_UNKNOWN_AFTER] = {"unknown-after", OK,
                                 "in %1 the filter %2 stands after fullstop; that is right unless "
                                 "it may refuse mail",
                                 NULL},
    [FS_DOCTOR_VERIFIER] = {"verifier", OK,
                            "%1 stands before fullstop and may vouch for answers, as process %2 "
                            "asks for; where it also signs, it must not sign X-Fullstop-*",
                            NULL},
    [FS_DOCTOR_VERIFIER_UNSEEN] = {"verifier-unseen", OK,
                                   "whether %1, before fullstop, vouches for answers, as process "
                                   "%2 asks for, cannot be seen",
                                   NULL},
    [FS_DOCTOR_VERIFIER_AFTER] = {"verifier-after", ERROR,
                                  "in %1 fullstop stands before %2, but process %3 takes only "
                                  "answers that a verifier has vouched for: none counts",
                                  "%4"},
    [FS_DOCTOR_VERIFIER_MISSING] = {"verifier-missing", ERROR,
                                    "process %1 takes only answers that a verifier has vouched "
                                    "for, and in %2 none stands before fullstop: none counts",
                                    "answers { require = \"thread\" }    # in that process in %3; "
                                    "or have a verifier of DMARC or DKIM before fullstop"},
    [FS_DOCTOR_VERIFIER_ELSEWHERE] =
        {"verifier-elsewhere", WARNING,
         "process %1 takes only answers that a verifier has vouched for, in %2 none stands before "
         "fullstop, and authserv_ids does not name %4: none counts unless a host before it "
         "verifies",
         "answers { require = \"thread\" }    # in that process in %3; or have a verifier of DMARC "
         "or DKIM before fullstop"},
    [FS_DOCTOR_AUTHSERV_UNKNOWN] = {"authserv-unknown", WARNING,
                                    "authserv_ids does not name %1, as %2 calls itself unless it "
                                    "is told otherwise: then no answer to process %3 counts",
                                    "authserv_ids = { %4, unless it is told otherwise"},
    [FS_DOCTOR_NON_SMTPD] = {"non-smtpd", OK, "mail of local programs is shown to fullstop", NULL},
    [FS_DOCTOR_NON_SMTPD_MISSING] = {"non-smtpd-missing", ERROR,
                                     "non_smtpd_milters does not name fullstop: mail that programs "
                                     "hand in by sendmail(1) is not counted",
                                     "%1"},
    [FS_DOCTOR_BOUNCES_UNSEEN] = {"bounces-unseen", WARNING,
                                  "internal_mail_filter_classes lacks bounce: bounces that this "
                                  "Postfix makes itself are not heard",
                                  "%1"},
    [FS_DOCTOR_BOUNCES_UNCOPIED] = {"bounces-uncopied", WARNING,
                                    "no copy of the bounces that this Sendmail makes itself is "
                                    "handed to fullstop ingest: dead addresses are not heard of",
                                    "%1"},
    [FS_DOCTOR_DEFAULT_ACTION] = {"default-action", ERROR,
                                  "while fullstopd is down %1 says \"%2\", but on_store_error in "
                                  "fullstop.conf says \"%3\"",
                                  "%4"},
    [FS_DOCTOR_PROTOCOL] = {"protocol", ERROR,
                            "milter_protocol is %1: below 6 fullstop can neither ask for its "
                            "macros nor skip bodies",
                            "%2"},
    [FS_DOCTOR_TIMEOUT_SHORT] = {"timeout-short", WARNING,
                                 "%1 is %2 for fullstop in %3: a verdict may take 5 s, and then "
                                 "milter_default_action decides",
                                 "%4"},
    [FS_DOCTOR_TIMEOUT_LONG] = {"timeout-long", WARNING,
                                "%1 is %2 for fullstop in %3: mail waits so long while fullstopd "
                                "hangs",
                                "%4"},
    [FS_DOCTOR_ORIGINATING] = {"originating", WARNING,
                               "the service %1 is not marked ORIGINATING: only logins, "
                               "certificates and internal_networks show that its mail is ours",
                               "%2"},
    [FS_DOCTOR_REINJECTION] = {"reinjection", ERROR,
                               "the service %1 takes back what a content filter has seen, without "
                               "no_milters: fullstop sees that mail twice, the second time from "
                               "this very host",
                               "%2"},
    [FS_DOCTOR_PROXY_FILTER] = {"proxy-filter", ERROR,
                                "the service %1 has smtpd_proxy_filter = %2: filters see neither "
                                "header nor body there, and fullstop belongs to the service behind "
                                "the proxy",
                                "%3"},
    [FS_DOCTOR_FLAG_LEAVES] = {"flag-leaves", WARNING,
                               "process %1 flags, and smtp_header_checks%2 does not remove %3: "
                               "prospects can read it",
                               "%4"},
    [FS_DOCTOR_NOT_LISTED] = {"not-listed", ERROR,
                              "%1 defines the filter %2, but no InputMailFilters names it: it is "
                              "not used",
                              "%3"},
    [FS_DOCTOR_DOMAINS] = {"domains", OK, "answers to our_domains and to all senders come by here",
                           NULL},
    [FS_DOCTOR_DOMAIN_NOT_HERE] = {"domain-not-here", WARNING,
                                   "this MTA does not receive mail for %1 of our_domains: answers "
                                   "sent there do not pass fullstop",
                                   "fullstop ingest < MESSAGE    # for each answer that arrives at "
                                   "%1"},
    [FS_DOCTOR_SENDER_NOT_OURS] =
        {"sender-not-ours", ERROR,
         "process %1 sends as %2, which is not in our_domains: answers to "
         "it are not taken for incoming mail",
         "our_domains = { %3 }    # in %4"},
    [FS_DOCTOR_SENDER_NOT_HERE] = {"sender-not-here", WARNING,
                                   "process %1 sends as %2, for which this MTA does not receive "
                                   "mail: answers to it do not pass fullstop",
                                   "fullstop ingest < MESSAGE    # for each answer that arrives at "
                                   "%2"},
    [FS_DOCTOR_NETWORK_NOT_INTERNAL] =
        {"network-not-internal", WARNING,
         "mynetworks has %1 and internal_networks has not: mail of clients there is counted only "
         "with a login",
         "internal_networks = { %2 }    # in %3"},
    [FS_DOCTOR_NETWORK_NOT_TRUSTED] =
        {"network-not-trusted", WARNING,
         "internal_networks has %1 and mynetworks has not: whoever connects from there is taken "
         "for one of us",
         "%2    # or take it out of internal_networks"},
    [FS_DOCTOR_SOCKET] = {"socket", OK, "the user %1 can connect to %2", NULL},
    [FS_DOCTOR_SOCKET_MISSING] = {"socket-missing", ERROR, "there is no socket %1",
                                  "sudo systemctl restart fullstop"},
    [FS_DOCTOR_SOCKET_NO_SOCKET] = {"socket-no-socket", ERROR, "%1 is no socket",
                                    "sudo rm %2 && sudo systemctl restart fullstop"},
    [FS_DOCTOR_SOCKET_DENIED] = {"socket-denied", ERROR,
                                 "the user %1 may not connect to %2 (mode %3)", "%4"},
    [FS_DOCTOR_SOCKET_FOLDER_DENIED] = {"socket-folder-denied", ERROR,
                                        "the user %1 may not enter %2, where fullstop's socket is",
                                        "%3"},
    [FS_DOCTOR_SOCKET_FOLDER_UNSAFE] = {"socket-folder-unsafe", ERROR,
                                        "Sendmail refuses the socket as unsafe, for others can "
                                        "write the folder %1",
                                        "%2"},
    [FS_DOCTOR_SOCKET_OPEN] = {"socket-open", WARNING,
                               "everybody on this host can connect to %1 and pretend to be the MTA",
                               "socket_mode = \"0660\"    # in %2; then: sudo systemctl restart "
                               "fullstop"},
    [FS_DOCTOR_DAEMON] = {"daemon", OK, "fullstopd %1 runs and answers on %2", NULL},
    [FS_DOCTOR_DAEMON_STOPPED] = {"daemon-stopped", ERROR, "fullstopd does not run",
                                  "sudo systemctl enable --now fullstop"},
    [FS_DOCTOR_DAEMON_UNSEEN] = {"daemon-unseen", WARNING,
                                 "this user cannot see whether fullstopd runs and answers",
                                 "sudo fullstop doctor"},
    [FS_DOCTOR_DAEMON_SILENT] = {"daemon-silent", ERROR, "no milter answers on %1: %2",
                                 "sudo systemctl restart fullstop"},
    [FS_DOCTOR_DAEMON_OLD_CONFIG] = {"daemon-old-config", WARNING,
                                     "fullstopd runs with another configuration than %1 holds now",
                                     "sudo fullstop -c %2 reload"},
    [FS_DOCTOR_DAEMON_OLD_VERSION] = {"daemon-old-version", WARNING,
                                      "fullstopd that runs is version %1, installed is %2",
                                      "sudo systemctl restart fullstop"},
    [FS_DOCTOR_USER_MISSING] = {"user-missing", ERROR, "there is no user %1, which %2 names",
                                "sudo useradd --system --home-dir / --shell /usr/sbin/nologin %1"},
    [FS_DOCTOR_CONFIG_WRITABLE] = {"config-writable", ERROR,
                                   "everybody can write %1, and so decide what is refused",
                                   "sudo chmod o-w %2"},
    [FS_DOCTOR_CONFIG_UNREADABLE] = {"config-unreadable", WARNING,
                                     "the user %1 may not read %2: fullstop reload will fail",
                                     "%3"},
    [FS_DOCTOR_STORE] = {"store", OK, "the store %1 can be read and written by the user %2", NULL},
    [FS_DOCTOR_STORE_MEMORY] = {"store-memory", WARNING,
                                "store is \"memory:\": all counts are lost when fullstopd stops",
                                "store = \"sqlite:/var/lib/fullstop/fullstop.db\"    # in %1"},
    [FS_DOCTOR_STORE_MISSING] = {"store-missing", WARNING,
                                 "there is no store at %1 yet; fullstopd makes it when it starts",
                                 "sudo systemctl enable --now fullstop"},
    [FS_DOCTOR_STORE_FOLDER_DENIED] = {"store-folder-denied", ERROR,
                                       "the user %1 cannot write the folder %2, where the store is",
                                       "%3"},
    [FS_DOCTOR_STORE_DENIED] = {"store-denied", ERROR,
                                "the user %1 cannot read and write the store's file %2", "%3"},
    [FS_DOCTOR_STORE_OPEN] = {"store-open", ERROR,
                              "everybody on this host can read %1, which holds personal data",
                              "sudo chmod o-rwx %2"},
    [FS_DOCTOR_STORE_BROKEN] = {"store-broken", ERROR, "the store cannot be used: %1",
                                "sudo fullstop audit verify"},
    [FS_DOCTOR_OFF] = {"off", WARNING,
                       "fullstop is switched off since %1: every process only observes",
                       "sudo fullstop on"},
    [FS_DOCTOR_CLOCK] = {"clock", OK, "the clock is plausible: %1", NULL},
    [FS_DOCTOR_CLOCK_BEHIND] = {"clock-behind", ERROR,
                                "the clock says %1, but the store has an event of %2: one of both "
                                "is wrong, and pauses and ends come at wrong times",
                                "sudo timedatectl set-ntp true"},
    [FS_DOCTOR_CLOCK_UNSET] = {"clock-unset", ERROR, "the clock says %1: it was never set",
                               "sudo timedatectl set-ntp true"},
    [FS_DOCTOR_CLOCK_UNSYNCED] = {"clock-unsynced", WARNING,
                                  "the clock is not synchronised with the network's time",
                                  "sudo timedatectl set-ntp true"},
};

const struct fs_doctor_sentence *fs_doctor_sentence(enum fs_doctor_row row)
{
    return &sentences[row];
}

const char *fs_doctor_text(struct fs_doctor *doctor, const char *format, ...)
{
    va_list args;

    va_start(args, format);
    const char *text = fs_arena_vprintf(doctor->arena, format, args);
    va_end(args);
    if (text == NULL)
        doctor->is_short_of_memory = true;
    return text == NULL ? "" : text;
}

const char *fs_doctor_quoted(struct fs_doctor *doctor, const char *text)
{
    struct fs_buf word;

    fs_buf_init(&word, TEXT_MAX_B);
    bool is_whole = fs_buf_add_some(&word, "'", 1);
    for (const char *at = text; *at != '\0'; at++)
        is_whole =
            (*at == '\'' ? fs_buf_add_some(&word, "'\\''", 4) : fs_buf_add_some(&word, at, 1)) &&
            is_whole;
    is_whole = fs_buf_add_some(&word, "'", 1) && is_whole;
    const char *quoted = is_whole ? fs_doctor_text(doctor, "%s", word.data) : "";
    fs_buf_clear(&word);
    if (!is_whole)
        doctor->is_short_of_memory = true;
    return quoted;
}

static const char *fill(struct fs_doctor *doctor, const char *pattern, const char *const *values)
{
    struct fs_buf text;

    fs_buf_init(&text, TEXT_MAX_B);
    for (const char *at = pattern; *at != '\0'; at++) {
        if (at[0] == '%' && at[1] >= '1' && at[1] <= '4') {
            const char *value = values[at[1] - '1'] == NULL ? "" : values[at[1] - '1'];
            fs_buf_add_some(&text, value, strlen(value));
            at++;
        } else {
            fs_buf_add_some(&text, at, 1);
        }
    }
    const char *filled = text.data == NULL ? "" : fs_doctor_text(doctor, "%s", text.data);
    fs_buf_clear(&text);
    return filled;
}

void fs_doctor_find(struct fs_doctor *doctor, enum fs_doctor_row row, const char *a, const char *b,
                    const char *c, const char *d)
{
    const char *const values[] = {a, b, c, d};
    const struct fs_doctor_sentence *sentence = &sentences[row];

    if (doctor->finding_count == FS_DOCTOR_FINDINGS_MAX)
        return;
    struct fs_doctor_finding found = {.row = row, .text = fill(doctor, sentence->text, values)};
    if (sentence->mend != NULL)
        found.mend = fill(doctor, sentence->mend, values);
    for (size_t i = 0; i < doctor->finding_count; i++)
        if (doctor->findings[i].row == row && strcmp(doctor->findings[i].text, found.text) == 0)
            return;
    doctor->findings[doctor->finding_count++] = found;
}

bool fs_doctor_is_fine_since(const struct fs_doctor *doctor, size_t first)
{
    for (size_t i = first; i < doctor->finding_count; i++)
        if (sentences[doctor->findings[i].row].level != FS_DOCTOR_OK)
            return false;
    return true;
}

/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 the fullstop authors
 *
 * doctor_sendmail.c - whether a Sendmail shows its mail to fullstop, by its sendmail.cf.
 *
 * Decides which filter is fullstop, and what is wrong with its place, flags and timeouts.
 * Lines to paste are for sendmail.mc, from which sendmail.cf is made. Must not know the
 * syntax of sendmail.cf.
 */
#include "doctor.h"

#include <string.h>

#include "fullstop/text.h"

#define IN_MC "    # in sendmail.mc; then: sudo make -C /etc/mail"
#define USUAL_TIMEOUTS "C:10s;S:10s;R:30s;E:1m"

struct filters {
    struct fs_doctor_filter list[FS_DOCTOR_MILTERS_MAX];
    size_t count;
    size_t ours; /* count: none */
    enum fs_doctor_place place;
};

static void find_filters(struct fs_doctor *doctor, const struct fs_doctor_cf *cf,
                         struct filters *out)
{
    for (size_t i = 0; i < cf->count && out->count < FS_DOCTOR_MILTERS_MAX; i++)
        if (fs_doctor_cf_filter(doctor->arena, cf->lines[i], &out->list[out->count]))
            out->count++;
    out->ours = out->count;
    for (size_t i = 0; i < out->count; i++) {
        const struct fs_doctor_milter *milter = &out->list[i].milter;
        enum fs_doctor_place place = FS_DOCTOR_PLACE_NONE;
        if (fs_doctor_is_here(doctor, milter->address))
            place = FS_DOCTOR_PLACE_HERE;
        else if (fs_text_find(milter->address, "fullstop") != NULL ||
                 fs_text_find(milter->name, "fullstop") != NULL)
            place = FS_DOCTOR_PLACE_ELSEWHERE;
        if (place <= out->place)
            continue;
        out->place = place;
        out->ours = i;
    }
}

/* As S= wants it: local:PATH, inet:PORT@HOST. */
static const char *our_socket(struct fs_doctor *doctor)
{
    const char *path = fs_doctor_unix_path(doctor->listen_at);

    return path == NULL ? doctor->config->listen : fs_doctor_text(doctor, "local:%s", path);
}

/* The line of sendmail.mc that says all about fullstop's filter. */
static const char *filter_line(struct fs_doctor *doctor, const char *macro, const char *name)
{
    bool waits = doctor->config->on_store_error == FS_STORE_ERROR_TEMPFAIL;

    return fs_doctor_text(doctor, "%s(`%s', `S=%s, %sT=" USUAL_TIMEOUTS "')dnl" IN_MC, macro, name,
                          our_socket(doctor), waits ? "F=T, " : "");
}

/* The filters of a list of names, in its order; at is ours. */
static bool named(struct fs_doctor *doctor, const struct filters *filters, const char *list,
                  struct fs_doctor_milters *out, size_t *out_at)
{
    char *copy = fs_arena_strdup(doctor->arena, list == NULL ? "" : list);
    char **items = NULL;
    size_t count = 0;

    memset(out, 0, sizeof *out);
    for (char *at = copy; at != NULL && *at != '\0'; at++)
        if (*at == ';')
            *at = ','; /* in DaemonPortOptions a comma would end the list */
    if (copy == NULL || fs_doctor_items(doctor->arena, copy, &items, &count) != FS_OK) {
        doctor->is_short_of_memory = true;
        return false;
    }
    *out_at = FS_DOCTOR_MILTERS_MAX;
    for (size_t i = 0; i < count && out->count < FS_DOCTOR_MILTERS_MAX; i++) {
        for (size_t j = 0; j < filters->count; j++) {
            if (strcmp(items[i], filters->list[j].milter.name) != 0)
                continue;
            if (j == filters->ours)
                *out_at = out->count;
            out->list[out->count++] = filters->list[j].milter;
            break;
        }
    }
    if (*out_at == FS_DOCTOR_MILTERS_MAX)
        *out_at = out->count;
    return true;
}

static const char *order_line(struct fs_doctor *doctor, const struct fs_doctor_milters *milters,
                              size_t at, const char *name)
{
    const char *ordered = fs_doctor_ordered(doctor->arena, milters, at, name, true);

    return fs_doctor_text(doctor, "define(`confINPUT_MAIL_FILTERS', `%s')dnl" IN_MC,
                          ordered == NULL ? "" : ordered);
}

/* A port's own list: in DaemonPortOptions a comma would end it. */
static const char *port_line(struct fs_doctor *doctor, const struct fs_doctor_milters *milters,
                             size_t at, const char *name, const char *called, const char *port)
{
    const char *ordered = fs_doctor_ordered(doctor->arena, milters, at, name, true);
    char *list = ordered == NULL ? NULL : fs_arena_strdup(doctor->arena, ordered);
    size_t length_b = 0;

    if (list == NULL) {
        doctor->is_short_of_memory = true;
        return "";
    }
    for (const char *from = list; *from != '\0'; from++)
        if (*from != ' ')
            list[length_b++] = *from == ',' ? ';' : *from;
    list[length_b] = '\0';
    return fs_doctor_text(doctor,
                          "DAEMON_OPTIONS(`Name=%s, Port=%s, InputMailFilters=%s')dnl" IN_MC,
                          called, port == NULL ? "smtp" : port, list);
}

static void check_proof(struct fs_doctor *doctor, const struct fs_doctor_cf *cf,
                        const struct fs_doctor_milters *milters, size_t at, const char *label,
                        const char *mend)
{
    struct fs_doctor_proof proof = {
        .milters = milters, .at = at, .label = label, .mend = mend, .host = fs_doctor_cf_host(cf)};

    if (milters->must_verify)
        fs_doctor_proof(doctor, &proof);
}

/* One daemon that has filters of its own, or is the submission service. */
static void check_port(struct fs_doctor *doctor, const struct fs_doctor_cf *cf,
                       const struct filters *filters, const char *text)
{
    const char *ours = filters->list[filters->ours].milter.name;
    const char *name = fs_doctor_cf_part(doctor->arena, text, 'N');
    const char *port = fs_doctor_cf_part(doctor->arena, text, 'P');
    const char *own = fs_doctor_cf_part(doctor->arena, text, 'I');
    const char *called = name == NULL ? "MTA" : name;
    struct fs_doctor_milters milters;
    size_t at = 0;

    bool is_submission = port != NULL && (strcmp(port, "587") == 0 || strcmp(port, "465") == 0 ||
                                          fs_text_has_prefix(port, "submission"));
    if (is_submission && !fs_text_equal(called, "ORIGINATING"))
        fs_doctor_find(doctor, FS_DOCTOR_ORIGINATING, called,
                       fs_doctor_text(doctor,
                                      "DAEMON_OPTIONS(`Name=ORIGINATING, Port=%s, M=Ea')dnl" IN_MC,
                                      port),
                       NULL, NULL);
    bool is_of_ours = is_submission || fs_text_equal(called, "ORIGINATING");
    if (own == NULL && is_of_ours && fs_doctor_wants_proof(doctor))
        own = fs_doctor_cf_option(cf, "InputMailFilters", 0); /* the order may differ then */
    if (own == NULL || !named(doctor, filters, own, &milters, &at))
        return;
    milters.must_verify = fs_doctor_wants_proof(doctor) && !is_of_ours;
    const char *label = fs_doctor_text(doctor, "InputMailFilters of the service %s", called);
    const char *line = port_line(doctor, &milters, at, ours, called, port);
    if (at == milters.count) {
        fs_doctor_find(doctor, FS_DOCTOR_SERVICE_UNCOVERED, called, line, NULL, NULL);
        return;
    }
    fs_doctor_order(doctor, &milters, at, label, line);
    check_proof(doctor, cf, &milters, at, label, line);
}

static void check_timeouts(struct fs_doctor *doctor, const struct fs_doctor_filter *ours)
{
    const struct {
        const char *name;
        const char *value;
        int64_t least_s;
        int64_t most_s;
    } timeouts[] = {
        {"T=C", ours->milter.connect_timeout, 1, 600},
        {"T=R", ours->milter.command_timeout, 5, 300},
        {"T=E", ours->milter.content_timeout, 10, 1800},
    };

    for (size_t i = 0; i < sizeof timeouts / sizeof timeouts[0]; i++) {
        struct fs_doctor_timeout timeout = {
            .name = timeouts[i].name,
            .value = timeouts[i].value,
            .label = "sendmail.cf",
            .least_s = timeouts[i].least_s,
            .most_s = timeouts[i].most_s,
            .mend = filter_line(doctor, "INPUT_MAIL_FILTER", ours->milter.name),
        };
        fs_doctor_timeout(doctor, &timeout);
    }
}

static void check_filter(struct fs_doctor *doctor, const struct filters *filters)
{
    const struct fs_doctor_filter *ours = &filters->list[filters->ours];
    const char *line = filter_line(doctor, "INPUT_MAIL_FILTER", ours->milter.name);
    const char *wanted = fs_doctor_wanted_action(doctor);

    if (filters->place == FS_DOCTOR_PLACE_ELSEWHERE)
        fs_doctor_find(doctor, FS_DOCTOR_MILTER_ELSEWHERE,
                       fs_doctor_text(doctor, "the filter %s", ours->milter.name),
                       ours->milter.address, doctor->config->listen, line);
    if (strcmp(ours->milter.default_action, wanted) != 0)
        fs_doctor_find(doctor, FS_DOCTOR_DEFAULT_ACTION,
                       fs_doctor_text(doctor, "the filter %s (%s%s)", ours->milter.name,
                                      ours->flags == NULL ? "without F=" : "F=",
                                      ours->flags == NULL ? "" : ours->flags),
                       ours->milter.default_action, wanted, line);
    check_timeouts(doctor, ours);
}

/* The list of all services that have none of their own. */
static void check_common_list(struct fs_doctor *doctor, const struct fs_doctor_cf *cf,
                              struct fs_doctor_milters *milters, size_t at, const char *name)
{
    milters->must_verify = fs_doctor_wants_proof(doctor);
    const char *line = order_line(doctor, milters, at, name);
    fs_doctor_order(doctor, milters, at, "InputMailFilters", line);
    check_proof(doctor, cf, milters, at, "InputMailFilters", line);
}

static void check_filters(struct fs_doctor *doctor, const struct fs_doctor_cf *cf, const char *path)
{
    struct filters filters = {.count = 0};
    struct fs_doctor_milters milters;
    const char *list = fs_doctor_cf_option(cf, "InputMailFilters", 0);
    size_t first = doctor->finding_count;
    size_t own_lists = 0;
    const char *daemon = NULL;
    size_t at = 0;

    find_filters(doctor, cf, &filters);
    if (!named(doctor, &filters, list, &milters, &at))
        return;
    if (filters.place == FS_DOCTOR_PLACE_NONE) {
        fs_doctor_find(doctor, FS_DOCTOR_MILTER_MISSING, path,
                       filter_line(doctor, "INPUT_MAIL_FILTER", "fullstop"), NULL, NULL);
        return;
    }
    const char *name = filters.list[filters.ours].milter.name;
    for (size_t i = 0; (daemon = fs_doctor_cf_option(cf, "DaemonPortOptions", i)) != NULL; i++) {
        const char *own = fs_doctor_cf_part(doctor->arena, daemon, 'I');
        own_lists += own != NULL && fs_text_find(own, name) != NULL ? 1 : 0;
        check_port(doctor, cf, &filters, daemon);
    }
    if (at == milters.count && own_lists == 0)
        fs_doctor_find(doctor, FS_DOCTOR_NOT_LISTED, path, name,
                       order_line(doctor, &milters, at, name), NULL);
    else if (at < milters.count)
        check_common_list(doctor, cf, &milters, at, name);
    check_filter(doctor, &filters);
    if (fs_doctor_cf_option(cf, "PostmasterCopy", 0) == NULL)
        fs_doctor_find(doctor, FS_DOCTOR_BOUNCES_UNCOPIED,
                       "define(`confCOPY_ERRORS_TO', `fullstop-bounces')dnl" IN_MC, NULL, NULL,
                       NULL);
    if (fs_doctor_is_fine_since(doctor, first))
        fs_doctor_find(doctor, FS_DOCTOR_MILTER, name, NULL, NULL, NULL);
}

struct receiver {
    struct fs_doctor *doctor;
    const struct fs_doctor_cf *cf;
};

static enum fs_doctor_answer receives(void *context, const char *domain, bool with_subdomains)
{
    const struct receiver *receiver = context;

    return fs_doctor_cf_receives(receiver->doctor, receiver->cf, domain, with_subdomains);
}

enum fs_status fs_doctor_sendmail(struct fs_doctor *doctor, const char *path, struct fs_error *err)
{
    struct fs_doctor_cf cf = {.count = 0};
    struct receiver receiver = {.doctor = doctor, .cf = &cf};
    const char *text = NULL;
    enum fs_status status = fs_doctor_read(doctor->arena, path, &text, err);

    if (status != FS_OK)
        return status;
    if (fs_doctor_lines(doctor->arena, text, &cf.lines, &cf.count) != FS_OK)
        return fs_error_set(err, FS_NOMEM, "out of memory");
    fs_doctor_find(doctor, FS_DOCTOR_SENDMAIL, path, NULL, NULL, NULL);
    check_filters(doctor, &cf, path);
    fs_doctor_domains(doctor, receives, &receiver);
    const char *user = fs_doctor_cf_option(&cf, "RunAsUser", 0);
    if (user != NULL)
        user = fs_arena_strndup(doctor->arena, user, strcspn(user, ":. \t"));
    fs_doctor_socket(doctor, user == NULL ? "root" : user, true);
    return FS_OK;
}

/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 the fullstop authors
 *
 * doctor_services.c - which services of a Postfix show their mail to fullstop.
 *
 * Decides which ones should and which must not: submission and mail from outside should;
 * what a content filter hands back, and what is in front of a proxy, must not. Must not
 * know what a good place in a list is.
 */
#include "doctor.h"

#include <string.h>

#include "fullstop/text.h"

#define PORT_SUBMISSION 587
#define PORT_SUBMISSIONS 465
/* Where content filters hand mail back by custom. */
#define PORT_BACK_FIRST 10025
#define PORT_BACK_LAST 10029

static bool has_item(struct fs_doctor *doctor, const char *list, const char *wanted)
{
    char **items = NULL;
    size_t count = 0;

    if (fs_doctor_items(doctor->arena, list, &items, &count) != FS_OK)
        doctor->is_short_of_memory = true;
    for (size_t i = 0; i < count; i++)
        if (fs_text_equal(items[i], wanted))
            return true;
    return false;
}

/* The list without one of its items. */
static const char *without_item(struct fs_doctor *doctor, const char *list, const char *left_out)
{
    char **items = NULL;
    size_t count = 0;
    const char *made = "";

    if (fs_doctor_items(doctor->arena, list, &items, &count) != FS_OK)
        doctor->is_short_of_memory = true;
    for (size_t i = 0; i < count; i++)
        if (!fs_text_equal(items[i], left_out))
            made = fs_doctor_text(doctor, "%s%s%s", made, made[0] == '\0' ? "" : ", ", items[i]);
    return made;
}

static bool has_no_milters(struct fs_doctor *doctor, const struct fs_doctor_postfix *postfix,
                           const char *service)
{
    return has_item(doctor, fs_doctor_setting(postfix, service, "receive_override_options"),
                    "no_milters");
}

/* The service behind somebody's smtpd_proxy_filter is where fullstop belongs. */
static bool is_behind_proxy(const struct fs_doctor_postfix *postfix,
                            const struct fs_doctor_service *service)
{
    int port = fs_doctor_service_port(service);

    if (!fs_doctor_service_is_loopback(service) || port < 0)
        return false;
    for (size_t i = 0; i < postfix->service_count; i++)
        if (fs_doctor_setting(postfix, postfix->services[i].key, "smtpd_proxy_filter")[0] != '\0')
            return true;
    return false;
}

static bool is_content_filter_used(const struct fs_doctor_postfix *postfix)
{
    for (size_t i = 0; i < postfix->setting_count; i++)
        if (strcmp(postfix->settings[i].name, "content_filter") == 0 &&
            postfix->settings[i].value[0] != '\0')
            return true;
    return false;
}

static bool is_usual_way_back(const struct fs_doctor_service *service)
{
    int port = fs_doctor_service_port(service);

    return port >= PORT_BACK_FIRST && port <= PORT_BACK_LAST;
}

/* Filters may also be named by access tables (FILTER), which are not read: hence signs. */
static bool takes_back(const struct fs_doctor_postfix *postfix,
                       const struct fs_doctor_service *service)
{
    static const char *const signs[] = {"content_filter", "smtpd_authorized_xforward_hosts",
                                        "receive_override_options"};

    if (!fs_doctor_service_is_loopback(service) || is_behind_proxy(postfix, service))
        return false;
    if (is_usual_way_back(service))
        return true;
    for (size_t i = 0; i < sizeof signs / sizeof signs[0]; i++)
        if (fs_doctor_is_own(postfix, service->key, signs[i]) &&
            (i > 0 || is_content_filter_used(postfix)))
            return true;
    return false;
}

static void check_taking_back(struct fs_doctor *doctor, const struct fs_doctor_postfix *postfix,
                              const struct fs_doctor_service *service)
{
    const char *options = fs_doctor_setting(postfix, service->key, "receive_override_options");
    const char *wanted =
        options[0] == '\0' ? "no_milters" : fs_doctor_text(doctor, "%s, no_milters", options);

    fs_doctor_find(
        doctor, FS_DOCTOR_REINJECTION, service->key,
        fs_doctor_set_line(doctor, postfix, service->key, "receive_override_options", wanted), NULL,
        NULL);
}

/* The service's mail is not shown to fullstop: right only where filters hand mail back, or
 * just this host can come. */
static void check_uncovered(struct fs_doctor *doctor, const struct fs_doctor_postfix *postfix,
                            const struct fs_doctor_service *service,
                            const struct fs_doctor_list *list)
{
    if (list->service[0] == '\0')
        fs_doctor_find(doctor, FS_DOCTOR_MILTER_MISSING, list->name,
                       fs_doctor_place_line(doctor, postfix, list), NULL, NULL);
    else if (!fs_doctor_service_is_loopback(service) && !is_usual_way_back(service))
        fs_doctor_find(doctor, FS_DOCTOR_SERVICE_UNCOVERED, service->key,
                       fs_doctor_place_line(doctor, postfix, list), NULL, NULL);
}

static void check_covered(struct fs_doctor *doctor, const struct fs_doctor_postfix *postfix,
                          const struct fs_doctor_service *service,
                          const struct fs_doctor_list *list)
{
    int port = fs_doctor_service_port(service);
    const char *daemon_name = fs_doctor_setting(postfix, service->key, "milter_macro_daemon_name");
    const char *maps = fs_doctor_setting(postfix, service->key, "smtpd_milter_maps");

    fs_doctor_list_check(doctor, postfix, service, list);
    if ((port == PORT_SUBMISSION || port == PORT_SUBMISSIONS) &&
        !fs_text_equal(daemon_name, "ORIGINATING"))
        fs_doctor_find(doctor, FS_DOCTOR_ORIGINATING, service->key,
                       fs_doctor_set_line(doctor, postfix, service->key, "milter_macro_daemon_name",
                                          "ORIGINATING"),
                       NULL, NULL);
    if (maps[0] != '\0')
        fs_doctor_find(
            doctor, FS_DOCTOR_MILTER_MAPS, maps,
            fs_doctor_text(doctor, "%s -n smtpd_milter_maps", fs_doctor_postconf(doctor, postfix)),
            doctor->config->listen, NULL);
}

static bool is_submission(const struct fs_doctor_postfix *postfix,
                          const struct fs_doctor_service *service)
{
    int port = fs_doctor_service_port(service);

    return port == PORT_SUBMISSION || port == PORT_SUBMISSIONS ||
           fs_text_equal(fs_doctor_setting(postfix, service->key, "milter_macro_daemon_name"),
                         "ORIGINATING");
}

/* Policy services may have Postfix prepend what they found. */
static const char *other_verifier(const struct fs_doctor_postfix *postfix,
                                  const struct fs_doctor_service *service)
{
    static const char *const restrictions[] = {
        "smtpd_client_restrictions", "smtpd_helo_restrictions",      "smtpd_sender_restrictions",
        "smtpd_relay_restrictions",  "smtpd_recipient_restrictions", "smtpd_data_restrictions",
    };

    if (is_behind_proxy(postfix, service))
        return "the filter in front";
    for (size_t i = 0; i < sizeof restrictions / sizeof restrictions[0]; i++)
        if (fs_text_find(fs_doctor_setting(postfix, service->key, restrictions[i]),
                         "check_policy_service") != NULL)
            return "a policy service";
    return NULL;
}

/* Where answers need proof: verifiers before fullstop for mail from outside, signers behind
 * it for our own. Two that need different orders need lists of their own. */
static void ask_for_proof(struct fs_doctor *doctor, const struct fs_doctor_postfix *postfix,
                          const struct fs_doctor_service *service, struct fs_doctor_list *list)
{
    if (!fs_doctor_wants_proof(doctor))
        return;
    if (is_submission(postfix, service)) {
        list->service = service->key;
        return;
    }
    list->milters.must_verify = true;
    struct fs_doctor_proof proof = {
        .milters = &list->milters,
        .at = list->at,
        .label = list->label,
        .mend = fs_doctor_place_line(doctor, postfix, list),
        .host = fs_doctor_main(postfix, "myhostname"),
        .unseen = other_verifier(postfix, service),
    };
    fs_doctor_proof(doctor, &proof);
}

/* true: its mail is shown to fullstop. */
static bool check_smtpd(struct fs_doctor *doctor, const struct fs_doctor_postfix *postfix,
                        const struct fs_doctor_service *service)
{
    const char *proxy = fs_doctor_setting(postfix, service->key, "smtpd_proxy_filter");
    const char *options = fs_doctor_setting(postfix, service->key, "receive_override_options");
    struct fs_doctor_list list;

    if (!fs_doctor_list(doctor, postfix, service, "smtpd_milters", &list))
        return false;
    bool is_named = list.place != FS_DOCTOR_PLACE_NONE;
    if (proxy[0] != '\0' && is_behind_proxy(postfix, service))
        proxy = ""; /* main.cf's holds for both; this is the one behind */
    if (proxy[0] != '\0') {
        if (is_named)
            fs_doctor_find(doctor, FS_DOCTOR_PROXY_FILTER, service->key, proxy,
                           fs_doctor_set_line(doctor, postfix, service->key, "smtpd_milters", ""),
                           NULL);
        return false;
    }
    if (has_no_milters(doctor, postfix, service->key)) {
        const char *owner =
            fs_doctor_is_own(postfix, service->key, "receive_override_options") ? service->key : "";
        if (!fs_doctor_service_is_loopback(service) && !is_usual_way_back(service))
            fs_doctor_find(doctor, FS_DOCTOR_NO_MILTERS, service->key,
                           fs_doctor_set_line(doctor, postfix, owner, "receive_override_options",
                                              without_item(doctor, options, "no_milters")),
                           NULL, NULL);
        return false;
    }
    if (!is_named) {
        check_uncovered(doctor, postfix, service, &list);
        return false;
    }
    if (takes_back(postfix, service))
        check_taking_back(doctor, postfix, service);
    else
        ask_for_proof(doctor, postfix, service, &list);
    check_covered(doctor, postfix, service, &list);
    return true;
}

static void check_local(struct fs_doctor *doctor, const struct fs_doctor_postfix *postfix,
                        const struct fs_doctor_service *cleanup)
{
    struct fs_doctor_list list;
    size_t first = doctor->finding_count;

    if (!fs_doctor_list(doctor, postfix, cleanup, "non_smtpd_milters", &list))
        return;
    if (list.place == FS_DOCTOR_PLACE_NONE)
        fs_doctor_find(doctor, FS_DOCTOR_NON_SMTPD_MISSING,
                       fs_doctor_place_line(doctor, postfix, &list), NULL, NULL, NULL);
    else
        fs_doctor_list_check(doctor, postfix, cleanup, &list);
    const char *classes = fs_doctor_main(postfix, "internal_mail_filter_classes");
    if (!has_item(doctor, classes, "bounce"))
        fs_doctor_find(doctor, FS_DOCTOR_BOUNCES_UNSEEN,
                       fs_doctor_set_line(doctor, postfix, "", "internal_mail_filter_classes",
                                          classes[0] == '\0'
                                              ? "bounce"
                                              : fs_doctor_text(doctor, "%s, bounce", classes)),
                       NULL, NULL, NULL);
    if (fs_doctor_is_fine_since(doctor, first))
        fs_doctor_find(doctor, FS_DOCTOR_NON_SMTPD, NULL, NULL, NULL, NULL);
}

void fs_doctor_services(struct fs_doctor *doctor, const struct fs_doctor_postfix *postfix)
{
    size_t first = doctor->finding_count;
    const char *covered = "";

    for (size_t i = 0; i < postfix->service_count; i++) {
        const struct fs_doctor_service *service = &postfix->services[i];
        if (fs_doctor_is_smtpd(service) && check_smtpd(doctor, postfix, service))
            covered = fs_doctor_text(doctor, "%s%s%s", covered, covered[0] == '\0' ? "" : ", ",
                                     service->key);
    }
    if (covered[0] != '\0' && fs_doctor_is_fine_since(doctor, first))
        fs_doctor_find(doctor, FS_DOCTOR_MILTER, covered, NULL, NULL, NULL);
    for (size_t i = 0; i < postfix->service_count; i++)
        if (strcmp(postfix->services[i].command, "cleanup") == 0)
            check_local(doctor, postfix, &postfix->services[i]);
}

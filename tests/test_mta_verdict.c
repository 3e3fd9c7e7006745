/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 the fullstop authors
 *
 * test_mta_verdict.c - what an MTA is told at the end of a message whose recipients are left
 * out, also when it does not do as it is asked.
 *
 * The functions of libmilter that the verdict calls are these here: an MTA of the test's own.
 */
#include <check.h>
#include <libmilter/mfapi.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "../milter/mta/mta_session.h"
#include "engine_notices.h"
#include "fullstop/mail.h"

#define BOB "bob@kunde.example"

/* ---- the MTA ---- */

static struct {
    char taken_off[256]; /* as they were named */
    char code[8];
    int fails_at; /* the how many-th; 0: none */
    int asked;
} mta;

int smfi_delrcpt(SMFICTX *ctx, char *recipient)
{
    (void)ctx;
    if (++mta.asked == mta.fails_at)
        return MI_FAILURE;
    size_t used = strlen(mta.taken_off);
    snprintf(mta.taken_off + used, sizeof(mta.taken_off) - used, "%s", recipient);
    return MI_SUCCESS;
}

char *smfi_getsymval(SMFICTX *ctx, char *name)
{
    static char login[] = "anna";
    (void)ctx;
    return strcmp(name, "{auth_authen}") == 0 ? login : NULL;
}

int smfi_setreply(SMFICTX *ctx, char *code, char *extended, char *text)
{
    (void)ctx;
    (void)extended;
    (void)text;
    snprintf(mta.code, sizeof(mta.code), "%s", code);
    return MI_SUCCESS;
}

int smfi_setmlreply(SMFICTX *ctx, const char *code, const char *extended, ...)
{
    (void)ctx;
    (void)extended;
    snprintf(mta.code, sizeof(mta.code), "%s", code);
    return MI_SUCCESS;
}

/* ---- a message's end ---- */

static struct mta_session *session;

static void begin_service(void)
{
    begin_notices();
    struct mta_service *service = mta_service();
    service->setup = (struct fs_mta_setup){.config = fs_config_cell_new(fs_config_ref(config)),
                                           .engine = engine,
                                           .log = fs_log_new_stderr("test")};
    session = mta_session_new(service);
    ck_assert_ptr_nonnull(session);
    session->can_drop = true;
    memset(&mta, 0, sizeof(mta));
}

static void end_service(void)
{
    mta_session_free(session);
    fs_log_free(mta_service()->setup.log);
    fs_config_cell_free(mta_service()->setup.config);
    end();
}

/* What the MTA is told of a message to these. */
static int verdict_on(const char *id, const char *const *recipients)
{
    char value[64];
    mta.asked = 0;
    mta.taken_off[0] = mta.code[0] = '\0';
    mta_session_begin(session, "<" ANNA ">");
    ck_assert_ptr_nonnull(session->message);
    for (; *recipients != NULL; recipients++)
        mta_message_add_recipient(session->message, *recipients, NULL);
    snprintf(value, sizeof(value), "<%s@example.com>", id);
    mta_message_add_header(session->message, "From", ANNA, false);
    mta_message_add_header(session->message, "Message-ID", value, false);
    mta_message_end_headers(session->message, false);
    int said = mta_verdict(NULL, session);
    mta_session_reset(session);
    return said;
}

static void assert_counts(const char *contact, enum fs_state state)
{
    struct fs_lead lead = lead_of(contact);
    ck_assert_int_eq(lead.state, state);
    ck_assert_int_eq(lead.unanswered, 1);
    ck_assert_int_eq(lead.overrun, 0);
}

static const char *const to_jane[] = {"<" JANE ">", NULL};
static const char *const to_bob[] = {"<" BOB ">", NULL};
static const char *const to_all[] = {"<Jane@Kunde.example>", "<" EVE ">", "<" BOB ">", NULL};

START_TEST(recipients_are_taken_off_as_they_were_named)
{
    ck_assert_int_eq(verdict_on("a", to_jane), SMFIS_CONTINUE);
    ck_assert_int_eq(verdict_on("b", to_all), SMFIS_CONTINUE);
    ck_assert_str_eq(mta.taken_off, "<Jane@Kunde.example>");
    ck_assert_str_eq(mta.code, "");
}
END_TEST

/* Nobody may get it now; who has it sends it again, and then it is as it was decided. */
START_TEST(where_one_is_not_taken_off_the_message_comes_again_and_counts_once)
{
    ck_assert_int_eq(verdict_on("a", to_jane), SMFIS_CONTINUE);
    ck_assert_int_eq(verdict_on("c", to_bob), SMFIS_CONTINUE);
    for (mta.fails_at = 1; mta.fails_at <= 2; mta.fails_at++) {
        ck_assert_int_eq(verdict_on("b", to_all), SMFIS_TEMPFAIL);
        ck_assert_str_eq(mta.code, "451");
        ck_assert_int_eq(mta.asked, mta.fails_at);
        assert_counts(EVE, FS_STATE_ACTIVE);
        ck_assert_uint_eq(seen_of("dropped").told, 2 * (size_t)mta.fails_at);
    }
    mta.fails_at = 0;
    ck_assert_int_eq(verdict_on("b", to_all), SMFIS_CONTINUE);
    ck_assert_str_eq(mta.taken_off, "<Jane@Kunde.example><" BOB ">");
    assert_counts(EVE, FS_STATE_ACTIVE);
    assert_counts(JANE, FS_STATE_ENDED);
    assert_counts(BOB, FS_STATE_ENDED);
    ck_assert_uint_eq(notices("dropped"), 1);
    ck_assert_uint_eq(seen_of("dropped").told, 6); /* two contacts, three times */
}
END_TEST

START_TEST(without_the_right_to_take_off_the_message_is_refused)
{
    session->can_drop = false;
    ck_assert_int_eq(verdict_on("a", to_jane), SMFIS_CONTINUE);
    ck_assert_int_eq(verdict_on("b", to_all), SMFIS_REJECT);
    ck_assert_str_eq(mta.code, "550");
    ck_assert_int_eq(mta.asked, 0);
}
END_TEST

int main(void)
{
    if (fs_hash_setup(NULL) != FS_OK || fs_mail_setup(NULL) != FS_OK)
        return EXIT_FAILURE;
    Suite *suite = suite_create("mta verdict");
    TCase *tcase = tcase_create("drop");
    tcase_add_checked_fixture(tcase, begin_service, end_service);
    tcase_add_test(tcase, recipients_are_taken_off_as_they_were_named);
    tcase_add_test(tcase, where_one_is_not_taken_off_the_message_comes_again_and_counts_once);
    tcase_add_test(tcase, without_the_right_to_take_off_the_message_is_refused);
    suite_add_tcase(suite, tcase);
    return run_all(suite);
}

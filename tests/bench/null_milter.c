/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 the fullstop authors
 *
 * null_milter.c - a milter that looks at nothing: what libmilter itself costs.
 *
 * Decides: nothing; every message passes. It asks for the same protocol steps as
 * fullstopd, so that the difference between the two is fullstopd's own work.
 * Usage: null_milter SOCKET
 */
#include <libmilter/mfapi.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>

#define STEPS_NO_REPLY                                                                             \
    (SMFIP_NR_CONN | SMFIP_NR_HELO | SMFIP_NR_MAIL | SMFIP_NR_RCPT | SMFIP_NR_DATA |               \
     SMFIP_NR_UNKN | SMFIP_NR_HDR | SMFIP_NR_EOH)

static sfsistat on_negotiate(SMFICTX *ctx, unsigned long actions, unsigned long steps,
                             unsigned long unused2, unsigned long unused3,
                             unsigned long *out_actions, unsigned long *out_steps,
                             unsigned long *out2, unsigned long *out3)
{
    (void)ctx;
    (void)unused2;
    (void)unused3;
    *out_actions = actions & (SMFIF_ADDHDRS | SMFIF_CHGHDRS);
    *out_steps = steps & (STEPS_NO_REPLY | SMFIP_SKIP | SMFIP_HDR_LEADSPC | SMFIP_RCPT_REJ);
    *out2 = 0;
    *out3 = 0;
    return SMFIS_CONTINUE;
}

static sfsistat on_connect(SMFICTX *ctx, char *host, _SOCK_ADDR *address)
{
    (void)ctx;
    (void)host;
    (void)address;
    return SMFIS_NOREPLY;
}

static sfsistat on_words(SMFICTX *ctx, char **words)
{
    (void)ctx;
    (void)words;
    return SMFIS_NOREPLY;
}

static sfsistat on_text(SMFICTX *ctx, char *text)
{
    (void)ctx;
    (void)text;
    return SMFIS_NOREPLY;
}

static sfsistat on_header(SMFICTX *ctx, char *name, char *value)
{
    (void)ctx;
    (void)name;
    (void)value;
    return SMFIS_NOREPLY;
}

static sfsistat on_step(SMFICTX *ctx)
{
    (void)ctx;
    return SMFIS_NOREPLY;
}

static sfsistat on_body(SMFICTX *ctx, unsigned char *bytes, size_t length_b)
{
    (void)ctx;
    (void)bytes;
    (void)length_b;
    return SMFIS_SKIP;
}

static sfsistat on_end(SMFICTX *ctx)
{
    (void)ctx;
    return SMFIS_CONTINUE;
}

int main(int argc, char **argv)
{
    struct smfiDesc callbacks = {
        .xxfi_name = (char *)"null",
        .xxfi_version = SMFI_VERSION,
        .xxfi_flags = SMFIF_ADDHDRS | SMFIF_CHGHDRS,
        .xxfi_connect = on_connect,
        .xxfi_helo = on_text,
        .xxfi_envfrom = on_words,
        .xxfi_envrcpt = on_words,
        .xxfi_header = on_header,
        .xxfi_eoh = on_step,
        .xxfi_body = on_body,
        .xxfi_eom = on_end,
        .xxfi_data = on_step,
        .xxfi_negotiate = on_negotiate,
    };
    if (argc != 2) {
        (void)fprintf(stderr, "usage: null_milter SOCKET\n");
        return 2;
    }
    (void)signal(SIGPIPE, SIG_IGN);
    if (smfi_setconn(argv[1]) != MI_SUCCESS || smfi_register(callbacks) != MI_SUCCESS ||
        smfi_opensocket(true) != MI_SUCCESS)
        return 1;
    return smfi_main() == MI_SUCCESS ? 0 : 1;
}

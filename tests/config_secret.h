/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 the fullstop authors
 *
 * config_secret.h - what the tests of sections with a secret share: a file for it, and a
 * configuration of which a section is given. begin() and end() are the checked fixture. SECRET,
 * what the file holds at first, is defined by whoever includes this.
 */
#ifndef FULLSTOP_TESTS_CONFIG_SECRET_H
#define FULLSTOP_TESTS_CONFIG_SECRET_H

#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "fullstop/config.h"
#include "suite.h"

/* Sections given to load() begin in line 3. */
#define HEAD                                                                                       \
    "our_domains = { \"example.com\" }\nprocess \"sales\" { senders = { \"@example.com\" } }\n"

static char secret_path[32];

static inline void write_secret_bytes(const char *text, size_t length_b, mode_t mode)
{
    FILE *file = fopen(secret_path, "w");
    ck_assert_ptr_nonnull(file);
    ck_assert_uint_eq(fwrite(text, 1, length_b, file), length_b);
    fclose(file);
    chmod(secret_path, mode);
}

static inline void write_secret(const char *text, mode_t mode)
{
    write_secret_bytes(text, strlen(text), mode);
}

static inline void begin(void)
{
    snprintf(secret_path, sizeof(secret_path), "/tmp/fullstop-test-XXXXXX");
    close(mkstemp(secret_path));
    write_secret(SECRET, 0640);
}

static inline void end(void)
{
    unlink(secret_path);
}

/* "%s" in text is the file with the secret. */
static inline enum fs_status load(const char *text, const struct fs_config **out,
                                  struct fs_error *err)
{
    char path[] = "/tmp/fullstop-test-XXXXXX";
    FILE *file = fdopen(mkstemp(path), "w");
    const char *place = strstr(text, "%s");
    ck_assert_ptr_nonnull(file);
    fputs(HEAD, file);
    if (place != NULL)
        fprintf(file, "%.*s%s%s", (int)(place - text), text, secret_path, place + 2);
    else
        fputs(text, file);
    fclose(file);
    enum fs_status status = fs_config_load(path, out, err);
    unlink(path);
    return status;
}

static inline void check_is_taken(const char *text)
{
    struct fs_error err = {FS_OK, ""};
    const struct fs_config *config = NULL;
    ck_assert_msg(load(text, &config, &err) == FS_OK, "%s", err.text);
    fs_config_unref(config);
}

#endif

/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 the fullstop authors
 *
 * fuzz_address.c - addresses, domains, patterns: canonical once is canonical for ever.
 */
#include <string.h>

#include "fullstop/address.h"
#include "fuzz.h"

static void one_address(const struct fuzz_input *input)
{
    const char *address = NULL;
    const char *again = NULL;
    if (fs_address_canonical(input->arena, input->text, &address, NULL) != FS_OK) {
        fuzz_require(address == NULL);
        return;
    }
    fuzz_require(fuzz_is_utf8(address));
    fuzz_require(strlen(address) <= FS_ADDRESS_MAX_B);
    fuzz_require(fs_address_canonical(input->arena, address, &again, NULL) == FS_OK);
    fuzz_require(strcmp(address, again) == 0);
    fuzz_require(fuzz_is_one_word(fs_address_domain(address)));
    fuzz_require(fs_address_matches(address, fs_address_domain(address)));
    const char *account = fs_address_account(input->arena, address);
    fuzz_require(account == NULL || fuzz_is_one_word(account));
}

static void one_pattern(const struct fuzz_input *input)
{
    const char *pattern = NULL;
    const char *again = NULL;
    if (fs_address_pattern(input->arena, input->text, &pattern, NULL) == FS_OK) {
        fuzz_require(fs_address_pattern(input->arena, pattern, &again, NULL) == FS_OK);
        fuzz_require(strcmp(pattern, again) == 0);
        (void)fs_address_matches("anna@sub.example.com", pattern);
    }
}

static void one_domain(const struct fuzz_input *input)
{
    const char *domain = NULL;
    const char *again = NULL;
    if (fs_domain_canonical(input->arena, input->text, &domain, NULL) == FS_OK) {
        fuzz_require(fuzz_is_one_word(domain));
        fuzz_require(fs_domain_canonical(input->arena, domain, &again, NULL) == FS_OK);
        fuzz_require(strcmp(domain, again) == 0);
    }
}

void fuzz_one(const struct fuzz_input *input)
{
    struct fs_error err;
    const char *ignored = NULL;
    (void)fs_address_canonical(input->arena, input->text, &ignored, &err);
    one_address(input);
    one_pattern(input);
    one_domain(input);
}

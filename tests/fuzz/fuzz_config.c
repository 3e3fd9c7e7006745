/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 the fullstop authors
 *
 * fuzz_config.c - the configuration file: what is not refused is whole.
 */
#define _GNU_SOURCE
#include "fullstop/config.h"

#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "fuzz.h"

static void require_whole(const struct fs_config *config)
{
    fuzz_require(config->process_count > 0 && config->process_count <= FS_CONFIG_PROCESSES_MAX);
    fuzz_require(config->our_domains.count > 0);
    for (size_t i = 0; i < config->process_count; i++) {
        const struct fs_process *process = &config->processes[i];
        fuzz_require(process->senders.count > 0);
        fuzz_require(strlen(process->name) <= FS_PROCESS_NAME_MAX_B);
        fuzz_require(fs_config_process_named(config, process->name) == process);
        fuzz_require(fs_rules_endless(&process->rules) == NULL);
    }
    fuzz_require(config->crm_count <= FS_CONFIG_CRMS_MAX);
    for (size_t i = 0; i < config->crm_count; i++) {
        const struct fs_crm_source *source = &config->crms[i];
        fuzz_require(strstr(source->url, "://") != NULL && strlen(source->name) > 0);
        fuzz_require(source->every_s > 0 && source->every_s <= FS_CRM_EVERY_MAX_S);
        fuzz_require(source->timeout_s > 0 && source->timeout_s <= FS_CRM_TIMEOUT_MAX_S);
    }
    (void)fs_config_process_for(config, "anna@example.com", "x@sales.example.com", "anna");
}

void fuzz_one(const struct fuzz_input *input)
{
    char path[64];
    const struct fs_config *config = NULL;
    struct fs_error err = {0};
    int fd = memfd_create("config", MFD_CLOEXEC);
    fuzz_require(fd >= 0);
    fuzz_require(write(fd, input->bytes, input->length_b) == (ssize_t)input->length_b);
    snprintf(path, sizeof path, "/proc/self/fd/%d", fd);
    if (fs_config_load(path, &config, &err) == FS_OK) {
        require_whole(config);
        fs_config_unref(config);
    } else {
        fuzz_require(config == NULL && strstr(err.text, path) != NULL);
    }
    close(fd);
}

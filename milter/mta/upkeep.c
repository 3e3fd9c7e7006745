/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 the fullstop authors
 *
 * upkeep.c - reload, sweep, and the events of the daemon itself.
 *
 * Decides: that a configuration with an error is not used, and that a gap becomes an event
 * as soon as the store takes one.
 * Must not know: signals and timers; main.c does.
 */
#include "fullstop/mta.h"

#include <stdio.h>

#include "fullstop/hash.h"
#include "mta_session.h"

void fs_upkeep_reload(struct fs_upkeep *upkeep)
{
    const struct fs_config *loaded = NULL;
    struct fs_error error = {0};
    if (fs_config_load(upkeep->config_path, &loaded, &error) != FS_OK) {
        fs_log_write(upkeep->log, FS_LOG_ERROR,
                     "configuration not reloaded, the old one stays in force: %s", error.text);
        return;
    }
    char hash[FS_HASH_HEX_SIZE_B];
    char keys[512];
    fs_hash_hex(&loaded->hash, hash);
    fs_config_restart_keys(upkeep->started, loaded, keys, sizeof keys);
    fs_engine_use(upkeep->engine, loaded);
    fs_config_cell_swap(upkeep->cell, loaded); /* loaded is the cell's now */
    fs_log_write(upkeep->log, FS_LOG_INFO, "configuration reloaded from %s, SHA-256 %s",
                 upkeep->config_path, hash);
    if (keys[0] != '\0')
        fs_log_write(upkeep->log, FS_LOG_WARNING, "these keys take effect after a restart: %s",
                     keys);
    char note[sizeof hash + sizeof FS_EVENT_AFTER_RESTART + sizeof keys];
    (void)snprintf(note, sizeof note, "%s%s%s", hash, keys[0] != '\0' ? FS_EVENT_AFTER_RESTART : "",
                   keys);
    if (fs_engine_note(upkeep->engine, FS_EVENT_CONFIG, note, &error) != FS_OK)
        fs_log_write(upkeep->log, FS_LOG_ERROR, "the reload is not in the audit log: %s",
                     error.text);
}

static void note_gap(struct fs_upkeep *upkeep)
{
    upkeep->undecided += fs_mta_take_undecided();
    if (upkeep->undecided == 0)
        return;
    char note[64];
    (void)snprintf(note, sizeof note, "%lu messages without a decision", upkeep->undecided);
    if (fs_engine_note(upkeep->engine, FS_EVENT_GAP, note, NULL) != FS_OK)
        return;
    upkeep->undecided = 0;
    mta_store_is_back(mta_service());
}

void fs_upkeep_sweep(struct fs_upkeep *upkeep)
{
    struct fs_error error = {0};
    int64_t changes = 0;
    const struct fs_config *config = fs_config_cell_get(upkeep->cell);
    enum fs_status status = fs_engine_sweep(upkeep->engine, config, &changes, &error);
    fs_config_unref(config);
    bool is_failing = status != FS_OK;
    if (is_failing && !upkeep->is_sweep_failing)
        fs_log_write(upkeep->log, FS_LOG_ERROR, "sweep failed and will be tried again: %s",
                     error.text);
    else if (!is_failing && upkeep->is_sweep_failing)
        fs_log_write(upkeep->log, FS_LOG_INFO, "sweep works again");
    if (!is_failing && changes > 0)
        fs_log_write(upkeep->log, FS_LOG_INFO, "sweep: time changed %lld leads",
                     (long long)changes);
    upkeep->is_sweep_failing = is_failing;
    note_gap(upkeep);
}

void fs_upkeep_stop(struct fs_upkeep *upkeep)
{
    struct fs_error error = {0};
    note_gap(upkeep);
    if (fs_engine_note(upkeep->engine, FS_EVENT_STOP, NULL, &error) != FS_OK)
        fs_log_write(upkeep->log, FS_LOG_ERROR, "the stop is not in the audit log: %s", error.text);
    if (upkeep->undecided > 0)
        fs_log_write(upkeep->log, FS_LOG_ERROR,
                     "%lu messages without a decision are not in the audit log", upkeep->undecided);
}

/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 the fullstop authors
 *
 * orders.c - lets the worker of another process see that a person changed rows.
 *
 * Decides that a sign of it stands in the store, as a setting that is new with each order. Must
 * not know what was ordered: the rows say it.
 */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "fullstop/hash.h"
#include "fullstop/text.h"
#include "outbox_room.h"

#define SETTING "outbox.order"

enum fs_status orders_sign(struct fs_store_tx *tx, struct fs_error *err)
{
    uint64_t random;
    char sign[ORDERS_SIGN_SIZE_B];
    fs_random_bytes(&random, sizeof(random));
    (void)snprintf(sign, sizeof(sign), "%016" PRIx64, random);
    return fs_tx_setting_put(tx, SETTING, sign, err);
}

struct looking {
    struct fs_arena *arena;
    const char *sign;
};

static enum fs_status look(struct fs_store_tx *tx, void *context, struct fs_error *err)
{
    struct looking *looking = context;
    enum fs_status status = fs_tx_setting_get(tx, looking->arena, SETTING, &looking->sign, err);
    return status == FS_NOT_FOUND ? FS_OK : status;
}

bool orders_look(struct fs_store *store, char sign[ORDERS_SIGN_SIZE_B])
{
    struct looking looking = {.arena = fs_arena_new(0), .sign = ""};
    if (looking.arena == NULL)
        return false;
    enum fs_status status = fs_store_read(store, look, &looking, NULL);
    bool is_new = status == FS_OK && strcmp(looking.sign, sign) != 0;
    if (is_new)
        fs_text_copy(sign, ORDERS_SIGN_SIZE_B, looking.sign);
    fs_arena_free(looking.arena);
    return is_new;
}

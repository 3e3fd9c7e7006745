/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 the fullstop authors
 *
 * key.c - the key under which a message is counted once.
 *
 * Decides: when a Message-ID names the message (it came with it) and when it does not
 * (absent, or made anew by the MTA on each attempt: Postfix and Sendmail put the queue id
 * into it). Then a hash over what stays the same does. Must not know: what is counted.
 */
#include "mail_key.h"

#include <string.h>

#include "fullstop/hash.h"
#include "mail_message.h"

#define BODY_START_B 4096u
/* Shorter queue ids would be found in ids by chance. */
#define QUEUE_ID_MIN_B 6u

bool mail_id_is_from_mta(const char *message_id, const char *queue_id)
{
    return queue_id != NULL && strlen(queue_id) >= QUEUE_ID_MIN_B &&
           strstr(message_id, queue_id) != NULL;
}

/* Length first, so that no two different lists of fields give the same bytes. */
static void add(struct fs_hasher *hasher, const char *bytes, size_t length_b)
{
    unsigned char length[8];
    for (size_t i = 0; i < sizeof length; i++) {
        length[i] = (unsigned char)((uint64_t)length_b >> (8 * i));
    }
    fs_hasher_add(hasher, length, sizeof length);
    fs_hasher_add(hasher, bytes, length_b);
}

static void add_header(struct fs_hasher *hasher, const struct mail *mail, enum mail_field field)
{
    const char *value = mail_header(mail, field);
    add(hasher, value != NULL ? value : "", value != NULL ? strlen(value) : 0);
}

/* Decoded text rather than raw bytes: programs make a new boundary on each attempt, and
 * line ends differ by the way in. */
static void add_body_start(struct fs_hasher *hasher, struct mail *mail)
{
    char start[BODY_START_B];
    size_t used = 0;
    size_t length_b = 0;
    const char *bytes = mail_part_bytes(mail, mail->parts.text, 2 * BODY_START_B, &length_b);
    for (size_t i = 0; bytes != NULL && i < length_b && used < sizeof start; i++) {
        if (bytes[i] != '\r') {
            start[used++] = bytes[i];
        }
    }
    add(hasher, start, used);
}

void mail_key_read(struct mail *mail)
{
    static const char id_prefix[] = "id:";
    static const char hash_prefix[] = "sha256:";
    const char *id = mail->facts.message_id;
    char *key;
    if (id != NULL && !mail_id_is_from_mta(id, mail->envelope->queue_id)) {
        key = mail_alloc(mail, sizeof id_prefix + strlen(id), 1);
        if (key != NULL) {
            memcpy(key, id_prefix, sizeof id_prefix - 1);
            memcpy(key + sizeof id_prefix - 1, id, strlen(id));
        }
        mail->facts.key = key;
        return;
    }
    struct fs_hasher hasher;
    fs_hasher_init(&hasher);
    add_header(&hasher, mail, FIELD_FROM);
    add_header(&hasher, mail, FIELD_TO);
    add_header(&hasher, mail, FIELD_SUBJECT);
    add_body_start(&hasher, mail);
    struct fs_hash hash = fs_hasher_finish(&hasher);
    key = mail_alloc(mail, sizeof hash_prefix + FS_HASH_HEX_SIZE_B, 1);
    if (key != NULL) {
        memcpy(key, hash_prefix, sizeof hash_prefix - 1);
        fs_hash_hex(&hash, key + sizeof hash_prefix - 1);
    }
    mail->facts.key = key;
}

/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 the fullstop authors
 *
 * config.c - loads the file, counts references, swaps the running configuration.
 *
 * The file is read once, whole, so that what is hashed is what is parsed.
 */
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "config_parse.h"
#include "fullstop/text.h"

const char *fs_mode_name(enum fs_mode mode)
{
    static const char *const names[] = {"observe", "flag", "hold", "enforce"};
    return names[mode];
}

static enum fs_status read_all(int file, const char *path, struct fs_buf *out, struct fs_error *err)
{
    char chunk[8192];
    ssize_t got;
    while ((got = read(file, chunk, sizeof(chunk))) > 0) {
        enum fs_status status = fs_buf_add(out, chunk, (size_t)got);
        if (status == FS_LIMIT)
            return fs_error_set(err, FS_INPUT, "%s: larger than %u bytes", path,
                                FS_CONFIG_FILE_MAX_B);
        if (status != FS_OK)
            return fs_error_set(err, status, "out of memory");
    }
    if (got < 0)
        return fs_error_set(err, FS_INPUT, "%s: %s", path, strerror(errno));
    if (out->length_b == 0 || memchr(out->data, '\0', out->length_b) != NULL)
        return fs_error_set(err, FS_INPUT, "%s: %s; see fullstop.conf(5)", path,
                            out->length_b == 0 ? "is empty" : "is no text file");
    return FS_OK;
}

static enum fs_status read_file(const char *path, struct fs_buf *out, struct fs_error *err)
{
    struct stat info;
    int file = open(path, O_RDONLY | O_CLOEXEC);
    if (file < 0)
        return fs_error_set(err, FS_INPUT, "%s: %s; name the configuration file with -c FILE", path,
                            strerror(errno));
    enum fs_status status = FS_OK;
    if (fstat(file, &info) != 0 || !S_ISREG(info.st_mode))
        status = fs_error_set(err, FS_INPUT, "%s: not a regular file", path);
    else
        status = read_all(file, path, out, err);
    close(file);
    return status;
}

static void free_whole(struct config_whole *whole)
{
    if (whole == NULL)
        return;
    fs_arena_free(whole->arena);
    free(whole);
}

/* Past a quoted string or a comment that begins at text; text itself when none does. */
static const char *skip_literal(const char *text)
{
    if (text[0] == '#' || (text[0] == '/' && text[1] == '/'))
        return text + strcspn(text, "\n");
    if (text[0] == '/' && text[1] == '*') {
        const char *end = strstr(text + 2, "*/");
        return end != NULL ? end + 2 : text + strlen(text);
    }
    if (text[0] != '"' && text[0] != '\'')
        return text;
    const char *p = text + 1;
    while (*p != '\0' && *p != text[0])
        p += p[0] == '\\' && p[1] != '\0' ? 2 : 1;
    return *p != '\0' ? p + 1 : p;
}

/* libconfuse takes the end of the file for the end of all sections that are still open. */
static enum fs_status check_braces(const char *path, const char *text, struct fs_error *err)
{
    int line = 1;
    int opened_at = 0;
    int depth = 0;
    while (*text != '\0') {
        const char *after = skip_literal(text);
        if (after == text) {
            if (*text == '{' && depth++ == 0)
                opened_at = line;
            if (*text == '}')
                depth--;
            after++;
        }
        for (; text < after; text++)
            line += *text == '\n' ? 1 : 0;
    }
    if (depth <= 0)
        return FS_OK;
    return fs_error_set(err, FS_INPUT,
                        "%s:%d: the brace that opens here is not closed; add the missing }", path,
                        opened_at);
}

static enum fs_status parse(const char *path, const struct fs_buf *text, struct config_whole *whole,
                            struct fs_error *err)
{
    struct cfg_t *tree = NULL;
    enum fs_status status = config_tree_parse(path, text->data, &tree, err);
    if (status == FS_OK)
        status = check_braces(path, text->data, err);
    if (status == FS_OK)
        status = config_freeze(tree, path, whole, err);
    config_tree_free(tree);
    whole->config.hash = fs_hash_sha256(text->data, text->length_b);
    return status;
}

enum fs_status fs_config_load(const char *path, const struct fs_config **out, struct fs_error *err)
{
    struct fs_buf text;
    fs_buf_init(&text, FS_CONFIG_FILE_MAX_B);
    struct config_whole *whole = calloc(1, sizeof(*whole));
    if (whole != NULL)
        whole->arena = fs_arena_new(0);
    enum fs_status status = FS_NOMEM;
    if (whole == NULL || whole->arena == NULL)
        fs_error_set(err, FS_NOMEM, "out of memory");
    else
        status = read_file(path, &text, err);
    if (status == FS_OK)
        status = parse(path, &text, whole, err);
    fs_buf_clear(&text);
    if (status != FS_OK) {
        free_whole(whole);
        return status;
    }
    atomic_init(&whole->references, 1);
    *out = &whole->config;
    return FS_OK;
}

/* The public part is the first member of the whole; only the count is ever written. */
static struct config_whole *whole_of(const struct fs_config *config)
{
    return (struct config_whole *)(uintptr_t)config;
}

const struct fs_config *fs_config_ref(const struct fs_config *config)
{
    atomic_fetch_add(&whole_of(config)->references, 1);
    return config;
}

void fs_config_unref(const struct fs_config *config)
{
    if (config != NULL && atomic_fetch_sub(&whole_of(config)->references, 1) == 1)
        free_whole(whole_of(config));
}

const char *fs_config_store_path(const struct fs_config *config)
{
    return fs_text_has_prefix(config->store, "sqlite:") ? config->store + 7 : NULL;
}

void fs_config_restart_keys(const struct fs_config *running, const struct fs_config *loaded,
                            char *out, size_t size_b)
{
    const struct {
        const char *key;
        bool differs;
    } keys[] = {
        {"listen", strcmp(running->listen, loaded->listen) != 0},
        {"socket_mode", running->socket_mode != loaded->socket_mode},
        {"socket_group", strcmp(running->socket_group, loaded->socket_group) != 0},
        {"user", strcmp(running->user, loaded->user) != 0},
        {"store", strcmp(running->store, loaded->store) != 0},
        /* the process's environment, which threads read */
        {"timezone", strcmp(running->timezone, loaded->timezone) != 0},
    };
    struct fs_buf names;
    fs_buf_init(&names, 256);
    for (size_t i = 0; i < sizeof(keys) / sizeof(keys[0]); i++) {
        if (keys[i].differs)
            fs_buf_printf(&names, "%s%s", names.length_b > 0 ? ", " : "", keys[i].key);
    }
    fs_text_copy(out, size_b, names.length_b > 0 ? names.data : "");
    fs_buf_clear(&names);
}

struct fs_config_cell {
    pthread_mutex_t lock;
    const struct fs_config *config;
};

struct fs_config_cell *fs_config_cell_new(const struct fs_config *config)
{
    struct fs_config_cell *cell = calloc(1, sizeof(*cell));
    if (cell == NULL)
        return NULL;
    pthread_mutex_init(&cell->lock, NULL);
    cell->config = config;
    return cell;
}

void fs_config_cell_free(struct fs_config_cell *cell)
{
    if (cell == NULL)
        return;
    fs_config_unref(cell->config);
    pthread_mutex_destroy(&cell->lock);
    free(cell);
}

const struct fs_config *fs_config_cell_get(struct fs_config_cell *cell)
{
    pthread_mutex_lock(&cell->lock);
    const struct fs_config *config = fs_config_ref(cell->config);
    pthread_mutex_unlock(&cell->lock);
    return config;
}

void fs_config_cell_swap(struct fs_config_cell *cell, const struct fs_config *config)
{
    pthread_mutex_lock(&cell->lock);
    const struct fs_config *old = cell->config;
    cell->config = config;
    pthread_mutex_unlock(&cell->lock);
    fs_config_unref(old);
}

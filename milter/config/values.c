/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 the fullstop authors
 *
 * values.c - the small languages inside values: limits, files with a value a line, header
 * lines, and texts with places to fill.
 *
 * Each says what is wrong and how to mend it; the caller knows the line. Must not know
 * libconfuse.
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include "config_parse.h"
#include "fullstop/address.h"
#include "fullstop/text.h"

#define LINE_MAX_B 1024

/* "6 per 90d" */
enum fs_status config_limit_parse(const char *text, int *out_count, int64_t *out_within_s,
                                  struct fs_error *err)
{
    char count_text[8] = "";
    const char *per = strstr(text, " per ");
    size_t count_b = per != NULL ? (size_t)(per - text) : 0;
    int64_t count = 0;
    int64_t within_s = 0;
    if (count_b > 0 && count_b < sizeof(count_text))
        memcpy(count_text, text, count_b);
    if (fs_text_int(count_text, 1000, &count) != FS_OK || count == 0 ||
        fs_text_duration(per + 5, &within_s, NULL) != FS_OK || within_s == 0)
        return fs_error_set(err, FS_INPUT,
                            "\"%s\" is no limit; write a number from 1 to 1000 and a duration, "
                            "like \"6 per 90d\"",
                            text);
    *out_count = (int)count;
    *out_within_s = within_s;
    return FS_OK;
}

/* Cuts comment, line end and white space off; the start of what is left. */
static char *trim(char *line)
{
    line[strcspn(line, "#\r\n")] = '\0';
    line += strspn(line, " \t");
    size_t length_b = strlen(line);
    while (length_b > 0 && (line[length_b - 1] == ' ' || line[length_b - 1] == '\t'))
        line[--length_b] = '\0';
    return line;
}

enum fs_status config_lines(const char *path, config_take_line *take, void *context,
                            struct fs_error *err)
{
    char line[LINE_MAX_B];
    int number = 0;
    enum fs_status status = FS_OK;
    FILE *file = path[0] == '/' ? fopen(path, "re") : NULL;
    if (path[0] != '/')
        return fs_error_set(err, FS_INPUT, "\"file:%s\": write the whole path, from / on", path);
    if (file == NULL)
        return fs_error_set(err, FS_INPUT, "%s: %s", path, strerror(errno));
    while (status == FS_OK && fgets(line, sizeof(line), file) != NULL) {
        struct fs_error detail = {FS_OK, ""};
        bool is_long = strchr(line, '\n') == NULL && strlen(line) == sizeof(line) - 1;
        const char *value = trim(line);
        number++;
        if (is_long)
            status = fs_error_set(&detail, FS_INPUT, "the line is too long");
        else if (value[0] != '\0')
            status = take(context, value, &detail);
        if (status != FS_OK)
            fs_error_set(err, status, "%s:%d: %s", path, number, detail.text);
    }
    if (status == FS_OK && ferror(file))
        status = fs_error_set(err, FS_INPUT, "%s: %s", path, strerror(errno));
    fclose(file);
    return status;
}

/* ---- lists of patterns ---- */

static enum fs_status take_pattern(void *context, const char *text, struct fs_error *err)
{
    struct config_items *items = context;
    const char *pattern = NULL;
    enum fs_status status = fs_address_pattern(items->arena, text, &pattern, err);
    return status == FS_OK ? config_items_add(items, pattern, err) : status;
}

enum fs_status config_items_add(struct config_items *items, const char *text, struct fs_error *err)
{
    if (items->count >= FS_CONFIG_LIST_MAX)
        return fs_error_set(err, FS_INPUT, "more than %d entries", FS_CONFIG_LIST_MAX);
    const char **more =
        fs_arena_grow(items->arena, items->items, items->count, &items->size, sizeof(*more));
    if (more == NULL)
        return fs_error_set(err, FS_NOMEM, "out of memory");
    items->items = more;
    items->items[items->count++] = text;
    return FS_OK;
}

enum fs_status config_patterns_add(struct config_items *items, const char *text,
                                   struct fs_error *err)
{
    if (fs_text_has_prefix(text, "file:"))
        return config_lines(text + 5, take_pattern, items, err);
    struct fs_error detail = {FS_OK, ""};
    if (take_pattern(items, text, &detail) == FS_OK)
        return FS_OK;
    return fs_error_set(err, detail.status, "\"%s\": %s", text, detail.text);
}

/* ---- holidays ---- */

static enum fs_status take_date(void *context, const char *text, struct fs_error *err)
{
    struct config_dates *dates = context;
    struct fs_date date;
    if (!fs_date_parse(text, &date))
        return fs_error_set(err, FS_INPUT, "\"%s\" is no date; write YYYY-MM-DD", text);
    if (dates->count >= FS_CONFIG_LIST_MAX)
        return fs_error_set(err, FS_INPUT, "more than %d dates", FS_CONFIG_LIST_MAX);
    struct fs_date *more =
        fs_arena_grow(dates->arena, dates->items, dates->count, &dates->size, sizeof(*more));
    if (more == NULL)
        return fs_error_set(err, FS_NOMEM, "out of memory");
    dates->items = more;
    dates->items[dates->count++] = date;
    return FS_OK;
}

static int compare_dates(const void *a, const void *b)
{
    const struct fs_date *left = a;
    const struct fs_date *right = b;
    int64_t days = fs_date_to_days(*left) - fs_date_to_days(*right);
    return days < 0 ? -1 : days > 0;
}

enum fs_status config_holidays(struct config_dates *dates, const char *text, struct fs_error *err)
{
    if (text[0] == '\0')
        return FS_OK;
    if (!fs_text_has_prefix(text, "file:"))
        return fs_error_set(err, FS_INPUT,
                            "\"%s\": write file: and the path of a file with a "
                            "date a line, like \"file:/etc/fullstop/holidays\"",
                            text);
    enum fs_status status = config_lines(text + 5, take_date, dates, err);
    if (status == FS_OK && dates->count > 0)
        qsort(dates->items, dates->count, sizeof(*dates->items), compare_dates);
    return status;
}

/* ---- header lines and texts ---- */

bool config_is_header_line(const char *text)
{
    const char *colon = strchr(text, ':');
    if (colon == NULL || colon == text)
        return false;
    for (const char *at = text; *at != '\0'; at++) {
        bool in_name = at < colon;
        if ((unsigned char)*at < ' ' || *at == 0x7f || (in_name && *at == ' '))
            return false;
    }
    return colon[1 + strspn(colon + 1, " ")] != '\0';
}

enum fs_status config_text_check(const char *text, struct fs_error *err)
{
    static const char places[] = "lead|since|count|until|process|id";
    if (strlen(text) > FS_CONFIG_TEXT_MAX_B)
        return fs_error_set(err, FS_INPUT, "longer than %d bytes, which is all that a reply holds",
                            FS_CONFIG_TEXT_MAX_B);
    for (const char *at = text; *at != '\0'; at++) {
        if ((unsigned char)*at < ' ' && *at != '\n')
            return fs_error_set(err, FS_INPUT,
                                "holds a control character; only \\n may part lines");
        if (at[0] != '%' || at[1] != '{')
            continue;
        char place[16] = "";
        size_t place_b = strcspn(at + 2, "}");
        if (place_b < sizeof(place) && at[2 + place_b] == '}')
            memcpy(place, at + 2, place_b);
        if (place[0] == '\0' || !config_is_word(place, places))
            return fs_error_set(err, FS_INPUT,
                                "%.24s is no place that can be filled; there are %%{lead}, "
                                "%%{since}, %%{count}, %%{until}, %%{process} and %%{id}",
                                at);
    }
    return FS_OK;
}

enum fs_status config_mailbox(struct fs_arena *arena, const char *text, const char **out,
                              struct fs_error *err)
{
    enum fs_status status = fs_address_canonical(arena, text, out, err);
    if (status != FS_OK)
        return status;
    const char *local = text + strspn(text, " \t\r\n<");
    const char *at = strrchr(text, '@');
    if (local[0] == '@') /* behind a source route */
        return FS_OK;
    *out = fs_arena_printf(arena, "%.*s@%s", (int)(at - local), local, fs_address_domain(*out));
    return *out != NULL ? FS_OK : fs_error_set(err, FS_NOMEM, "out of memory");
}

/* ---- places ---- */

bool config_is_listen(const char *text)
{
    if (fs_text_has_prefix(text, "unix:/"))
        return strlen(text + 5) < sizeof(((struct sockaddr_un *)0)->sun_path);
    if (!fs_text_has_prefix(text, "inet:"))
        return false;
    char port[8] = "";
    const char *at = strchr(text, '@');
    size_t port_b = at != NULL ? (size_t)(at - text - 5) : 0;
    int64_t number = 0;
    if (port_b == 0 || port_b >= sizeof(port) || at[1] == '\0')
        return false;
    memcpy(port, text + 5, port_b);
    return fs_text_int(port, 65535, &number) == FS_OK && number > 0;
}

bool config_is_socket_mode(const char *text)
{
    char *end = NULL;
    long mode = strtol(text, &end, 8);
    return text[0] >= '0' && text[0] <= '7' && *end == '\0' && mode >= 0600 && mode <= 0777;
}

bool config_is_timezone(const char *text)
{
    char path[256];
    if (text[0] == '\0' || strcmp(text, "UTC") == 0)
        return true;
    int length = snprintf(path, sizeof(path), "/usr/share/zoneinfo/%s", text);
    return text[0] != '/' && strstr(text, "..") == NULL && length < (int)sizeof(path) &&
           access(path, R_OK) == 0;
}

bool config_is_store(const char *text)
{
    return strcmp(text, "memory:") == 0 || fs_text_has_prefix(text, "sqlite:/");
}

/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 the fullstop authors
 *
 * doctor_parse.c - the syntax of main.cf, master.cf and lists of milters.
 *
 * Decides what is one line, one item, one milter, one service; as postconf(5), master(5)
 * and MILTER_README describe them. Pure, linear, and capped. Must not know what is right.
 */
#include "doctor.h"

#include <string.h>

#include "fullstop/text.h"

#define BLANKS " \t\r\n"
#define SEPARATORS ", \t\r\n"
#define SERVICE_FIELDS 8

static bool is_left_out(const char *line)
{
    line += strspn(line, BLANKS);
    return *line == '\0' || *line == '#';
}

/* A comment between a line and what continues it ends nothing (postconf(5)). */
enum fs_status fs_doctor_lines(struct fs_arena *arena, const char *text, char ***out,
                               size_t *out_count)
{
    char *copy = fs_arena_strdup(arena, text);
    char **lines = fs_arena_alloc(arena, FS_DOCTOR_LINES_MAX, sizeof *lines);
    char *end = NULL; /* of the line before */
    size_t count = 0;

    if (copy == NULL || lines == NULL)
        return FS_NOMEM;
    for (char *next = copy; next != NULL && *next != '\0' && count < FS_DOCTOR_LINES_MAX;) {
        char *line = next;
        next = strchr(line, '\n');
        if (next != NULL)
            *next++ = '\0';
        if (is_left_out(line))
            continue;
        size_t length_b = strlen(line);
        if (count == 0 || (line[0] != ' ' && line[0] != '\t')) {
            lines[count++] = line;
            end = line + length_b;
            continue;
        }
        /* moved up to the end of the line before: what lies between was left out */
        memmove(end, line, length_b + 1);
        end += length_b;
    }
    *out = lines;
    *out_count = count;
    return FS_OK;
}

/* The end of an item that begins here. */
static const char *item_end(const char *at)
{
    int depth = 0;

    for (; *at != '\0'; at++) {
        if (*at == '{')
            depth++;
        else if (*at == '}' && depth > 0)
            depth--;
        else if (depth == 0 && strchr(SEPARATORS, *at) != NULL)
            break;
    }
    return at;
}

enum fs_status fs_doctor_items(struct fs_arena *arena, const char *text, char ***out,
                               size_t *out_count)
{
    char **items = fs_arena_alloc(arena, FS_DOCTOR_ITEMS_MAX, sizeof *items);
    size_t count = 0;

    if (items == NULL)
        return FS_NOMEM;
    for (const char *at = text + strspn(text, SEPARATORS);
         *at != '\0' && count < FS_DOCTOR_ITEMS_MAX; at += strspn(at, SEPARATORS)) {
        const char *end = item_end(at);
        items[count] = fs_arena_strndup(arena, at, (size_t)(end - at));
        if (items[count++] == NULL)
            return FS_NOMEM;
        at = end;
    }
    *out = items;
    *out_count = count;
    return FS_OK;
}

const char *fs_doctor_address(struct fs_arena *arena, const char *text)
{
    const char *rest = strchr(text, ':');

    if (text[0] == '/')
        return fs_arena_printf(arena, "unix:%s", text);
    if (fs_text_has_prefix(text, "local:") || fs_text_has_prefix(text, "unix:"))
        return fs_arena_printf(arena, "unix:%s", rest + 1);
    if (fs_text_has_prefix(text, "inet:") || fs_text_has_prefix(text, "inet6:")) {
        const char *at = strchr(rest + 1, '@');
        if (at != NULL)
            return fs_arena_printf(arena, "inet:%s:%.*s", at + 1, (int)(at - rest - 1), rest + 1);
        return fs_arena_printf(arena, "inet:%s", rest + 1);
    }
    return fs_arena_strdup(arena, text);
}

/* Takes "name=value", also "name = value" cut into its pieces by the caller. */
static void take_option(struct fs_doctor_milter *milter, const char *item)
{
    const struct {
        const char *name;
        const char **into;
    } options[] = {
        {"default_action=", &milter->default_action},
        {"connect_timeout=", &milter->connect_timeout},
        {"command_timeout=", &milter->command_timeout},
        {"content_timeout=", &milter->content_timeout},
    };

    for (size_t i = 0; i < sizeof options / sizeof options[0]; i++)
        if (fs_text_has_prefix(item, options[i].name))
            *options[i].into = item + strlen(options[i].name);
}

/* What stands in the braces of an entry, without blanks around '='. */
static char *inner(struct fs_arena *arena, const char *entry)
{
    size_t length_b = strlen(entry);
    char *copy = fs_arena_strndup(arena, entry + 1, length_b - 1);
    char *to = copy;

    if (copy == NULL)
        return NULL;
    if (length_b >= 2 && copy[length_b - 2] == '}')
        copy[length_b - 2] = '\0';
    for (const char *from = copy; *from != '\0'; from++) {
        size_t blanks_b = strspn(from, BLANKS);
        bool before = from[blanks_b] == '=';
        bool after = to > copy && to[-1] == '=';
        if (blanks_b > 0 && (before || after))
            from += blanks_b;
        else if (blanks_b > 1)
            from += blanks_b - 1;
        if (*from == '\0')
            break;
        *to++ = *from;
    }
    *to = '\0';
    return copy;
}

/* An entry with options: its address first, the options after it. */
static enum fs_status parse_braces(struct fs_arena *arena, const char *item,
                                   struct fs_doctor_milter *milter)
{
    char **parts = NULL;
    size_t count = 0;
    struct fs_buf entry;
    char *text = inner(arena, item);

    if (text == NULL || fs_doctor_items(arena, text, &parts, &count) != FS_OK)
        return FS_NOMEM;
    milter->address = fs_doctor_address(arena, count == 0 ? "" : parts[0]);
    fs_buf_init(&entry, strlen(item) + count + 4);
    for (size_t i = 0; i < count; i++) {
        fs_buf_printf(&entry, "%s%s", i == 0 ? "{" : ",", parts[i]);
        if (i > 0)
            take_option(milter, parts[i]);
    }
    fs_buf_printf(&entry, "%s", count == 0 ? "{}" : "}");
    milter->entry = entry.data == NULL ? NULL : fs_arena_strdup(arena, entry.data);
    fs_buf_clear(&entry);
    return milter->entry == NULL ? FS_NOMEM : FS_OK;
}

enum fs_status fs_doctor_milters(struct fs_arena *arena, const char *text,
                                 struct fs_doctor_milters *out)
{
    char **items = NULL;
    size_t count = 0;

    memset(out, 0, sizeof *out);
    if (fs_doctor_items(arena, text, &items, &count) != FS_OK)
        return FS_NOMEM;
    for (size_t i = 0; i < count && out->count < FS_DOCTOR_MILTERS_MAX; i++) {
        struct fs_doctor_milter *milter = &out->list[out->count++];
        milter->entry = items[i];
        if (items[i][0] != '{')
            milter->address = fs_doctor_address(arena, items[i]);
        else if (parse_braces(arena, items[i], milter) != FS_OK)
            return FS_NOMEM;
        if (milter->address == NULL)
            return FS_NOMEM;
    }
    return FS_OK;
}

bool fs_doctor_service_parse(struct fs_arena *arena, const char *line,
                             struct fs_doctor_service *out)
{
    const char *fields[SERVICE_FIELDS];
    size_t count = 0;

    for (const char *at = line + strspn(line, BLANKS); *at != '\0' && count < SERVICE_FIELDS;
         at += strspn(at, BLANKS)) {
        size_t length_b = strcspn(at, BLANKS);
        fields[count] = fs_arena_strndup(arena, at, length_b);
        if (fields[count++] == NULL)
            return false;
        at += length_b;
    }
    if (count < SERVICE_FIELDS)
        return false;
    out->name = fields[0];
    out->type = fields[1];
    out->chroot = fields[4];
    out->command = fields[7];
    out->key = fs_arena_printf(arena, "%s/%s", fields[0], fields[1]);
    return out->key != NULL;
}

bool fs_doctor_service_is_loopback(const struct fs_doctor_service *service)
{
    static const char *const hosts[] = {"127.", "localhost:", "[::1]:", "::1:"};

    for (size_t i = 0; i < sizeof hosts / sizeof hosts[0]; i++)
        if (fs_text_has_prefix(service->name, hosts[i]))
            return true;
    return false;
}

int fs_doctor_service_port(const struct fs_doctor_service *service)
{
    static const struct {
        const char *name;
        int port;
    } names[] = {{"smtp", 25}, {"smtps", 465}, {"submissions", 465}, {"submission", 587}};
    const char *colon = strrchr(service->name, ':');
    const char *port = colon == NULL ? service->name : colon + 1;
    int64_t number = 0;

    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
        if (fs_text_equal(port, names[i].name))
            return names[i].port;
    return fs_text_int(port, 65535, &number) == FS_OK ? (int)number : -1;
}

bool fs_doctor_seconds(const char *text, int64_t *out_s)
{
    static const struct {
        char unit;
        int64_t seconds;
    } units[] = {{'s', 1}, {'m', 60}, {'h', 3600}, {'d', 86400}, {'w', 604800}};
    char digits[16];
    size_t length_b = strspn(text, "0123456789");
    int64_t number = 0;

    if (length_b == 0 || length_b >= sizeof digits)
        return false;
    memcpy(digits, text, length_b);
    digits[length_b] = '\0';
    if (fs_text_int(digits, INT32_MAX, &number) != FS_OK)
        return false;
    if (text[length_b] == '\0') {
        *out_s = number;
        return true;
    }
    for (size_t i = 0; i < sizeof units / sizeof units[0]; i++) {
        if (text[length_b] == units[i].unit && text[length_b + 1] == '\0') {
            *out_s = number * units[i].seconds;
            return true;
        }
    }
    return false;
}

/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 the fullstop authors
 *
 * doctor_sendmail_cf.c - the syntax of sendmail.cf, as far as filters and domains go.
 *
 * Decides what an option, a filter and a class is, as the Sendmail Installation and
 * Operation Guide (5.1, 5.4, 5.5, 5.6, 5.11) describes them. Must not know what is right.
 */
#include "doctor.h"

#include <string.h>

#include "fullstop/text.h"

#define BLANKS " \t"

const char *fs_doctor_cf_option(const struct fs_doctor_cf *cf, const char *name, size_t number)
{
    size_t name_b = strlen(name);

    for (size_t i = 0; i < cf->count; i++) {
        const char *at = cf->lines[i];
        if (at[0] != 'O' || at[1] != ' ')
            continue;
        at += 1 + strspn(at + 1, BLANKS);
        if (!fs_text_has_prefix(at, name))
            continue;
        at += name_b + strspn(at + name_b, BLANKS);
        if (*at != '=' || number-- > 0)
            continue;
        return at + 1 + strspn(at + 1, BLANKS);
    }
    return NULL;
}

const char *fs_doctor_cf_host(const struct fs_doctor_cf *cf)
{
    for (size_t i = 0; i < cf->count; i++)
        if (fs_text_has_prefix(cf->lines[i], "Dj") && strchr(cf->lines[i], '$') == NULL)
            return cf->lines[i] + strlen("Dj");
    return NULL;
}

/* The end of a part: a comma, not one of a list of timeouts. */
static size_t part_length(const char *at)
{
    size_t length_b = strcspn(at, ",");

    while (length_b > 0 && strchr(BLANKS, at[length_b - 1]) != NULL)
        length_b--;
    return length_b;
}

const char *fs_doctor_cf_part(struct fs_arena *arena, const char *text, char key)
{
    for (const char *at = text + strspn(text, BLANKS); *at != '\0'; at += strspn(at, ", \t")) {
        size_t whole_b = strcspn(at, ",");
        const char *equals = memchr(at, '=', whole_b);
        char first = (char)(*at >= 'a' && *at <= 'z' ? *at - 'a' + 'A' : *at);
        if (equals != NULL && first == key) {
            const char *value = equals + 1 + strspn(equals + 1, BLANKS);
            return fs_arena_strndup(arena, value, part_length(value));
        }
        at += whole_b;
    }
    return NULL;
}

/* Of "C:5m;S:10s;R:10s;E:5m" one. */
static const char *timeout_of(struct fs_arena *arena, const char *text, char key)
{
    for (const char *at = text; text != NULL && *at != '\0'; at += strspn(at, "; \t")) {
        size_t length_b = strcspn(at, ";");
        if (at[0] == key && at[1] == ':')
            return fs_arena_strndup(arena, at + 2, length_b - 2);
        at += length_b;
    }
    return NULL;
}

/* What Sendmail does when the filter fails, in Postfix's words. */
static const char *action_of(const char *flags)
{
    if (flags != NULL && (strchr(flags, 'T') != NULL || strchr(flags, '4') != NULL))
        return "tempfail";
    return flags != NULL && strchr(flags, 'R') != NULL ? "reject" : "accept";
}

bool fs_doctor_cf_filter(struct fs_arena *arena, const char *line, struct fs_doctor_filter *out)
{
    size_t name_b = strcspn(line, ", \t");

    if (line[0] != 'X' || name_b < 2 || line[name_b] == '\0')
        return false;
    const char *parts = line + name_b;
    const char *socket = fs_doctor_cf_part(arena, parts, 'S');
    const char *timeouts = fs_doctor_cf_part(arena, parts, 'T');
    memset(out, 0, sizeof *out);
    out->flags = fs_doctor_cf_part(arena, parts, 'F');
    out->milter.name = fs_arena_strndup(arena, line + 1, name_b - 1);
    out->milter.entry = out->milter.name;
    out->milter.address = socket == NULL ? "" : fs_doctor_address(arena, socket);
    out->milter.default_action = action_of(out->flags);
    out->milter.connect_timeout = timeout_of(arena, timeouts, 'C');
    out->milter.command_timeout = timeout_of(arena, timeouts, 'R');
    out->milter.content_timeout = timeout_of(arena, timeouts, 'E');
    return out->milter.name != NULL && out->milter.address != NULL;
}

/* ---- domains ---- */

/* The words of a class line; *out_class is w, R, VirtHost, ... */
static const char *class_words(struct fs_arena *arena, const char *line, const char **out_class)
{
    if (line[1] == '{') {
        size_t length_b = strcspn(line + 2, "}");
        if (line[2 + length_b] == '\0')
            return NULL;
        *out_class = fs_arena_strndup(arena, line + 2, length_b);
        return line + 3 + length_b;
    }
    *out_class = line[1] == '\0' ? NULL : fs_arena_strndup(arena, line + 1, 1);
    return line[1] == '\0' ? NULL : line + 2;
}

static bool names(const char *word, const char *domain, bool with_subdomains, bool is_relay)
{
    size_t word_b = strlen(word);
    size_t domain_b = strlen(domain);

    if (fs_text_equal(word, domain))
        return true;
    if (is_relay && domain_b > word_b && domain[domain_b - word_b - 1] == '.' &&
        fs_text_has_suffix(domain, word))
        return true;
    return with_subdomains && word_b > domain_b && word[word_b - domain_b - 1] == '.' &&
           fs_text_has_suffix(word, domain);
}

static bool has_word(struct fs_arena *arena, const char *text, const char *domain,
                     bool with_subdomains, bool is_relay)
{
    char **words = NULL;
    size_t count = 0;

    if (fs_doctor_items(arena, text, &words, &count) != FS_OK)
        return false;
    for (size_t i = 0; i < count; i++)
        if (names(words[i], domain, with_subdomains, is_relay))
            return true;
    return false;
}

/* "/etc/mail/local-host-names", "-o /etc/mail/relay-domains %[^\#]". */
static enum fs_doctor_answer file_names(struct fs_arena *arena, const char *place,
                                        const char *domain, bool with_subdomains, bool is_relay)
{
    const char *text = NULL;
    char **lines = NULL;
    size_t count = 0;

    place += strspn(place, BLANKS);
    bool is_optional = fs_text_has_prefix(place, "-o");
    place += is_optional ? 2 + strspn(place + 2, BLANKS) : 0;
    const char *path = fs_arena_strndup(arena, place, strcspn(place, BLANKS));
    if (path == NULL || path[0] != '/')
        return FS_DOCTOR_UNKNOWN; /* a map or a program */
    enum fs_status status = fs_doctor_read(arena, path, &text, NULL);
    if (status != FS_OK)
        return status == FS_NOT_FOUND ? FS_DOCTOR_NO : FS_DOCTOR_UNKNOWN;
    if (fs_doctor_lines(arena, text, &lines, &count) != FS_OK)
        return FS_DOCTOR_UNKNOWN;
    for (size_t i = 0; i < count; i++)
        if (has_word(arena, lines[i], domain, with_subdomains, is_relay))
            return FS_DOCTOR_YES;
    return FS_DOCTOR_NO;
}

/* The text beside the access table: "To:example.com RELAY", "example.com RELAY". */
static enum fs_doctor_answer access_names(struct fs_arena *arena, const char *line,
                                          const char *domain, bool with_subdomains)
{
    const char *path = strrchr(line, ' ');
    const char *text = NULL;
    char **lines = NULL;
    size_t count = 0;

    if (path == NULL || path[1] != '/' || fs_doctor_read(arena, path + 1, &text, NULL) != FS_OK ||
        fs_doctor_lines(arena, text, &lines, &count) != FS_OK)
        return FS_DOCTOR_UNKNOWN;
    for (size_t i = 0; i < count; i++) {
        const char *at = fs_text_has_prefix(lines[i], "To:") ? lines[i] + 3 : lines[i];
        const char *word = fs_arena_strndup(arena, at, strcspn(at, BLANKS));
        if (word != NULL && names(word, domain, with_subdomains, true) &&
            fs_text_find(at + strlen(word), "RELAY") != NULL)
            return FS_DOCTOR_YES;
    }
    return FS_DOCTOR_NO;
}

enum fs_doctor_answer fs_doctor_cf_receives(struct fs_doctor *doctor, const struct fs_doctor_cf *cf,
                                            const char *domain, bool with_subdomains)
{
    static const char *const classes[] = {"w", "R", "VirtHost"};
    enum fs_doctor_answer answer = FS_DOCTOR_NO;

    for (size_t i = 0; i < cf->count; i++) {
        const char *line = cf->lines[i];
        const char *class = NULL;
        const char *words = NULL;
        enum fs_doctor_answer one = FS_DOCTOR_NO;
        if (fs_text_has_prefix(line, "Kaccess"))
            one = access_names(doctor->arena, line, domain, with_subdomains);
        else if (line[0] == 'C' || line[0] == 'F')
            words = class_words(doctor->arena, line, &class);
        for (size_t j = 0; words != NULL && class != NULL && j < sizeof classes / sizeof *classes;
             j++) {
            if (strcmp(class, classes[j]) != 0)
                continue;
            if (line[0] == 'F')
                one = file_names(doctor->arena, words, domain, with_subdomains, j == 1);
            else if (has_word(doctor->arena, words, domain, with_subdomains, j == 1))
                one = FS_DOCTOR_YES;
        }
        if (one == FS_DOCTOR_YES)
            return one;
        if (one == FS_DOCTOR_UNKNOWN)
            answer = one;
    }
    return answer;
}

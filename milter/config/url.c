/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 the fullstop authors
 *
 * url.c - what a URL of the configuration may be: of an endpoint, a proxy, a submission host.
 *
 * Decides: that no password stands in one, for URLs are shown; a user only in that of a
 * submission host (RFC 3986, 3.2.1). Must not know what is sent there. No fault repeats a URL.
 */
#include <arpa/inet.h>
#include <string.h>

#include "config_parse.h"
#include "fullstop/text.h"

#define URL_MAX_B 2048

static bool is_plain(const char *text)
{
    for (; *text != '\0'; text++) {
        if (*text <= ' ' || (unsigned char)*text >= 0x7f)
            return false;
    }
    return true;
}

/* What stands between the scheme and the path. */
static const char *authority_of(const char *url, size_t *length_b)
{
    const char *start = strstr(url, "://");
    start = start != NULL ? start + 3 : url + strlen(url);
    *length_b = strcspn(start, "/?#");
    return start;
}

/* The user in front of the host, with its @; 0: none. A mail address may be one. */
static size_t user_b(const char *url)
{
    size_t length_b;
    const char *authority = authority_of(url, &length_b);
    while (length_b > 0 && authority[length_b - 1] != '@')
        length_b--;
    return length_b;
}

static const char *host_of(const char *url, size_t *length_b)
{
    const char *authority = authority_of(url, length_b);
    size_t before_b = user_b(url);
    *length_b -= before_b;
    return authority + before_b;
}

/* Behind the host, which may be an address in brackets. */
static bool is_port(const char *authority, size_t length_b)
{
    size_t host_b = 0;
    bool is_six = authority[0] == '[';
    while (host_b < length_b && authority[host_b] != (is_six ? ']' : ':'))
        host_b++;
    if (is_six && host_b++ == length_b)
        return false;
    if (host_b >= length_b || length_b - host_b == 1) /* none, or none behind the colon */
        return host_b >= length_b || authority[host_b] == ':';
    long port = 0;
    for (size_t i = host_b + 1; i < length_b && port <= 65535; i++) {
        if (authority[i] < '0' || authority[i] > '9')
            return false;
        port = port * 10 + authority[i] - '0';
    }
    return authority[host_b] == ':' && port >= 1 && port <= 65535;
}

static const char *fault_of(const char *url, const char *const *schemes, const char *scheme_fault)
{
    size_t length_b;
    const char *authority = host_of(url, &length_b);
    bool known = false;
    for (; *schemes != NULL; schemes++)
        known = known || fs_text_has_prefix(url, *schemes);
    if (!known)
        return scheme_fault;
    if (!is_plain(url) || strlen(url) > URL_MAX_B)
        return "write it without spaces and in ASCII, 2048 bytes at most";
    if (length_b == 0 || authority[0] == ':')
        return "the host is missing";
    if (!is_port(authority, length_b))
        return "write the port after the host, 1 to 65535, like HOST:8443, and an IPv6 address in "
               "brackets";
    return NULL;
}

#define NO_USER "no user and password in it: they would show up where URLs are shown; "

const char *config_url_fault(const char *url)
{
    static const char *const schemes[] = {"https://", "http://", NULL};
    const char *fault = fault_of(url, schemes, "write https://HOST/PATH");
    return fault == NULL && user_b(url) > 0 ? NO_USER
               "a file tells who calls (secret_file, token_file)"
                                            : fault;
}

const char *config_proxy_fault(const char *url)
{
    static const char *const schemes[] = {"http://", "https://", "socks5h://", "socks5://", NULL};
    if (url[0] == '\0')
        return NULL;
    const char *fault = fault_of(url, schemes, "write http://HOST:PORT, or leave it empty");
    return fault == NULL && user_b(url) > 0 ? NO_USER "let it know this host by its address"
                                            : fault;
}

const char *config_via_fault(const char *url)
{
    static const char *const schemes[] = {"smtp://", "smtps://", NULL};
    const char *fault = fault_of(url, schemes, "write smtp://HOST:PORT");
    size_t length_b;
    const char *authority = authority_of(url, &length_b);
    bool has_path = authority[length_b] != '\0' && strcmp(authority + length_b, "/") != 0;
    if (fault == NULL && memchr(authority, ':', user_b(url)) != NULL)
        fault = "no password in it: it would show up where the file is shown; write "
                "smtp://USER@HOST:PORT and via_password_file";
    if (fault == NULL && user_b(url) == 1)
        fault = "the user in front of @ is missing";
    return fault == NULL && has_path ? "nothing may follow the port; write smtp://HOST:PORT"
                                     : fault;
}

static int hex_value(char digit)
{
    static const char digits[] = "0123456789abcdef";
    const char *found =
        digit != '\0' ? strchr(digits, digit >= 'A' && digit <= 'F' ? digit + 32 : digit) : NULL;
    return found != NULL ? (int)(found - digits) : -1;
}

/* In place: RFC 3986, 2.1. What is no such thing stays. */
static void decode_percent(char *text)
{
    char *out = text;
    while (*text != '\0') {
        int high = text[0] == '%' ? hex_value(text[1]) : -1;
        int low = high >= 0 ? hex_value(text[2]) : -1;
        bool is_coded = low >= 0 && high * 16 + low != 0;
        *out++ = is_coded ? (char)(high * 16 + low) : *text;
        text += is_coded ? 3 : 1;
    }
    *out = '\0';
}

bool config_via_split(struct fs_arena *arena, const char *url, const char **out_url,
                      const char **out_user)
{
    size_t length_b;
    size_t before_b = user_b(url);
    const char *authority = authority_of(url, &length_b);
    char *user = fs_arena_printf(arena, "%.*s", before_b > 0 ? (int)before_b - 1 : 0, authority);
    *out_url = fs_arena_printf(arena, "%.*s%s", (int)(authority - url), url, authority + before_b);
    *out_user = user;
    if (user != NULL)
        decode_percent(user);
    return user != NULL && *out_url != NULL;
}

static bool is_loopback(const char *authority, size_t length_b)
{
    char host[64];
    struct in_addr four;
    struct in6_addr six;
    bool is_six = authority[0] == '[';
    size_t host_b = 0;
    while (host_b < length_b && authority[host_b] != (is_six ? ']' : ':'))
        host_b++;
    if (is_six) {
        authority++;
        host_b--;
    }
    if (host_b >= sizeof(host))
        return false;
    memcpy(host, authority, host_b);
    host[host_b] = '\0';
    if (fs_text_equal(host, "localhost"))
        return true;
    if (inet_pton(AF_INET, host, &four) == 1)
        return ntohl(four.s_addr) >> 24 == 127;
    return is_six && inet_pton(AF_INET6, host, &six) == 1 && IN6_IS_ADDR_LOOPBACK(&six);
}

static bool is_of_this_host(const char *url)
{
    size_t length_b;
    const char *authority = host_of(url, &length_b);
    return is_loopback(authority, length_b);
}

bool config_url_is_bare(const char *url, const char *proxy)
{
    bool is_plain_scheme = fs_text_has_prefix(url, "http://") || fs_text_has_prefix(url, "smtp://");
    bool stays_here = is_of_this_host(url) && (proxy[0] == '\0' || is_of_this_host(proxy));
    return is_plain_scheme && !stays_here;
}

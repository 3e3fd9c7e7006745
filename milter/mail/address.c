/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 the fullstop authors
 *
 * address.c - canonical addresses and domains.
 *
 * Decides: which written forms are one mailbox. Lenient where mail in the wild is (UTF-8
 * local parts, dots in a row, underscores in host names), strict where two different
 * mailboxes could become one. Must not know: which addresses are ours or a lead's.
 * Sources: RFC 5321 section 4.1.2, RFC 6531, RFC 5890 (IDNA2008 by libidn2).
 */
#include "fullstop/address.h"

#include <glib.h>
#include <idn2.h>
#include <string.h>

#include "fullstop/text.h"

#define DOMAIN_MAX_B 253 /* RFC 1035 section 2.3.4, without the root's dot */
#define LABEL_MAX_B 63

/* A piece of the caller's text, not terminated. */
struct span {
    const char *start;
    size_t length_b;
};

static enum fs_status not_an_address(struct fs_error *err, const char *text, const char *why)
{
    if (err == NULL) {
        return FS_INPUT;
    }
    return fs_error_set(err, FS_INPUT, "\"%.80s\" is not a mail address: %s", text, why);
}

static enum fs_status no_memory(struct fs_error *err)
{
    return fs_error_set(err, FS_NOMEM, "out of memory");
}

static struct span trimmed(const char *text)
{
    struct span span = {text, strlen(text)};
    while (span.length_b > 0 && g_ascii_isspace(span.start[0])) {
        span.start++;
        span.length_b--;
    }
    while (span.length_b > 0 && g_ascii_isspace(span.start[span.length_b - 1])) {
        span.length_b--;
    }
    return span;
}

/* Takes off <> and an obsolete source route: <@a,@b:jane@x.de> (RFC 5321 appendix C). */
static struct span without_brackets(struct span span)
{
    if (span.length_b >= 2 && span.start[0] == '<' && span.start[span.length_b - 1] == '>') {
        span.start++;
        span.length_b -= 2;
    }
    if (span.length_b > 0 && span.start[0] == '@') {
        const char *colon = memchr(span.start, ':', span.length_b);
        if (colon != NULL) {
            span.length_b -= (size_t)(colon + 1 - span.start);
            span.start = colon + 1;
        }
    }
    return span;
}

/* The '@' between local part and domain: the last one. A domain never contains one. */
static const char *at_sign(struct span span)
{
    for (size_t i = span.length_b; i > 0; i--) {
        if (span.start[i - 1] == '@') {
            return span.start + i - 1;
        }
    }
    return NULL;
}

static bool is_atext(unsigned char byte)
{
    return byte >= 0x80 || g_ascii_isalnum((char)byte) ||
           (byte != '\0' && strchr("!#$%&'*+-/=?^_`{|}~.", byte) != NULL);
}

/* Copies the local part without its quotes into out (at least length_b + 1 bytes). False:
 * it holds what no local part can. */
static bool unquote(struct span local, char *out)
{
    bool quoted =
        local.length_b >= 2 && local.start[0] == '"' && local.start[local.length_b - 1] == '"';
    size_t used = 0;
    for (size_t i = quoted ? 1 : 0; i < local.length_b - (quoted ? 1 : 0); i++) {
        unsigned char byte = (unsigned char)local.start[i];
        bool is_plain = !quoted;
        if (byte == '\\' && i + (quoted ? 2 : 1) < local.length_b) {
            byte = (unsigned char)local.start[++i];
            is_plain = false; /* outside quotes RFC 821 had it, and MTAs still take it */
        } else if (quoted && byte == '"') {
            return false;
        }
        if (byte < 0x20 || byte == 0x7f || (is_plain && !is_atext(byte))) {
            return false;
        }
        out[used++] = (char)byte;
    }
    out[used] = '\0';
    return used > 0;
}

/* NFC and lower case without regard to the locale (g_utf8_strdown would know Turkish).
 * NULL: not UTF-8. The result belongs to glib. */
static char *folded_utf8(const char *text)
{
    char *composed =
        g_utf8_validate(text, -1, NULL) ? g_utf8_normalize(text, -1, G_NORMALIZE_NFC) : NULL;
    if (composed == NULL) {
        return NULL;
    }
    GString *lower = g_string_sized_new(strlen(composed));
    for (const char *at = composed; *at != '\0'; at = g_utf8_next_char(at)) {
        g_string_append_unichar(lower, g_unichar_tolower(g_utf8_get_char(at)));
    }
    g_free(composed);
    char *result = g_utf8_normalize(lower->str, (gssize)lower->len, G_NORMALIZE_NFC);
    g_string_free(lower, TRUE);
    return result;
}

/* Quotes kept only where a character needs them (RFC 5322 section 3.4.1). */
static void append_local(GString *out, const char *local)
{
    bool needs_quotes = false;
    for (const char *at = local; *at != '\0'; at++) {
        needs_quotes = needs_quotes || !is_atext((unsigned char)*at);
    }
    if (!needs_quotes) {
        g_string_append(out, local);
        return;
    }
    g_string_append_c(out, '"');
    for (const char *at = local; *at != '\0'; at++) {
        if (*at == '"' || *at == '\\') {
            g_string_append_c(out, '\\');
        }
        g_string_append_c(out, *at);
    }
    g_string_append_c(out, '"');
}

/* out: terminated canonical local part, appended. */
static bool append_canonical_local(GString *out, struct span local)
{
    char plain[FS_ADDRESS_MAX_B + 1];
    if (local.length_b > FS_ADDRESS_MAX_B || !unquote(local, plain)) {
        return false;
    }
    char *tag = strchr(plain + 1, '+');
    if (tag != NULL) {
        *tag = '\0';
    }
    if (g_str_is_ascii(plain)) {
        fs_text_lower(plain);
        append_local(out, plain);
        return true;
    }
    char *folded = folded_utf8(plain);
    if (folded == NULL) {
        return false;
    }
    append_local(out, folded);
    g_free(folded);
    return true;
}

static bool is_host_name(const char *domain)
{
    size_t label_b = 0;
    size_t length_b = strlen(domain);
    if (length_b == 0 || length_b > DOMAIN_MAX_B) {
        return false;
    }
    for (const char *at = domain; *at != '\0'; at++) {
        if (*at == '.') {
            if (label_b == 0) {
                return false;
            }
            label_b = 0;
        } else if (g_ascii_isalnum(*at) || *at == '-' || *at == '_') {
            label_b++;
        } else {
            return false;
        }
        if (label_b > LABEL_MAX_B) {
            return false;
        }
    }
    return label_b > 0;
}

/* An address literal such as [192.0.2.1] or [IPv6:2001:db8::1] (RFC 5321 4.1.3). */
static bool is_literal(const char *domain)
{
    size_t length_b = strlen(domain);
    return length_b >= 3 && domain[0] == '[' && domain[length_b - 1] == ']' &&
           strspn(domain + 1, "0123456789abcdefipv:.") == length_b - 2;
}

/* Lower-case A-label form, appended. */
static bool append_canonical_domain(GString *out, struct span span)
{
    char domain[FS_ADDRESS_MAX_B + 1];
    if (span.length_b == 0 || span.length_b > FS_ADDRESS_MAX_B ||
        memchr(span.start, '\0', span.length_b) != NULL) {
        return false;
    }
    memcpy(domain, span.start, span.length_b);
    domain[span.length_b] = '\0';
    if (domain[span.length_b - 1] == '.') {
        domain[span.length_b - 1] = '\0';
    }
    if (g_str_is_ascii(domain)) {
        fs_text_lower(domain);
        if (!is_host_name(domain) && !is_literal(domain)) {
            return false;
        }
        g_string_append(out, domain);
        return true;
    }
    uint8_t *label = NULL;
    int rc = idn2_lookup_u8((const uint8_t *)domain, &label, IDN2_NFC_INPUT | IDN2_NONTRANSITIONAL);
    bool fine = rc == IDN2_OK && is_host_name((const char *)label);
    if (fine) {
        g_string_append(out, (const char *)label);
    }
    idn2_free(label);
    return fine;
}

/* Hands the text over to the arena and frees it. */
static enum fs_status finish(struct fs_arena *arena, GString *text, const char **out,
                             struct fs_error *err)
{
    const char *copy = fs_arena_strndup(arena, text->str, text->len);
    g_string_free(text, TRUE);
    if (copy == NULL) {
        return no_memory(err);
    }
    *out = copy;
    return FS_OK;
}

enum fs_status fs_address_canonical(struct fs_arena *arena, const char *text, const char **out,
                                    struct fs_error *err)
{
    struct span span = without_brackets(trimmed(text));
    if (span.length_b == 0) {
        return not_an_address(err, text, "it is empty");
    }
    if (span.length_b > FS_ADDRESS_MAX_B) {
        return not_an_address(err, text, "it is too long");
    }
    const char *at = at_sign(span);
    if (at == NULL) {
        return not_an_address(err, text, "there is no @ in it");
    }
    size_t local_b = (size_t)(at - span.start);
    GString *canonical = g_string_sized_new(span.length_b + 1);
    if (local_b == 0 || !append_canonical_local(canonical, (struct span){span.start, local_b})) {
        g_string_free(canonical, TRUE);
        return not_an_address(err, text, "what stands before the @ is not valid");
    }
    g_string_append_c(canonical, '@');
    struct span domain = {at + 1, span.length_b - local_b - 1};
    if (!append_canonical_domain(canonical, domain)) {
        g_string_free(canonical, TRUE);
        return not_an_address(err, text, "what stands after the @ is not a domain name");
    }
    if (canonical->len > FS_ADDRESS_MAX_B) {
        g_string_free(canonical, TRUE);
        return not_an_address(err, text, "it is too long");
    }
    return finish(arena, canonical, out, err);
}

enum fs_status fs_domain_canonical(struct fs_arena *arena, const char *text, const char **out,
                                   struct fs_error *err)
{
    GString *canonical = g_string_sized_new(64);
    if (!append_canonical_domain(canonical, trimmed(text))) {
        g_string_free(canonical, TRUE);
        return fs_error_set(err, FS_INPUT, "\"%.80s\" is not a domain name", text);
    }
    return finish(arena, canonical, out, err);
}

const char *fs_address_domain(const char *address)
{
    const char *at = strrchr(address, '@');
    return at != NULL ? at + 1 : "";
}

bool fs_address_matches(const char *address, const char *pattern)
{
    const char *domain = fs_address_domain(address);
    if (domain[0] == '\0' || pattern[0] == '\0') {
        return false;
    }
    if (pattern[0] != '@' && strchr(pattern, '@') != NULL) {
        return strcmp(address, pattern) == 0;
    }
    if (pattern[0] == '@') {
        pattern++;
    }
    if (pattern[0] != '.') {
        return strcmp(domain, pattern) == 0;
    }
    size_t domain_b = strlen(domain);
    size_t pattern_b = strlen(pattern);
    return strcmp(domain, pattern + 1) == 0 ||
           (domain_b > pattern_b && strcmp(domain + domain_b - pattern_b, pattern) == 0);
}

enum fs_status fs_address_pattern(struct fs_arena *arena, const char *text, const char **out,
                                  struct fs_error *err)
{
    struct span span = trimmed(text);
    const char *at = memchr(span.start, '@', span.length_b);
    if (memchr(span.start, '*', span.length_b) != NULL) {
        return fs_error_set(err, FS_INPUT,
                            "\"%.80s\": there are no wildcards; write \"@example.com\" for a "
                            "domain, \"@.example.com\" for it and all below it",
                            text);
    }
    if (at != NULL && at != span.start) {
        return fs_address_canonical(arena, text, out, err);
    }
    if (at != NULL) {
        span.start++;
        span.length_b--;
    }
    GString *pattern = g_string_new("@");
    if (at != NULL && span.length_b > 0 && span.start[0] == '.') {
        g_string_append_c(pattern, '.');
        span.start++;
        span.length_b--;
    }
    if (!append_canonical_domain(pattern, span)) {
        g_string_free(pattern, TRUE);
        return fs_error_set(err, FS_INPUT,
                            "\"%.80s\" is neither an address nor a domain; write "
                            "\"anna@example.com\", \"@example.com\", or \"@.example.com\" for "
                            "a domain and all below it",
                            text);
    }
    return finish(arena, pattern, out, err);
}

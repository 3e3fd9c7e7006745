/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 the fullstop authors
 *
 * test_mail_caps.c - hostile messages: each cap at its number and one above, charsets that
 * lie, and memory that must not grow with what mail makes up.
 */
#include <check.h>
#include <malloc.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../milter/mail/mail_charset.h"
#include "fullstop/hash.h"
#include "fullstop/mail.h"
#include "fullstop/text.h"
#include "suite.h"

#define MESSAGE_MAX_B (4u * 1024 * 1024)

/* Enough that a leak of a few bytes each is seen; sanitizers count allocations otherwise. */
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
#define FS_TEST_MESSAGES 200
#else
#define FS_TEST_MESSAGES 20000
#endif

/* The message of one test, put together piece by piece, and what was read from it. */
struct sample {
    struct fs_buf text;
    struct fs_arena *arena;
    struct fs_facts facts;
};

static void begin(struct sample *sample)
{
    memset(sample, 0, sizeof *sample);
    fs_buf_init(&sample->text, MESSAGE_MAX_B);
    sample->arena = fs_arena_new(0);
    ck_assert_ptr_nonnull(sample->arena);
}

static void add(struct sample *sample, const char *text)
{
    ck_assert_int_eq(fs_buf_add(&sample->text, text, strlen(text)), FS_OK);
}

static void add_number(struct sample *sample, const char *format_before, size_t number,
                       const char *after)
{
    ck_assert_int_eq(fs_buf_printf(&sample->text, "%s%zu%s", format_before, number, after), FS_OK);
}

static void fill(struct sample *sample, const char *text, size_t times)
{
    for (size_t i = 0; i < times; i++) {
        add(sample, text);
    }
}

static const struct fs_facts *read_facts(struct sample *sample)
{
    ck_assert_int_eq(fs_mail_parse(sample->arena, sample->text.data, sample->text.length_b, NULL,
                                   &sample->facts, NULL),
                     FS_OK);
    return &sample->facts;
}

static void end(struct sample *sample)
{
    fs_buf_clear(&sample->text);
    fs_arena_free(sample->arena);
}

/* ---- caps ---- */

/* A calendar inside this many multiparts, itself one level more. */
static enum fs_mail_class class_at_depth(size_t levels)
{
    struct sample sample;
    begin(&sample);
    add(&sample, "From: a@b.example\nSubject: x\n");
    for (size_t i = 1; i < levels; i++) {
        add_number(&sample, "Content-Type: multipart/mixed; boundary=b", i, "\n\n");
        add_number(&sample, "--b", i, "\n");
    }
    add(&sample, "Content-Type: text/calendar; method=REPLY\n\nBEGIN:VCALENDAR\n");
    enum fs_mail_class class = read_facts(&sample)->class;
    end(&sample);
    return class;
}

START_TEST(parts_are_seen_to_the_depth_of_the_cap)
{
    ck_assert_int_eq(class_at_depth(FS_MAIL_DEPTH_MAX), FS_CLASS_CALENDAR);
    ck_assert_int_ne(class_at_depth(FS_MAIL_DEPTH_MAX + 1), FS_CLASS_CALENDAR);
    ck_assert_int_ne(class_at_depth(3000), FS_CLASS_CALENDAR);
}
END_TEST

/* A calendar as the last of so many parts, the multipart counted. */
static enum fs_mail_class class_at_part(size_t parts)
{
    struct sample sample;
    begin(&sample);
    add(&sample, "From: a@b.example\nContent-Type: multipart/mixed; boundary=b\n\n");
    fill(&sample, "--b\n\nx\n", parts - 2);
    add(&sample, "--b\nContent-Type: text/calendar; method=REPLY\n\nBEGIN:VCALENDAR\n--b--\n");
    enum fs_mail_class class = read_facts(&sample)->class;
    end(&sample);
    return class;
}

START_TEST(parts_are_seen_to_their_cap)
{
    ck_assert_int_eq(class_at_part(FS_MAIL_PARTS_MAX), FS_CLASS_CALENDAR);
    ck_assert_int_ne(class_at_part(FS_MAIL_PARTS_MAX + 1), FS_CLASS_CALENDAR);
    ck_assert_int_ne(class_at_part(20000), FS_CLASS_CALENDAR);
}
END_TEST

/* Whether the last of so many header fields is read. */
static bool field_is_read(size_t fields)
{
    struct sample sample;
    begin(&sample);
    fill(&sample, "X-Filler: y\n", fields - 1);
    add(&sample, "Message-ID: <last@b.example>\n\nx\n");
    bool is_read = read_facts(&sample)->message_id != NULL;
    end(&sample);
    return is_read;
}

START_TEST(header_fields_are_read_to_their_cap)
{
    ck_assert(field_is_read(FS_MAIL_HEADERS_MAX));
    ck_assert(!field_is_read(FS_MAIL_HEADERS_MAX + 1));
    ck_assert(!field_is_read(50000));
}
END_TEST

/* Whether a field that ends at this byte of the header is read. */
static bool field_ends_at(size_t header_b)
{
    static const char last[] = "Message-ID: <last@b.example>\n";
    struct sample sample;
    begin(&sample);
    add(&sample, "X-Filler: ");
    while (sample.text.length_b + 1 + sizeof last - 1 < header_b) {
        size_t left_b = header_b - sample.text.length_b - sizeof last;
        fill(&sample, left_b > 80 ? "yyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyy\n " : "y", 1);
    }
    add(&sample, "\n");
    add(&sample, last);
    ck_assert_uint_eq(sample.text.length_b, header_b);
    add(&sample, "\nx\n");
    bool is_read = read_facts(&sample)->message_id != NULL;
    end(&sample);
    return is_read;
}

START_TEST(header_bytes_are_read_to_their_cap)
{
    ck_assert(field_ends_at(FS_MAIL_HEADER_MAX_B));
    ck_assert(!field_ends_at(FS_MAIL_HEADER_MAX_B + 1));
}
END_TEST

/* Whether an address that ends at this byte of the body is read. */
static bool recipient_ends_at(size_t body_b)
{
    static const char first[] = "--b\nContent-Type: text/plain\n\n";
    static const char last[] = "\n--b\nContent-Type: message/delivery-status\n\n"
                               "Action: failed\nFinal-Recipient: rfc822; gone@b.example";
    struct sample sample;
    begin(&sample);
    add(&sample, "From: a@b.example\nContent-Type: multipart/report; boundary=b;"
                 " report-type=delivery-status\n\n");
    size_t header_b = sample.text.length_b;
    add(&sample, first);
    fill(&sample, "y", body_b - (sizeof first - 1) - (sizeof last - 1));
    add(&sample, last);
    ck_assert_uint_eq(sample.text.length_b - header_b, body_b);
    const char *recipient = read_facts(&sample)->original_recipient;
    bool is_read = recipient != NULL && strcmp(recipient, "gone@b.example") == 0;
    end(&sample);
    return is_read;
}

START_TEST(body_bytes_are_read_to_their_cap)
{
    ck_assert(recipient_ends_at(FS_MAIL_BODY_MAX_B));
    ck_assert(!recipient_ends_at(FS_MAIL_BODY_MAX_B + 1));
}
END_TEST

START_TEST(of_many_references_the_last_are_kept)
{
    for (size_t more = 0; more < 2; more++) {
        struct sample sample;
        begin(&sample);
        add(&sample, "References:");
        for (size_t i = 1; i <= FS_MAIL_REFERENCES_MAX + more; i++) {
            add_number(&sample, "\n <", i, "@b.example>");
        }
        add(&sample, "\n\nx\n");
        const struct fs_facts *facts = read_facts(&sample);
        ck_assert_uint_eq(facts->reference_count, FS_MAIL_REFERENCES_MAX);
        ck_assert_str_eq(facts->references[0], more == 0 ? "1@b.example" : "2@b.example");
        end(&sample);
    }
}
END_TEST

START_TEST(addresses_are_read_to_their_cap)
{
    static const size_t counts[] = {FS_MAIL_ADDRESSES_MAX, FS_MAIL_ADDRESSES_MAX + 1, 9000};
    for (size_t n = 0; n < sizeof counts / sizeof counts[0]; n++) {
        struct sample sample;
        begin(&sample);
        add(&sample, "To: 0@b.example");
        for (size_t i = 1; i < counts[n]; i++) {
            add_number(&sample, ",\n ", i, "@b.example");
        }
        add(&sample, "\n\nx\n");
        const struct fs_facts *facts = read_facts(&sample);
        ck_assert_uint_eq(facts->to_count, FS_MAIL_ADDRESSES_MAX);
        ck_assert_str_eq(facts->to[0], "0@b.example");
        end(&sample);
    }
}
END_TEST

START_TEST(an_id_is_cut_at_its_cap)
{
    for (size_t more = 0; more < 2; more++) {
        struct sample sample;
        begin(&sample);
        add(&sample, "Message-ID: <");
        fill(&sample, "i", FS_MAIL_MESSAGE_ID_MAX_B + more);
        add(&sample, ">\n\nx\n");
        ck_assert_uint_eq(strlen(read_facts(&sample)->message_id), FS_MAIL_MESSAGE_ID_MAX_B);
        end(&sample);
    }
}
END_TEST

/* ---- charsets that lie ---- */

/* A header and body that no charset makes sense of: it is read as far as it can be. */
static const struct {
    const char *what;
    const char *from;
    const char *subject;
    const char *type;
    const char *body;
} lies[] = {
    {"latin1 declared utf-8", "=?utf-8?Q?M=FCller?= <m@b.example>",
     "=?utf-8?Q?R=FCckkehr_am_Montag?=", "text/plain; charset=utf-8", "R\xfc\x63kkehr"},
    {"raw latin1", "M\xfcller <m@b.example>", "R\xfc\x63kkehr", "text/plain", "\xfc\xff\xfe"},
    {"unknown charset", "=?x-klingon?Q?M=FCller?= <m@b.example>",
     "=?nonesuch-8?B?UvxjaQ==?=", "text/plain; charset=\"x-klingon\"", "R\xfc\x63kkehr"},
    {"utf-7", "=?utf-7?Q?M+APw-ller?= <m@b.example>", "=?utf-7?Q?+APw-",
     "text/plain; charset=utf-7", "M+APw-ller +"},
    {"iso-2022-jp cut", "=?iso-2022-jp?B?GyRCNDsb?= <m@b.example>",
     "=?iso-2022-jp?B?GyRC?=", "text/plain; charset=iso-2022-jp", "\x1b$B4;\x1b"},
    {"utf-16 of odd length", "=?utf-16?B?AGEAYgA=?= <m@b.example>",
     "=?utf-16le?Q?a?=", "text/plain; charset=utf-16", "abc"},
    {"empty charset", "=??Q?x?= <m@b.example>",
     "=??"
     "?=",
     "text/plain; charset=", "x"},
    {"charset of a directory", "=?../../etc?Q?x?= <m@b.example>",
     "=?//TRANSLIT?Q?x?=", "text/plain; charset=\"//IGNORE\"", "x"},
    {"half a base64", "=?utf-8?B?w?= <m@b.example>",
     "=?utf-8?B?====?=", "text/plain; charset=utf-8", "x"},
};

static bool is_utf8(const char *text)
{
    for (const unsigned char *at = (const unsigned char *)text; *at != '\0';) {
        size_t more = *at < 0x80 ? 0 : *at >= 0xf0 ? 3 : *at >= 0xe0 ? 2 : 1;
        if (*at >= 0x80 && (*at < 0xc2 || *at > 0xf4)) {
            return false;
        }
        at++;
        for (; more > 0; more--, at++) {
            if ((*at & 0xc0) != 0x80) {
                return false;
            }
        }
    }
    return true;
}

START_TEST(charsets_that_lie_do_no_harm)
{
    for (size_t i = 0; i < sizeof lies / sizeof lies[0]; i++) {
        struct sample sample;
        begin(&sample);
        ck_assert_int_eq(fs_buf_printf(&sample.text,
                                       "From: %s\nSubject: %s\nMIME-Version: 1.0\n"
                                       "Content-Type: %s\nMessage-ID: <%zu@b.example>\n\n%s\n",
                                       lies[i].from, lies[i].subject, lies[i].type, i,
                                       lies[i].body),
                         FS_OK);
        const struct fs_facts *facts = read_facts(&sample);
        ck_assert_msg(facts->from != NULL && strcmp(facts->from, "m@b.example") == 0, "%s: from",
                      lies[i].what);
        ck_assert_msg(facts->class == FS_CLASS_HUMAN, "%s: class", lies[i].what);
        ck_assert_msg(is_utf8(facts->key), "%s: key", lies[i].what);
        end(&sample);
    }
}
END_TEST

START_TEST(nul_bytes_end_nothing_but_their_field)
{
    static const char text[] = "From: a\0b <m@b.example>\nSubject: x\0y\nTo: t@b.example\n"
                               "Message-ID: <i@b.example>\n\nx\0y\n";
    struct sample sample;
    begin(&sample);
    ck_assert_int_eq(fs_buf_add(&sample.text, text, sizeof text - 1), FS_OK);
    ck_assert_str_eq(read_facts(&sample)->message_id, "i@b.example");
    ck_assert_uint_eq(sample.facts.to_count, 1);
    end(&sample);
}
END_TEST

/* ---- names of charsets ---- */

static const struct {
    const char *given;
    const char *guarded;
} names[] = {
    {"Subject: =?utf-8?Q?x?= =?ISO-8859-15?b?eA==?=", NULL},
    {"Subject: =?utf-8*en?Q?x?=", NULL},
    {"Subject: =?madeup?Q?x?=", "Subject: =?x*xxxx?Q?x?="},
    {"Subject: =?q?Q?x?=", "Subject: =?x?Q?x?="},
    {"Subject: =?madeup*de?Q?x?=", "Subject: =?x*xxxxxxx?Q?x?="},
    {"Subject: what is a=?b? I ask", NULL},
    {"a line: =?no\nField: word?Q?x?=", NULL},
    {"Subject: =?mad\n eup?Q?x?=", "Subject: =?x*x\n xxx?Q?x?="},
    {"Subject: =?\r\n utf-8?Q?x?=", "Subject: _?\r\n utf-8?Q?x?="},
    {"Subject: =?m\n\tadeup?Q?x?=", "Subject: _?m\n\tadeup?Q?x?="},
    {"From: \"=\\?madeup?Q?x?=\"", "From: \"=\\?x*xxxx?Q?x?=\""},
    {"Content-Type: text/plain; charset=utf-8; format=flowed", NULL},
    {"Content-Type: text/plain; charset=\"Windows-1252\"", NULL},
    {"Content-Type: text/plain; charset=madeup; format=flowed",
     "Content-Type: text/plain; charset=     x; format=flowed"},
    {"content-type: text/plain;\n\tcharset=\"madeup\"",
     "content-type: text/plain;\n\tcharset=     \"x\""},
    {"X-Other: charset=madeup", NULL},
    {"Content-Type: text/plain; charset=\"madeup\r\n\r\nbody",
     "Content-Type: text/plain; charset=     \"x\r\n\r\nbody"},
    {"Content-Type: text/plain; charset*=us-ascii''madeup",
     "Content-Type: text/plain; charset_=us-ascii''madeup"},
    {"Content-Disposition: attachment; filename*=utf-8'de'%C3%BC.txt", NULL},
    {"Content-Disposition: attachment; filename*=''x.txt", NULL},
    {"Content-Disposition: attachment; filename*=madeup''x.txt",
     "Content-Disposition: attachment; filename*= utf-8''x.txt"},
    {"Content-Disposition: attachment; filename*0*=\"madeup'en'x\"",
     "Content-Disposition: attachment; filename*0*= \"utf-8'en'x\""},
    {"Content-Disposition: attachment; filename*=no''x",
     "Content-Disposition: attachment; filename*= x''x"},
    {"Content-Disposition: attachment; filename*(c)=madeup''x",
     "Content-Disposition: attachment; filename_(c)=madeup''x"},
    {"Content-Disposition: attachment; filename*0=it's", NULL},
};

START_TEST(made_up_names_of_charsets_are_replaced_in_place)
{
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        char text[200];
        const char *want = names[i].guarded != NULL ? names[i].guarded : names[i].given;
        snprintf(text, sizeof text, "%s", names[i].given);
        mail_charset_guard(text, strlen(text));
        ck_assert_str_eq(text, want);
        mail_charset_guard(text, strlen(text));
        ck_assert_str_eq(text, want);
    }
}
END_TEST

/* Every place of a message where GMime meets the name of a charset; %1$s is the name. */
static const char new_names[] =
    "From: =?a%1$s?Q?x?= \"=?b%1$s?Q?y?=\" <m@b.example>, \"=\\?k%1$s\\?Q?x?=\" <n@b.example>\n"
    "Reply-To: (=?c%1$s?B?eA==?=) \"\\=\\?l%1$s?\\Q?x?=\" <m@b.example>\n"
    "To: =?d%1$s?Q?g?=: =?m%1$s*en?Q?x?= <t@b.example>;\n"
    "Subject: =?e%1$s?Q?x?= =?f\n %1$s?Q?x?= a=?n%1$s?q?x?=\n"
    "References: =?o%1$s?Q?=3Ca=40b.example=3E?=\n"
    "MIME-Version: 1.0\n"
    "Content-Type: multipart/mixed; boundary=b; x*=p%1$s''x; y*0*=q%1$s'en'x; y*1=z;\n"
    " charset=r%1$s; z*(c)=s%1$s''x; name=\"=?t%1$s?Q?x?=\"; v*0 * = \"aa\\%1$s''x\"; "
    "w=\"=\\?g%1$s?Q?x?=\"\n\n"
    "--b\nContent-Type: text/plain; charset=\"u%1$s\"\n"
    "Content-Disposition: attachment; filename*=(c)v%1$s''x; filename*=\"w%1$s''x\"\n\nx\n"
    "--b\nContent-Type: message/rfc822\n\nFrom: =?h%1$s?Q?x?= <a@b.example>\n"
    "Message-ID: =?j%1$s?Q?=3Cb=40b.example=3E?=\nContent-Type: text/plain; "
    "charset*=us-ascii''%1$s\n\nx\n"
    "--b\nContent-Type: text/rfc822-headers\nContent-Transfer-Encoding: quoted-printable\n\n"
    "Message-ID: =3D?i%1$s?Q?=3D3Cc=3D40b.example=3D3E?=3D\n"
    "--b--\n";

static void read_new_names(size_t number)
{
    char name[32];
    struct sample sample;
    begin(&sample);
    snprintf(name, sizeof name, "-made-up-%zu", number);
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
    ck_assert_int_eq(fs_buf_printf(&sample.text, new_names, name), FS_OK);
#pragma GCC diagnostic pop
    (void)read_facts(&sample);
    end(&sample);
}

START_TEST(memory_does_not_grow_with_made_up_names)
{
    size_t number = 0;
    while (number < 500) {
        read_new_names(number++);
    }
    malloc_trim(0);
    size_t before_b = mallinfo2().uordblks;
    while (number < 500 + FS_TEST_MESSAGES) {
        read_new_names(number++);
    }
    size_t after_b = mallinfo2().uordblks;
    ck_assert_msg(after_b < before_b + 65536, "%zu bytes more after %zu messages",
                  after_b - before_b, number);
}
END_TEST

int main(void)
{
    if (fs_hash_setup(NULL) != FS_OK || fs_mail_setup(NULL) != FS_OK) {
        return 1;
    }
    Suite *suite = suite_create("mail caps");
    TCase *tcase = tcase_create("caps");
    tcase_set_timeout(tcase, 120);
    tcase_add_test(tcase, parts_are_seen_to_the_depth_of_the_cap);
    tcase_add_test(tcase, parts_are_seen_to_their_cap);
    tcase_add_test(tcase, header_fields_are_read_to_their_cap);
    tcase_add_test(tcase, header_bytes_are_read_to_their_cap);
    tcase_add_test(tcase, body_bytes_are_read_to_their_cap);
    tcase_add_test(tcase, of_many_references_the_last_are_kept);
    tcase_add_test(tcase, addresses_are_read_to_their_cap);
    tcase_add_test(tcase, an_id_is_cut_at_its_cap);
    tcase_add_test(tcase, charsets_that_lie_do_no_harm);
    tcase_add_test(tcase, nul_bytes_end_nothing_but_their_field);
    tcase_add_test(tcase, made_up_names_of_charsets_are_replaced_in_place);
    tcase_add_test(tcase, memory_does_not_grow_with_made_up_names);
    suite_add_tcase(suite, tcase);
    int status = run_all(suite);
    fs_mail_teardown();
    return status;
}

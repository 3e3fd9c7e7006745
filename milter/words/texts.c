/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 the fullstop authors
 *
 * texts.c - every sentence in every language, resolved once.
 *
 * gettext chooses the language by environment and locale, which belong to the whole process;
 * fullstop answers in the language of each lead process, from many threads. So all texts are
 * looked up once, at start, on one thread, and only read after that. The table is the one
 * thing in this room that is written after compiling.
 * Must not know: which sentence is said when.
 */
#include "words_text.h"

#include <libintl.h>
#include <locale.h>
#include <stdlib.h>
#include <string.h>

#define DOMAIN "fullstop"
#ifndef FS_LOCALEDIR
#define FS_LOCALEDIR "/usr/local/share/locale"
#endif

struct text {
    const char *one;
    const char *many; /* NULL: has no plural */
};

#define TEXT(id, english) [WORDS_##id] = {english, NULL},
#define PLURAL(id, one, many) [WORDS_##id] = {one, many},
static const struct text english[WORDS_COUNT] = {
#include "texts_history.inc"
#include "texts_names.inc"
#include "texts_reply.inc"
#include "texts_rules.inc"
#include "texts_why.inc"
};
#undef TEXT
#undef PLURAL

/* Written by fs_words_setup() only, before threads start; NULL: not translated. */
static struct text german[WORDS_COUNT];

#ifdef __GLIBC__
/* Tells gettext that what it remembers about the language is out of date (gettext manual,
 * "gettext/ngettext run-time behaviour"). */
extern int _nl_msg_cat_cntr;
#endif

static void forget_language(void)
{
#ifdef __GLIBC__
    _nl_msg_cat_cntr++;
#endif
}

static void resolve(struct text table[WORDS_COUNT])
{
    for (size_t i = 0; i < WORDS_COUNT; i++) {
        const struct text *text = &english[i];
        if (text->many == NULL) {
            table[i] = (struct text){dcgettext(DOMAIN, text->one, LC_MESSAGES), NULL};
            continue;
        }
        table[i] = (struct text){dcngettext(DOMAIN, text->one, text->many, 1, LC_MESSAGES),
                                 dcngettext(DOMAIN, text->one, text->many, 2, LC_MESSAGES)};
    }
}

/* gettext translates nothing in the locale "C"; any other will do, for the language comes
 * from LANGUAGE. */
static locale_t some_locale(void)
{
    static const char *const names[] = {"C.UTF-8", "C.utf8", "en_US.UTF-8", "de_DE.UTF-8"};
    locale_t locale = (locale_t)0;
    for (size_t i = 0; i < sizeof(names) / sizeof(names[0]) && locale == (locale_t)0; i++)
        locale = newlocale(LC_ALL_MASK, names[i], (locale_t)0);
    return locale;
}

/* Looks all texts up in one language; environment and locale are then as before. */
static enum fs_status resolve_in(const char *language, struct text table[WORDS_COUNT],
                                 struct fs_error *err)
{
    const char *was = getenv("LANGUAGE");
    char *kept = was == NULL ? NULL : strdup(was);
    if (was != NULL && kept == NULL)
        return fs_error_set(err, FS_NOMEM, "out of memory while reading translations");
    enum fs_status status = FS_OK;
    locale_t locale = some_locale();
    if (locale != (locale_t)0 && setenv("LANGUAGE", language, 1) == 0) {
        locale_t before = uselocale(locale);
        forget_language();
        resolve(table);
        (void)uselocale(before);
    }
    if (kept == NULL ? unsetenv("LANGUAGE") != 0 : setenv("LANGUAGE", kept, 1) != 0)
        status = fs_error_set(err, FS_NOMEM, "out of memory while reading translations");
    forget_language();
    if (locale != (locale_t)0)
        freelocale(locale);
    free(kept);
    return status;
}

enum fs_status fs_words_setup(const char *localedir, struct fs_error *err)
{
    if (bindtextdomain(DOMAIN, localedir != NULL ? localedir : FS_LOCALEDIR) == NULL ||
        bind_textdomain_codeset(DOMAIN, "UTF-8") == NULL)
        return fs_error_set(err, FS_NOMEM, "out of memory while reading translations");
    return resolve_in("de", german, err);
}

static const struct text *text_in(enum fs_language language, enum words_text id)
{
    switch (language) {
    case FS_LANGUAGE_DE:
        return german[id].one != NULL ? &german[id] : &english[id];
    case FS_LANGUAGE_EN:
        break;
    }
    return &english[id];
}

const char *words_text(enum fs_language language, enum words_text id)
{
    return text_in(language, id)->one;
}

const char *words_plural(enum fs_language language, enum words_text id, int64_t count)
{
    const struct text *text = text_in(language, id);
    return count == 1 || text->many == NULL ? text->one : text->many;
}

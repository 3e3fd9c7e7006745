/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 the fullstop authors
 *
 * cli_language.c - the language in which a call is answered.
 *
 * Decides: the caller's, where the environment names one that fullstop speaks, else the
 * configured one. What programs read (JSON) is never translated. Must not know any text.
 */
#include <string.h>

#include "cli.h"
#include "cli_table.h"
#include "fullstop/text.h"
#include "fullstop/words.h"

static const struct {
    const char *name;
    enum fs_language language;
} languages[] = {{"de", FS_LANGUAGE_DE}, {"en", FS_LANGUAGE_EN}};

/* "de", "de_AT.UTF-8", "de-CH", "de@euro", but not "den_CA": POSIX, section 8.2. */
static bool names(const char *locale, const char *language)
{
    size_t length_b = strlen(language);

    return fs_text_has_prefix(locale, language) && strchr("_-.@", locale[length_b]) != NULL;
}

bool fs_cli_language_parse(const char *const *locales, size_t count, enum fs_language *out)
{
    for (size_t i = 0; i < count; i++) {
        if (locales[i] == NULL || locales[i][0] == '\0')
            continue;
        for (size_t j = 0; j < sizeof languages / sizeof *languages; j++) {
            if (names(locales[i], languages[j].name)) {
                *out = languages[j].language;
                return true;
            }
        }
        return false; /* the first one that is set decides; "C" names no language */
    }
    return false;
}

void fs_cli_learn_language(struct fs_cli *cli)
{
    const struct fs_config *config = NULL;
    struct fs_error err = {0};

    if (cli->language_is_known)
        return;
    cli->language_is_known = true;
    if (fs_config_load(cli->config_path, &config, &err) != FS_OK)
        return; /* who needs the configuration complains about it */
    cli->language = config->language;
    fs_config_unref(config);
}

const char *fs_cli_words(const struct fs_cli *cli, const char *english)
{
    return fs_words_line(cli->language, english);
}

const char *fs_cli_plural(const struct fs_cli *cli, const char *one, const char *many, size_t count)
{
    return fs_words_plural(cli->language, one, many, (int64_t)count);
}

const struct fs_cli_column *fs_cli_columns(const struct fs_cli *cli,
                                           const struct fs_cli_column *columns, size_t count)
{
    struct fs_cli_column *named = fs_arena_alloc(cli->arena, count, sizeof *named);

    for (size_t i = 0; named != NULL && i < count; i++) {
        named[i] = columns[i];
        named[i].title = fs_cli_words(cli, columns[i].title);
    }
    return named;
}

const char *fs_cli_day(const struct fs_cli *cli, int64_t at)
{
    char text[FS_TIME_SIZE_B];

    fs_words_day(cli->language, at, text, sizeof text);
    return fs_arena_strdup(cli->arena, text);
}

const char *fs_cli_minute(const struct fs_cli *cli, int64_t at)
{
    char text[FS_TIME_SIZE_B];

    fs_words_minute(cli->language, at, text, sizeof text);
    return fs_arena_strdup(cli->arena, text);
}

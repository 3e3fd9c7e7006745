/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 the fullstop authors
 *
 * cli_options.c - options and operands of a call, by table.
 *
 * Decides what a word of the call is, and which name was probably meant when it is none.
 * Must not know what options mean.
 */
#include "cli_options.h"

#include <string.h>

#include "fullstop/text.h"

const struct fs_cli_option fs_cli_common_options[] = {
    {"config", 'c', false, "FILE", "the configuration file (/etc/fullstop/fullstop.conf)"},
    {"json", 0, false, NULL, "print JSON for scripts; its keys are stable"},
    {"help", 'h', false, NULL, "print help"},
    {"version", 'V', false, NULL, "print the version"},
    {NULL, 0, false, NULL, NULL},
};

/* Longest name that is compared, and how far a typing error may be away. */
#define NEAREST_NAME_MAX_B 32
#define NEAREST_DISTANCE_MAX 2

struct words {
    char *const *items;
    int count;
    int next;
};

static size_t smaller(size_t a, size_t b)
{
    return a < b ? a : b;
}

/* Optimal string alignment: insertions, deletions, changes, neighbours swapped. */
static size_t distance(const char *a, const char *b)
{
    size_t rows[3][NEAREST_NAME_MAX_B + 1];
    size_t a_length = strlen(a);
    size_t b_length = strlen(b);

    if (a_length > NEAREST_NAME_MAX_B || b_length > NEAREST_NAME_MAX_B)
        return NEAREST_NAME_MAX_B;
    for (size_t j = 0; j <= b_length; j++)
        rows[0][j] = j;
    for (size_t i = 1; i <= a_length; i++) {
        size_t *row = rows[i % 3];
        const size_t *above = rows[(i - 1) % 3];
        row[0] = i;
        for (size_t j = 1; j <= b_length; j++) {
            size_t best = above[j - 1] + (a[i - 1] != b[j - 1]);
            best = smaller(best, above[j] + 1);
            best = smaller(best, row[j - 1] + 1);
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                best = smaller(best, rows[(i - 2) % 3][j - 2] + 1);
            row[j] = best;
        }
    }
    return rows[a_length % 3][b_length];
}

const char *fs_cli_nearest(const char *word, const char *const *names, size_t count)
{
    const char *nearest = NULL;
    size_t nearest_distance = NEAREST_DISTANCE_MAX + 1;
    size_t length = strlen(word);

    for (size_t i = 0; i < count; i++) {
        size_t away = distance(word, names[i]);
        if (length >= 3 && fs_text_has_prefix(names[i], word))
            away = 1; /* an abbreviation */
        /* two errors in three letters are another word */
        if (away < nearest_distance && away < length) {
            nearest = names[i];
            nearest_distance = away;
        }
    }
    return nearest;
}

static const struct fs_cli_option *find(const struct fs_cli_option *table, const char *name,
                                        size_t length, char letter)
{
    for (; table != NULL && table->name != NULL; table++) {
        if (letter != 0 && table->letter == letter)
            return table;
        if (letter == 0 && strlen(table->name) == length && strncmp(table->name, name, length) == 0)
            return table;
    }
    return NULL;
}

/* Names of both tables, for a suggestion. */
static size_t all_names(const struct fs_cli_option *own, const char *names[FS_CLI_GIVEN_MAX])
{
    size_t count = 0;

    for (; own != NULL && own->name != NULL && count < FS_CLI_GIVEN_MAX; own++)
        names[count++] = own->name;
    for (own = fs_cli_common_options; own->name != NULL && count < FS_CLI_GIVEN_MAX; own++)
        names[count++] = own->name;
    return count;
}

static enum fs_status unknown(const struct fs_cli_option *own, const char *word,
                              struct fs_error *err)
{
    const char *names[FS_CLI_GIVEN_MAX];
    char name[NEAREST_NAME_MAX_B + 1];
    const char *nearest = NULL;

    if (word[1] == '-') {
        fs_text_copy(name, sizeof name, word + 2);
        name[strcspn(name, "=")] = '\0';
        nearest = fs_cli_nearest(name, names, all_names(own, names));
    }
    if (nearest != NULL)
        return fs_error_set(err, FS_INPUT, "there is no option %s; did you mean --%s?", word,
                            nearest);
    return fs_error_set(err, FS_INPUT, "there is no option %s", word);
}

static enum fs_status give(struct fs_cli_args *out, const struct fs_cli_option *option,
                           const char *value, struct fs_error *err)
{
    if (!option->repeats && fs_cli_args_has(out, option->name))
        return fs_error_set(err, FS_INPUT, "--%s is given twice", option->name);
    if (out->given_count == FS_CLI_GIVEN_MAX)
        return fs_error_set(err, FS_INPUT, "more than %d options are given", FS_CLI_GIVEN_MAX);
    out->given[out->given_count].option = option;
    out->given[out->given_count].value = value;
    out->given_count++;
    return FS_OK;
}

static enum fs_status take_option(const struct fs_cli_option *own, struct words *words,
                                  struct fs_cli_args *out, struct fs_error *err)
{
    const char *word = words->items[words->next++];
    bool is_long = word[1] == '-';
    const char *name = is_long ? word + 2 : word + 1;
    size_t length = is_long ? strcspn(name, "=") : 1;
    char letter = is_long ? '\0' : word[1];
    const char *value = name[length] == '\0' ? NULL : name + length + (is_long ? 1 : 0);
    const struct fs_cli_option *option = find(own, name, length, letter);

    if (option == NULL)
        option = find(fs_cli_common_options, name, length, letter);
    if (option == NULL)
        return unknown(own, word, err);
    if (option->argument == NULL && value != NULL) {
        if (!is_long)
            return unknown(own, word, err);
        return fs_error_set(err, FS_INPUT, "--%s takes no value", option->name);
    }
    if (option->argument != NULL && value == NULL) {
        if (words->next == words->count)
            return fs_error_set(err, FS_INPUT, "--%s needs its value: --%s %s", option->name,
                                option->name, option->argument);
        value = words->items[words->next++];
    }
    return give(out, option, value, err);
}

enum fs_status fs_cli_args_parse(struct fs_arena *arena, const struct fs_cli_option *own,
                                 bool first_only, int count, char *const *items,
                                 struct fs_cli_args *out, int *out_used, struct fs_error *err)
{
    struct words words = {.items = items, .count = count, .next = 0};
    bool options_over = false;
    size_t operand_count = 0;
    const char **operands = fs_arena_alloc(arena, (size_t)count + 1, sizeof *operands);

    if (operands == NULL)
        return fs_error_set(err, FS_NOMEM, "out of memory");
    while (words.next < words.count) {
        const char *word = items[words.next];
        if (!options_over && strcmp(word, "--") == 0) {
            options_over = true;
            words.next++;
        } else if (!options_over && word[0] == '-' && word[1] != '\0') {
            enum fs_status status = take_option(own, &words, out, err);
            if (status != FS_OK)
                return status;
        } else if (first_only) {
            break;
        } else {
            operands[operand_count++] = word;
            words.next++;
        }
    }
    out->operands = operands;
    out->operand_count = operand_count;
    *out_used = words.next;
    return FS_OK;
}

bool fs_cli_args_has(const struct fs_cli_args *args, const char *name)
{
    for (size_t i = 0; i < args->given_count; i++)
        if (strcmp(args->given[i].option->name, name) == 0)
            return true;
    return false;
}

const char *fs_cli_args_value(const struct fs_cli_args *args, const char *name)
{
    for (size_t i = args->given_count; i > 0; i--)
        if (strcmp(args->given[i - 1].option->name, name) == 0)
            return args->given[i - 1].value;
    return NULL;
}

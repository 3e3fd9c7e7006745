/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 the fullstop authors
 *
 * make_index.c - prints the indexes of the tables as C; a program that make runs.
 *
 * Decides the order of entries of one key: of phrases and wishes the later row first, as
 * what is more special stands below. Must not know what a row means, but for which wishes
 * are opt-outs.
 */
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>

#include "mail_bounce.h"
#include "mail_date_rows.h"
#include "mail_index.h"
#include "mail_return_rows.h"
#include "mail_wish_rows.h"

#define ENTRIES_MAX 8192u

struct listed {
    size_t key;
    size_t number; /* in the order in which they were added */
    struct mail_index_entry entry;
};

struct list {
    const char *name;
    struct listed items[ENTRIES_MAX];
    size_t count;
};

static void add(struct list *list, size_t key, size_t table, size_t row, size_t at_b)
{
    bool fits = table <= UINT16_MAX && row <= UINT16_MAX && at_b <= UINT16_MAX;
    if (list->count == ENTRIES_MAX || !fits) {
        fprintf(stderr, "make-index: the tables of %s are too big: row %zu\n", list->name, row);
        exit(EXIT_FAILURE);
    }
    list->items[list->count] =
        (struct listed){key, list->count, {(uint16_t)table, (uint16_t)row, (uint16_t)at_b}};
    list->count++;
}

static int by_key(const void *left, const void *right)
{
    const struct listed *a = left;
    const struct listed *b = right;
    if (a->key != b->key) {
        return a->key < b->key ? -1 : 1;
    }
    return a->number < b->number ? -1 : a->number > b->number;
}

static void turn_round(struct list *list)
{
    for (size_t i = 0; i < list->count; i++) {
        list->items[i].number = list->count - list->items[i].number;
    }
}

static void print(struct list *list, size_t keys)
{
    size_t at = 0;
    qsort(list->items, list->count, sizeof list->items[0], by_key);
    printf("const uint16_t %s_first[] = {", list->name);
    for (size_t key = 0; key <= keys; key++) {
        while (at < list->count && list->items[at].key < key) {
            at++;
        }
        printf("%s%zu,", key % 16 == 0 ? "\n    " : " ", at);
    }
    printf("\n};\nconst struct mail_index_entry %s_entries[] = {", list->name);
    for (size_t i = 0; i < list->count; i++) {
        const struct mail_index_entry *entry = &list->items[i].entry;
        printf("%s{%u, %u, %u},", i % 6 == 0 ? "\n    " : " ", entry->table, entry->row,
               entry->at_b);
    }
    puts("\n};");
}

static void make_dates(struct list *list)
{
    *list = (struct list){.name = "mail_date"};
    for (size_t row = 0; row < mail_date_row_count; row++) {
        add(list, mail_rows_key(mail_date_rows[row].phrases), 0, row, 0);
    }
    print(list, MAIL_ROWS_KEYS);
}

static void make_returns(struct list *list)
{
    *list = (struct list){.name = "mail_return"};
    for (size_t row = 0; row < mail_return_row_count; row++) {
        const char *phrases = mail_return_rows[row].phrases;
        for (const char *at = phrases; *at != '\0'; at += strlen(at) + 1) {
            add(list, mail_rows_key(at), 0, row, (size_t)(at - phrases));
        }
    }
    print(list, MAIL_ROWS_KEYS);
}

static void add_wish(struct list *list, size_t table, size_t row, const struct wish_row *wish)
{
    bool is_opt_out = wish->kind == WISH_OUT || wish->kind == WISH_OUT_MAYBE;
    const char *at = wish->phrase;
    while (true) {
        add(list, wish_key(at) + is_opt_out, table, row, (size_t)(at - wish->phrase));
        while ((unsigned char)*at > ' ' && *at != '|') {
            at++;
        }
        if (*at != '|') {
            return;
        }
        at++;
    }
}

static void make_wishes(struct list *list)
{
    *list = (struct list){.name = "wish"};
    for (size_t table = 0; table < WISH_TABLES; table++) {
        for (size_t row = 0; wish_tables[table][row].phrase != NULL; row++) {
            add_wish(list, table, row, &wish_tables[table][row]);
        }
    }
    turn_round(list);
    print(list, WISH_KEYS);
}

static void make_bounces(struct list *list)
{
    *list = (struct list){.name = "mail_bounce"};
    for (size_t table = 0; table < MAIL_BOUNCE_TABLES; table++) {
        for (size_t row = 0; mail_bounce_tables[table][row].text != NULL; row++) {
            add(list, mail_bounce_key(mail_bounce_tables[table][row].text), table, row, 0);
        }
    }
    turn_round(list);
    print(list, MAIL_BOUNCE_KEYS);
}

int main(void)
{
    struct list *list = malloc(sizeof *list);
    if (list == NULL) {
        fputs("make-index: out of memory\n", stderr);
        return EXIT_FAILURE;
    }
    make_dates(list);
    make_returns(list);
    make_wishes(list);
    make_bounces(list);
    free(list);
    return fflush(stdout) == 0 && !ferror(stdout) ? EXIT_SUCCESS : EXIT_FAILURE;
}

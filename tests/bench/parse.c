/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 the fullstop authors
 *
 * parse.c - merely parses messages with GMime: what classify is measured against.
 *
 * Decides: nothing; each file is read, parsed and forgotten.
 * Usage: parse FILE...
 */
#include <gmime/gmime.h>
#include <stdio.h>

/* False: the file cannot be read. */
static int parse(const char *path)
{
    char *bytes = NULL;
    gsize length_b = 0;
    if (!g_file_get_contents(path, &bytes, &length_b, NULL)) {
        return 0;
    }
    GMimeStream *stream = g_mime_stream_mem_new_with_buffer(bytes, length_b);
    GMimeParser *parser = g_mime_parser_new_with_stream(stream);
    GMimeMessage *message = g_mime_parser_construct_message(parser, NULL);
    if (message != NULL) {
        g_object_unref(message);
    }
    g_object_unref(parser);
    g_object_unref(stream);
    g_free(bytes);
    return 1;
}

int main(int count, char **words)
{
    g_mime_init();
    for (int i = 1; i < count; i++) {
        if (!parse(words[i])) {
            fprintf(stderr, "cannot read %s\n", words[i]);
            return 1;
        }
    }
    g_mime_shutdown();
    return 0;
}

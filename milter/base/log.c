/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 the fullstop authors
 *
 * log.c - lines to syslog or stderr.
 *
 * Decides nothing; keeps control characters out, so that mail cannot forge a line.
 */
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <syslog.h>
#include <unistd.h>

#include "fullstop/log.h"

#define LINE_MAX_B 4096

struct fs_log {
    const char *ident;
    bool to_syslog;
};

static struct fs_log *log_new(const char *ident, bool to_syslog)
{
    struct fs_log *log = calloc(1, sizeof(*log));
    if (log != NULL)
        *log = (struct fs_log){ident, to_syslog};
    return log;
}

struct fs_log *fs_log_new_syslog(const char *ident)
{
    openlog(ident, LOG_PID | LOG_NDELAY, LOG_MAIL);
    return log_new(ident, true);
}

struct fs_log *fs_log_new_stderr(const char *ident)
{
    return log_new(ident, false);
}

void fs_log_free(struct fs_log *log)
{
    if (log != NULL && log->to_syslog)
        closelog();
    free(log);
}

static void clean(char *line)
{
    for (; *line != '\0'; line++) {
        if ((unsigned char)*line < 0x20 || *line == 0x7f)
            *line = '?';
    }
}

static const char *level_word(enum fs_log_level level)
{
    switch (level) {
    case FS_LOG_ERROR:
        return "error: ";
    case FS_LOG_WARNING:
        return "warning: ";
    case FS_LOG_INFO:
    case FS_LOG_DEBUG:
        break;
    }
    return "";
}

static int priority(enum fs_log_level level)
{
    switch (level) {
    case FS_LOG_ERROR:
        return LOG_ERR;
    case FS_LOG_WARNING:
        return LOG_WARNING;
    case FS_LOG_INFO:
        return LOG_INFO;
    case FS_LOG_DEBUG:
        break;
    }
    return LOG_DEBUG;
}

void fs_log_write(struct fs_log *log, enum fs_log_level level, const char *format, ...)
{
    char text[LINE_MAX_B];
    va_list args;
    va_start(args, format);
    int length = vsnprintf(text, sizeof(text), format, args);
    va_end(args);
    if (length < 0)
        return;
    clean(text);
    if (log->to_syslog) {
        syslog(priority(level), "%s%s", level_word(level), text);
        return;
    }
    char line[LINE_MAX_B + 128];
    int line_b = snprintf(line, sizeof(line), "%s: %s%s\n", log->ident, level_word(level), text);
    if (line_b >= (int)sizeof(line))
        line_b = (int)sizeof(line) - 1;
    /* one write per line, so that lines of several threads stay whole */
    if (line_b > 0 && write(STDERR_FILENO, line, (size_t)line_b) < 0)
        return;
}

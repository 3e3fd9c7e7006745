/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 the fullstop authors
 *
 * log.h - where shells (mta, outbox, cli, main) write their lines.
 *
 * Library rooms do not include this: they return errors. One line per call; control
 * characters are replaced by '?', so that mail cannot forge a line. Thread-safe.
 */
#ifndef FULLSTOP_LOG_H
#define FULLSTOP_LOG_H

#include <stdbool.h>

enum fs_log_level { FS_LOG_ERROR, FS_LOG_WARNING, FS_LOG_INFO, FS_LOG_DEBUG };

struct fs_log;

/* Syslog facility mail under ident (borrowed for the life of the process), or stderr
 * with a level prefix. NULL: out of memory. */
struct fs_log *fs_log_new_syslog(const char *ident);
struct fs_log *fs_log_new_stderr(const char *ident);
void fs_log_free(struct fs_log *log);
void fs_log_write(struct fs_log *log, enum fs_log_level level, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

#endif

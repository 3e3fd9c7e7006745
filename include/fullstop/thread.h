/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 the fullstop authors
 *
 * thread.h - starts a thread of the daemon's own.
 */
#ifndef FULLSTOP_THREAD_H
#define FULLSTOP_THREAD_H

#include <pthread.h>
#include <stdbool.h>

/* With all signals blocked: such a thread is no place for them, main.c and libmilter have
 * theirs. The caller's mask stays as it is. False: no thread can be started. */
bool fs_thread_start(pthread_t *out, void *(*run)(void *context), void *context);

#endif

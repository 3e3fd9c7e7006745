/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 the fullstop authors
 *
 * thread.c - starts a thread of the daemon's own.
 *
 * Decides nothing. Must not know what the thread does.
 */
#include <signal.h>

#include "fullstop/thread.h"

bool fs_thread_start(pthread_t *out, void *(*run)(void *context), void *context)
{
    sigset_t all;
    sigset_t before;
    (void)sigfillset(&all);
    (void)pthread_sigmask(SIG_SETMASK, &all, &before);
    int failed = pthread_create(out, NULL, run, context);
    (void)pthread_sigmask(SIG_SETMASK, &before, NULL);
    return failed == 0;
}

/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 the fullstop authors
 *
 * suite.h - runs a suite of Check: the end of each test program's main().
 */
#ifndef FULLSTOP_TESTS_SUITE_H
#define FULLSTOP_TESTS_SUITE_H

#include <check.h>
#include <stdlib.h>

/* Frees the suite. The program's exit status. */
static inline int run_all(Suite *suite)
{
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}

#endif

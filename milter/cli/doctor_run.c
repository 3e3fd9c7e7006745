/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 the fullstop authors
 *
 * doctor_run.c - asks another program, or a file, and reads what it says.
 *
 * Decides where programs of mail servers are looked for, and how long they may take. No
 * shell is ever between: the words are the program's arguments as they are. Output goes to
 * files without a name, so that no pipe can fill up. Must not know what is asked.
 */
#include "doctor.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#define WAIT_MS 10000
#define STEP_MS 5
#define PATH_MAX_B 256
#define NOT_STARTED 127

/* In this order; PATH may lack the sbin ones and is not asked: root may be calling. */
static const char *const folders[] = {
    "/usr/sbin", "/usr/local/sbin",   "/sbin", "/usr/bin", "/usr/local/bin",
    "/bin",      "/opt/postfix/sbin",
};

static bool find_program(const char *name, char *out, size_t size_b)
{
    for (size_t i = 0; i < sizeof folders / sizeof folders[0]; i++) {
        int length_b = snprintf(out, size_b, "%s/%s", folders[i], name);
        if (length_b > 0 && (size_t)length_b < size_b && access(out, X_OK) == 0)
            return true;
    }
    return false;
}

static _Noreturn void become(const char *program, const char *const *words, int out_fd, int err_fd)
{
    int null = open("/dev/null", O_RDWR);

    setenv("LC_ALL", "C", 1);
    if (null < 0 || dup2(null, STDIN_FILENO) < 0 || dup2(out_fd, STDOUT_FILENO) < 0 ||
        dup2(err_fd, STDERR_FILENO) < 0)
        _exit(NOT_STARTED);
    execv(program, (char *const *)words);
    _exit(NOT_STARTED);
}

/* The exit status, -1 when it had to be killed or was. */
static int wait_for(pid_t child)
{
    const struct timespec step = {.tv_nsec = STEP_MS * 1000000L};
    int status = 0;

    for (int waited_ms = 0; waited_ms < WAIT_MS; waited_ms += STEP_MS) {
        pid_t ended = waitpid(child, &status, WNOHANG);
        if (ended == child)
            return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
        if (ended < 0 && errno != EINTR)
            return -1;
        nanosleep(&step, NULL);
    }
    kill(child, SIGKILL);
    while (waitpid(child, &status, 0) < 0 && errno == EINTR)
        ;
    return -1;
}

/* NULL: out of memory. More than the cap is not read. */
static const char *read_all(struct fs_arena *arena, FILE *file)
{
    if (fseek(file, 0, SEEK_END) != 0)
        return "";
    long size = ftell(file);
    size_t length_b = size <= 0 ? 0 : (size_t)size;
    if (length_b > FS_DOCTOR_OUTPUT_MAX_B)
        length_b = FS_DOCTOR_OUTPUT_MAX_B;
    rewind(file);
    char *text = fs_arena_alloc(arena, 1, length_b + 1);
    if (text != NULL)
        text[fread(text, 1, length_b, file)] = '\0';
    return text;
}

static enum fs_status run(struct fs_arena *arena, const char *program, const char *const *words,
                          FILE *output, FILE *complaint, struct fs_doctor_run *out,
                          struct fs_error *err)
{
    fflush(NULL); /* or the child would have what is not written yet as well */
    pid_t child = fork();

    if (child < 0)
        return fs_error_set(err, FS_IO, "%s cannot be started: %s", words[0], strerror(errno));
    if (child == 0)
        become(program, words, fileno(output), fileno(complaint));
    out->status = wait_for(child);
    out->output = read_all(arena, output);
    out->complaint = read_all(arena, complaint);
    if (out->output == NULL || out->complaint == NULL)
        return fs_error_set(err, FS_NOMEM, "out of memory");
    out->has_complaint = out->complaint[0] != '\0';
    return FS_OK;
}

enum fs_status fs_doctor_run(struct fs_arena *arena, const char *const *words,
                             struct fs_doctor_run *out, struct fs_error *err)
{
    char program[PATH_MAX_B];

    if (!find_program(words[0], program, sizeof program))
        return fs_error_set(err, FS_NOT_FOUND, "there is no %s", words[0]);
    FILE *output = tmpfile();
    FILE *complaint = tmpfile();
    enum fs_status status =
        output == NULL || complaint == NULL
            ? fs_error_set(err, FS_IO, "no temporary file can be made: %s", strerror(errno))
            : run(arena, program, words, output, complaint, out, err);
    if (output != NULL)
        fclose(output);
    if (complaint != NULL)
        fclose(complaint);
    return status;
}

enum fs_status fs_doctor_read(struct fs_arena *arena, const char *path, const char **out,
                              struct fs_error *err)
{
    struct stat found;
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);

    if (fd < 0)
        return fs_error_set(err, errno == ENOENT || errno == ENOTDIR ? FS_NOT_FOUND : FS_IO, "%s",
                            strerror(errno));
    if (fstat(fd, &found) != 0 || !S_ISREG(found.st_mode)) {
        close(fd);
        return fs_error_set(err, FS_IO, "it is no file");
    }
    FILE *file = fdopen(fd, "r");
    if (file == NULL) {
        close(fd);
        return fs_error_set(err, FS_IO, "%s", strerror(errno));
    }
    const char *text = read_all(arena, file);
    fclose(file);
    if (text == NULL)
        return fs_error_set(err, FS_NOMEM, "out of memory");
    *out = text;
    return FS_OK;
}

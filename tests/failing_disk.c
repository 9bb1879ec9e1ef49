/* A disk that fails: loaded before the C library, it lets the calls that write below a folder fail, or end the process.

   FAIL_BELOW   the folder
   FAIL_FROM    the first call that fails, from 1; 0 counts only
   FAIL_UNTIL   the first call that works again
   FAIL_HOW     an errno; 0 ends the process before the call, -1 in the middle of what is written
   FAIL_COUNT   a file that is told how many calls there were                                                     */

#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <limits.h>
#include <signal.h>
#include <stdarg.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/types.h>
#include <unistd.h>

static long calls, from, until;
static int how;
static char below[PATH_MAX];

__attribute__((constructor)) static void begin(void) {
    if (!getenv("FAIL_BELOW")) return;
    strncpy(below, getenv("FAIL_BELOW"), PATH_MAX - 1);
    from = atol(getenv("FAIL_FROM")), until = atol(getenv("FAIL_UNTIL")), how = atoi(getenv("FAIL_HOW"));
}

__attribute__((destructor)) static void end(void) {
    FILE *file = getenv("FAIL_COUNT") ? fopen(getenv("FAIL_COUNT"), "w") : NULL;
    if (file) fprintf(file, "%ld", calls), fclose(file);
}

static int fails_path(const char *path) {
    if (!below[0] || strncmp(path, below, strlen(below))) return 0;
    long call = __sync_add_and_fetch(&calls, 1);
    if (!from || call < from || call >= until) return 0;
    if (how == 0) kill(getpid(), SIGKILL);
    errno = how;
    return 1;
}

static int fails(int descriptor) {
    char link[64], path[PATH_MAX] = "";
    snprintf(link, sizeof link, "/proc/self/fd/%d", descriptor);
    return readlink(link, path, sizeof path - 1) > 0 && fails_path(path);
}

/* Of a call that writes nothing there is no middle. */
static int refuses(int failing) {
    if (failing && how == -1) kill(getpid(), SIGKILL);
    return failing;
}

#define REAL(name) ((__typeof__(&name))dlsym(RTLD_NEXT, #name))
#define END_HALFWAY(call) do { if (how == -1) { call; kill(getpid(), SIGKILL); } } while (0)

ssize_t write(int fd, const void *data, size_t size) {
    if (!fails(fd)) return REAL(write)(fd, data, size);
    END_HALFWAY(REAL(write)(fd, data, size / 2));
    return -1;
}
ssize_t pwrite64(int fd, const void *data, size_t size, off64_t at) {
    if (!fails(fd)) return REAL(pwrite64)(fd, data, size, at);
    END_HALFWAY(REAL(pwrite64)(fd, data, size / 2, at));
    return -1;
}
size_t fwrite(const void *data, size_t size, size_t count, FILE *file) {
    if (!fails(fileno(file))) return REAL(fwrite)(data, size, count, file);
    END_HALFWAY((REAL(fwrite)(data, size, count / 2, file), fflush(file)));
    return 0;
}
int fsync(int fd) { return refuses(fails(fd)) ? -1 : REAL(fsync)(fd); }
int fdatasync(int fd) { return refuses(fails(fd)) ? -1 : REAL(fdatasync)(fd); }
int ftruncate64(int fd, off64_t size) { return refuses(fails(fd)) ? -1 : REAL(ftruncate64)(fd, size); }
int rename(const char *old, const char *new) { return refuses(fails_path(new)) ? -1 : REAL(rename)(old, new); }
int mkdir(const char *path, mode_t mode) { return refuses(fails_path(path)) ? -1 : REAL(mkdir)(path, mode); }
int open64(const char *path, int flags, ...) {
    va_list rest;
    va_start(rest, flags);
    mode_t mode = flags & O_CREAT ? va_arg(rest, mode_t) : 0;
    va_end(rest);
    return flags & O_CREAT && refuses(fails_path(path)) ? -1 : REAL(open64)(path, flags, mode);
}
ssize_t read(int fd, void *data, size_t size) { return how == EIO && fails(fd) ? -1 : REAL(read)(fd, data, size); }
ssize_t pread64(int fd, void *data, size_t size, off64_t at) {
    return how == EIO && fails(fd) ? -1 : REAL(pread64)(fd, data, size, at);
}

/* Runs each command RUNS times. For each command, prints the median CPU time and the median elapsed time in
 * microseconds, and the peak memory in KiB.
 *
 *     measure RUNS COMMAND [ARGUMENT...] [-- COMMAND [ARGUMENT...]]...
 *
 * The commands run in turn, because the speed of a machine varies over time. The times include starting and
 * exiting the process, which is half of the cost of a small program. The output of the commands is discarded.
 * If a command fails, the measurement stops. MEASURE_INPUT is the file for their standard input. The default
 * is /dev/null. */
#include <fcntl.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>

enum { MAX_COMMANDS = 16, MAX_RUNS = 10000 };

extern char **environ;

struct sample { long cpu, wall, peak; };

static long microseconds(struct timeval time) {
    return time.tv_sec * 1000000L + time.tv_usec;
}

static struct sample run(char **command) {
    const char *input = getenv("MEASURE_INPUT");
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_addopen(&actions, 0, input ? input : "/dev/null", O_RDONLY, 0);
    posix_spawn_file_actions_addopen(&actions, 1, "/dev/null", O_WRONLY, 0);
    struct timespec start, end;
    struct rusage usage;
    int status;
    pid_t child;
    clock_gettime(CLOCK_MONOTONIC, &start);
    if (posix_spawnp(&child, command[0], &actions, NULL, command, environ) != 0) {
        fprintf(stderr, "measure: cannot start %s\n", command[0]);
        exit(2);
    }
    if (wait4(child, &status, 0, &usage) != child || !WIFEXITED(status) || WEXITSTATUS(status) != 0) {
        fprintf(stderr, "measure: %s failed\n", command[0]);
        exit(1);
    }
    clock_gettime(CLOCK_MONOTONIC, &end);
    posix_spawn_file_actions_destroy(&actions);
    long wall = (end.tv_sec - start.tv_sec) * 1000000L + (end.tv_nsec - start.tv_nsec) / 1000;
    struct sample sample = {microseconds(usage.ru_utime) + microseconds(usage.ru_stime), wall, usage.ru_maxrss};
    return sample;
}

static int by_value(const void *a, const void *b) {
    long x = *(const long *)a, y = *(const long *)b;
    return (x > y) - (x < y);
}

static long median(long *values, int count) {
    qsort(values, count, sizeof *values, by_value);
    return values[count / 2];
}

int main(int argc, char **argv) {
    int runs = argc > 2 ? atoi(argv[1]) : 0, commands = 0;
    char **command[MAX_COMMANDS];
    if (runs < 1 || runs > MAX_RUNS) {
        fprintf(stderr, "usage: measure RUNS COMMAND [ARGUMENT...] [-- COMMAND...]...\n");
        return 2;
    }
    command[commands++] = argv + 2;
    for (int at = 2; at < argc; at++) {
        if (strcmp(argv[at], "--") == 0 && commands < MAX_COMMANDS) {
            argv[at] = NULL;
            command[commands++] = argv + at + 1;
        }
    }
    static long cpu[MAX_COMMANDS][MAX_RUNS], wall[MAX_COMMANDS][MAX_RUNS], peak[MAX_COMMANDS];
    int order[MAX_COMMANDS];
    for (int at = 0; at < commands; at++)
        order[at] = at;
    for (int round = -1; round < runs; round++) {
        /* Shuffle the commands in each round, because a large program leaves cold caches to the next one.
         * rand() is not seeded, so every measurement uses the same orders. */
        for (int at = commands - 1; at > 0; at--) {
            int other = rand() % (at + 1), swap = order[at];
            order[at] = order[other];
            order[other] = swap;
        }
        for (int at = 0; at < commands; at++) {
            int which = order[at];
            struct sample sample = run(command[which]);
            /* The first round only fills the caches. */
            if (round < 0)
                continue;
            cpu[which][round] = sample.cpu;
            wall[which][round] = sample.wall;
            if (sample.peak > peak[which])
                peak[which] = sample.peak;
        }
    }
    for (int which = 0; which < commands; which++)
        printf("%ld %ld %ld\n", median(cpu[which], runs), median(wall[which], runs), peak[which]);
    return 0;
}

#define _GNU_SOURCE
#include "CSpawn.h"

#include <signal.h>

int spawn_change_folder(posix_spawn_file_actions_t *actions, const char *path) {
    return posix_spawn_file_actions_addchdir_np(actions, path);
}

int spawn_close_from(posix_spawn_file_actions_t *actions, posix_spawnattr_t *attributes, int number) {
#ifdef __APPLE__
    // There all is closed that no action names.
    return posix_spawnattr_setflags(attributes, POSIX_SPAWN_CLOEXEC_DEFAULT);
#else
    return posix_spawn_file_actions_addclosefrom_np(actions, number);
#endif
}

int spawn_unblock_signals(posix_spawnattr_t *attributes) {
    sigset_t none;
    short flags = 0;
    sigemptyset(&none);
    posix_spawnattr_setsigmask(attributes, &none);
    posix_spawnattr_getflags(attributes, &flags);
    return posix_spawnattr_setflags(attributes, flags | POSIX_SPAWN_SETSIGMASK);
}

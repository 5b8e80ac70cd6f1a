#ifndef CSPAWN_H
#define CSPAWN_H

#include <spawn.h>

/// What a child does before it becomes the program, where the C library's own names are hidden from Swift: they are
/// extensions of POSIX (https://man7.org/linux/man-pages/man3/posix_spawn.3.html).
int spawn_change_folder(posix_spawn_file_actions_t *actions, const char *path);

/// Leaves the child nothing open from this number on.
int spawn_close_from(posix_spawn_file_actions_t *actions, posix_spawnattr_t *attributes, int number);

/// Blocks no signal of the child: a thread of Dispatch blocks nearly all, and what it starts would inherit that.
int spawn_unblock_signals(posix_spawnattr_t *attributes);

#endif

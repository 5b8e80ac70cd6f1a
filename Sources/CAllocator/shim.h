// How many bytes of this process's heap are in use: malloc's own count, which Swift sees on neither platform.
#ifndef PKGMINE_ALLOCATOR_SHIM_H
#define PKGMINE_ALLOCATOR_SHIM_H
#include <stddef.h>
#if defined(__APPLE__)
#include <malloc/malloc.h>
static inline size_t pkgmine_live_bytes(void) {
    malloc_statistics_t statistics;
    malloc_zone_statistics(NULL, &statistics);
    return statistics.size_in_use;
}
#else
#include <malloc.h>
static inline size_t pkgmine_live_bytes(void) {
    struct mallinfo2 info = mallinfo2();
    return info.uordblks + info.hblkhd;
}
#endif
#endif

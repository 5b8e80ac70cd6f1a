// liblzma begins a stream from a macro of initial values, which Swift does not see.
#ifndef PKGMINE_CLIBLZMA_SHIM_H
#define PKGMINE_CLIBLZMA_SHIM_H
#include <lzma.h>

static inline lzma_ret pkgmine_unxz_open(lzma_stream *stream, uint64_t memory) {
    *stream = (lzma_stream)LZMA_STREAM_INIT;
    return lzma_stream_decoder(stream, memory, LZMA_CONCATENATED);
}
#endif

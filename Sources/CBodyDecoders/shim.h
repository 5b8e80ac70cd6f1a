// The three content encodings that are asked for. zlib opens a stream through a macro, which Swift does not see.
#ifndef PKGMINE_BODY_DECODERS_SHIM_H
#define PKGMINE_BODY_DECODERS_SHIM_H
#include <brotli/decode.h>
#include <zlib.h>
#include <zstd.h>

static inline int pkgmine_gzip_open(z_stream *stream) { return inflateInit2(stream, 16 + MAX_WBITS); }
#endif

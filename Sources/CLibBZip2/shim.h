// bzlib.h includes <stdio.h> itself unless it is told not to; what is used here needs no files.
#ifndef PKGMINE_CLIBBZIP2_SHIM_H
#define PKGMINE_CLIBBZIP2_SHIM_H
#define BZ_NO_STDIO
#include <bzlib.h>
#endif

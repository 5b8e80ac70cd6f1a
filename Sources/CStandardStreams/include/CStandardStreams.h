#ifndef CSTANDARDSTREAMS_H
#define CSTANDARDSTREAMS_H

/// Keeps the numbers of standard streams that were closed from the files that are opened next, which would else get
/// what is printed: a state file of number 1 gets the results. What is put there instead cannot be written or read,
/// so that a closed stdout stays an error of whoever writes to it.
///
/// Runs by itself before `main`, for Swift's own runtime opens files before the first line of an async `main`.
__attribute__((constructor)) void pkgmine_hold_standard_streams(void);

#endif

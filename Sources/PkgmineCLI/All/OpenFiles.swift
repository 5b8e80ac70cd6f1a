import Foundation

/// How many files and connections this process may have open.
enum OpenFiles {
    /// Twenty runs have five files each, and each host up to as many connections as requests at once: more than the 1,024
    /// that many systems begin with, and allow to be raised.
    static func allowMost() {
        var limit = rlimit()
        #if canImport(Glibc)
            let resource = __rlimit_resource_t(RLIMIT_NOFILE.rawValue)
        #else
            let resource = RLIMIT_NOFILE
        #endif
        guard getrlimit(resource, &limit) == 0 else { return }
        limit.rlim_cur = min(limit.rlim_max, max(limit.rlim_cur, 16_384))
        // Where it may not be raised, runs go on with what there is.
        _ = setrlimit(resource, &limit)
    }
}

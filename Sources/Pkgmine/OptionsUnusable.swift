import PackageMining

/// Options that no run can have.
struct OptionsUnusable: Error, CustomStringConvertible {
    let reason: String

    var description: String {
        """
        the options of the run cannot be used
          because: \(printable(reason))
          saved: everything; nothing was begun

        hint: give another value, then make the same call
        """
    }
}

extension MiningOptions {
    /// - Throws: ``OptionsUnusable``
    func check() throws {
        if let limit, limit < 1 { throw OptionsUnusable(reason: "limit takes a number from 1 on, not \(limit)") }
        if !concurrencies.contains(concurrency) {
            throw OptionsUnusable(reason: "concurrency takes a number from 1 to 4096, not \(concurrency)")
        }
        if let fileName, !fileName.isFileName {
            throw OptionsUnusable(
                reason: "fileName takes a name without folder and control characters, not \(fileName)")
        }
    }
}

/// How many requests may be in flight at once.
package let concurrencies = 1...4_096

@testable import crumbs

/// The tests of this package's repository know it by this name.
typealias CrumbMiner = crumbs.CrumbMiner

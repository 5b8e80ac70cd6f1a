import PackageMining
import Synchronization

/// Which proxies of a list fail for all, so that they are passed over and tried again now and then.
///
/// Only a proxy behind which any error leads to the next one can be passed over (`|`). It is counted in requests, not by
/// a clock, and nothing but time depends on it: see ``ProxyWay/ask(_:)``.
package final class ProxyHealth: Sendable {
    /// So many failures in a row, and nothing else, make a proxy passed over: six attempts and some 12 s each.
    package static let mostFailures = 20

    /// Of so many requests that would pass it over, one is given to it.
    package static let trial = 50

    private struct Record {
        var failures = 0
        var passed = 0
    }

    private let mayBePassedOver: [Bool]
    private let records: Mutex<[Record]>

    init(_ list: ProxyList) {
        mayBePassedOver = list.proxies.dropLast().map(\.passesOnErrors) + [false]
        records = Mutex(Array(repeating: Record(), count: list.proxies.count))
    }

    /// The numbers of the proxies that the next request passes over.
    func passOver() -> [Int] {
        guard mayBePassedOver.contains(true) else { return [] }
        return records.withLock { records in
            records.indices.filter { number in
                guard mayBePassedOver[number], records[number].failures >= Self.mostFailures else { return false }
                records[number].passed += 1
                return records[number].passed % Self.trial != 0
            }
        }
    }

    /// Takes note of how a request to a proxy ended. A module that it does not have is no failure.
    func note(_ answer: Result<ProxyAnswer, WireError>, of number: Int) {
        guard mayBePassedOver[number] else { return }
        records.withLock { records in
            switch answer {
            case .success(.info), .success(.absent): records[number] = Record()
            case .failure(let error) where error.isOfModule: records[number] = Record()
            case .success(.refused), .failure: records[number].failures += 1
            }
        }
    }
}

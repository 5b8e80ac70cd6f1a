/// Which faults are played on the requests of a kind.
package enum FaultChoice: Sendable {
    case every

    /// Of each family one, and another one for each kind of requests and each number of attempts, beginning with that of
    /// a number: what several miners are attacked with is every fault.
    case oneOfEachFamily(from: Int)

    /// - Parameters:
    ///   - kind: which one it is of the registry's.
    ///   - times: how often in a row the fault is played.
    package func faults(on kind: Int, times: Int) -> [Fault] {
        guard case .oneOfEachFamily(let first) = self else { return Fault.allCases }
        return FaultFamily.allCases.flatMap { family in
            let faults = Fault.allCases.filter { $0.family == family }
            return family == .ofContent ? faults : [faults[(first + 2 * kind + (times == 1 ? 0 : 1)) % faults.count]]
        }
    }
}

/// Faults of a family are all one to a miner: the session heals them alike, or gives it errors that it cannot tell apart.
package enum FaultFamily: CaseIterable, Sendable {
    case ofPace
    case ofServer
    case ofConnection
    case ofLength
    case ofAddress
    case ofSize

    /// Only who reads the content can tell, each by itself.
    case ofContent
}

extension Fault {
    package var family: FaultFamily {
        switch self {
        case .throttledForSeconds, .throttledUntilDate, .throttledAbsurdly, .throttled, .unavailable: .ofPace
        case .internalError, .badGateway, .gatewayTimeout: .ofServer
        case .refused, .resetBeforeBody, .resetInsideBody, .trickle, .silence: .ofConnection
        case .cutAtLineEnd, .cutInsideLine, .cutChunked, .cutInsideGzip, .shortGzip, .lengthTooLarge: .ofLength
        case .redirect, .redirectLoop, .redirectToHTTP, .redirectToFile: .ofAddress
        case .hugeBody, .gzipBomb: .ofSize
        case .cutUnframed, .emptyBody, .html, .shortPage: .ofContent
        }
    }
}

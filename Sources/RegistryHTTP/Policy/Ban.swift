import Foundation
import PackageMining

/// A host has locked us out, since more was asked than it bears (``PackageMining/Pace/ban``): to ask on would make it
/// longer.
struct Ban {
    let status: Int

    /// When it may be over.
    let end: Date

    /// The error of a request that met it, or was not sent for its sake.
    func error(of transfer: Transfer) -> WireError {
        let reason = "\(transfer.host) locks out who asks more than it bears (status \(status))"
        return WireError(.banned, url: transfer.order.url, reason, status: status, mayBeAskedAt: end)
    }
}

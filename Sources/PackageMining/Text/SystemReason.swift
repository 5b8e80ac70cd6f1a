import Foundation

/// The operating system's reason for an error, without Foundation's sentence around it.
package func systemReason(_ error: any Error) -> String {
    var innermost = error as NSError
    // Foundation on Linux has causes there that are errors, and no NSErrors.
    while let cause = innermost.userInfo[NSUnderlyingErrorKey] as? any Error { innermost = cause as NSError }
    if innermost.domain == NSPOSIXErrorDomain { return String(cString: strerror(Int32(innermost.code))) }
    return posixReason(CocoaError.Code(rawValue: innermost.code), in: innermost.domain)
        ?? innermost.localizedDescription
}

/// Foundation on Linux drops the cause of some errors that it has names for.
private func posixReason(_ code: CocoaError.Code, in domain: String) -> String? {
    guard domain == NSCocoaErrorDomain else { return nil }
    let number: Int32? =
        switch code {
        case .fileWriteNoPermission, .fileReadNoPermission: EACCES
        case .fileWriteVolumeReadOnly: EROFS
        case .fileWriteOutOfSpace: ENOSPC
        case .fileNoSuchFile, .fileReadNoSuchFile: ENOENT
        default: nil
        }
    return number.map { String(cString: strerror($0)) }
}

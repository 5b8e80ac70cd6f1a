package import Foundation
import PackageMining

/// When to come back, as the value of a Retry-After field says it (RFC 9110, 10.2.3): seconds, or one of the three
/// forms of an HTTP date. Nothing for what is neither; a time that has passed is now.
package func secondsToWait(retryAfter value: String, now: Date) -> Double? {
    let text = value.trimmingCharacters(in: .whitespaces)
    if !text.isEmpty, text.utf8.allSatisfy({ (0x30...0x39).contains($0) }) { return Double(text) }
    guard let date = httpDate(text) else { return nil }
    return max(0, date.timeIntervalSince(now))
}

/// When a limit of requests begins anew, as the value of an X-RateLimit-Reset field says it: in seconds since 1970, as
/// GitHub and Hex do (https://docs.github.com/en/rest/using-the-rest-api/rate-limits-for-the-rest-api), or in seconds
/// from now, as others do. No limit lasts for thirty years, so that the two cannot be taken for one another.
package func secondsToWait(reset value: String, now: Date) -> Double? {
    guard let seconds = secondsToWait(retryAfter: value, now: now), seconds.isFinite else { return nil }
    return seconds < 1e9 ? seconds : max(0, seconds - now.timeIntervalSince1970)
}

package import Foundation

/// IMF-fixdate, RFC 850 and asctime (RFC 9110, 5.6.7), always UTC.
package func httpDate(_ text: String) -> Date? {
    for form in ["EEE, dd MMM yyyy HH:mm:ss zzz", "EEEE, dd-MMM-yy HH:mm:ss zzz", "EEE MMM d HH:mm:ss yyyy"] {
        let reader = DateFormatter()
        reader.locale = Locale(identifier: "en_US_POSIX")
        reader.timeZone = TimeZone(secondsFromGMT: 0)
        reader.dateFormat = form
        reader.isLenient = false
        if let date = reader.date(from: text) { return date }
    }
    return nil
}

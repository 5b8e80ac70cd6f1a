import Foundation

extension Pace {
    /// `asked at most 100 times a minute, 2 at once; a refusal is a ban for 60 min`. Nil where nothing is said.
    package var inWords: String? {
        let limits = [often, atOnce.map { "\($0) at once" }].compactMap(\.self).joined(separator: ", ")
        let pace = limits.isEmpty ? nil : "asked at most \(limits)"
        let rest = hourlyRest > .zero ? "not in an hour's first \(told(hourlyRest))" : nil
        let words = [pace, rest, ban.map { "a refusal is a ban for \(told($0))" }].compactMap(\.self)
        return words.isEmpty ? nil : words.joined(separator: "; ")
    }

    private var often: String? {
        if interval <= .zero { return nil }
        let perMinute = Duration.seconds(60) / interval
        let whole = perMinute.rounded()
        return whole >= 1 && abs(perMinute - whole) < 1e-6
            ? whole == 1 ? "once a minute" : "\(Int(whole)) times a minute" : "every \(told(interval))"
    }

    private func told(_ duration: Duration) -> String {
        let seconds = duration / .seconds(1)
        let isLong = seconds >= 120
        let number = (isLong ? seconds / 60 : seconds).formatted(
            .number.precision(.fractionLength(0...2)).grouping(.never).locale(Locale(identifier: "en_US")))
        return "\(number) \(isLong ? "min" : "s")"
    }
}

extension Ecosystem {
    /// What is known of the paces of its registries: `Hex API: asked at most 100 times a minute`.
    package var pacesInWords: [String] {
        registries.compactMap { registry in
            registry.pace?.inWords.map { "\(registry.name): \($0)" }
        }
    }
}

import PackageMining

extension StrangersHost {
    /// How often one is asked for the same thing.
    package static let attempts = 2

    /// The longest time for one attempt, so that one that does not answer takes a minute at most.
    static let attemptTimeout = Duration.seconds(25)

    /// As many as the go command follows.
    package static let redirects = 9
}

extension Order {
    /// Why it cannot be sent to a stranger's host, whatever that is; nil where it can, or where it goes to a registry.
    ///
    /// Names are looked at when they have an address. Behind a proxy of the environment they have none here.
    var refusedAsStrangers: WireError? {
        guard let stranger else { return nil }
        if !url.lowercased().hasPrefix("https://") { return WireError(.refused, url: url, "it is no https address") }
        guard !stranger.mayBePrivate, let address = NetworkAddress(ofHostIn: url), !address.isPublic else { return nil }
        return WireError(.refused, url: url, "\(address) is no address of the public network")
    }
}

import PackageMining

/// A gallery whose server grew out of NuGet's: what is asked of it, and what it bears.
public enum Gallery: Sendable {
    case chocolatey, powerShell

    var defaultFeedURL: String {
        switch self {
        case .chocolatey: "https://community.chocolatey.org/api/v2"
        case .powerShell: "https://www.powershellgallery.com/api/v2"
        }
    }

    /// The first page of each feed, below its folder.
    ///
    /// Chocolatey filters behind its paging, ignores `$skip`, and refuses what lies behind 10,000 rows: it is asked for
    /// nothing but the filter, which leaves out what has pre-releases alone. PowerShell Gallery has a feed of scripts and
    /// one of modules, which may have the scripts as well, and has a filter for pre-releases too. With `semVerLevel` it
    /// loses packages (https://github.com/PowerShell/PowerShellGallery/issues/268).
    var feeds: [String] {
        switch self {
        case .chocolatey: ["/Packages()?$filter=IsLatestVersion"]
        case .powerShell:
            ["/items/psscript", ""].map {
                "\($0)/Packages()?$filter=IsAbsoluteLatestVersion&$orderby=Id&$inlinecount=allpages"
            }
        }
    }

    var tellsCount: Bool { self == .powerShell }

    /// Whether one package can be asked for; Chocolatey answers that with nothing.
    var tellsByID: Bool { self == .powerShell }

    /// The property with the repository; PowerShell Gallery has none. Chocolatey's `PackageSourceUrl` is that of the
    /// packaging.
    var repositoryProperty: String? { self == .chocolatey ? "ProjectSourceUrl" : nil }

    /// Whoever asks Chocolatey more than some 20 times a minute is refused, and locked out for an hour, then for two (as
    /// seen in July 2026).
    func ecosystem(at url: String) -> Ecosystem {
        switch self {
        case .chocolatey:
            let pace = Pace(interval: .milliseconds(3_500), ban: .seconds(3_600))
            let registry = Registry(name: "Chocolatey feed", url: url, pace: pace)
            return Ecosystem(
                id: "chocolatey", platform: "Chocolatey", fileName: "Chocolatey", purlType: "chocolatey",
                registries: [registry])
        case .powerShell:
            return Ecosystem(
                id: "psgallery", platform: "PowerShellGallery", fileName: "PowerShellGallery", purlType: "generic",
                registries: [Registry(name: "PowerShell Gallery", url: url)])
        }
    }
}

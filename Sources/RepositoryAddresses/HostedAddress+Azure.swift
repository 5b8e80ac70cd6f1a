/// Azure DevOps and Azure DevOps Server (https://learn.microsoft.com/azure/devops/repos/git).
///
/// `/organisation/[project/[team/]]_git/[_full/|_optimized/]name`. A project's name is left out where its repository
/// bears it, a team is a view of its project, and the words before the name say how much of it is to be fetched. Names
/// are told apart without regard to case.
extension HostedAddress {
    /// The segments of a project and, maybe, its team; and the one of the repository.
    private struct AzurePath {
        let project: Range<Int>
        let name: Int
    }

    func azure(_ entry: HostIndex.Entry, _ text: Span<UInt8>) throws(NoRepository) -> CanonicalAddress {
        guard let mark = azureMark(text), mark > 0 else { throw .projectPage }
        let path = AzurePath(project: 1..<mark, name: try azureName(text, mark))
        return try azure(entry, organisation: segments[0], path, text)
    }

    /// `v3/organisation/project/name`, and before it `[DefaultCollection/]project/_ssh/name` with the organisation for
    /// the user.
    func azureSSH(_ entry: HostIndex.Entry, _ text: Span<UInt8>) throws(NoRepository) -> CanonicalAddress {
        guard let mark = azureMark(text) else {
            let hasPort = segments.first.map { text.all(in: $0, ASCII.isDigit) } == true
            return try (hasPort ? with(segments.dropFirst()) : self).azureV3(entry, text)
        }
        let first = isDefaultCollection(text) ? 1 : 0
        guard !parts.user.isEmpty, first <= mark else { throw .malformed }
        let path = AzurePath(project: first..<mark, name: try azureName(text, mark))
        return try azure(entry, organisation: parts.user, path, text)
    }

    private func azureV3(_ entry: HostIndex.Entry, _ text: Span<UInt8>) throws(NoRepository) -> CanonicalAddress {
        guard segments.count >= 4, text.equals("v3", segments[0]) else { throw .malformed }
        let name = isView(text, segments[3]) ? 4 : 3
        guard segments.count == name + 1 else { throw .malformed }
        return try azure(entry, organisation: segments[1], AzurePath(project: 2..<3, name: name), text)
    }

    /// `organisation.visualstudio.com/[DefaultCollection/]project/_git/name`, as Azure DevOps was called.
    func visualStudio(
        _ entry: HostIndex.Entry, _ before: Int, _ text: Span<UInt8>
    ) throws(NoRepository) -> CanonicalAddress {
        let organisation = Array(host[..<before])
        guard !organisation.contains(ASCII.dot) else { throw .hostPage }
        if isDefaultCollection(text) {
            return try with(segments.dropFirst()).azure(entry, organisation: organisation, text)
        }
        return try azure(entry, organisation: organisation, text)
    }

    private func azure(
        _ entry: HostIndex.Entry, organisation: [UInt8], _ text: Span<UInt8>
    ) throws(NoRepository) -> CanonicalAddress {
        guard let mark = azureMark(text) else { throw .projectPage }
        let path = AzurePath(project: 0..<mark, name: try azureName(text, mark))
        var repository = CanonicalAddress(entry, of: self, text)
        repository.append(word: organisation)
        try append(path, entry, to: &repository, text)
        return repository
    }

    /// `host/[tfs/]collection/[project/[team/]]_git/name` on a server of one's own.
    ///
    /// Only behind `tfs`, which it is set up with, is it known how many names there are.
    func azureServer(_ mark: Int, _ text: Span<UInt8>) throws(NoRepository) -> CanonicalAddress {
        let name = try azureName(text, mark)
        let entry = HostIndex.ignoringCase
        let base = segments.first.map { text.equals("tfs", $0) } == true ? 1 : 0
        let isKnown = mark > base && mark <= base + (base == 1 ? 3 : 1)
        var repository = CanonicalAddress(entry, of: self, text)
        for segment in segments[..<(isKnown ? base + 1 : mark)] { try repository.append(text, segment, entry, .path) }
        if isKnown {
            try append(AzurePath(project: base + 1..<mark, name: name), entry, to: &repository, text)
        } else {
            try append(name: name, entry, to: &repository, text)
        }
        return repository
    }

    /// Where `_git` or `_ssh` stands, behind which the repository's name is.
    func azureMark(_ text: Span<UInt8>) -> Int? {
        segments.firstIndex { text.equals("_git", $0) || text.equals("_ssh", $0) }
    }

    private func azureName(_ text: Span<UInt8>, _ mark: Int) throws(NoRepository) -> Int {
        let name = mark + 1 < segments.count && isView(text, segments[mark + 1]) ? mark + 2 : mark + 1
        guard name < segments.count else { throw .projectPage }
        try refuseLonger(text, than: name + 1)
        return name
    }

    private func isView(_ text: Span<UInt8>, _ segment: Range<Int>) -> Bool {
        text.equals("_optimized", segment) || text.equals("_full", segment)
    }

    private func isDefaultCollection(_ text: Span<UInt8>) -> Bool {
        segments.first.map { text.equals("defaultcollection", $0) } ?? false
    }

    private func azure(
        _ entry: HostIndex.Entry, organisation: Range<Int>, _ path: AzurePath, _ text: Span<UInt8>
    ) throws(NoRepository) -> CanonicalAddress {
        var repository = CanonicalAddress(entry, of: self, text)
        try repository.append(text, organisation, entry, .path)
        try append(path, entry, to: &repository, text)
        return repository
    }

    /// The project, `_git` and the repository.
    private func append(
        _ path: AzurePath, _ entry: HostIndex.Entry, to repository: inout CanonicalAddress, _ text: Span<UInt8>
    ) throws(NoRepository) {
        guard path.project.count <= 2 else { throw .malformed }
        let project = path.project.first.map { segments[$0] } ?? bareSegment(text, segments[path.name])
        try repository.append(text, project, entry, .path)
        try append(name: path.name, entry, to: &repository, text)
    }

    /// No repository's name begins with `_`
    /// (https://learn.microsoft.com/azure/devops/organizations/settings/naming-restrictions).
    private func append(
        name: Int, _ entry: HostIndex.Entry, to repository: inout CanonicalAddress, _ text: Span<UInt8>
    ) throws(NoRepository) {
        guard text[segments[name].lowerBound] != UInt8(ascii: "_") else { throw .projectPage }
        repository.append(word: Self.git)
        try repository.append(text, segments[name], entry, .pathName)
    }

    private func bareSegment(_ text: Span<UInt8>, _ segment: Range<Int>) -> Range<Int> {
        segment.lowerBound..<text.nameEnd(of: segment, isStrict: false)
    }

    private static let git = Array("_git".utf8)
}

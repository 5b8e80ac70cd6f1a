import PackageMining

/// Finds the repository of a module as the go command begins to where it goes direct: by the path alone where that tells
/// it, and else by what the page at the path says. Nothing is cloned, and no repository is asked.
struct DirectLookup: Sendable {
    let pages: GoImportPages
    let mayAskPrivateHosts: Bool
    let session: any RegistrySession

    /// - Returns: nil where the go command would find nothing.
    /// - Throws: the end of the run. A host that could not be asked is a failed look-up, since others can.
    func resolve(_ package: Package) async throws -> Resolution? {
        do {
            switch try await find(package.name) {
            case .repository(let url): return .direct(repository: url)
            case .proxy(let url): return try await ask(proxy: url, for: package)
            }
        } catch is GoImports.NotFound {
            return nil
        } catch let error as WireError where error.category != .cancelled && error.category != .banned {
            return Resolution(.failed, because: "\(error.url) could not be asked: \(error)")
        }
    }

    private enum Finding {
        case repository(String)
        case proxy(String)
    }

    private func find(_ path: String) async throws -> Finding {
        switch StaticRepository(path) {
        case .at(let url): return .repository(url)
        case .nowhere(let reason): throw GoImports.NotFound(reason)
        case nil: break
        }
        let found = try await page(path).match(path)
        // Whoever has a part of a host does not speak for all of it.
        if !found.prefix.utf8.elementsEqual(path.utf8), try await page(found.prefix).match(path) != found {
            throw GoImports.NotFound("the pages of \(path) and \(found.prefix) do not say the same")
        }
        if let fault = found.fault { throw GoImports.NotFound(fault) }
        return found.isProxy ? .proxy(found.repository) : .repository(found.repository)
    }

    private func page(_ path: String) async throws -> GoImports {
        let stranger = StrangersHost(mayBePrivate: mayAskPrivateHosts)
        return try await pages.page(path, as: stranger, through: session)
    }

    /// Asks the module proxy that a page has named. Its address is no repository's: there is one only where it tells an
    /// Origin.
    private func ask(proxy url: String, for package: Package) async throws -> Resolution? {
        var way = ProxyWay(list: ProxyList(only: url), session: session)
        way.stranger = StrangersHost(mayBePrivate: mayAskPrivateHosts)
        let answer = try await OriginLookup(proxies: way).resolve(package)
        switch answer.outcome {
        case .resolved: return answer.repository.map { .direct(repository: $0) }
        case .noRepository: return answer
        case .gone, .notCached: return nil
        default: return Resolution(.failed, because: "\(url), the proxy of its page, says: \(answer.outcome.rawValue)")
        }
    }
}

extension GoImport {
    /// Why the go command does not use it; nil where it does.
    fileprivate var fault: String? {
        if subdirectory.hasPrefix("/") || subdirectory.hasPrefix("-") { return "its subdirectory is none" }
        if let fault = faultOfRepository(repository) { return fault }
        return ["git", "hg", "svn", "fossil", "mod"].contains(vcs) ? nil : "it names no version control that is known"
    }
}

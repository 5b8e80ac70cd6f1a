import MinerHarness
import NPMMiner
import PackageMining

/// npm's two services as a test writes them: what the database answers, and what the registry has.
struct StubNPM {
    static let database = "https://db.test/registry"
    static let registry = "https://npm.test"

    let session = StubSession()
    let miner = NPMMiner(replicationURL: StubNPM.database, registryURL: StubNPM.registry)

    /// What was asked for, without the addresses of the services.
    var asked: [String] {
        session.requests.map { $0.replacing(Self.database, with: "db").replacing(Self.registry, with: "npm") }
    }

    func updateSeq(_ seq: Int) {
        session.set("\(Self.database)/", Array(#"{"db_name":"registry","doc_count":9,"update_seq":\#(seq)}"#.utf8))
    }

    /// A page of names, from a key on as it stands in the address. Each name is at its first revision, unless it is
    /// written `name 2-b`.
    func names(from key: String? = nil, at offset: Int = 0, of total: Int, _ names: [String]) {
        let rows = names.map { name in
            let words = name.split(separator: " ")
            let revision = words.count > 1 ? words[1] : "1-a"
            return #"{"id":"\#(words[0])","key":"\#(words[0])","value":{"rev":"\#(revision)"}}"#
        }
        page(from: key, #"{"total_rows":\#(total),"offset":\#(offset),"rows":[\#(rows.joined(separator: ","))]}"#)
    }

    func page(from key: String? = nil, _ text: String) {
        let start = key.map { "&startkey=%22\($0)%22" } ?? ""
        session.set("\(Self.database)/_all_docs?limit=10000\(start)", Array(text.utf8))
    }

    /// All names, on one page.
    func allNames(_ names: [String]) {
        self.names(of: names.count, names)
        guard let last = names.last else { return }
        let key = String(last.prefix { $0 != " " }).replacing("@", with: "%40").replacing("/", with: "%2F")
        self.names(from: key, at: names.count - 1, of: names.count, [last])
    }

    /// What the feed tells behind a seq: `7 name`, and `8 name gone` where it was deleted. Behind that it has nothing.
    func changes(since seq: Int, _ rows: [String] = [], last: Int? = nil) {
        let told = rows.map { row in
            let words = row.split(separator: " ")
            let deletion = words.last == "gone" ? #","deleted":true"# : ""
            let revision = "\(words[0])-\(words[1].count)"
            return #"{"seq":\#(words[0]),"id":"\#(words[1])","changes":[{"rev":"\#(revision)"}]\#(deletion)}"#
        }
        let end = last ?? rows.last.flatMap { Int($0.prefix { $0 != " " }) } ?? seq
        feed(since: seq, #"{"results":[\#(told.joined(separator: ","))],"last_seq":\#(end)}"#)
        if end != seq, last == nil { changes(since: end) }
    }

    func feed(since seq: Int, _ text: String) {
        session.set("\(Self.database)/_changes?since=\(seq)&limit=10000", Array(text.utf8))
    }

    /// What the registry answers for the path of a package's name.
    func manifest(_ path: String, _ text: String, status: Int = 200) {
        session.set("\(Self.registry)/\(path)/latest", Array(text.utf8), status: status)
    }

    func document(_ path: String, _ text: String, status: Int = 200) {
        session.set("\(Self.registry)/\(path)", Array(text.utf8), status: status)
    }

    /// A manifest with a homepage of that name.
    func known(_ names: String..., at home: String = "home") {
        for name in names { manifest(name, #"{"name":"x","homepage":"\#(home)/\#(name)"}"#) }
    }
}

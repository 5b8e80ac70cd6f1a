import MinerTestKit

/// What can be wrong with a miner, and the promise that it breaks.
enum ShelfFlaw: String, CaseIterable {
    /// Takes the first page of each shelf for all of it.
    case readsOnePage
    /// Leaves out the last entry of a page.
    case dropsLastEntry
    /// Takes the order of arrival for the order of the registry.
    case countsArrivals
    /// Hands over a cursor that lies behind the next page.
    case storesCursorTooFar
    /// Remembers in the process what has to be in the cursor.
    case remembersInProcess
    /// Its cursor reads back a little earlier than it was written.
    case codesCursorRoughly
    /// Numbers entries by the requests that were made, so that a page that comes again counts anew.
    case countsRequests
    /// Gives each entry a version of its own whenever it is listed, and lists all of them again in an update.
    case inventsVersions
    /// Begins each update at the beginning.
    case startsOver
    /// Begins an update a book too late.
    case updatesTooLate
    /// Takes an empty body for an empty page.
    case takesNothingForEmpty
    /// Takes whatever it cannot read for the end of the list.
    case takesPageForPeopleForEnd
    /// Takes the first page without entries for the end.
    case trustsEmptyPage
    /// Tries again by itself, on top of the session's attempts.
    case retriesItself
    /// Ends the list at an error.
    case endsAtError
    /// Takes any error of a look-up for "the registry has none".
    case settlesErrors
    /// Looks at the first book as well, whichever it looks up.
    case asksNeighbours
    /// Takes any status but 200 for "gone".
    case takesRefusalForGone
    /// Takes a book that the registry does not have for one without a repository.
    case takesAbsenceForNone
    /// Takes any refusal of a look-up for "the registry has none".
    case takesRefusalForNone
    /// Trims names.
    case trimsNames
    /// Puts names into URLs as they are.
    case asksRaw
    /// Reads bytes that are no UTF-8 as if they were.
    case mendsNames
    /// Keeps what it has looked up in files of its own, named after the books.
    case keepsFiles
    /// Puts an answer that it cannot read into its error, as it came.
    case quotesAnswers
    /// Does not say what its registry bears.
    case statesNoPace
    /// Looks books up through a session of its own.
    case asksPastSession
    /// Takes a ban for "the registry has none".
    case takesBanForNone
    /// Makes its requests where a cancellation does not reach them.
    case outlivesCancellation
    /// Asks for the same page for ever.
    case goesRound
    /// Waits for what never comes.
    case hangs
    /// Keeps every entry in memory.
    case hoardsEntries
    /// Asks on for ever, whatever it is told.
    case swallowsErrors
    /// Waits between two pages by itself.
    case sleeps
    /// Hands over all pages as one, behind the last of them.
    case pushesOnce
    /// Remembers in the process which books it was told of, and looks no others up.
    case remembersNames
    /// Takes a page that is shorter than one before it for the last.
    case endsAtShorterPage
    /// Takes any refusal of a page for a page without entries.
    case takesRefusedPageForEmpty
    /// Passes over entries that it cannot read.
    case dropsUnreadable
    /// Takes a page with an entry that it cannot read for one that cannot be read.
    case readsAllOrNothing
    /// Passes over books that have no name.
    case dropsNameless
    /// Takes 403 for "gone".
    case takesForbiddenForGone
    /// Takes "the registry has none" for "gone".
    case takesNoneForGone
    /// Escapes names as for a URL's query.
    case escapesForQuery
    /// Tells times in whole seconds.
    case roundsPlaces
    /// Takes any of several links, as a hash table has them.
    case takesAnyLink
    /// Does not say which edition it was told of.
    case overlooksEditions
    /// Does not say which books were taken back.
    case overlooksRemovals

    /// Whether a run with it does not end by itself: the suite need not be patient to find that out.
    var neverEnds: Bool { [.hangs, .outlivesCancellation, .asksPastSession].contains(self) }

    /// The promise that a miner with this flaw must be found to break, and words of what must be found: a breach for
    /// another reason would say nothing of the check that is meant. Which page and which line are found where walkers
    /// walk side by side is chance, and not among the words.
    var breaks: (promise: ConformancePromise, evidence: String) {
        switch self {
        case .readsOnePage: (.list, "the list has 9 lines, not 15")
        case .dropsLastEntry: (.list, "the list has 11 lines, not 15")
        case .countsArrivals: (.list, ",Wrong on purpose,book-")
        case .goesRound: (.list, "it does not end: 5000 requests and pages of one process")
        case .hangs: (.list, "it hangs: nothing has happened for ")
        case .storesCursorTooFar, .remembersInProcess: (.resumption, "killed behind write ")
        case .codesCursorRoughly: (.cursor, "{\"after\":5,\"isRough\":true,\"shelf\":\"a\"} does not read back")
        case .countsRequests: (.repetition, "is lost: line ")
        case .startsOver: (.update, "the list was read from its beginning")
        case .updatesTooLate: (.update, "the list has 15 lines, not 19; line 16 is \"\"")
        case .inventsVersions: (.update, "with nothing new: asked for /book/")
        case .takesNothingForEmpty:
            (.faults, "empty on each listing request, 3 in a row: exit code 0, and the list has 1 ")
        case .takesPageForPeopleForEnd:
            (.faults, " on each listing request, 3 in a row: exit code 0, and the list has 1 ")
        case .trustsEmptyPage: (.ending, "empty at first, 1 in a row: the list has 1 lines, not 15")
        case .retriesItself: (.outage, "?after=0 was asked for 30 times, not 6")
        case .endsAtError: (.outage, "for ever: exit code 0, and the list has 1 lines, not 15")
        case .quotesAnswers: (.outage, "a text that is shown has control characters: <!DOCTYPE html>")
        case .settlesErrors, .takesRefusalForGone: (.failure, "answers 500 for ever: exit code 0, and line ")
        case .asksNeighbours: (.failure, "the next run asked for /book/book%2D14 /book/book%2D2")
        case .takesAbsenceForNone:
            (.contradiction, "one run behind what lists: exit code 0, and line 17 is")
        case .takesRefusalForNone:
            (.contradiction, "400 to each look-up: exit code 0, and 14 packages were taken for looked up")
        case .trimsNames: (.names, "is \"38,Wrong on purpose,space,nan,nan\", not \"38,Wrong on purpose, space ,")
        case .asksRaw: (.names, "failed two\\u{A}lines refused: URL using bad/illegal format")
        case .mendsNames: (.names, "\"raw-1-\u{FFFD}\" (72 61 77 2d 31 2d ef bf bd) is the name of no package")
        case .keepsFiles: (.names, "a file was written: ")
        case .statesNoPace: (.pace, " came 0.0 s behind the one before it, where 0.25 s is borne")
        case .asksPastSession: (.pace, " requests arrived, and the session has sent ")
        case .takesBanForNone: (.pace, "and that is a ban: the run went on, to exit code 0")
        case .outlivesCancellation: (.cancellation, "it hangs: nothing has happened for ")
        case .hoardsEntries: (.memory, " bytes of memory")
        case .swallowsErrors:
            (.list, "it does not end: 5000 requests and pages of one process, and it goes on when it is stopped")
        case .sleeps: (.list, "the walk does nothing but ask and hand over: between two of its calls it waits for ")
        case .pushesOnce: (.resumption, "pages are handed over as they come: 9 requests are made before anything is ")
        case .remembersNames: (.resumption, "killed behind write ")
        case .endsAtShorterPage: (.ending, "every other page of the list has 1 entries: the list has ")
        case .takesRefusedPageForEmpty:
            (.outage, "403 on each listing request, for ever: exit code 0, and the list has 1 lines, not 15")
        case .dropsUnreadable: (.unreadable, "1 entries cannot be read, and packages stand behind them: exit code 0")
        case .readsAllOrNothing: (.unreadable, "stand behind them: the run ended with an error: malformed: no page of ")
        case .dropsNameless: (.unreadable, "a package has no name: exit code 0")
        case .takesForbiddenForGone: (.failure, "answers 403 for ever: exit code 0, and line 2 is ")
        case .takesNoneForGone: (.list, "the look-up of \"book-5\" ended as 'gone', not as 'no repository'")
        case .escapesForQuery: (.names, "hostile names: line ")
        case .roundsPlaces: (.list, "packages are told one behind another within one second: line 16 is ")
        case .takesAnyLink: (.list, "packages have several links that fit: line ")
        case .overlooksEditions: (.update, "package 1 has a newer version and other links: line 2 is ")
        case .overlooksRemovals: (.update, "package 1 is taken back: the list has 15 lines, not 14")
        }
    }
}

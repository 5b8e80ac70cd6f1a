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
    /// Takes any status but 200 for "gone".
    case takesRefusalForGone
    /// Trims names.
    case trimsNames
    /// Puts names into URLs as they are.
    case asksRaw
    /// Makes its requests where a cancellation does not reach them.
    case outlivesCancellation

    /// The promises that a miner with this flaw must be found to break.
    var breaks: [ConformancePromise] {
        switch self {
        case .readsOnePage, .dropsLastEntry, .countsArrivals: [.list]
        case .storesCursorTooFar, .remembersInProcess: [.resumption]
        case .codesCursorRoughly: [.cursor]
        case .countsRequests: [.repetition]
        case .startsOver, .updatesTooLate: [.update]
        case .takesNothingForEmpty, .takesPageForPeopleForEnd: [.faults]
        case .trustsEmptyPage: [.ending]
        case .retriesItself, .endsAtError: [.outage]
        case .settlesErrors, .takesRefusalForGone: [.failure]
        case .trimsNames, .asksRaw: [.names]
        case .outlivesCancellation: [.cancellation]
        }
    }
}

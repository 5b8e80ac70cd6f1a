#include "registry_json.h"

static size_t skip_string(registry_json_scan *scan, const char *bytes, size_t at, size_t count) {
    if (scan->is_escaped && at < count) {
        scan->is_escaped = false;
        at++;
    }
    while (at < count && bytes[at] != '"') {
        if (bytes[at] == '\\') {
            if (at + 1 == count) {
                scan->is_escaped = true;
                return count;
            }
            at++;
        }
        at++;
    }
    if (at < count) {
        scan->is_in_string = false;
        return at + 1;
    }
    return count;
}

size_t registry_json_scan_ends(registry_json_scan *scan, const char *bytes, size_t count, size_t enough, size_t *ends,
                               size_t capacity) {
    size_t at = scan->at;
    size_t found = 0;
    while (at < count && found < capacity && !scan->is_closed && (found == 0 || ends[found - 1] < enough)) {
        if (scan->is_in_string) {
            at = skip_string(scan, bytes, at, count);
            continue;
        }
        switch (bytes[at]) {
        case '"': scan->is_in_string = true; break;
        case '{':
        case '[': scan->depth++; break;
        case '}':
        case ']':
            if (scan->depth > 0) {
                scan->depth--;
            } else {
                scan->is_closed = true;
                ends[found++] = at;
            }
            break;
        case ',':
            if (scan->depth == 0) { ends[found++] = at; }
            break;
        default: break;
        }
        at++;
    }
    scan->at = at;
    return found;
}

#include "registry_json.h"

#include <cstring>
#include <new>
#include <simdjson.h>
#include <string>
#include <type_traits>

using simdjson::dom::element;
using simdjson::dom::element_type;

struct registry_json_document {
    simdjson::dom::parser parser;
};

// An element is the address of its tree and a place in it.
static_assert(std::is_trivially_copyable<element>::value, "an element is copied by its bytes");
static_assert(sizeof(element) == sizeof(registry_json_value), "an element is an address and a place");

static element read(registry_json_value value) {
    element read;
    std::memcpy(&read, &value, sizeof read);
    return read;
}

static registry_json_value written(const element &value) {
    registry_json_value written;
    std::memcpy(&written, &value, sizeof written);
    return written;
}

static bool tell(simdjson::simdjson_result<element> result, registry_json_value *found) {
    element value;
    if (result.get(value)) { return false; }
    *found = written(value);
    return true;
}

registry_json_document *registry_json_document_make(void) { return new (std::nothrow) registry_json_document(); }

void registry_json_document_free(registry_json_document *document) { delete document; }

size_t registry_json_document_capacity(const registry_json_document *document) { return document->parser.capacity(); }

// The parser reads some bytes behind the value, and copies it first where they may not be there. On the page of memory
// where it ends they are (https://github.com/simdjson/simdjson/blob/master/doc/performance.md#free-padding).
static bool is_padded(const char *bytes, size_t count) {
    constexpr uintptr_t page = 4096;
    return count > 0 && (reinterpret_cast<uintptr_t>(bytes) + count - 1) % page + simdjson::SIMDJSON_PADDING < page;
}

int registry_json_document_read(registry_json_document *document, const char *bytes, size_t count,
                                registry_json_value *root) {
    element value;
    const auto error = document->parser.parse(bytes, count, !is_padded(bytes, count)).get(value);
    if (!error) { *root = written(value); }
    return error;
}

registry_json_kind registry_json_kind_of(registry_json_value value) {
    switch (read(value).type()) {
    case element_type::OBJECT: return registry_json_object;
    case element_type::ARRAY: return registry_json_array;
    case element_type::STRING: return registry_json_string;
    case element_type::BOOL: return registry_json_bool;
    case element_type::NULL_VALUE: return registry_json_null;
    default: return registry_json_number;
    }
}

registry_json_text registry_json_text_of(registry_json_value value) {
    std::string_view text;
    if (read(value).get(text)) { return {nullptr, 0}; }
    return {text.data(), text.size()};
}

bool registry_json_bool_of(registry_json_value value) {
    bool truth = false;
    return !read(value).get(truth) && truth;
}

bool registry_json_integer_of(registry_json_value value, int64_t *integer) {
    return read(value).is_int64() && !read(value).get(*integer);
}

bool registry_json_at(registry_json_value value, const char *pointer, size_t count, registry_json_value *found) {
    return tell(read(value).at_pointer({pointer, count}), found);
}

bool registry_json_member(registry_json_value value, const char *key, size_t count, registry_json_value *found) {
    return tell(read(value).at_key({key, count}), found);
}

size_t registry_json_children(registry_json_value value, registry_json_value *children, registry_json_text *keys,
                              size_t capacity) {
    size_t count = 0;
    simdjson::dom::array array;
    if (!read(value).get(array)) {
        for (const auto child : array) {
            if (count < capacity) { children[count] = written(child); }
            count++;
        }
    }
    simdjson::dom::object object;
    if (!read(value).get(object)) {
        for (const auto member : object) {
            if (count < capacity) {
                children[count] = written(member.value);
                keys[count] = {member.key.data(), member.key.size()};
            }
            count++;
        }
    }
    return count;
}

void registry_json_write(registry_json_value value, void *context,
                         void (*take)(void *context, const char *bytes, size_t count)) {
    const std::string text = simdjson::minify(read(value));
    take(context, text.data(), text.size());
}

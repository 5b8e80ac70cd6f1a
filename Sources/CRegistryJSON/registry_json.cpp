#include "registry_json.h"

#include <deque>
#include <new>
#include <simdjson.h>
#include <string>

struct registry_json_reader {
    simdjson::dom::parser parser;
    simdjson::dom::element document;
    // Numbers and words as text.
    std::deque<std::string> written;
};

registry_json_reader *registry_json_reader_make(void) { return new (std::nothrow) registry_json_reader(); }

void registry_json_reader_free(registry_json_reader *reader) { delete reader; }

int registry_json_read(registry_json_reader *reader, const char *bytes, size_t count, size_t readable,
                       const char *const *pointers, size_t pointer_count, registry_json_text *texts) {
    // The parser reads some bytes past the value. Where they are not there it copies the value first.
    const bool copies = readable - count < simdjson::SIMDJSON_PADDING;
    simdjson::dom::element value;
    const auto error = reader->parser.parse(bytes, count, copies).get(value);
    if (error) { return error; }
    for (size_t index = 0; index < pointer_count; index++) {
        std::string_view text;
        const bool found = !value.at_pointer(pointers[index]).get(text);
        texts[index] = found ? registry_json_text{text.data(), text.size()} : registry_json_text{nullptr, 0};
    }
    return 0;
}

int registry_json_open(registry_json_reader *reader, const char *bytes, size_t count) {
    reader->written.clear();
    return reader->parser.parse(bytes, count).get(reader->document);
}

static registry_json_text text_at(registry_json_reader *reader, const simdjson::dom::element &value,
                                  const char *pointer) {
    simdjson::dom::element found;
    std::string_view text;
    if (value.at_pointer(pointer).get(found)) { return {nullptr, 0}; }
    if (!found.get(text)) { return {text.data(), text.size()}; }
    if (!found.is_number() && !found.is_bool()) { return {nullptr, 0}; }
    reader->written.push_back(simdjson::minify(found));
    return {reader->written.back().data(), reader->written.back().size()};
}

registry_json_text registry_json_text_at(registry_json_reader *reader, const char *pointer) {
    return text_at(reader, reader->document, pointer);
}

int registry_json_rows(registry_json_reader *reader, const char *array, const char *const *pointers,
                       size_t pointer_count, registry_json_text *texts, void *context,
                       void (*row)(void *context)) {
    simdjson::dom::array elements;
    if (reader->document.at_pointer(array).get(elements)) { return 0; }
    for (const auto element : elements) {
        for (size_t index = 0; index < pointer_count; index++) {
            texts[index] = text_at(reader, element, pointers[index]);
        }
        row(context);
    }
    return 1;
}

const char *registry_json_error(int code) {
    return simdjson::error_message(static_cast<simdjson::error_code>(code));
}

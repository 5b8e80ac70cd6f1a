// The little of simdjson that registries need. C, so that Swift can call it.
#ifndef REGISTRY_JSON_H
#define REGISTRY_JSON_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

// What a number other than 0 means that a function here returns, in words.
const char *registry_json_error(int code);

// A text inside a reader or document, valid until the next value is read. NULL where there is no string.
typedef struct {
    const char *bytes;
    size_t count;
} registry_json_text;

// MARK: Strings at places that are known beforehand

typedef struct registry_json_reader registry_json_reader;

registry_json_reader *registry_json_reader_make(void);
void registry_json_reader_free(registry_json_reader *reader);

// Reads the value in bytes[0..<count], whole: what is not asked for is checked as well. `readable` is how many bytes
// may be read from `bytes` on, count or more. Writes the strings at the JSON pointers into texts.
//
// Returns 0, or a number for registry_json_error.
int registry_json_read(registry_json_reader *reader, const char *bytes, size_t count, size_t readable,
                       const char *const *pointers, size_t pointer_count, registry_json_text *texts);

// MARK: Documents of any shape

typedef struct registry_json_document registry_json_document;

// A value of a document, valid until that reads another.
typedef struct {
    uintptr_t tree;
    size_t place;
} registry_json_value;

typedef enum {
    registry_json_object,
    registry_json_array,
    registry_json_string,
    registry_json_number,
    registry_json_bool,
    registry_json_null,
} registry_json_kind;

registry_json_document *registry_json_document_make(void);
void registry_json_document_free(registry_json_document *document);

// The largest document, in bytes, that it has memory for; it needs some fifteen times as much.
size_t registry_json_document_capacity(const registry_json_document *document);

// Reads the one value in bytes[0..<count]. Returns 0, or a number for registry_json_error.
int registry_json_document_read(registry_json_document *document, const char *bytes, size_t count,
                                registry_json_value *root);

registry_json_kind registry_json_kind_of(registry_json_value value);

registry_json_text registry_json_text_of(registry_json_value value);
bool registry_json_bool_of(registry_json_value value);

// False where it is no whole number, or one that needs more than 63 bits.
bool registry_json_integer_of(registry_json_value value, int64_t *integer);

// The value at a JSON pointer; false where there is none.
bool registry_json_at(registry_json_value value, const char *pointer, size_t count, registry_json_value *found);

// The value of an object's first member with that key; false where there is none.
bool registry_json_member(registry_json_value value, const char *key, size_t count, registry_json_value *found);

// How many elements or members a value has. Writes the first of them, and the keys of members, as many as there is
// room for.
size_t registry_json_children(registry_json_value value, registry_json_value *children, registry_json_text *keys,
                              size_t capacity);

// Hands over the value as JSON without white space.
void registry_json_write(registry_json_value value, void *context,
                         void (*take)(void *context, const char *bytes, size_t count));

// MARK: Where elements end

// How far into an element a scan has come.
typedef struct {
    // From where the scan goes on.
    size_t at;
    // Of brackets that are open inside the element.
    size_t depth;
    bool is_in_string;
    bool is_escaped;
    // Whether the last end that was found is a closing bracket.
    bool is_closed;
} registry_json_scan;

// Finds the commas and the closing bracket that end the elements of an array, or the members of an object, whose
// bytes begin at bytes[0]; those inside of strings and of other brackets end nothing.
//
// Stops behind the first end at or behind `enough`, behind the closing bracket, or when `ends` is full. Returns how
// many ends it wrote.
size_t registry_json_scan_ends(registry_json_scan *scan, const char *bytes, size_t count, size_t enough, size_t *ends,
                               size_t capacity);

#ifdef __cplusplus
}
#endif
#endif
